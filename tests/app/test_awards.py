"""One award per family card or person, across lists, districts and phases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ejps_core.app.evaluate import Outcome, Request, evaluate
from ejps_core.app.exits import Exit
from ejps_core.app.filling import Beside
from ejps_core.app.library import core_only
from ejps_core.model.diagnostic import Severity
from ejps_core.model.run import Run
from ejps_core.model.span import Cell
from tests.app.beside import Folder, card, codes, family_values, folder, member_values, nik, origins

GOOD = (Path(__file__).parents[1] / "good" / "paket_sekali.id.ejps").read_text(encoding="utf-8")
AWARDS = "kk,nik,program,tahap,kabupaten,daftar,tanggal"
COMPLETE = "register,wilayah,tanggal,siapa"
ON = date(2020, 7, 15)


@pytest.fixture
def files(tmp_path: Path) -> Folder:
    """Two families in Bone Bolango with a member each; awards are on record, and complete for the province."""
    made = folder(
        tmp_path,
        ("kk,alamat,terdaftar_dtks", f"{card(1)},75.03.01,ya", f"{card(2)},75.03.02,ya"),
        ("kk,nik", f"{card(1)},{nik(1)}", f"{card(2)},{nik(2)}"),
        GOOD,
    )
    made.write("lengkap.csv", COMPLETE, "penerima,75,2020-07-15,Biro P2E")
    made.write("penerima.csv", AWARDS, f"{card(9)},{nik(9)},paket_sekali,2,75.71,kota.csv,2020-07-02")
    return made


def outcome(
    files: Folder, awards: bool = True, complete: bool = True, none: bool = False, told: str | None = None
) -> Outcome:
    registers = ["penerima=penerima.csv"] if awards else []
    return files.decide(registers, ["lengkap.csv"] if complete else [], told, none, on=ON)


def run(files: Folder, awards: bool = True, complete: bool = True, none: bool = False, told: str | None = None) -> Run:
    found = outcome(files, awards, complete, none, told).run
    assert found is not None
    return found


def reasons(of: Run) -> list[tuple[str, str]]:
    """Each family's verdict and the rules that decided."""
    from ejps_core.model.words import Language
    from ejps_core.reports.records import records

    columns = records(of, Language.EN)
    pairs = zip(columns["paket_sekali_status"], columns["paket_sekali_reasons"], strict=True)
    return [(str(status), str(why)) for status, why in pairs]


def test_nobody_had_it_where_the_register_is_complete(files: Folder) -> None:
    found = run(files)
    assert reasons(found) == [("eligible", "")] * 2
    assert (family_values(found, "kk_sudah_ditetapkan"), member_values(found, "nik_sudah_ditetapkan")) == (
        [False] * 2,
        [False] * 2,
    )
    assert found.registers[0].facts == ("kk_sudah_ditetapkan", "member.nik_sudah_ditetapkan")
    assert [each.who for each in found.registers[0].declarations] == ["Biro P2E"]


def test_without_a_declaration_nothing_becomes_no(files: Folder) -> None:
    assert reasons(run(files, complete=False)) == [("undetermined", "kk_ganda; nik_ganda")] * 2


def test_without_the_register_the_facts_are_needed_and_that_is_said(files: Folder) -> None:
    found = run(files, awards=False, complete=False)
    assert reasons(found) == [("undetermined", "kk_ganda; nik_ganda")] * 2
    assert "awards-not-given" in codes(found)


def test_no_awards_yet_is_said_once_for_all(files: Folder) -> None:
    files.write("anggota.csv", "kk,nik", f"{card(1)},{nik(1)}", f"{card(2)},")
    found = run(files, awards=False, complete=False, none=True)
    assert reasons(found) == [("eligible", "")] * 2
    assert set(origins(found.candidates, "kk_sudah_ditetapkan")) == {"said to be before any award (--no-awards-yet)"}


def test_case_f_the_second_of_two_siblings_on_one_card(files: Folder) -> None:
    """In one list both rows are handed back, with KK_GANDA; in another list the second is refused."""
    files.write("penerima.csv", AWARDS, f"{card(1)},{nik(8)},paket_sekali,2,75.03,batudaa.csv,2020-07-10")
    found = run(files)
    assert reasons(found) == [("ineligible", "kk_ganda"), ("eligible", "")]
    said = origins(found.candidates, "kk_sudah_ditetapkan")[0]
    assert said == "register penerima: phase 2, batudaa.csv, 75.03, 2020-07-10 (penerima.csv)"
    files.write("daftar.csv", "kk,alamat,terdaftar_dtks", f"{card(2)},75.03.01,ya", f"{card(2)},75.03.01,tidak")
    twice = outcome(files)
    apart = [finding.words.en for finding in twice.findings if finding.code == "family-twice"]
    assert len(apart) == 2 and "KK_GANDA" in apart[0]


