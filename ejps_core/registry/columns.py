"""From a column as received to a column of facts: each distinct cell is read once, each finding is located."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.model.candidates import as_column
from ejps_core.model.diagnostic import Severity
from ejps_core.model.listing import Column, Kind, Listing, Texts, Typed
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Choice, Code, Date, Number, Region, YesNo
from ejps_core.registry.aliases import STATISTICS, is_sex, means
from ejps_core.registry.amounts import read_number
from ejps_core.registry.answers import read_choice, read_yes_no, sex_spellings, spellings, status_spellings
from ejps_core.registry.codes import (
    MISSING_CARD,
    MISSING_NIK,
    NUMBER_CELL,
    NUMBER_COLUMN,
    as_key,
    is_empty,
    read_card,
    read_code,
    read_key,
    read_person,
    read_place,
    read_statistics_place,
)
from ejps_core.registry.days import SERIAL, read_day
from ejps_core.registry.marks import APOSTROPHES, DASHES, ODD, normal, visible
from ejps_core.registry.nik import sound_pattern
from ejps_core.registry.placing import answers
from ejps_core.registry.problems import Note, Problem, Reading, Value, remark, unknown
from ejps_core.registry.sheet_errors import UNCALCULATED
from ejps_core.registry.typed import Facts, as_texts, read_typed

_CARDS = frozenset(
    ("kk", "nokk", "nomorkk", "kkno", "kknumber", "kartukeluarga", "nokartukeluarga", "nomorkartukeluarga")
) | frozenset(("familycard", "familycardno", "familycardnumber"))
_ONE_WORD = rf"^[^\s#{APOSTROPHES}]\S*$"
_MARKED = rf"^[\d.{APOSTROPHES}{DASHES[1:]}-]*[.{APOSTROPHES}{DASHES[1:]}-][\d.{APOSTROPHES}{DASHES[1:]}-]*$"
_BLANKS = remark(
    "blanks-unsure",
    "Format ini tidak membedakan sel kosong dari rumus yang gagal: yang kosong dianggap belum diketahui, bukan tidak.",
    "This format doesn't tell a blank cell from a formula that failed: blank ones are taken as unknown, not as no.",
    "Simpan ulang sebagai XLSX, atau tulis tidak di sel yang kosong.",
    "Save it again as XLSX, or write no in the blank cells.",
)
BROKEN = re.compile(r"#(?:n/a|ref!|value!|div/0!|name\?|null!|num!|spill!|calc!|error!)|err:\d+")
"""Errors of spreadsheets, in lower case."""


def holds_nik(field: Field) -> bool:
    """Whether a field is a NIK, by its name or the first word of its title."""
    if not isinstance(field.type, Code):
        return False
    titles = [title.split()[0].rstrip(".:").upper() for title in (field.title.id, field.title.en) if title.split()]
    words = field.name.lower().split("_")
    return words[0] == "nik" or words[-1] == "nik" or "NIK" in titles


def holds_card(field: Field) -> bool:
    """Whether a field is a family card number, by its name or title."""
    names = (field.name, field.title.id, field.title.en)
    return isinstance(field.type, Code) and any(normal(name) in _CARDS for name in names)


def read_column(listing: Listing, column: Column, field: Field, on: int, key: bool = False) -> Facts:
    """The facts of a column, in the Arrow type of its field. `key`: a row without a usable value is set apart.

    on: the decision date, days since 1970-01-01.
    """
    if isinstance(column, Typed):
        facts = read_typed(listing, column, field, on)
        if facts is not None:
            return _typed_key(listing, column, facts) if key and facts.values.null_count else facts
        column = as_texts(column, exact=isinstance(field.type, Code))
    if isinstance(field.type, Code):
        return _identifying(listing, column, field, key)
    read, blank, unsure = reader_of(field, column.header, on), None, field.blank_is_no and listing.blanks_hide_errors
    if field.blank_is_no and not unsure:
        blank = False
    values: list[Value] = []
    problems: dict[int, tuple[Problem, ...]] = {}
    for i, (text, kind) in enumerate(_cells(column)):
        value, found = reading(text, kind, blank, read)
        found = as_key(value, found) if key else found
        values.append(value)
        if found:
            problems[i] = found
    notes = list(_once(listing, column, problems, SERIAL, SERIAL, first=True))
    if unsure and any(kind is not Kind.ABSENT and not visible(text) for text, kind in _cells(column)):
        notes.append((-1, _BLANKS.at(listing.header_cell(column.header))))
    notes += _located(listing, column, problems)
    return Facts(_column(values, column, field), tuple(notes))


def _cells(column: Texts) -> Iterator[tuple[str, Kind]]:
    kinds = [Kind(kind) for kind in column.kinds.tolist()]
    return zip(column.texts.to_pylist(), kinds, strict=True)


def reader_of(field: Field, header: str, on: int) -> Callable[[str, Kind], Reading]:
    match field.type:
        case YesNo():
            yes, no = answers(field)
            return lambda text, kind: read_yes_no(text, yes, no)
        case Number() as number:
            return lambda text, kind: read_number(text, kind, number)
        case Date() as days:
            return lambda text, kind: read_day(text, kind, days, on)
        case Choice() as choice:
            known = (sex_spellings(choice) if is_sex(field) else {}) | status_spellings(choice) | spellings(choice)
            return lambda text, kind: read_choice(text, kind, choice, known)
        case Region():
            return read_statistics_place if means(header, STATISTICS) else read_place
    raise AssertionError(field.type)


def reading(text: str, kind: Kind, blank: Value, read: Callable[[str, Kind], Reading]) -> Reading:
    trimmed = visible(text)
    if kind is Kind.ABSENT:
        return None, ()
    if not trimmed:
        return blank, ()
    if trimmed == UNCALCULATED:
        return unknown(
            "formula-not-calculated",
            "Rumus di sel ini belum pernah dihitung",
            "The formula in this cell was never calculated",
            "Buka berkasnya di aplikasi lembar kerja, tunggu sampai terhitung, lalu simpan ulang.",
            "Open the file in a spreadsheet, let it calculate, and save it again.",
        )
    if BROKEN.fullmatch(trimmed.casefold()):
        return unknown(
            "broken-cell",
            f"Sel berisi galat rumus {trimmed}",
            f"The cell holds the error {trimmed} of a formula",
            "Perbaiki rumusnya atau ketik nilainya.",
            "Mend the formula or type the value.",
        )
    return read(trimmed, kind)


def _identifying(listing: Listing, column: Texts, field: Field, key: bool) -> Facts:
    """A column of codes: only what doesn't look sound at first sight is looked at one by one."""
    person, card = holds_nik(field), not holds_nik(field) and holds_card(field)
    read = read_person if person else read_card if card else read_key if key else read_code
    missing = (MISSING_NIK,) if person else (MISSING_CARD,) if card else ()
    doubtful = np.flatnonzero(~_sound(column, person, card, key))
    if not len(doubtful):
        return Facts(pa.DictionaryArray.from_arrays(pa.array(column.codes, pa.int32()), column.texts))
    values: list[Value] = column.texts.to_pylist()
    problems: dict[int, tuple[Problem, ...]] = {}
    for i in doubtful.tolist():
        text, kind = str(values[i]), Kind(int(column.kinds[i]))
        if (person or card) and is_empty(text) and kind is not Kind.ABSENT:
            value: Value = None
            found: tuple[Problem, ...] = () if key else missing
        else:
            numbered = (person or card) and kind is not Kind.ABSENT
            value, found = read(visible(text), kind) if numbered else reading(text, kind, None, read)
        values[i] = value
        if found or key:
            problems[i] = as_key(value, found) if key else found
    notes, shaky = _last_digits(listing, column, problems)
    notes += _located(listing, column, problems)
    return Facts(_column(values, column, field), tuple(notes), shaky)


