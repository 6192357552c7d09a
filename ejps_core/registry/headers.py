"""Which column holds which field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.listing import Listing
from ejps_core.model.ruleset import Field
from ejps_core.model.types import Region
from ejps_core.model.words import Words
from ejps_core.registry.aliases import RELATION, header_forms, means
from ejps_core.registry.marks import normal
from ejps_core.registry.placing import doubts, guessed, joined_regions, told
from ejps_core.registry.problems import error

CLOSE = 0.75
_RUNNING = frozenset(("no", "nomor", "nourut", "nomorurut", "number", "num", "#"))


@dataclass(frozen=True, slots=True)
class Matched:
    """The place in the headers of each field that has a column; `others`: places of the columns without a field.

    One column may serve several fields: programs that are evaluated together may give a fact different names. by_alias: the
    fields that only the table of aliases gave a column.
    """

    places: dict[str, int]
    others: tuple[int, ...]
    by_alias: frozenset[str] = frozenset()


def forms(field: Field) -> tuple[str, ...]:
    """What a field's column may be called, in compared form: its name, then its titles."""
    found = (normal(text) for text in (field.name, field.title.id, field.title.en))
    return tuple(dict.fromkeys(form for form in found if form))


def spellings(fields: tuple[Field, ...]) -> dict[str, tuple[Field, ...]]:
    """Compared form -> the fields of that name or title, those of that name first."""
    found: dict[str, list[Field]] = {}
    for field in fields:
        for form in forms(field):
            found.setdefault(form, []).append(field)
    return {form: tuple(sorted(those, key=lambda f: normal(f.name) != form)) for form, those in found.items()}


def is_running(header: str) -> bool:
    """Whether a header names a running number, which says nothing of the family."""
    return normal(header) in _RUNNING


def is_layout(header: str) -> bool:
    """Whether a header is no fact but says which rows go together: a running number, or the relation to the head."""
    return is_running(header) or means(header, RELATION)


def closest(form: str, options: Iterable[str], cutoff: float = CLOSE) -> str | None:
    """The option that is nearly the same as the form, both in compared form."""
    return next(iter(get_close_matches(form, list(options), 1, cutoff)), None)


def nearest(wanted: Iterable[str], options: Iterable[str], cutoff: float = CLOSE) -> str | None:
    """The option that one of the forms is probably meant to be: nearly the same, or the one a longer form of the other."""
    offered, tried = list(options), list(wanted)
    for form in tried:
        if close := closest(form, offered, cutoff):
            return close
    within = (o for form in tried for o in offered if min(len(o), len(form)) > 3 and (o in form or form in o))
    return next(within, None)


def match(
    listing: Listing,
    fields: tuple[Field, ...],
    key: Field,
    also: frozenset[str] = frozenset(),
    assigned: Mapping[str, int] | None = None,
) -> tuple[Matched | None, list[Diagnostic]]:
    """Columns to fields. None with errors where the key has no column or headers clash; else with remarks.

    `also`: headers (in compared form) that are used elsewhere and need no remark when they match nothing. assigned: field
    name -> column, as a person has confirmed it; then nothing is looked for.
    """
    if assigned is not None and key.name in assigned:
        used = set(assigned.values())
        matched = Matched(dict(assigned), tuple(p for p in range(len(listing.headers)) if p not in used))
        return matched, list(_absent(listing, fields, matched))
    known = spellings((*fields, key) if key not in fields else fields)
    wrong = list(_twice(listing))
    found: dict[str, list[int]] = {}
    for place, header in enumerate(listing.headers):
        for field in known.get(normal(header), ()):
            found.setdefault(field.name, []).append(place)
    named = {field.name: field for those in known.values() for field in those}
    if not wrong:
        _settle(listing, found, named)
        wrong += [_same_field(listing, named[name], those) for name, those in found.items() if len(those) > 1][:1]
    places = {name: those[0] for name, those in found.items()}
    free = [place for place, header in enumerate(listing.headers) if normal(header) not in known]
    tried = guessed(listing, [named[name] for name in named if name not in places], free)
    places |= tried.places
    taken = {*tried.places.values(), *(place for those in tried.doubtful.values() for place in those)}
    joined = joined_regions(listing, fields, places)
    others = [place for place in free if place not in taken and place not in joined.values()]
    if key.name not in places:
        wrong.append(_no_key(listing, key, known))
    if wrong:
        return None, wrong
    matched = Matched(places, tuple(others), frozenset(tried.places))
    own = {name: place for name, place in tried.places.items() if named[name] in fields}
    about = [*told(listing, own, named), *doubts(listing, tried.doubtful, named)]
    wanted = tuple(field for field in fields if not (joined and isinstance(field.type, Region)))
    return matched, [*about, *_absent(listing, wanted, matched), *_unused(listing, wanted, matched, also)]


def _settle(listing: Listing, found: dict[str, list[int]], named: dict[str, Field]) -> None:
    """Where a field is named by one column and titled by another, leaves out those that bear another field's name."""
    names = {normal(name) for name in named}
    for name, places in found.items():
        own = [place for place in places if normal(listing.headers[place]) == normal(name)]
        if own and len(places) > 1:
            found[name] = [p for p in places if p in own or normal(listing.headers[p]) not in names]


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


def _same_field(listing: Listing, field: Field, places: list[int]) -> Diagnostic:
    first, second = (listing.headers[place] for place in places[:2])
    return error(
        "field-twice",
        listing.header_cell(second),
        f"Kolom “{first}” dan “{second}” sama-sama berarti {field.name} ({field.title.id}).",
        f"The columns “{first}” and “{second}” both stand for {field.name} ({field.title.en}).",
        "Hapus atau ganti judul salah satunya.",
        "Remove one of them or change its header.",
    )


def _no_key(listing: Listing, key: Field, known: Container[str]) -> Diagnostic:
    named_id, named_en = f"“{key.name}” ({key.title.id})", f"“{key.name}” ({key.title.en})"
    mine = forms(key)
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
        close = nearest(forms(field), free)
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
        if not also.isdisjoint(header_forms(header)) or is_layout(header):
            continue
        close = nearest((normal(header),), lacking)
        if close is None:
            plain.append(header)
            continue
        field = lacking[close][0]
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
