"""Who stands twice, and where."""

from __future__ import annotations

from datetime import date

from ejps_core.registry.matching.duplicates import Across, Kind, Listed, Origin, Record, duplicates
from ejps_core.registry.matching.match import match
from tests.registry.matching.made import FATMA, HASAN, HUSAIN, JUSUF, but, group

CARD = "7571010101209001"
CITY = Origin("daftar-kota", "75.71", "jps_food_aid", "I")
BONE = Origin("daftar-bonebol", "75.03", "jps_food_aid", "I")


def kinds(*lists: Listed) -> list[tuple[Kind, tuple[Across, ...]]]:
    return [(each.kind, each.across) for each in duplicates(lists)]


def test_the_same_man_in_two_districts() -> None:
    """The case of the rules: in the city and in Bone Bolango, both in phase I; both are told, a human decides."""
    [found] = duplicates([Listed(CITY, group(JUSUF, FATMA)), Listed(BONE, group(JUSUF))])
    assert (found.code, found.certain) == ("NIK_GANDA", True)
    assert found.records == (Record(0, "0"), Record(1, "0"))
    assert found.across == (Across.LIST, Across.DISTRICT)
    assert found.why.id == "NIK yang sama tercatat lebih dari sekali"


def test_two_siblings_on_one_family_card() -> None:
    [found] = duplicates([Listed(CITY, group(but(HASAN, kk=CARD), but(HUSAIN, kk=CARD)))])
    assert (found.code, found.across) == ("KK_GANDA", ())
    assert found.records == (Record(0, "0"), Record(0, "1"))


def test_members_of_a_family_are_no_duplicates() -> None:
    assert kinds(Listed(CITY, group(but(HASAN, kk=CARD), but(HUSAIN, kk=CARD)), recipients=False)) == []


def test_twice_in_one_list() -> None:
    assert kinds(Listed(CITY, group(JUSUF, JUSUF))) == [(Kind.NIK, ())]
    assert kinds(Listed(CITY, group(but(JUSUF, kk=CARD), but(JUSUF, kk=CARD)))) == [(Kind.NIK, ())]


def test_neighbouring_serials_are_two_people() -> None:
    assert kinds(Listed(CITY, group(HASAN, HUSAIN))) == []


def test_somebody_who_goes_on_receiving_is_no_duplicate() -> None:
    second = Origin("daftar-kota-2", CITY.district, CITY.program, "II")
    assert kinds(Listed(CITY, group(but(JUSUF, kk=CARD))), Listed(second, group(but(JUSUF, kk=CARD)))) == []
    assert kinds(Listed(CITY, group(but(JUSUF, nik=None))), Listed(second, group(but(JUSUF, nik=None)))) == []
    elsewhere = Origin("daftar-bonebol-2", BONE.district, BONE.program, "II")
    assert kinds(Listed(CITY, group(JUSUF)), Listed(elsewhere, group(JUSUF))) == [
        (Kind.NIK, (Across.LIST, Across.DISTRICT, Across.PHASE))
    ]


def test_two_programs() -> None:
    other = Origin("daftar-rumah", CITY.district, "rtlh_housing")
    assert kinds(Listed(CITY, group(JUSUF)), Listed(other, group(JUSUF))) == [
        (Kind.NIK, (Across.LIST, Across.PROGRAM, Across.PHASE))
    ]


def test_the_same_person_under_another_nik_or_none() -> None:
    twin_nik = but(JUSUF, nik="7504040505709777", name="MUH. YUSUP DAUD")
    without = but(JUSUF, nik=None, name="Jusuf Daud", birth=date(1970, 5, 5))
    for other in (twin_nik, without):
        [found] = duplicates([Listed(CITY, group(JUSUF, other))])
        assert (found.code, found.certain) == ("ORANG_SAMA_DIDUGA", False)
    [three] = duplicates([Listed(CITY, group(JUSUF, twin_nik)), Listed(BONE, group(without))])
    assert len(three.records) == 3


def test_what_is_not_suspected() -> None:
    other = but(JUSUF, nik=None)
    assert kinds(Listed(CITY, group(JUSUF, but(other, birth=date(1970, 5, 6))))) == []
    assert kinds(Listed(CITY, group(JUSUF, but(other, birth=None)))) == []
    assert kinds(Listed(CITY, group(JUSUF, but(other, region="75.03.01.2001")))) == []
    assert kinds(Listed(CITY, group(but(JUSUF, sex="L"), but(other, sex="P")))) == []
    assert kinds(Listed(CITY, group(HASAN, but(HUSAIN, nik=None)))) == [], "twins"


def test_elsewhere_with_the_same_mother() -> None:
    moved = but(JUSUF, nik=None, region="75.03.01.2001", mother="Siti Aminah")
    assert kinds(Listed(CITY, group(but(JUSUF, mother="St. Aminah"), moved))) == [(Kind.SUSPECTED, ())]


def test_one_person_of_the_register_under_two_names() -> None:
    """A father's name in one list, none in the other: the lists alone can't tell, the register can."""
    first, second = group(FATMA), group(but(FATMA, nik=None, birth=date(1985, 1, 7), region="75.01.01"))
    register = group(FATMA)
    lists = [Listed(o, each, persons=match(each, register).persons()) for o, each in ((CITY, first), (BONE, second))]
    assert Kind.PERSON in [kind for kind, _ in kinds(*lists)]


def test_nothing() -> None:
    assert duplicates([]) == ()
    assert duplicates([Listed(CITY, group())]) == ()
