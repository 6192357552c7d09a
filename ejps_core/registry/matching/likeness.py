"""How alike two names are, from 0 to 100: word by word, in whatever order the words stand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from ejps_core.registry.matching.names import NONE, Ints, Longs, Names

Floats = npt.NDArray[np.float32]
Scores = npt.NDArray[np.int16]

UNKNOWN = -1
"""Likeness where one of the two has no name."""
SAME_SOUND, SAME_INITIAL, SAME_LETTERS = 0.95, 0.85, 97
LEAST = 0.5
"""Below it two words have nothing to do with each other (Siti, Sri)."""
STEEP = 1.5
"""A slip in a long word costs little, one in a short word much: Hasan and Husain, twins' names, must not pass as a slip."""
CHUNK = 100_000


def likeness(names: Names, left: Longs, right: Longs) -> Scores:
    """The likeness of the names in the cells `left` and `right`; shape (pairs,). The same whichever side is which."""
    a, b = names.of[left].astype(np.int64), names.of[right].astype(np.int64)
    known = (a != NONE) & (b != NONE)
    scores = np.full(len(a), UNKNOWN, np.int16)
    scores[known] = 100
    rest = np.flatnonzero(known & (a != b))
    low, high = _in_order(names, a[rest], b[rest])
    both, back = np.unique(low * len(names.words) + high, return_inverse=True)
    first, second = np.divmod(both, len(names.words))
    found = np.empty(len(both), np.int16)
    for start in range(0, len(both), CHUNK):
        part = slice(start, start + CHUNK)
        found[part] = _alike(names, first[part], second[part])
    scores[rest] = found[back]
    return scores


def _in_order(names: Names, a: Longs, b: Longs) -> tuple[Longs, Longs]:
    """Each pair with the alphabetically first name first, so that ties fall the same way in both directions."""
    difference = names.words[a] - names.words[b]
    place = np.argmax(difference != 0, axis=1)[:, None]
    turned = np.take_along_axis(difference, place, axis=1)[:, 0] > 0
    return np.where(turned, b, a), np.where(turned, a, b)


def _alike(names: Names, a: Longs, b: Longs) -> Scores:
    """Twice the weight of what agrees, of the weight of all; partly, of the weight of the shorter name."""
    wa, wb = _trimmed(names.words[a]), _trimmed(names.words[b])
    there = (wa != NONE)[:, :, None] & (wb != NONE)[:, None, :]
    alike = _words_alike(names, wa, wb, there)
    weight_a = np.where(wa != NONE, names.weights[wa], 0).astype(np.float32)
    weight_b = np.where(wb != NONE, names.weights[wb], 0).astype(np.float32)
    gain: Floats = alike * (weight_a[:, :, None] + weight_b[:, None, :]) * np.float32(0.5)
    agreed, met_a, met_b = _assigned(gain)
    lacks_a = (met_b | (wb == NONE)).all(axis=1)[:, None]
    lacks_b = (met_a | (wa == NONE)).all(axis=1)[:, None]
    # A father's name that the other leaves out is no difference; another father's name is.
    weight_a[names.optional[a][:, : wa.shape[1]] & ~met_a & lacks_a] = 0
    weight_b[names.optional[b][:, : wb.shape[1]] & ~met_b & lacks_b] = 0
    total_a, total_b = weight_a.sum(axis=1), weight_b.sum(axis=1)
    shared = 2 * agreed / np.maximum(total_a + total_b, 1)
    contained = np.minimum(agreed / np.maximum(np.minimum(total_a, total_b), 1), 1)
    scores = np.rint(100 * np.minimum(0.7 * shared + 0.3 * contained, 1)).astype(np.int16)
    found: Scores = np.where(names.joined[a] == names.joined[b], np.maximum(scores, SAME_LETTERS), scores).astype(np.int16)
    return found


def _trimmed(words: Ints) -> Ints:
    width = max(int((words != NONE).sum(axis=1).max(initial=1)), 1)
    return words[:, :width]


def _words_alike(names: Names, wa: Ints, wb: Ints, there: npt.NDArray[np.bool_]) -> Floats:
    """How alike each word of one name is to each of the other, 0 to 1; shape (pairs, words, words)."""
    count = max(len(names.spellings), 1)
    numbers = (wa.astype(np.int64)[:, :, None] * count + wb[:, None, :])[there]
    both, back = np.unique(numbers, return_inverse=True)
    found = np.zeros(there.shape, np.float32)
    found[there] = _word_pairs(names, both // count, both % count)[back]
    return found


def _word_pairs(names: Names, a: Longs, b: Longs) -> Floats:
    left = [names.spellings[word] for word in a.tolist()]
    right = [names.spellings[word] for word in b.tolist()]
    if not left:
        return np.zeros(0, np.float32)
    near = cpdist(left, right, scorer=OSA.normalized_similarity, score_cutoff=LEAST, dtype=np.float32)
    found: Floats = np.asarray(near, np.float32) ** np.float32(STEEP)
    found[names.sounds[a] == names.sounds[b]] = SAME_SOUND
    found[a == b] = 1
    initial = np.array([x[0] == y[0] and 1 in (len(x), len(y)) for x, y in zip(left, right, strict=True)], np.bool_)
    found[initial & (a != b)] = SAME_INITIAL
    return found


def _assigned(gain: Floats) -> tuple[Floats, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Word given to word, the best gain first: the sum of the gains, and which words were met on each side."""
    left = gain.copy()
    pairs, rows, columns = gain.shape
    everyone = np.arange(pairs)
    total = np.zeros(pairs, np.float32)
    met_a, met_b = np.zeros((pairs, rows), np.bool_), np.zeros((pairs, columns), np.bool_)
    for _ in range(min(rows, columns)):
        best = left.reshape(pairs, -1).argmax(axis=1)
        row, column = np.divmod(best, columns)
        value = left[everyone, row, column]
        total += value
        met_a[everyone, row] |= value > 0
        met_b[everyone, column] |= value > 0
        left[everyone, row, :] = 0
        left[everyone, :, column] = 0
    return total, met_a, met_b
