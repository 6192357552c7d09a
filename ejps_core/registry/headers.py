"""Which column holds which field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.ruleset import Field
from ejps_core.model.words import Words
from ejps_core.registry.answers import normal
from ejps_core.registry.problems import error
from ejps_core.registry.received import Listing

CLOSE = 0.75
_RUNNING = frozenset(("no", "nomor", "nourut", "nomorurut", "number", "num", "#"))


@dataclass(frozen=True, slots=True)
class Matched:
    """The place in the headers of each field that has a column; `others`: places of the columns without a field."""

    places: dict[str, int]
    others: tuple[int, ...]


def spellings(fields: tuple[Field, ...]) -> dict[str, Field]:
    """Compared form -> field, by name and by title; names win over titles, titles of two fields are left out."""
    titles: dict[str, set[str]] = {}
    for field in fields:
        for title in (field.title.id, field.title.en):
            titles.setdefault(normal(title), set()).add(field.name)
    by_name = {field.name: field for field in fields}
    found = {title: by_name[min(names)] for title, names in titles.items() if len(names) == 1 and title}
    return found | {normal(field.name): field for field in fields}


def is_running(header: str) -> bool:
    """Whether a header names a running number, which says nothing of the family."""
    return normal(header) in _RUNNING


def nearest(forms: Iterable[str], options: Iterable[str], cutoff: float = CLOSE) -> str | None:
    """The option that one of the forms is probably meant to be: nearly the same, or the one a longer form of the other."""
    offered = list(options)
    for form in forms:
        if close := get_close_matches(form, offered, 1, cutoff):
            return close[0]
    within = (o for form in forms for o in offered if min(len(o), len(form)) > 3 and (o in form or form in o))
    return next(within, None)


def match(
    listing: Listing, fields: tuple[Field, ...], key: Field, also: frozenset[str] = frozenset()
) -> tuple[Matched | None, list[Diagnostic]]:
    """Columns to fields. None with errors where the key has no column or headers clash; else with remarks.

    `also`: headers (in compared form) that are used elsewhere and need no remark when they match nothing.
    """
    known = spellings((*fields, key) if key not in fields else fields)
    places: dict[str, int] = {}
    others: list[int] = []
    wrong = list(_twice(listing))
    for place, header in enumerate(listing.headers):
        field = known.get(normal(header))
        if field is None:
            others.append(place)
        elif field.name in places and not wrong:
            wrong.append(_same_field(listing, field, listing.headers[places[field.name]], header))
        else:
            places.setdefault(field.name, place)
    if key.name not in places:
        wrong.append(_no_key(listing, key, known))
    if wrong:
        return None, wrong
    matched = Matched(places, tuple(others))
    return matched, [*_absent(listing, fields, matched), *_unused(listing, fields, matched, also)]


def _twice(listing: Listing) -> Iterator[Diagnostic]:
    count = Counter(normal(header) for header in listing.headers)
    said = set()
    for header in listing.headers:
        if count[normal(header)] > 1 and header.strip() and normal(header) not in said:
            said.add(normal(header))
            yield error(
                "header-twice",
                listing.header_cell(header),
                f"Judul kolom “{header}” muncul {count[normal(header)]} kali.",
                f"The header “{header}” appears {count[normal(header)]} times.",
                "Beri setiap kolom judul sendiri, atau hapus kolom yang tidak dipakai.",
                "Give each column a header of its own, or remove the one that is not used.",
            )


def _same_field(listing: Listing, field: Field, first: str, second: str) -> Diagnostic:
    return error(
        "field-twice",
        listing.header_cell(second),
        f"Kolom “{first}” dan “{second}” sama-sama berarti {field.name} ({field.title.id}).",
        f"The columns “{first}” and “{second}” both stand for {field.name} ({field.title.en}).",
        "Hapus atau ganti judul salah satunya.",
        "Remove one of them or change its header.",
    )


def _no_key(listing: Listing, key: Field, known: dict[str, Field]) -> Diagnostic:
    named_id, named_en = f"“{key.name}” ({key.title.id})", f"“{key.name}” ({key.title.en})"
    mine = [form for form, field in known.items() if field == key]
    free = {normal(h): h for h in listing.headers if h.strip() and normal(h) not in known}
    close = nearest(mine, free, 0.6)
    lower = next((number for number, row in listing.first_rows if {normal(t) for t in row} & set(mine)), None)
    if lower is not None:
        mend = Words(
            f"Judul kolom tampaknya ada di baris {lower}: hapus baris-baris di atasnya.",
            f"The headers seem to stand in row {lower}: remove the rows above it.",
        )
    elif close is not None:
        mend = Words(
            f"Maksudnya kolom “{free[close]}”? Ganti judulnya.", f"Did you mean “{free[close]}”? Change its header."
        )
    else:
        heads = ", ".join(f"“{h}”" for h in listing.headers[:20] if h.strip())
        mend = Words(f"Judul kolom yang terbaca: {heads}.", f"The headers that were found: {heads}.")
    return error(
        "key-column-missing",
        listing.cell(),
        f"Tidak ada kolom {named_id}, kunci setiap keluarga.",
        f"There is no column {named_en}, the key of each family.",
        mend.id,
        mend.en,
    )


def _absent(listing: Listing, fields: tuple[Field, ...], matched: Matched) -> Iterator[Diagnostic]:
    free = {normal(listing.headers[place]): listing.headers[place] for place in matched.others}
    for field in fields:
        if field.name in matched.places:
            continue
        forms = (normal(field.name), normal(field.title.id), normal(field.title.en))
        close = nearest(forms, free)
        yield Diagnostic(
            "column-missing",
            Severity.REMARK,
            listing.cell(column=field.name),
            Words(
                f"Tidak ada kolom {field.name} ({field.title.id}): belum diketahui untuk semua baris.",
                f"There is no column {field.name} ({field.title.en}): unknown in every row.",
            ),
            Words(f"Maksudnya kolom “{free[close]}”? Ganti judulnya.", f"Did you mean “{free[close]}”? Change its header.")
            if close
            else Words(
                f"Tambahkan kolom berjudul {field.name} atau “{field.title.id}” bila datanya ada.",
                f"Add a column headed {field.name} or “{field.title.en}” if there are data.",
            ),
        )


def _unused(listing: Listing, fields: tuple[Field, ...], matched: Matched, also: frozenset[str]) -> Iterator[Diagnostic]:
    lacking = spellings(tuple(field for field in fields if field.name not in matched.places))
    plain = []
    for place in matched.others:
        header = listing.headers[place]
        if normal(header) in also or is_running(header):
            continue
        close = nearest((normal(header),), lacking)
        if close is None:
            plain.append(header)
            continue
        field = lacking[close]
        yield Diagnostic(
            "column-unused",
            Severity.REMARK,
            listing.header_cell(header),
            Words(f"Kolom “{header}” tidak dikenal dan tidak dipakai.", f"The column “{header}” is unknown; not used."),
            Words(
                f"Maksudnya {field.name} ({field.title.id})?",
                f"Did you mean {field.name} ({field.title.en})?",
            ),
        )
    if plain:
        named_id = ", ".join(f"“{header}”" if header.strip() else "(tanpa judul)" for header in plain)
        named_en = ", ".join(f"“{header}”" if header.strip() else "(no header)" for header in plain)
        yield Diagnostic(
            "column-unused",
            Severity.REMARK,
            listing.header_cell(plain[0]) if len(plain) == 1 else listing.cell(),
            Words(f"Kolom yang tidak dipakai: {named_id}.", f"Columns not used: {named_en}."),
            Words("Tidak perlu apa-apa bila memang bukan syarat.", "Nothing to do if the rules don't need them."),
        )
