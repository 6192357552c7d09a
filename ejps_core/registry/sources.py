"""Opening what was received: which format, which sheet holds the families, which the members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ejps_core.model.declared import Reader
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.listing import Book, Listing, Opened, Sheet
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Cell
from ejps_core.registry.aliases import alias_of, header_forms
from ejps_core.registry.delimited import empty
from ejps_core.registry.headers import spellings
from ejps_core.registry.marks import normal
from ejps_core.registry.page import Words, laid_out
from ejps_core.registry.problems import error, remark
from ejps_core.registry.readers import reader_for
from ejps_core.registry.stacking import alike, stacked
from ejps_core.registry.unread import members_taken, other_sheets, sheets_of_families

_MEMBERS = frozenset(("anggota", "anggotakeluarga", "daftaranggota", "members", "member", "familymembers"))
_VERY_CLOSE = 0.8
_FAMILIES = frozenset(("keluarga", "daftarkeluarga", "families", "family"))
FIRST_BYTES = 16
"""How much of a file tells its kind."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The lists that were found, and what is to be said of the files. No families: an error is among the findings."""

    families: Listing | None
    members: Listing | None
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What to look for in a workbook: names of sheets, the words of headers, whether members are wanted too."""

    words: Words
    sheet: str | None
    members_sheet: str | None
    pair: bool
    readers: Sequence[Reader]
    people: bool = False
    """The list of members itself is looked for."""

    def has_key(self, listing: Listing) -> bool:
        return any(form in self.words.key for header in listing.headers for form in header_forms(header))

    def listing(self, book: Book, sheet: str) -> Listing | Diagnostic:
        """A sheet with its headers where they stand."""
        found = book.listing(sheet)
        return found if isinstance(found, Diagnostic) else laid_out(found, self.words)


def open_sources(
    path: Path,
    key: Field,
    members: Path | None,
    sheet: str | None,
    members_sheet: str | None,
    readers: Sequence[Reader],
    fields: Iterable[Field] = (),
) -> Sources:
    """The family list and the members, from two files or from two sheets of one.

    fields: all that may have a column, by whose names the headers are found; the key need not be among them.
    """
    forms = _words(key, fields)
    if members is None or _same_workbook(path, members):
        found = _open(path, _Wish(forms, sheet, members_sheet, pair=True, readers=readers))
        if members is None or found.members is not None:
            return found
    found = _open(path, _Wish(forms, sheet, None, pair=False, readers=readers))
    other = _open(members, _Wish(forms, members_sheet, None, pair=False, readers=readers, people=True))
    whole = found.families if other.families is not None else None
    return Sources(whole, other.families, found.findings + other.findings)


def open_single(path: Path, key: Field, readers: Sequence[Reader], fields: Iterable[Field] = ()) -> Sources:
    """The one list in a file, as `families`: of a workbook the first visible sheet with the key column.

    fields: what else its headers may name.
    """
    return _open(path, _Wish(_words(key, (key, *fields)), None, None, pair=False, readers=readers))


def _words(key: Field, fields: Iterable[Field]) -> Words:
    """What may stand in the row of headers."""
    alias = alias_of(key)
    keys = frozenset(spellings((key,))) | (alias.headers if alias else frozenset())
    return Words(keys, frozenset(spellings(tuple(fields))))


def _same_workbook(path: Path, members: Path) -> bool:
    """Whether both lists are to come from one workbook."""
    try:
        return path.samefile(members)
    except OSError:
        return False


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(FIRST_BYTES)


def _open(path: Path, wish: _Wish) -> Sources:
    missing = _missing(path)
    if missing is not None:
        return Sources(None, None, (missing,))
    try:
        start = _start(path)
    except OSError:
        return Sources(None, None, (_forbidden(path),))
    if not start:
        return Sources(None, None, (empty(path),))
    opened = reader_for(path, start, wish.readers).open(path)
    if isinstance(opened, Opened):
        ignored = [
            _no_sheets(path, name) for name in (wish.sheet, wish.members_sheet) if name and opened.listing is not None
        ]
        listing = None if opened.listing is None else laid_out(opened.listing, wish.words)
        return Sources(listing, None, (*ignored, *opened.findings))
    with opened as book:
        sheets = book.sheets()
        if isinstance(sheets, Diagnostic):
            return Sources(None, None, (sheets,))
        return _choose(path, book, sheets, wish)


def _choose(path: Path, book: Book, sheets: tuple[Sheet, ...], wish: _Wish) -> Sources:
    """The family sheet: the one named, else the first visible with the key. Then the members' sheet, if wanted."""
    named = _named(sheets, wish.members_sheet) if wish.members_sheet else None
    if wish.members_sheet and named is None:
        return Sources(None, None, (_no_sheet(path, wish.members_sheet, sheets),))
    by_name = named or next((sheet for sheet in sheets if normal(sheet.name) in _MEMBERS), None)
    if wish.sheet:
        wanted = _named(sheets, wish.sheet)
        if wanted is None:
            return Sources(None, None, (_no_sheet(path, wish.sheet, sheets),))
        candidates = [wanted]
    else:
        candidates = [sheet for sheet in sheets if sheet.visible] or list(sheets)
        if wish.people:
            candidates.sort(key=lambda sheet: normal(sheet.name) not in _MEMBERS)
        else:
            candidates = [sheet for sheet in candidates if sheet != by_name] or candidates
    families = _first_with_key(path, book, candidates, wish)
    if isinstance(families, Diagnostic):
        return Sources(None, None, (families,))
    families = _with_alike(book, families, candidates, wish)
    read = {families.sheet, *families.sheets}
    members: Listing | None = None
    taken: tuple[Diagnostic, ...] = ()
    rest = [s for s in sheets if s.visible and s.name not in read]
    if wish.pair:
        found = _members(book, families, [by_name] if by_name else rest, wish, sure=by_name is not None)
        if isinstance(found, Diagnostic):
            return Sources(None, None, (found,))
        members = found
        taken = (members_taken(members),) if members is not None and by_name is None else ()
    left = [s for s in sheets if s.name not in read and (members is None or s.name != members.sheet)]
    return Sources(families, members, (*taken, *_unread(path, book, left, wish)))


