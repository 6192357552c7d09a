"""The outcomes of matching, case by case."""

from __future__ import annotations

from datetime import date

import pytest

from ejps_core.model.words import Words
from ejps_core.registry.matching.match import match
from ejps_core.registry.matching.matches import Match
from ejps_core.registry.matching.outcomes import TITLES, Outcome, Way
from ejps_core.registry.matching.settings import Settings
from tests.registry.matching.made import FATMA, HASAN, HUSAIN, JUSUF, SALMA, Person, but, group

REGISTER = (FATMA, JUSUF, HASAN, HUSAIN, SALMA)


def only(person: Person, *register: Person, settings: Settings | None = None) -> Match:
    return match(group(person), group(*(register or REGISTER)), settings).match(0)


@pytest.mark.parametrize(
    ("changed", "outcome", "code"),
    [
        ({}, Outcome.MATCHED, None),
        ({"name": "FATMA  LIHAWA, S.Pd"}, Outcome.MATCHED, None),
        ({"birth": date(1985, 1, 7)}, Outcome.MATCHED, None),  # swapped: told, and no difference
        ({"birth": date(1985, 3, 12)}, Outcome.MATCHED, None),  # the register's 1 July is a stand-in
        ({"birth": None}, Outcome.MATCHED, None),
        ({"region": "71.02.03"}, Outcome.MATCHED, None),  # lives elsewhere than she was registered
        ({"birth": date(1983, 3, 12)}, Outcome.BIRTH_DIFFERS, "TGL_LAHIR_TIDAK_PADAN"),
        ({"name": "Ramdan Pakaya"}, Outcome.NAME_DIFFERS, "NAMA_TIDAK_PADAN"),
        ({"name": "Ramdan Pakaya", "birth": date(1999, 9, 9)}, Outcome.NAME_DIFFERS, "NAMA_TIDAK_PADAN"),
        ({"name": "Fatma"}, Outcome.DOUBTFUL, None),
        ({"name": None}, Outcome.DOUBTFUL, None),
    ],
)
def test_by_nik(changed: Person, outcome: Outcome, code: str | None) -> None:
    found = only(but(FATMA, **changed))
    assert (found.outcome, found.code, found.way) == (outcome, code, Way.NIK)
    assert found.candidates[0].ref == "0"


@pytest.mark.parametrize(
    ("status", "outcome", "code"),
    [
        ("aktif", Outcome.MATCHED, None),
        (None, Outcome.MATCHED, None),
        ("meninggal", Outcome.DIED, "MENINGGAL"),
        ("pindah", Outcome.MOVED, "PINDAH_KELUAR"),
    ],
)
def test_what_the_register_says_of_the_person(status: str | None, outcome: Outcome, code: str | None) -> None:
    found = only(FATMA, but(FATMA, status=status))
    assert (found.outcome, found.code) == (outcome, code)


def test_nobody_is_called_dead_under_another_name() -> None:
    found = only(but(FATMA, name="Ramdan Pakaya"), but(FATMA, status="meninggal"))
    assert found.outcome is Outcome.NAME_DIFFERS
    assert found.candidates[0].status == "meninggal"


def test_nobody_is_called_dead_by_the_name_alone() -> None:
    found = only(but(FATMA, nik=None), but(FATMA, status="meninggal"))
    assert found.outcome is Outcome.DOUBTFUL
    assert found.remarks == (
        Words("meninggal atau pindah tidak ditetapkan dari nama saja", "died or moved is not settled by a name alone"),
    )


def test_without_nik_the_person_is_found_by_name_birth_and_village() -> None:
    found = only(but(FATMA, nik=None, name="FATMAH LIHAWA"))
    assert (found.outcome, found.way, found.candidates[0].ref) == (Outcome.MATCHED, Way.NAME, "0")
    assert found.score == found.candidates[0].score >= Settings().accept


@pytest.mark.parametrize("nik", ["7501014107859002", "7501014107859100", "7571014107859001"])
def test_another_nik_is_never_mended(nik: str) -> None:
    found = only(but(FATMA, nik=nik))
    assert (found.outcome, found.code, found.way) == (Outcome.DOUBTFUL, "NIK_TIDAK_DITEMUKAN", Way.NAME)
    assert found.score == 100


