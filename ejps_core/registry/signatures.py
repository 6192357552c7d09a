"""Rows of a list of persons that may name nobody: the block of signatures below it, and lone cells that may be anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ejps_core.model.listing import Listing, Texts
from ejps_core.model.ruleset import Field
from ejps_core.registry.aliases import NAME, RELATION, means
from ejps_core.registry.answers import FEMALE, MALE, NO, YES
from ejps_core.registry.columns import holds_card, holds_nik
from ejps_core.registry.cutting import blank
from ejps_core.registry.headers import forms, is_running
from ejps_core.registry.marks import normal, visible
from ejps_core.registry.problems import apart

Bools = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]
_NIK = "nik"

SIGNATURES = apart(
    "signature-block",
    "Baris tanda tangan atau catatan di bawah daftar; bukan anggota keluarga.",
    "A row of the signatures or notes below the list; no member of a family.",
    "Tidak perlu apa-apa bila memang tanda tangan; bila ini orang, isi nomor KK dan NIK-nya.",
    "Nothing to do if it is; if this is a person, fill in the family card number and the NIK.",
)
PERSON_UNSURE = apart(
    "person-unsure",
    "Baris ini hampir kosong: tidak jelas apakah ini anggota keluarga di atasnya.",
    "This row is nearly blank: whether it is a member of the family above is not clear.",
    "Isi nomor KK, NIK atau hubungannya bila ini anggota; hapus barisnya bila bukan.",
    "Fill in the family card number, the NIK or the relation if it is a member; remove the row if not.",
)
MEMBERS_UNSURE = apart(
    "members-unsure",
    "Anggota keluarga ini tidak pasti: di bawahnya ada baris yang belum tentu orang. Keluarga ini tidak diputuskan.",
    "The members of this family are not certain: a row below may be a person or not. The family is not decided.",
    "Lengkapi atau hapus baris yang tidak jelas, lalu jalankan lagi.",
    "Complete or remove the unclear row, then run again.",
)

_MONTHS = (
    "januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember"
    "|january|february|march|may|june|july|august|october|december"
)
_PLACE_AND_DAY = (
    r"[^\W\d][^\d,]{1,40}(?:,[\s.…_-]*(?:tanggal\s+|tgl\.?\s*)?"
    rf"(?:[\d\s.…_/-]*(?:{_MONTHS})\b.*|[.…_\s-]*20\d\d|[.…_-]{{3,}})"
    rf"|[,\s]\s*\d{{1,2}}(?:\s+(?:{_MONTHS})\b.*|[-/.]\d{{1,2}}[-/.]\d{{2,4}}))"
)
_OFFICES = (
    r"(?:(?:a\.\s?n\.?|an\.|u\.b\.|plt|plh|pjs|pj|penjabat)\.?\s*)*"
    r"(?:kepala(?!\W*$|\s+kel\b|\s*\.?\s*keluarga|\s+rumah\s+tangga)|kades|kadis|kabid|kasi|camat|sekcam"
    r"|lurah|sekretaris|sekdes|sekda|bupati|wali\s?kota|gubernur|ketua|pendamping|petugas|operator|tksk|pembina|penata|pengatur)\b.*"
)
_FORMULAS = (
    r"(?:mengetahui|menyetujui|mengesahkan|disahkan|diketahui|disetujui|diperiksa|dibuat|disusun|yang\s+membuat"
    r"|penanggung\s?jawab|hormat\s+kami|tertanda|ttd|plt|plh|pjs|a\.\s?n\.|approved|prepared)\b.*"
    r"|(?:nip|nrp|nipd|pangkat|catatan|keterangan|sumber|nb|note|source)\b\s*[.:]*\s*(?:\d.*|[.…_-]*)"
    r"|(?:catatan|keterangan|sumber|nb|note|source)\s*:.*"
    r"|\d{8}\s?\d{6}\s?[12]\s?\d{3}"  # a bare NIP
)
_SIGNED = re.compile(f"(?:{_PLACE_AND_DAY}|{_OFFICES}|{_FORMULAS})", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_RELATIONS = frozenset(
    _WORD.findall(
        "kepala kk krt suami istri isteri anak menantu cucu cicit orang orangtua ortu ayah bapak ibu mertua famili family "
        "keponakan ponakan kemenakan kakak adik saudara kakek nenek paman bibi tante sepupu ipar besan pembantu sopir "
        "lainnya lain head wife husband spouse child son daughter parent father mother grandchild sibling relative other"
    )
)
_NUMBERED = frozenset(str(number) for number in range(1, 12))
_ANSWERS = YES | NO | FEMALE | MALE
_LONG, _LONGEST, _CARD = 12, 17, 10
"""Digits that a mistyped NIK still has; a NIP has one more. A mistyped card number has at least so many."""
_FEW = 2
"""A row of no more cells that says nothing of a person is no person for sure."""


@dataclass(frozen=True, slots=True)
class Nobodies:
    """signed: rows of signatures or notes below the persons. unsure: rows that may be a person of the family above."""

    signed: Bools
    unsure: Bools


def nobodies(listing: Listing, place: int, key: Field, members: Sequence[Field]) -> Nobodies:
    """The rows of a list of persons that may name nobody; `place`: the column of the card's number.

    A row with a card, a NIK, a running number or a relation is a person. A block of signatures begins with a row that holds
    nothing but such texts, below the last person of its sheet, and goes on with names and ranks.
    """
    nobody = np.zeros(len(listing), np.bool_)
    column = listing.fetch([place])[0]
    if not isinstance(column, Texts):
        return Nobodies(nobody, nobody)
    cells = _Cells(listing, np.flatnonzero(~(_holding(column, _has_card) if holds_card(key) else ~blank(column))))
    niks = {form for field in members if holds_nik(field) for form in forms(field)}
    own = [at for at, header in enumerate(listing.headers) if normal(header) in niks or means(header, _NIK)]
    cells.leave_out(own)
    for at in range(len(listing.headers)):
        cells.read(at)
    signed, person = nobody.copy(), ~nobody
    person[cells.rows] = cells.person
    opening, bare, lacking = nobody.copy(), nobody.copy(), nobody.copy()
    opening[cells.rows], bare[cells.rows], lacking[cells.rows] = cells.opening, cells.bare, cells.lacking
    for start, end in _sheets(listing):
        inside = False
        for row in range(start + int(np.flatnonzero(person[start:end]).max(initial=-1)) + 1, end):
            inside = bool(opening[row]) or (inside and bool(bare[row]))
            signed[row] = inside
    return Nobodies(signed, ~person & ~signed & lacking)


class _Cells:
    """What the cells of some rows say, those without a card's number; only these are looked at."""

    def __init__(self, listing: Listing, rows: Longs) -> None:
        self.listing, self.rows = listing, rows
        self._zero()

    def _zero(self) -> None:
        count = len(self.rows)
        self.filled, self.signs = np.zeros(count, np.int64), np.zeros(count, np.int64)
        self.factual, self.numbered, self.related, self.known = (np.zeros(count, np.bool_) for _ in range(4))

    def leave_out(self, niks: Sequence[int]) -> None:
        """Looks no more at the rows that have a NIK in one of these columns."""
        for at in niks:
            column = self.listing.fetch([at])[0]
            if isinstance(column, Texts) and len(self.rows):
                self.rows = self.rows[~_holding(column, _has_nik, self.rows)]
        self._zero()

    def read(self, at: int) -> None:
        """Takes in what a column says of the rows."""
        column, header = self.listing.fetch([at])[0], self.listing.headers[at]
        if not isinstance(column, Texts) or not len(self.rows):
            return
        filled, signs = ~blank(column)[self.rows], _holding(column, _is_signature, self.rows)
        if is_running(header):
            number = _holding(column, _has_digit, self.rows) & ~signs
            self.numbered |= number
            filled &= ~number
        elif means(header, RELATION):
            self.known |= _holding(column, _is_relation, self.rows) & ~signs
            self.related |= _holding(column, _NUMBERED.__contains__, self.rows)
        elif not means(header, NAME):
            self.factual |= _holding(column, _is_fact, self.rows) & ~signs
        self.filled += filled
        self.signs += signs

    @property
    def person(self) -> Bools:
        """Rows with a relation, or with a running number (or that of a relation) beside another cell."""
        found: Bools = self.known | (self.numbered & (self.filled > 0)) | (self.related & (self.filled > 1))
        return found

    @property
    def bare(self) -> Bools:
        """Rows that say nothing of anybody but words: names and ranks."""
        found: Bools = ~self.person & ~self.factual & ~self.numbered
        return found

    @property
    def opening(self) -> Bools:
        """Rows that hold nothing but signatures."""
        found: Bools = self.bare & (self.signs > 0) & (self.signs == self.filled)
        return found

    @property
    def lacking(self) -> Bools:
        """Rows that hold too little to be a person for sure."""
        few = (self.filled < _FEW) | ((self.filled == _FEW) & ~self.factual)
        found: Bools = few | (self.signs > 0)
        return found