def _named(sheets: tuple[Sheet, ...], name: str) -> Sheet | None:
    exact = next((sheet for sheet in sheets if sheet.name == name), None)
    return exact or next((sheet for sheet in sheets if normal(sheet.name) == normal(name)), None)


def _first_with_key(path: Path, book: Book, sheets: list[Sheet], wish: _Wish) -> Listing | Diagnostic:
    """The first of the sheets that has the key; else the first that holds anything."""
    filled: Listing | None = None
    for sheet in sheets:
        listing = wish.listing(book, sheet.name)
        if isinstance(listing, Diagnostic):
            if listing.code != "empty-list" or len(sheets) == 1:
                return listing
            continue
        if wish.has_key(listing):
            return listing
        filled = filled or listing
    return filled or empty(path)


def _with_alike(book: Book, families: Listing, candidates: list[Sheet], wish: _Wish) -> Listing:
    """The families together with those of all other candidate sheets that have the same headers."""
    if not wish.has_key(families):
        return families
    found = [families]
    for sheet in candidates:
        listing = wish.listing(book, sheet.name) if sheet.name != families.sheet else None
        if isinstance(listing, Listing) and alike(listing, families):
            found.append(listing)
    return stacked(found) if len(found) > 1 else families


def _members(book: Book, families: Listing, sheets: list[Sheet], wish: _Wish, sure: bool) -> Listing | Diagnostic | None:
    """The members' sheet: the one that is `sure`, else the only one that has the key and other headers."""
    found = []
    for sheet in sheets:
        listing = wish.listing(book, sheet.name)
        if sure:
            return listing
        if isinstance(listing, Diagnostic):
            if listing.code != "empty-list":
                return listing
        elif wish.has_key(listing) and listing.headers != families.headers:
            found.append(listing)
    return found[0] if len(found) == 1 else None