def test_a_slip_in_the_nik_is_told() -> None:
    one_digit, turned, other = (
        only(but(FATMA, nik=nik)).candidates[0].parts[0].words.en
        for nik in ("7501014107859007", "7501014107859010", "7501014107859777")
    )
    assert one_digit == turned == "the NIK differs by one digit or two digits swapped"
    assert other == "another NIK"


def test_what_is_no_nik_finds_nobody_by_nik() -> None:
    assert only(but(FATMA, nik="7,50101E+15")).way is Way.NAME


def test_twins_are_two() -> None:
    found = only(but(HASAN, nik=None))
    assert (found.outcome, found.candidates[0].ref) == (Outcome.MATCHED, "2")
    between = only(but(HASAN, nik=None, name="Hasain Katili"))
    assert between.outcome is Outcome.SEVERAL
    assert only(but(HASAN, nik=None), HUSAIN).outcome is Outcome.DOUBTFUL, "the twin alone is in the register"
    assert {each.ref for each in between.candidates} == {"2", "3"}


def test_one_who_is_nearly_as_near_makes_a_doubt() -> None:
    fahri: Person = {"name": "Fahri Doda", "birth": date(1990, 3, 4), "region": "75.01.01.2003"}
    other = but(fahri, name="Fshri Doda", nik="7501010403909001")
    found = only(but(fahri, region="75.01.01.2004", name="FAHRI DODA"), fahri, but(other, region="75.01.01.2004"))
    assert [each.score for each in found.candidates] == [94, 92]
    assert found.outcome is Outcome.DOUBTFUL


def test_a_twin_of_another_name_is_nobody() -> None:
    card = "7501010101209001"
    twin: Person = {"name": "Iswan Tuna", "birth": date(1990, 3, 4), "region": "75.01.01.2003", "kk": card}
    assert only(twin, but(twin, name="Salma Tuna", nik="7501014403909001")).outcome is Outcome.NOT_FOUND


def test_several_candidates() -> None:
    namesake = but(FATMA, nik="7501014107859044", region="75.01.01.2003")
    found = only(but(FATMA, nik=None), FATMA, namesake)
    assert (found.outcome, found.code) == (Outcome.SEVERAL, None)
    assert {each.ref for each in found.candidates} == {"0", "1"}


def test_a_nik_that_the_register_holds_twice() -> None:
    found = only(FATMA, FATMA, but(FATMA, name="Siti Aminah"))
    assert (found.outcome, found.code, len(found.candidates)) == (Outcome.SEVERAL, "NIK_GANDA", 2)
    assert found.remarks == (
        Words("NIK ini lebih dari satu kali di register", "the register holds this NIK more than once"),
    )


def test_a_row_that_the_register_repeats_word_for_word_is_one_candidate() -> None:
    assert only(FATMA, FATMA, FATMA, FATMA).outcome is Outcome.MATCHED
    by_name = only(but(FATMA, nik=None), FATMA, FATMA)
    assert (by_name.outcome, len(by_name.candidates)) == (Outcome.MATCHED, 1)
    without = but(FATMA, nik=None)
    assert only(without, without, without).outcome is Outcome.SEVERAL, "two people without NIK may be two"


def test_not_found() -> None:
    stranger: Person = {"nik": "7501014107859999", "name": "Meis Tuna", "birth": date(2001, 2, 3), "region": "75.01.01"}
    assert only(stranger).code == "NIK_TIDAK_DITEMUKAN"
    nobody = only(but(stranger, nik=None))
    assert (nobody.outcome, nobody.code, nobody.score, nobody.candidates) == (Outcome.NOT_FOUND, "NIK_KOSONG", 0, ())
    assert only({"nik": None, "name": None}).outcome is Outcome.NOT_FOUND


def test_another_person_of_the_family_card_is_nobody() -> None:
    card = "7501010101209001"
    child: Person = {"nik": None, "name": "Iswan Lihawa", "birth": date(2010, 4, 5), "region": "75.01.01.2003", "kk": card}
    assert only(child, but(FATMA, kk=card)).outcome is Outcome.NOT_FOUND


