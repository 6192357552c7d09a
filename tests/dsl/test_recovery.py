"""All mistakes of a file at once: one message for each, none that only repeats another."""

from ejps_core.dsl import compile_text
from ejps_core.model.span import Span
from tests.dsl.plain import HEAD, PAY, errors, program


def lines(text: str) -> list[tuple[str, int]]:
    _, found = compile_text(text, "contoh.ejps")
    return [(finding.code, finding.place.line) for finding in found if isinstance(finding.place, Span)]


def test_each_wrong_line_of_a_block_gets_its_message() -> None:
    text = HEAD.replace("    suhu -5..5", "    suhu -5..").replace("    hibah uang", "    hibah unag")
    text += PAY + "\nsyarat a\n    desil <= 4\nsyarat b\n    hibah > Rp0 dan suhu > 0\n"
    rows = text.split("\n")
    assert lines(text) == [
        ("line-unfinished", next(n for n, row in enumerate(rows, 1) if "suhu -5" in row)),
        ("keyword-misspelt", next(n for n, row in enumerate(rows, 1) if "hibah unag" in row)),
    ]


def test_wrong_statements_do_not_hide_each_other() -> None:
    _, found = program(
        "hitung a = desil +\n"
        "hitung b = (a + 1\n"
        "hitung c = tanah + 1\n"
        "syarat d\n    a > 1 dan b > 1 dan c > 1\n"
        "syarat e\n    desil <= Rp4\n"
        "syarat f\nsyarat g\n    desill = 1"
    )
    assert errors(found) == [
        "line-unfinished",
        "parenthesis-open",
        "type-number",
        "money-differs",
        "block-missing",
        "name-unknown",
    ]


def test_a_wrong_definition_silences_what_follows_from_it() -> None:
    _, found = program("hitung a = tanah + 1\nhitung b = a * 2\nsyarat c\n    b > 3 dan a = 4\nlaporan\n    kk, a, b\n")
    assert errors(found) == ["type-number"]


def test_a_header_that_cannot_be_read_hides_nothing_else() -> None:
    text = HEAD.replace("    berlaku 2020-01-01 sampai 2020-12-31", "    berlaku 2020-01-01 samapi 2020-12-31")
    assert [code for code, _ in lines(text + PAY + "syarat a\n    desill > 1\n")] == ["keyword-misspelt", "name-unknown"]


def test_an_empty_file_and_noise_are_answered() -> None:
    for text in (
        "",
        "\n\n",
        "# catatan saja\n",
        "\x00\x01",
        "ejps",
        "ejps 1 id",
        "ejps 1 id\n)))\n",
        "ejps 1 id\n" + "(" * 5000,
    ):
        ruleset, found = compile_text(text, "x.ejps")
        assert ruleset is None
        assert errors(found)


def test_any_part_of_a_good_file_is_answered() -> None:
    """Cut off anywhere, or with any line left out or doubled: findings, never an exception."""
    text = HEAD + PAY + "\nsyarat a\n    ada anggota yang (umur >= 60 dan\n        pns)\n"
    for end in range(0, len(text), 7):
        compile_text(text[:end], "x.ejps")
    rows = text.split("\n")
    for number in range(len(rows)):
        compile_text("\n".join(rows[:number] + rows[number + 1 :]), "x.ejps")
        compile_text("\n".join(rows[:number] + [rows[number]] * 2 + rows[number + 1 :]), "x.ejps")
        compile_text("\n".join(row.lstrip() if n == number else row for n, row in enumerate(rows)), "x.ejps")


def test_ten_thousand_lines_are_checked() -> None:
    many = "".join(f"hitung h{n} = desil + {n % 50}\n" for n in range(10_000))
    ruleset, found = program(many + "syarat a\n    h9999 > 3")
    assert errors(found) == []
    assert ruleset is not None and len(ruleset.definitions) == 10_000