def _sound(column: Texts, person: bool, card: bool, key: bool) -> npt.NDArray[np.bool_]:
    """Which distinct texts need no second look."""
    if person or card:
        good = pc.match_substring_regex(column.texts, sound_pattern(person))
    else:
        good = pc.match_substring_regex(column.texts, _ONE_WORD if key else r"^[^\s#](?:.*\S)?$")
        good = pc.and_not(good, pc.match_substring_regex(column.texts, ODD))
        good = pc.and_not(good, pc.match_substring_regex(column.texts, _MARKED)) if key else good
        good = pc.and_not(good, pc.match_substring_regex(column.texts, r"^\d[\d.,]*[eE]\+?\d+$"))
    sound: npt.NDArray[np.bool_] = good.to_numpy(zero_copy_only=False).astype(np.bool_)
    sound &= column.kinds == Kind.TEXT
    return sound


def _last_digits(
    listing: Listing, column: Texts, problems: dict[int, tuple[Problem, ...]]
) -> tuple[list[Note], frozenset[int]]:
    """One finding for a column whose number cells all end in 0, and their rows; the cells then keep silent about it."""
    numbers = [i for i, found in problems.items() if NUMBER_CELL in found]
    if all(str(column.texts[i].as_py()).endswith("0") for i in numbers):
        rows = np.flatnonzero(np.isin(column.codes, np.array(numbers, np.int32)))
        if len(rows) > 1:
            return list(_once(listing, column, problems, NUMBER_CELL, NUMBER_COLUMN)), frozenset(rows.tolist())
    return [], frozenset()