def test_case_j_the_same_man_in_two_districts(files: Folder) -> None:
    """An award to the same NIK on another card: an official decides, in either list."""
    files.write("penerima.csv", AWARDS, f"{card(9)},{nik(1)},paket_sekali,2,75.71,kota.csv,2020-07-02")
    found = run(files)
    assert reasons(found) == [("undetermined", "nik_ganda"), ("eligible", "")]
    said = origins(found.candidates, "member.nik_sudah_ditetapkan")[0]
    assert said is not None and "this NIK on another family card; an official determines" in said
    head = "kk,nik,fakta,nilai,siapa,alasan,dokumen,tanggal"
    signed = "Dinsos Kota,bukan orang yang sama,BA 3/2020,2020-07-14"
    files.write("tetap.csv", head, f"{card(1)},{nik(1)},nik_sudah_ditetapkan,tidak,{signed}")
    assert reasons(run(files, told="tetap.csv"))[0] == ("eligible", "")
    files.write("tetap.csv", head, f"{card(1)},,aturan:nik_ganda,ya,{signed}")
    assert reasons(run(files, told="tetap.csv"))[0] == ("ineligible", "nik_ganda")


def test_the_same_man_in_two_families_of_one_list(files: Folder) -> None:
    files.write("anggota.csv", "kk,nik", f"{card(1)},{nik(1)}", f"{card(2)},{nik(2)}", f"{card(2)},{nik(1)}")
    assert reasons(run(files)) == [("undetermined", "nik_ganda")] * 2
    assert reasons(run(files, awards=False, complete=False, none=True)) == [("undetermined", "nik_ganda")] * 2


def test_the_same_man_in_a_row_that_was_set_apart(files: Folder) -> None:
    """The other row may be accepted elsewhere: this one waits for an official, in a list of any order."""
    rows = [f"{card(1)},{nik(1)}", f"{card(2)},{nik(2)}", f"{card(8)},{nik(1)}"]
    for lines in (rows, rows[::-1]):
        files.write("anggota.csv", "kk,nik", *lines)
        found = run(files)
        assert reasons(found) == [("undetermined", "nik_ganda"), ("eligible", "")]
        said = origins(found.candidates, "member.nik_sudah_ditetapkan")[0]
        assert said is not None and "in two families" in said


def test_the_same_person_on_the_same_card_had_it(files: Folder) -> None:
    rows = [f"{card(9)},{nik(1)},paket_sekali,2,,x,2020-07-02", f"{card(1)},{nik(1)},paket_sekali,2,,y,2020-07-03"]
    files.write("penerima.csv", AWARDS, *rows)
    assert reasons(run(files))[0] == ("ineligible", "kk_ganda; nik_ganda")


@pytest.mark.parametrize(
    "row",
    [
        "paket_sekali,1,75.03,daftar.csv,2020-05-02",  # the phase before
        "jps_food_aid,2,75.03,x.csv,2020-07-02",  # another program
        "paket_sekali,2,75.03,daftar.csv,2020-07-15",  # this very decision
    ],
)
def test_awards_that_do_not_count(files: Folder, row: str) -> None:
    files.write("penerima.csv", AWARDS, f"{card(1)},{nik(1)},{row}")
    assert reasons(run(files)) == [("eligible", "")] * 2


@pytest.mark.parametrize(
    "name",
    [
        "Paket_Sekali",
        "Paket sekali tiap tahap",
        "ONE PACKAGE, EACH PHASE",
        "paket_kota",
        "paket_sekali · paket_kota",
        "paket_sekali · paket_provinsi",
    ],
)
def test_all_names_of_the_program_count(files: Folder, name: str) -> None:
    """The program's id and titles, the rule set that is used and those of its chain, as results print them."""
    head = 'ejps 1 id\nketentuan {} "Ketentuan" mengubah {}\n    untuk "75"\n'
    (files.path / "aturan.ejps").rename(files.path / "paket.ejps")
    provincial, own = head.format("paket_provinsi", "paket_sekali"), head.format("paket_kota", "paket_provinsi")
    (files.path / "provinsi.ejps").write_text(provincial, encoding="utf-8")
    (files.path / "aturan.ejps").write_text(own, encoding="utf-8")
    files.write("penerima.csv", AWARDS, f'{card(1)},{nik(1)},"{name}",2,75.03,x.csv,2020-07-02')
    assert reasons(run(files))[0] == ("ineligible", "kk_ganda; nik_ganda")


