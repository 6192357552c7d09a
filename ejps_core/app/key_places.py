"""The places of keys in order: on record a key is a blind number, and still ranks and breaks ties as the number itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from ejps_core.model import expr as e
from ejps_core.model.candidates import Candidates
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.expr import Expr
from ejps_core.model.kinds import Level
from ejps_core.model.ruleset import Field, Ruleset
from ejps_core.model.types import Code
from ejps_core.model.walk import whole
from ejps_core.model.words import Words
from ejps_core.registry.identified import identifier_of, is_identifier

PLACE, KIND = "place:", "place:kind:"
"""Columns beside the facts: the place of each key among all of the version, by the fact's name or by what it identifies."""


def places_of(numbers: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The place of each text among the different ones by code point, from 0; equal texts have one, unknown stays unknown."""
    joined = numbers.combine_chunks() if isinstance(numbers, pa.ChunkedArray) else numbers
    coded = joined if pa.types.is_dictionary(joined.type) else joined.dictionary_encode()
    entries: list[str] = coded.dictionary.to_pylist()
    codes = coded.indices.fill_null(0).to_numpy(zero_copy_only=False)
    known = coded.is_valid().to_numpy(zero_copy_only=False)
    different = sorted({entries[code] for code in np.unique(codes[known]).tolist()})
    order = {entry: place for place, entry in enumerate(different)}
    places = np.array([order.get(entry, 0) for entry in entries] or [0], np.int32)
    return pa.array(places[codes], pa.int32(), mask=~known)


def place_columns(table: pa.Table, fields: Sequence[Field], who: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    """The places to keep of a version: of the keys that its rules named, and of the numbers themselves for other rules."""
    own = {f.name: table.column(f.name) for f in fields if is_identifier(f) and f.name in table.column_names}
    named = {f"{PLACE}{name}": places_of(column) for name, column in own.items()}
    return named | {f"{KIND}{kind}": places_of(who[kind]) for kind in ("nik", "kk") if kind in who}


def kept_places(table: pa.Table, field: Field) -> pa.Array | None:
    """The places of a key in a version on record; None: they are not kept."""
    names = (f"{PLACE}{field.name}", f"{KIND}{identifier_of(field)}")
    found = next((name for name in names if name in table.column_names), None)
    return None if found is None else table.column(found).combine_chunks()


def by_places(candidates: Candidates, rulesets: Sequence[Ruleset]) -> Candidates | Diagnostic:
    """The same with each key as its place; a Diagnostic: the rules go by the order of a key whose places are not on record.

    For the decision alone: a place is no number of anybody, and a blind number has no order.
    """
    tables = {Level.FAMILY: candidates.families, Level.MEMBER: candidates.members}
    for level, field in _ordered(rulesets):
        if is_identifier(field) and len(tables[level]) and f"{PLACE}{field.name}" not in tables[level].column_names:
            return _no_places(field)
    return replace(candidates, families=_placed(candidates.families), members=_placed(candidates.members))


def _placed(table: pa.Table) -> pa.Table:
    for name in [each for each in table.column_names if each.startswith(PLACE)]:
        column, own = _texts(table.column(name).combine_chunks()), name.removeprefix(PLACE)
        table = table.drop_columns([name])
        at = table.column_names.index(own) if own in table.column_names else -1
        table = table.append_column(own, column) if at < 0 else table.set_column(at, own, column)
    return table


def _texts(places: pa.Array) -> pa.Array:
    """Places as texts of one length, which have the order of the numbers."""
    count = int(places.drop_null().to_numpy().max(initial=-1)) + 1
    wide = len(str(count))
    return pa.DictionaryArray.from_arrays(places, pa.array([f"{place:0{wide}}" for place in range(count)], pa.string()))


def _ordered(rulesets: Sequence[Ruleset]) -> Iterator[tuple[Level, Field]]:
    """The codes by whose order something is decided: who is ranked first, who is the older of two."""
    for ruleset in rulesets:
        person, own = ruleset.member_key, {f.name: f for f in ruleset.listed_fields}
        for key in ruleset.choose.order if ruleset.choose else ():
            if isinstance(key.value, e.FieldRef) and isinstance(key.value.type, Code):
                named = own.get(key.value.name)
                if named is not None:
                    yield Level.FAMILY, named
                elif person is not None:
                    yield Level.MEMBER, person
        older = {node.key for item in _said(ruleset) for node in whole(item) if isinstance(node, e.OfOldest)}
        for field in ruleset.member_fields:
            if field.name in older and isinstance(field.type, Code):
                yield Level.MEMBER, field


def _said(ruleset: Ruleset) -> Iterator[Expr]:
    """All that the rules reckon with."""
    yield from (definition.value for definition in ruleset.definitions)
    yield from (rule.condition for rule in ruleset.rules)
    for benefit in ruleset.benefits:
        yield benefit.amount
        yield from () if benefit.only_if is None else (benefit.only_if,)
    if ruleset.choose is not None:
        yield from (key.value for key in ruleset.choose.order)
        yield from (each for each in (ruleset.choose.area, ruleset.choose.quota, ruleset.choose.budget) if each is not None)


def _no_places(field: Field) -> Diagnostic:
    return Diagnostic(
        "key-order-missing",
        Severity.ERROR,
        None,
        Words(
            f"Aturan ini mengurutkan menurut {field.name}, tetapi urutannya belum dicatat ketika daftar ini diterima.",
            f"These rules go by the order of {field.name}, which was not kept when this list was received.",
        ),
        Words(
            "Catat urutannya dari nomor yang tersegel: ejps list order ID --why ALASAN.",
            "Put it on record from the sealed numbers: ejps list order ID --why REASON.",
        ),
    )
