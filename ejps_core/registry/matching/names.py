"""Names made comparable: each cell as a set of words in one spelling, without titles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ejps_core.registry.matching.spelling import COMMON, skeleton, sounding, spelled
from ejps_core.registry.matching.titles import ALIAS, FIRST_TITLES, LATE, SON_OF, TITLES, bare

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

MOST_WORDS = 12
"""Words of a name that are compared; a longer cell is no name."""
NONE = -1


@dataclass(frozen=True, slots=True)
class Names:
    """Many names. `of`: which distinct name each cell holds (NONE: no name). The other arrays have a row a distinct name.

    words: in alphabetical order of `spellings`, NONE behind the last; shape (names, most words). optional: words that the
    other name may lack (behind bin, binti, alias). joined: a number equal for names that are the same letters in a row.
    late: the cell says that the person is dead ('alm.'). spellings, sounds, bones, weights: a row a word: its spelling;
    numbers equal for words that sound alike, that have the same skeleton; its weight, which is its letters, 2 if common.
    """

    of: Ints
    words: Ints
    optional: Bools
    joined: Ints
    late: Bools
    spellings: tuple[str, ...]
    sounds: Ints
    bones: Ints
    weights: Ints

    @property
    def known(self) -> Bools:
        """Which cells hold a name."""
        found: Bools = self.of != NONE
        return found

    @property
    def called_late(self) -> Bools:
        """Which cells say that the person is dead."""
        found: Bools = np.array([*self.late, False], np.bool_)[self.of]
        return found


def names_of(cells: pa.Array) -> Names:
    """The names in a column of strings; blank cells and nulls hold none."""
    encoded = cells.dictionary_encode()
    distinct = bare(encoded.dictionary.cast(pa.string()))
    of = encoded.indices.fill_null(NONE).to_numpy(zero_copy_only=False).astype(np.int32)
    lists = pc.ascii_split_whitespace(distinct)
    offsets = lists.offsets.to_numpy().astype(np.int64)
    flat = lists.flatten().dictionary_encode()
    vocabulary: list[str] = flat.dictionary.to_pylist()
    codes = flat.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    raw = _matrix(offsets - offsets[0], codes)
    kept, optional, late = _kept(raw, vocabulary)
    written = [spelled(word) for word in vocabulary]
    spellings = tuple(sorted({*written} - {""}))
    place = {word: number for number, word in enumerate(spellings)}
    to_word = np.array([place.get(word, NONE) for word in written] + [NONE], np.int32)
    ordered = to_word[np.where(kept, raw, NONE)]
    words, optional = _sorted(ordered, optional & kept)
    there = (words != NONE).any(axis=1)
    of = np.where(np.array([*there, False])[of], of, NONE).astype(np.int32)
    return Names(
        of, words, optional, _joined(ordered, spellings), late, spellings,
        _numbered([sounding(word) for word in spellings]), _numbered([skeleton(word) for word in spellings]),
        np.array([2 if word in COMMON else len(word) for word in spellings], np.int32),
    )  # fmt: skip


def _matrix(offsets: Longs, codes: Longs) -> Longs:
    """Lists of codes as a matrix, NONE behind the last."""
    sizes = np.minimum(np.diff(offsets), MOST_WORDS)
    width = max(int(sizes.max(initial=1)), 1)
    places = offsets[:-1, None] + np.arange(width)
    inside = np.arange(width) < sizes[:, None]
    found = np.full((len(sizes), width), NONE, np.int64)
    found[inside] = codes[places[inside]]
    return found


def _kept(raw: Longs, vocabulary: list[str]) -> tuple[Bools, Bools, Bools]:
    """Which words are part of the name, which of them the other name may lack, and which names say 'the late'."""

    def marks(words: frozenset[str]) -> Bools:
        found: Bools = np.array([*(word in words for word in vocabulary), False], np.bool_)[raw]
        return found

    blank = np.array([*(word == "" for word in vocabulary), True])[raw]
    late: Bools = np.asarray(marks(LATE).any(axis=1), np.bool_)
    links = marks(SON_OF | ALIAS)
    title = marks(TITLES) | links | blank
    behind: Bools = np.cumsum(links, axis=1) > 0
    first = marks(FIRST_TITLES)
    begun = np.zeros(len(raw), np.bool_)
    for column in range(raw.shape[1]):
        title[:, column] |= first[:, column] & ~begun
        begun |= ~title[:, column]
    kept = ~title
    alone = ~kept.any(axis=1)
    kept[alone] = ~blank[alone]
    plain = kept & ~behind
    behind &= plain.any(axis=1)[:, None]
    return kept, behind, late


def _sorted(words: Ints, optional: Bools) -> tuple[Ints, Bools]:
    """The words of each row in order, NONE last, with their marks."""
    order = np.argsort(np.where(words == NONE, np.iinfo(np.int32).max, words), axis=1, kind="stable")
    found = np.take_along_axis(words, order, axis=1)
    width = max(int((found != NONE).sum(axis=1).max(initial=1)), 1)
    return np.ascontiguousarray(found[:, :width]), np.take_along_axis(optional, order, axis=1)[:, :width].copy()


def _joined(words: Ints, spellings: tuple[str, ...]) -> Ints:
    """Equal numbers for names that are the same letters without spaces: ABDULWAHAB and ABDUL WAHAB."""
    texts = pa.array([*spellings, ""], pa.string())
    joined = pc.binary_join_element_wise(*(texts.take(pa.array(column % len(texts))) for column in words.T), "")
    return _indices(joined)


def _numbered(texts: list[str]) -> Ints:
    return _indices(pa.array(texts, pa.string()))


def _indices(texts: pa.Array) -> Ints:
    """Equal numbers for equal texts."""
    found: Ints = texts.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int32)
    return found