@pytest.mark.parametrize("name", ["paket_skali", "paket_sekali2", "Paket sekali tiap thp"])
def test_a_name_that_is_nearly_the_programs_leaves_its_family_unknown(files: Folder, name: str) -> None:
    files.write("penerima.csv", AWARDS, f"{card(1)},{nik(1)},{name},2,75.03,x.csv,2020-07-02")
    ended = outcome(files)
    assert ended.run is not None and ended.exit is Exit.PARTLY
    assert reasons(ended.run) == [("undetermined", "kk_ganda; nik_ganda"), ("eligible", "")]
    (told,) = [finding for finding in ended.run.findings if finding.code == "award-program-unsure"]
    assert isinstance(told.place, Cell) and (told.place.row, told.place.column, told.place.value) == (2, "program", name)
    said = origins(ended.run.candidates, "kk_sudah_ditetapkan")[0]
    assert said is not None and f"program “{name}”" in said


def test_a_doubtful_award_matters_in_its_phase_only(files: Folder) -> None:
    files.write("penerima.csv", AWARDS, f"{card(1)},{nik(1)},paket_skali,1,75.03,x.csv,2020-05-02")
    assert reasons(run(files)) == [("eligible", "")] * 2


def test_a_sure_award_is_not_undone_by_a_doubtful_one(files: Folder) -> None:
    row = f"{card(1)},{nik(1)},paket_sekali,2,75.03,x.csv,2020-07-02"
    files.write("penerima.csv", AWARDS, row.replace("sekali", "skali"), row, row.replace("2020-07-02", "2026-07-02"))
    assert reasons(run(files))[0] == ("ineligible", "kk_ganda; nik_ganda")


def test_rows_of_other_programs_are_counted_in_one_remark(files: Folder) -> None:
    """Clearly others by their names, and those of a known program, however close to this one's."""
    other = files.path / "rulesets" / "sekalian.ejps"
    other.parent.mkdir()
    other.write_text('ejps 1 id\nketentuan paket_sekalian "Paket sekalian" mengubah lainnya\n', encoding="utf-8")
    names = ("jps_food_aid", "paket_sekalian", "Paket Sekalian")
    files.write("penerima.csv", AWARDS, *(f"{card(1)},{nik(1)},{name},2,75.03,x.csv,2020-07-02" for name in names))
    beside = Beside((f"penerima={files.path}/penerima.csv",), (files.path / "lengkap.csv",))
    paths = (str(files.path / "aturan.ejps"), files.path / "daftar.csv", ON, files.path / "anggota.csv")
    found = evaluate(Request(*paths, rulesets=(other.parent,), beside=beside), core_only()).run
    assert found is not None and reasons(found) == [("eligible", "")] * 2
    (told,) = [finding for finding in found.findings if finding.code == "awards-of-others"]
    assert "3 rows of other programs: “jps_food_aid”" in told.words.en
    assert codes(run(files)).count("award-program-unsure") == 2  # where the other program is not known


def test_an_award_later_than_is_known_is_told_and_leaves_its_family_unknown(files: Folder) -> None:
    files.write("penerima.csv", AWARDS, f"{card(1)},{nik(1)},paket_sekali,2,75.03,x.csv,2026-07-02")
    found = run(files)
    assert reasons(found) == [("undetermined", "kk_ganda; nik_ganda"), ("eligible", "")]
    (told,) = [finding for finding in found.findings if finding.code == "award-later"]
    assert isinstance(told.place, Cell) and (told.place.row, told.place.value) == (2, "2026-07-02")
    assert "2026-07-02" in told.words.en


def test_a_register_of_awards_that_is_later_than_known_is_not_called_missing(files: Folder) -> None:
    ended = files.decide(["penerima=penerima.csv@2020-07-16"], ["lengkap.csv"], on=ON)
    assert ended.run is not None and ended.exit is Exit.PARTLY
    found = set(codes(ended.run))
    assert "register-later" in found and not found & {"awards-not-given", "declaration-unused"}