def _missing(path: Path) -> Diagnostic | None:
    if path.is_file():
        return None
    if path.is_dir():
        return error(
            "not-a-file",
            Cell(str(path)),
            f"{path} adalah folder, bukan berkas.",
            f"{path} is a folder, not a file.",
            "Sebutkan berkas daftarnya.",
            "Name the file of the list.",
        )
    try:
        names = [each.name for each in path.parent.iterdir() if each.is_file()]
    except OSError:
        names = []
    stems = {Path(name).stem.casefold(): name for name in names}
    close = [stems[stem] for stem in get_close_matches(path.stem.casefold(), list(stems), 1, _VERY_CLOSE)]
    return error(
        "no-such-file",
        Cell(str(path)),
        f"Berkas {path} tidak ditemukan.",
        f"The file {path} was not found.",
        f"Maksudnya {path.with_name(close[0])}?" if close else "Periksa nama dan foldernya.",
        f"Did you mean {path.with_name(close[0])}?" if close else "Check its name and folder.",
    )


def _forbidden(path: Path) -> Diagnostic:
    return error(
        "unreadable",
        Cell(str(path)),
        f"Berkas {path} tidak dapat dibuka.",
        f"The file {path} can't be opened.",
        "Tutup aplikasi yang sedang memakainya, atau minta hak baca.",
        "Close the program that uses it, or ask for permission to read it.",
    )


def _no_sheet(path: Path, wanted: str, sheets: Sequence[Sheet]) -> Diagnostic:
    """What is said when there is no sheet of that name."""
    names = {normal(sheet.name): sheet.name for sheet in sheets}
    close = get_close_matches(normal(wanted), list(names), 1, 0.6)
    listed = ", ".join(f"“{sheet.name}”" for sheet in sheets)
    return error(
        "no-such-sheet",
        Cell(str(path), wanted),
        f"Tidak ada lembar “{wanted}” di {path.name}.",
        f"There is no sheet “{wanted}” in {path.name}.",
        (f"Maksudnya “{names[close[0]]}”? " if close else "") + f"Lembar yang ada: {listed}.",
        (f"Did you mean “{names[close[0]]}”? " if close else "") + f"The sheets: {listed}.",
    )


def _no_sheets(path: Path, sheet: str) -> Diagnostic:
    return remark(
        "sheet-ignored",
        f"{path.name} tidak punya lembar; “{sheet}” diabaikan.",
        f"{path.name} has no sheets; “{sheet}” is ignored.",
        "Hapus pilihan lembar, atau berikan berkas XLSX.",
        "Leave out the sheet, or give an XLSX file.",
    ).at(Cell(str(path)))


def _unread(path: Path, book: Book, sheets: list[Sheet], wish: _Wish) -> list[Diagnostic]:
    """What is said of the sheets left over; loudly if families are on them."""
    if wish.sheet:
        return [other_sheets(path, [sheet.name for sheet in sheets], chosen=True)] if sheets else []
    expected = _FAMILIES if wish.people else _MEMBERS if not wish.pair else frozenset[str]()
    keyed: list[tuple[str, int]] = []
    for sheet in sheets:
        listing = wish.listing(book, sheet.name) if sheet.visible and normal(sheet.name) not in expected else None
        if isinstance(listing, Listing) and wish.has_key(listing) and len(listing):
            keyed.append((sheet.name, len(listing)))
    others = [sheet.name for sheet in sheets if sheet.name not in dict(keyed)]
    findings = [sheets_of_families(path, keyed)] if keyed else []
    return [*findings, other_sheets(path, others, chosen=False)] if others else findings