def _once(
    listing: Listing,
    column: Texts,
    problems: dict[int, tuple[Problem, ...]],
    each: Problem,
    whole: Problem,
    first: bool = False,
) -> Iterator[Note]:
    """Takes a problem off the cells and says it once of the column, or of its first cell."""
    said = [i for i, found in problems.items() if each in found]
    for i in said:
        problems[i] = tuple(problem for problem in problems[i] if problem != each)
    if not said:
        return
    if not first:
        yield -1, whole.at(listing.header_cell(column.header))
        return
    row = int(np.flatnonzero(np.isin(column.codes, np.array(said, np.int32)))[0])
    yield -1, whole.at(listing.cell(row, column.header, column.text(row)))


def _located(listing: Listing, column: Texts, problems: dict[int, tuple[Problem, ...]]) -> Iterator[Note]:
    """A finding for every row whose cell has a problem."""
    if not any(problems.values()):
        return
    bad = np.zeros(len(column.texts), np.bool_)
    bad[[i for i, found in problems.items() if found]] = True
    for row in np.flatnonzero(bad[column.codes]).tolist():
        place = listing.cell(row, column.header, column.text(row))
        for problem in problems[int(column.codes[row])]:
            yield row, problem.at(place)


def _typed_key(listing: Listing, column: Typed, facts: Facts) -> Facts:
    """The same facts, with every row apart that has no key."""
    notes = list(facts.notes)
    said = {row for row, _ in notes}
    blank = as_key(None, ())[0]
    for row in np.flatnonzero(facts.values.is_null().to_numpy(zero_copy_only=False)).tolist():
        if row not in said:
            notes.append((row, blank.at(listing.cell(row, column.header, ""))))
    apart = [(row, replace(finding, severity=Severity.SET_APART)) for row, finding in notes]
    return Facts(facts.values, tuple(apart))


def _column(values: list[Value], column: Texts, field: Field) -> pa.Array:
    """Values of the distinct cells, spread over the rows, in the Arrow type of the field."""
    codes = column.codes
    if not isinstance(field.type, Choice | Region | Code):
        return as_column(values, field.type).take(pa.array(codes))
    places: dict[Value, int] = {}
    spread = [-1 if value is None else places.setdefault(value, len(places)) for value in values]
    names = pa.array(list(places), pa.string())
    if spread == list(range(len(spread))):  # nothing renamed, nothing unknown: no second pass over the rows
        return pa.DictionaryArray.from_arrays(pa.array(codes), names, safe=False)  # codes are never without a text
    if column.indices is not None and spread == [*range(len(spread) - 1), -1]:  # nothing but empty cells unknown
        return pa.DictionaryArray.from_arrays(column.indices, names, safe=False)
    indices = np.array(spread, np.int32).take(codes)
    bits = pa.py_buffer(np.packbits(indices >= 0, bitorder="little")) if -1 in spread else None
    plain = pa.Array.from_buffers(pa.int32(), len(indices), [bits, pa.py_buffer(indices)])
    return pa.DictionaryArray.from_arrays(plain, names)
