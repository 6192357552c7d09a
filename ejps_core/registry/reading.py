"""Reading a candidate list: opened, matched to the fields, checked, and brought into the order of the families."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from ejps_core.model.candidates import Candidates, arrow_type
from ejps_core.model.declared import Reader
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.kinds import Level
from ejps_core.model.listing import Listing
from ejps_core.model.ruleset import Field
from ejps_core.model.span import Span
from ejps_core.model.types import Code
from ejps_core.model.words import Words
from ejps_core.registry.aliases import header_forms
from ejps_core.registry.assembling import assembled
from ejps_core.registry.columns import holds_nik
from ejps_core.registry.district import district_code
from ejps_core.registry.folding import persons
from ejps_core.registry.mapping import How, Mapping, families_own, proposed, shape_of
from ejps_core.registry.marks import normal
from ejps_core.registry.placing import guessed
from ejps_core.registry.problems import DamagedError, Note, error
from ejps_core.registry.readers import READERS
from ejps_core.registry.rows import Rows, read_rows
from ejps_core.registry.sources import Sources, open_sources

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as read: the candidates (None: an error is among the findings), and what they came from, row by row.

    families, people: the rows of the two lists with their notes; people of a list with one row a person stand in its rows.
    persons: whether it is such a list. mappings: which headers were taken for which facts, one a list. originals: the lists
    as they lay in the file, with the rows that were skipped.
    """

    candidates: Candidates | None
    findings: tuple[Diagnostic, ...]
    families: Rows | None = None
    people: Rows | None = None
    persons: bool = False
    mappings: tuple[Mapping, ...] = ()
    originals: tuple[Listing, ...] = ()


def read_list(
    path: Path,
    family_fields: tuple[Field, ...],
    member_fields: tuple[Field, ...],
    *,
    members: Path | None = None,
    sheet: str | None = None,
    members_sheet: str | None = None,
    district: str | None = None,
    on: int,
    readers: Sequence[Reader] = READERS,
    progress: Progress | None = None,
    confirmed: Sequence[Mapping] = (),
) -> tuple[Candidates | None, tuple[Diagnostic, ...]]:
    """The families and members of a list (any file of the readers), with all that is to be said of its rows.

    members: a file of its own for them, in any of the formats; else they are looked for on another sheet, or in the rows of
    a list with one row a person. sheet, members_sheet: names of sheets. district: where the list comes from (75.01): fills
    empty regions, sets apart others.
    on: the decision date, days since 1970-01-01; nobody is born after it. readers: of files, the
    core's and plugins'. progress: called with a stage (open, families, members, join) and how much of everything is done,
    0 to 1. confirmed: mappings of headers that a person has confirmed; one is used for a list of its shape.

    Returns the candidates and their findings, SET_APART and REMARK; or None and findings with an ERROR: no-such-file,
    not-a-file, unreadable, password, password-wrong, sheet-too-large, no-such-sheet, empty-list, unclosed-quote,
    header-twice, field-twice, key-column-missing, unknown-district. Never raises for what is wrong with a list.
    """
    tell = progress or (lambda stage, done: None)
    origin = None if district is None else district_code(district)
    if isinstance(origin, Diagnostic):
        return None, (origin,)
    key = next(each for each in family_fields if each.key)
    tell("open", 0.0)
    fields = (*family_fields, *member_fields)
    sources = open_sources(path, key, members, sheet, members_sheet, readers, fields)
    found = received_list(sources, family_fields, member_fields, origin, on, tell, confirmed)
    return found.candidates, found.findings


def received_list(
    sources: Sources,
    family_fields: tuple[Field, ...],
    member_fields: tuple[Field, ...],
    origin: str | None,
    on: int,
    tell: Progress = lambda stage, done: None,
    confirmed: Sequence[Mapping] = (),
) -> ReadList:
    """What stands in the lists that were opened; `origin`: the district they come from."""
    if sources.families is None:
        return ReadList(None, sources.findings)
    try:
        return _assembled(sources, family_fields, member_fields, origin, on, tell, confirmed)
    except DamagedError as damaged:
        return ReadList(None, (*sources.findings, damaged.finding))