def test_this_list_on_another_day_counts(files: Folder) -> None:
    files.write("penerima.csv", AWARDS, f"{card(1)},{nik(1)},paket_sekali,2,75.03,daftar.csv,2020-07-14")
    assert reasons(run(files))[0] == ("ineligible", "kk_ganda; nik_ganda")


def test_in_the_whole_program_an_earlier_phase_counts(files: Folder) -> None:
    rules = GOOD.replace("satu tiap kk, nik", "satu tiap kk, nik selama program")
    (files.path / "aturan.ejps").write_text(rules, encoding="utf-8")
    files.write("penerima.csv", AWARDS, f"{card(1)},{nik(1)},paket_sekali,1,75.03,daftar.csv,2020-05-02")
    assert reasons(run(files))[0] == ("ineligible", "kk_ganda; nik_ganda")


def test_an_award_without_its_phase_is_unclear(files: Folder) -> None:
    files.write("penerima.csv", AWARDS, f"{card(1)},{nik(1)},paket_sekali,,75.03,x.csv,2020-07-02")
    found = run(files)
    assert reasons(found)[0] == ("undetermined", "kk_ganda; nik_ganda")
    said = origins(found.candidates, "kk_sudah_ditetapkan")[0]
    assert said is not None and said.endswith("the phase is unclear")


def test_the_phase_is_that_of_the_area(files: Folder) -> None:
    """In Bone Bolango phase 2 begins later: on the same day it is still the first."""
    calendar = '    jadwal tahap di wilayah "75.03" sumber "asumsi"\n        1 mulai 2020-04-28 sampai 2020-07-31\n'
    calendar += "        2 mulai 2020-08-01 sampai 2020-12-31\n"
    rules = GOOD.replace("    jadwal tahap sumber", calendar + "    jadwal tahap sumber")
    (files.path / "aturan.ejps").write_text(rules, encoding="utf-8")
    files.write("daftar.csv", "kk,alamat,terdaftar_dtks", f"{card(1)},75.03.01,ya", f"{card(2)},75.04.02,ya")
    rows = [f"{card(n)},{nik(n)},paket_sekali,{phase},,x,2020-06-02" for n, phase in ((1, 2), (2, 2))]
    files.write("penerima.csv", AWARDS, *rows)
    assert reasons(run(files)) == [("eligible", ""), ("ineligible", "kk_ganda; nik_ganda")]


def test_faulty_awards_are_set_apart_and_nothing_is_complete(files: Folder) -> None:
    files.write(
        "penerima.csv",
        AWARDS,
        f"{card(9)},,,2,,x,2020-07-02",
        f"{card(9)},,paket_sekali,2,,x,31-02-2020",
        "1,,paket_sekali,2,,x,2020-07-02",
    )
    ended = outcome(files)
    assert ended.run is not None and ended.exit is Exit.PARTLY
    assert reasons(ended.run) == [("undetermined", "kk_ganda; nik_ganda")] * 2
    assert {"award-incomplete", "family-card-format", "register-not-complete"} <= set(codes(ended.run))


def test_what_contradicts_stops_the_run(files: Folder) -> None:
    ended = outcome(files, none=True)
    assert [finding.code for finding in ended.findings if finding.severity is Severity.ERROR] == ["awards-contradict"]


def test_awards_of_two_programs_are_not_read_together(files: Folder) -> None:
    other = files.path / "lain.ejps"
    other.write_text(GOOD.replace("program paket_sekali", "program paket_lain"), encoding="utf-8")
    request = Request(f"{files.path / 'aturan.ejps'},{other}", files.path / "daftar.csv", ON, rulesets=())
    assert [finding.code for finding in evaluate(request, core_only()).findings][-1] == "one-per-together"
    alone = replace(request, programs=str(other))
    assert evaluate(alone, core_only()).run is not None


def test_a_program_without_it_uses_no_awards(tmp_path: Path) -> None:
    plain = folder(tmp_path)
    plain.write("penerima.csv", AWARDS, f"{card(1)},{nik(1)},bantuan,,,x,2020-07-02")
    assert "awards-unused" in codes(plain.run(["penerima=penerima.csv"]))
    assert "awards-unused" in codes(plain.run(no_awards=True))