def _holding(column: Texts, holds: Callable[[str], bool], rows: Longs | None = None) -> Bools:
    """The rows (all, or these) whose trimmed text is of a kind; each distinct text is looked at once."""
    codes = column.codes if rows is None else column.codes[rows]
    used, places = np.unique(codes, return_inverse=True)
    found: Bools = np.array([holds(visible(column.texts[int(code)].as_py())) for code in used], np.bool_)[places]
    return found


def _is_signature(text: str) -> bool:
    return bool(text) and _SIGNED.fullmatch(text) is not None


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _has_card(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= _CARD and not _is_signature(text)


def _has_nik(text: str) -> bool:
    digits = sum(sign.isdigit() or sign in "OoIl" for sign in text)
    return _LONG <= digits <= _LONGEST and _has_digit(text) and not _is_signature(text)


def _is_relation(text: str) -> bool:
    words = _WORD.findall(text)
    return 0 < len(words) <= _FEW + 1 and words[0].casefold() in _RELATIONS


def _is_fact(text: str) -> bool:
    return _has_digit(text) or normal(text) in _ANSWERS


def _sheets(listing: Listing) -> list[tuple[int, int]]:
    """Where the rows of each sheet begin and end."""
    inner = [] if listing.sheet_of is None else (np.flatnonzero(np.diff(listing.sheet_of)) + 1).tolist()
    edges = [0, *inner, len(listing)]
    return [(edges[i], edges[i + 1]) for i in range(len(edges) - 1)]