def test_sex_and_mother_speak_against() -> None:
    plain = only(but(FATMA, nik=None)).score
    assert only(but(FATMA, nik=None, sex="L"), but(FATMA, sex="P")).score == plain - 15
    assert only(but(FATMA, nik=None, mother="Hartati"), but(FATMA, mother="Meis Datau")).score == plain - 15
    assert only(but(FATMA, nik=None, mother="Hartati"), but(FATMA, mother="HARTATI")).score == 100


def test_one_row_of_the_register_is_not_found_by_name_for_two() -> None:
    found = match(group(FATMA, but(FATMA, nik=None)), group(*REGISTER))
    assert [found.match(row).outcome for row in (0, 1)] == [Outcome.MATCHED, Outcome.DOUBTFUL]
    assert found.match(1).remarks[0].en == "the candidate is somebody else of the list too"
    both = match(group(but(FATMA, nik=None), but(FATMA, nik=None)), group(*REGISTER))
    assert both.counts()[Outcome.DOUBTFUL] == 2


def test_the_late_of_the_list() -> None:
    found = only(but(FATMA, name="Almh. Fatma Lihawa"))
    assert found.outcome is Outcome.MATCHED
    assert found.remarks == (Words("daftar menulis almarhum/almarhumah", "the list calls the person deceased"),)


def test_under_another_name_the_person_is_also_sought_by_name() -> None:
    found = only(but(FATMA, nik=SALMA["nik"]))
    assert found.outcome is Outcome.NAME_DIFFERS
    assert [each.ref for each in found.candidates] == ["4", "0"]


def test_parts_say_why_in_both_languages() -> None:
    [candidate] = only(but(FATMA, nik=None, birth=date(1985, 1, 7), region="75.01.01")).candidates
    assert [(part.fact, part.words.id, part.points) for part in candidate.parts] == [
        ("nik", "NIK tidak ada untuk dibandingkan", 0),
        ("name", "nama sama", 50),
        ("birth", "hari dan bulan lahir tertukar", 26),
        ("place", "kecamatan sama", 14),
    ]
    assert candidate.score == sum(part.points for part in candidate.parts) == 90
    assert all(part.words.en for part in candidate.parts)


def test_the_province_sets_the_thresholds() -> None:
    person = but(FATMA, nik=None, birth=date(1985, 1, 7), region="75.01.01")
    assert only(person, settings=Settings(accept=91)).outcome is Outcome.DOUBTFUL
    assert only(person, settings=Settings(accept=90)).outcome is Outcome.MATCHED
    assert only(person, settings=Settings(accept=95, doubt=91)).outcome is Outcome.NOT_FOUND


def test_the_table_to_be_recorded_holds_no_number_name_or_date() -> None:
    found = match(group(FATMA, but(JUSUF, nik=None), SALMA), group(*REGISTER))
    table = found.table()
    assert table.column("outcome").to_pylist() == ["padan"] * 3
    assert table.column("candidate").to_pylist() == ["0", "1", "4"]
    text = str(table.to_pylist()).upper()
    for person in REGISTER:
        assert str(person["nik"]) not in text
        assert str(person["name"]).split()[-1].upper() not in text
    assert found.persons() == ("0", "1", "4")


def test_more_candidates_than_are_shown_are_counted() -> None:
    namesakes = [but(FATMA, nik=f"75010141078590{number}") for number in range(20, 28)]
    found = only(but(FATMA, nik=None), *namesakes)
    assert (len(found.candidates), found.hidden) == (5, 3)


def test_nobody_against_nobody() -> None:
    assert sum(match(group(), group()).counts().values()) == 0
    assert match(group(FATMA), group()).counts()[Outcome.NOT_FOUND] == 1
    assert match(group(), group(FATMA)).counts()[Outcome.MATCHED] == 0


def test_every_outcome_has_its_words() -> None:
    assert {TITLES[outcome].id for outcome in Outcome} == {
        "padan", "nama beda", "tanggal lahir beda", "meninggal", "pindah", "tidak ditemukan", "ganda", "meragukan",
    }  # fmt: skip
