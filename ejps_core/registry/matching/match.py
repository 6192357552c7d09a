"""Matching a list with a register: by NIK first; whoever isn't found by it, by name, birth date and address.

Nothing is ever mended: a person found by name under another NIK is a doubt for a human, whatever the score.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.registry.matching.blocks import Pairs, meet, more_pairs, name_keys, pairs
from ejps_core.registry.matching.compared import Compared, compared
from ejps_core.registry.matching.evidence import Evidence, Number, joined, weighed
from ejps_core.registry.matching.judging import Judged, judged
from ejps_core.registry.matching.matches import Matches
from ejps_core.registry.matching.names import Bools, Longs
from ejps_core.registry.matching.people import COLUMNS, UNKNOWN, People
from ejps_core.registry.matching.settings import Settings

ROUND = 25_000
"""So many people without a NIK in the register are sought by name at a time; it bounds the memory."""


def match(listed: People, register: People, settings: Settings | None = None) -> Matches:
    """The outcome for every person of the list. The order of neither table changes it.

    The settings are to be sound (see wrong_settings).
    """
    used = settings or Settings()
    both = compared(listed, register)
    by_nik = _by_nik(both, used)
    by_name = _by_name(both, used, by_nik)
    found = _ordered(_without_repeats(joined([by_nik, by_name]), register), register)
    statuses = register.column("status").take(pa.array(found.right))
    verdict = judged(both.count, found, statuses, both.names.called_late[: both.count], used)
    return _told(listed, register, both, found, verdict, used)


def _by_nik(both: Compared, settings: Settings) -> Evidence:
    """The pairs with the same NIK, whatever their score."""
    sides = []
    for nik in (both.listed.nik, both.register.nik):
        rows = np.flatnonzero(nik != UNKNOWN)
        sides.append((rows, nik[rows]))
    return joined([weighed(both, left, right, settings, least=-1_000) for left, right in meet(sides[0], sides[1])])


def _by_name(both: Compared, settings: Settings, by_nik: Evidence) -> Evidence:
    """The pairs of people who are not found by their NIK, or under another name, from the score of doubt on."""
    same = np.zeros(both.count, np.bool_)
    same[by_nik.left[by_nik.name >= settings.name_other]] = True
    rows = np.flatnonzero(~same & both.named)
    keys = name_keys(both.names)
    parts = []
    for start in range(0, max(len(rows), 1), ROUND):
        some = rows[start : start + ROUND]
        found = _weighed(both, pairs(both, keys, some), settings)
        lost = np.setdiff1d(some, found.left)
        parts += [_likely(found, settings), _likely(_weighed(both, more_pairs(both, keys, lost), settings), settings)]
    return joined(parts)


def _weighed(both: Compared, batches: Iterator[Pairs], settings: Settings) -> Evidence:
    """The pairs that reach the score of doubt, each once."""
    found = joined([weighed(both, left, right, settings, settings.doubt) for left, right in batches])
    _, first = np.unique(found.left * len(both.register.nik) + found.right, return_index=True)
    return found.take(first)


def _likely(found: Evidence, settings: Settings) -> Evidence:
    """Without other people of the same family card or village whose names are other ones, and the pairs met by NIK."""
    return found.take((found.name >= settings.name_other) & (found.nik != Number.SAME))


def _without_repeats(found: Evidence, register: People) -> Evidence:
    """Rows of the register that say the same of one NIK, word for word, are one candidate and not several."""
    rows = np.unique(found.right)
    table = register.table.take(pa.array(rows))
    known = table.column("nik").is_valid().to_numpy()
    many = table.column("nik").combine_chunks().dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    often = np.flatnonzero(known & (np.bincount(many + 1, minlength=1)[many + 1] > 1))
    kept: dict[tuple[object, ...], tuple[str, int]] = {}
    dropped: list[int] = []
    for place, record in zip(often.tolist(), table.take(pa.array(often)).to_pylist(), strict=True):
        key = tuple(record[name] for name in COLUMNS if name != "ref")
        this = (record["ref"], int(rows[place]))
        first = min(this, kept.setdefault(key, this))
        dropped += [each[1] for each in {this, kept[key]} if each != first]
        kept[key] = first
    return found.take(~np.isin(found.right, np.array(dropped, np.int64))) if dropped else found


def _ordered(found: Evidence, register: People) -> Evidence:
    """Person by person, the same NIK first, then the best score; ties fall by what stands in the register."""
    rows, back = np.unique(found.right, return_inverse=True)
    facts = register.table.take(pa.array(rows)).append_column("place", pa.array(np.arange(len(rows))))
    order = pc.sort_indices(
        facts, sort_keys=[(name, "ascending") for name in COLUMNS if name != "ref"] + [("ref", "ascending")]
    )
    rank = np.empty(len(rows), np.int64)
    rank[order.to_numpy()] = np.arange(len(rows))
    return found.take(np.lexsort((rank[back], -found.score, found.nik != Number.SAME, found.left)))


def _told(listed: People, register: People, both: Compared, found: Evidence, verdict: Judged, settings: Settings) -> Matches:
    """The answer, with as many candidates as are shown."""
    offsets = np.searchsorted(found.left, np.arange(both.count + 1))
    place = np.arange(len(found)) - offsets[found.left]
    shown: Bools = place < settings.shown
    kept = found.take(shown)
    right = pa.array(kept.right)
    sizes: Longs = np.diff(offsets)
    return Matches(
        refs=listed.column("ref"),
        outcomes=verdict.outcomes,
        ways=verdict.ways,
        remarks=verdict.remarks,
        with_nik=both.listed.nik != UNKNOWN,
        hidden=np.maximum(sizes - settings.shown, 0),
        offsets=np.searchsorted(kept.left, np.arange(both.count + 1)).astype(np.int64),
        evidence=kept,
        register_refs=register.column("ref").take(right),
        statuses=register.column("status").take(right),
        settings=settings,
    )