def _assembled(
    sources: Sources,
    family_fields: tuple[Field, ...],
    member_fields: tuple[Field, ...],
    origin: str | None,
    on: int,
    tell: Progress,
    confirmed: Sequence[Mapping],
) -> ReadList:
    """What the opened sources hold."""
    assert sources.families is not None
    key = next(each for each in family_fields if each.key)
    folded = persons(sources.families, key, member_fields) if sources.members is None else None
    own = folded.families if folded else sources.families
    theirs = folded.people if folded else sources.members
    tell("families", 0.3)
    also = _names(member_fields) if folded else frozenset[str]()
    head = () if folded else head_nik(own, family_fields)
    listed = families_own(own, family_fields, member_fields, key) if folded else (*family_fields, *head)
    mappings = _mappings(own, theirs, (*family_fields, *head), member_fields, key, confirmed)
    also |= _used(mappings, own)  # what the mapping shows as used is not said to be unused
    families, findings = read_rows(own, listed, key, on, also, _assigned(mappings, own, Level.FAMILY))
    people: Rows | None = None
    if theirs is not None:
        tell("members", 0.5)
        said = frozenset(normal(header) for header in theirs.headers) if folded else _names(family_fields)
        people, more = read_rows(theirs, member_fields, key, on, said, _assigned(mappings, theirs, Level.MEMBER))
        findings = [*findings, *more]
    if families is not None:
        families.facts |= {f.name: pa.nulls(len(families), arrow_type(f.type)) for f in family_fields if f not in listed}
    if families is None or (theirs is not None and people is None):
        return ReadList(None, (*sources.findings, *dict.fromkeys(findings)))
    if not len(families):
        return ReadList(None, (*sources.findings, _no_rows(families)))
    if folded and people:
        families.notes += folded.differing(sorted({p for p in families.matched.places.values() if p < len(own.headers)}))
        families.notes += folded.uncertain()
        people.notes = folded.told(_not_said_twice(people, families))
    tell("join", 0.8)
    candidates = assembled(families, people, (*family_fields, *head), member_fields, origin, sources.findings, on)
    if head:  # no rule asks for it: it was read for the checks alone
        candidates = replace(candidates, families=candidates.families.drop_columns([head[0].name]))
    tell("join", 1.0)
    originals = tuple(each for each in (sources.families, sources.members) if each is not None)
    return ReadList(candidates, candidates.findings, families, people, folded is not None, mappings, originals)


def head_nik(listing: Listing, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """A fact for the NIK in the rows of a list of heads, where no rule asks for one: it is checked all the same."""
    if any(holds_nik(field) for field in fields) or any(field.name == "nik" for field in fields):
        return ()
    field = Field("nik", Words("NIK", "NIK"), Code(), Level.FAMILY, Span("", 1, 1, 1, 1))
    return (field,) if guessed(listing, (field,), range(len(listing.headers))).places else ()


def _mappings(
    own: Listing,
    theirs: Listing | None,
    family: tuple[Field, ...],
    members: tuple[Field, ...],
    key: Field,
    confirmed: Sequence[Mapping],
) -> tuple[Mapping, ...]:
    """The mapping of each list: the confirmed one of its shape, else what its headers say."""
    known = {mapping.shape: mapping for mapping in confirmed}
    one = theirs is None or shape_of(theirs) == shape_of(own)
    first = known.get(shape_of(own)) or proposed(own, family, members if one and theirs is not None else (), key)
    if one or theirs is None:
        return (first,)
    return first, known.get(shape_of(theirs)) or proposed(theirs, (), members, key)


def _assigned(mappings: Sequence[Mapping], listing: Listing, level: Level) -> dict[str, int] | None:
    """The columns of a list as a person has confirmed them; None where its headers speak for themselves."""
    for mapping in mappings:
        if any(each.how is How.PERSON for each in mapping.columns):
            places = mapping.places(listing, level)
            if places is not None:
                return places
    return None


def _used(mappings: Sequence[Mapping], listing: Listing) -> frozenset[str]:
    """The headers, in compared form, that stand for a fact of families or members."""
    columns = (each for mapping in mappings if mapping.shape == shape_of(listing) for each in mapping.columns)
    return frozenset(header_forms(each.header)[0] for each in columns)


def _not_said_twice(people: Rows, families: Rows) -> list[Note]:
    """The notes on persons without those that are said of their families at the same cell."""
    said = {(finding.code, finding.place) for _, finding in families.notes}
    return [note for note in people.notes if note[0] < 0 or (note[1].code, note[1].place) not in said]


def _names(fields: tuple[Field, ...]) -> frozenset[str]:
    """What columns of these fields may be called, in compared form."""
    return frozenset(normal(text) for f in fields for text in (f.name, f.title.id, f.title.en))


def _no_rows(families: Rows) -> Diagnostic:
    return error(
        "empty-list",
        families.listing.cell(),
        "Daftar ini hanya berisi judul kolom: tidak ada satu keluarga pun.",
        "This list holds headers only: there is not one family.",
        "Periksa apakah berkas dan lembar yang benar yang dipilih.",
        "Check that this is the file and the sheet that was meant.",
    )
