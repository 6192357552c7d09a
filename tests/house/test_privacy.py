"""No real person stands in this repository (CONTRIBUTING.md, data protection).

A NIK or family-card number made up for an example carries a serial of 9000 or more; real serials are small.
"""

import re

from tests.house.sources import ROOT, project_files, text_files

FIRST_SYNTHETIC_SERIAL = 9000
ALLOWED = "tests/house/allowed_numbers.txt"
# Not inside a hash (hexadecimal) and not the decimals of a number.
SIXTEEN_DIGITS = re.compile(r"(?<![0-9A-Fa-f_])(?<![0-9]\.)[0-9](?:_?[0-9]){15}(?![0-9A-Fa-f])")
# What a reader of text can't see into: lists of people must not hide there.
OPAQUE = {".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".arrow", ".feather", ".db", ".sqlite", ".zip", ".gz"}


def looks_real(digits: str) -> bool:
    """Whether sixteen digits are built like a NIK or family-card number: province, date, small serial."""
    province, day, month, serial = int(digits[:2]), int(digits[6:8]), int(digits[8:10]), int(digits[12:])
    dated = (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12
    return 11 <= province <= 96 and dated and serial < FIRST_SYNTHETIC_SERIAL


def real_looking(text: str) -> list[tuple[int, str]]:
    """(line, number) of what could be somebody's number."""
    return [
        (line, digits)
        for line, content in enumerate(text.splitlines(), start=1)
        for digits in (found.replace("_", "") for found in SIXTEEN_DIGITS.findall(content))
        if looks_real(digits)
    ]


def allowed_numbers() -> dict[str, str]:
    """The exceptions with their reasons."""
    lines = (ROOT / ALLOWED).read_text(encoding="utf-8").splitlines()
    entries = [line.split(maxsplit=1) for line in lines if line.strip() and not line.startswith("#")]
    return {entry[0]: entry[1] if len(entry) > 1 else "" for entry in entries}


def test_no_number_could_be_a_persons() -> None:
    allowed = allowed_numbers()
    seen = [
        f"{path}:{line}: {digits}: give it a serial of {FIRST_SYNTHETIC_SERIAL} or more"
        for path, text in text_files()
        for line, digits in real_looking(text)
        if digits not in allowed
    ]
    assert seen == []


def test_no_list_hides_in_a_file_that_cannot_be_read_here() -> None:
    assert [str(path) for path in project_files() if path.suffix.lower() in OPAQUE] == []


def test_each_exception_has_its_reason() -> None:
    assert [number for number, reason in allowed_numbers().items() if len(reason) < 20] == []


def test_this_test_can_fail() -> None:
    place_and_birth = "750404" + "410785"
    assert real_looking(f"nik: {place_and_birth}0010") == [(1, place_and_birth + "0010")]
    assert real_looking(f"'{place_and_birth}8999'")
    assert real_looking(f"75.01,{place_and_birth}0001,L")
    assert real_looking("7504_0441_0785_" + "0001")
    assert not real_looking(place_and_birth + "9010")
    assert not real_looking("2 ** 53 + 1 is 9007199254740993")
    assert not real_looking("--hash=sha256:a" + place_and_birth + "0010b")
