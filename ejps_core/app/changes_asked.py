"""Changes of a decree as officials ask for them: at the desk, or a row each in a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ejps_core.app.registers import papers, readers
from ejps_core.hooks.manager import Plugins
from ejps_core.model.decreed import ChangeKind, ChangeReason
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.span import Cell
from ejps_core.model.words import Words
from ejps_core.registry.papers import Heading, Statement, read_statements

HEADINGS = (
    Heading("keluarga", "family", also=("kk", "nomor kk", "nik", "pid")),
    Heading("perubahan", "change"),
    Heading("alasan", "reason"),
    Heading("keterangan", "why", also=("uraian",)),
    Heading("dokumen", "document", needed=False),
    Heading("pengganti", "successor", needed=False),
    Heading("nik penerima", "recipient nik", needed=False),
    Heading("nama penerima", "recipient name", needed=False),
    Heading("nilai", "amount", needed=False),
    Heading("porsi", "shares", needed=False),
)
EXCEPTIONS = (HEADINGS[0], Heading("alasan", "reason", also=("keterangan", "why")))
KIND_WORDS: Mapping[str, ChangeKind] = {
    "nama": ChangeKind.NAME,
    "ganti": ChangeKind.REPLACE,
    "keluarkan": ChangeKind.REMOVE,
    "perbaiki": ChangeKind.CORRECT,
}
REASON_WORDS: Mapping[str, ChangeReason] = {
    "kepala meninggal": ChangeReason.HEAD_DIED,
    "meninggal": ChangeReason.FAMILY_DIED,
    "pindah": ChangeReason.MOVED,
    "mampu": ChangeReason.ABLE,
    "ganda": ChangeReason.DOUBLE,
    "menolak": ChangeReason.REFUSED,
    "keberatan": ChangeReason.OBJECTION,
    "temuan": ChangeReason.FINDING,
    "nik": ChangeReason.NIK_KNOWN,
    "keliru": ChangeReason.MISTAKE,
}
"""What officials call the kinds and reasons; the English names of the records are understood as well."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A change as it is asked for. whom, successor: pseudonym, family card or NIK. successor None: the next of the reserve.

    recipient_nik, recipient_name: who is named from then on; the name alone names somebody without a NIK.
    """

    kind: ChangeKind
    whom: str
    reason: ChangeReason
    why: str
    document: str = ""
    successor: str | None = None
    recipient_nik: str | None = None
    recipient_name: str | None = None
    amount: int | None = None
    shares: tuple[tuple[str, int], ...] = ()
    place: Cell | None = None


def kind_named(text: str) -> ChangeKind | None:
    """The kind of change of that name, in either language."""
    return KIND_WORDS.get(_plain(text)) or next((each for each in ChangeKind if each.value == _plain(text)), None)


def reason_named(text: str) -> ChangeReason | None:
    """The reason of that name, in either language."""
    plain = _plain(text)
    return REASON_WORDS.get(plain) or next((e for e in ChangeReason if e.value.replace("_", " ") == plain), None)


def rupiah(text: str) -> int | None:
    """An amount written 178150, 178.150 or Rp178.150; None: it is none.

    >>> rupiah("Rp178.150")
    178150
    """
    plain = text.strip().removeprefix("Rp").replace(" ", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+|\d+", plain, re.ASCII) is None:
        return None
    return int(plain.replace(".", ""))


def shares_named(text: str) -> tuple[tuple[str, int], ...] | None:
    """Shares written provinsi=106890; kabupaten=71260; None: they are none."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, mark, amount = part.partition("=")
        value = rupiah(amount)
        if not mark or not name.strip() or value is None:
            return None
        found.append((name.strip(), value))
    return tuple(found)


def read_changes(path: Path, plugins: Plugins) -> tuple[tuple[Asked, ...], tuple[Diagnostic, ...]]:
    """The changes of a file. An amendment is one paper: a row that can't be used is an error, and nothing is recorded."""
    nothing: tuple[Statement, ...] = ()
    rows, findings = papers(partial(_rows, path, plugins), nothing, path, plugins)
    asked: list[Asked] = []
    faults = [_as_error(each) for each in findings]
    for row in rows:
        found = _asked(row)
        if isinstance(found, Diagnostic):
            faults.append(found)
        else:
            asked.append(found)
    if not asked and not faults:
        words = Words(f"Tidak ada perubahan di {path.name}.", f"There is no change in {path.name}.")
        faults.append(Diagnostic("no-changes", Severity.ERROR, None, words))
    return tuple(asked), tuple(faults)


def read_exceptions(path: Path, plugins: Plugins) -> tuple[tuple[tuple[str, str], ...], tuple[Diagnostic, ...]]:
    """Whom a village's sheet excepts, and why; a row that can't be used is an error, for else it would count as paid."""
    nothing: tuple[Statement, ...] = ()
    rows, findings = papers(partial(_rows, path, plugins, EXCEPTIONS), nothing, path, plugins)
    return tuple((row.text("keluarga"), row.text("alasan")) for row in rows), tuple(map(_as_error, findings))


def _rows(
    path: Path, plugins: Plugins, headings: tuple[Heading, ...] = HEADINGS
) -> tuple[tuple[Statement, ...], tuple[Diagnostic, ...]]:
    rows, findings = read_statements(path, headings, readers(plugins))
    return tuple(rows), tuple(findings)


def _as_error(found: Diagnostic) -> Diagnostic:
    """What a reader sets apart stops an amendment."""
    if found.severity is not Severity.SET_APART:
        return found
    return Diagnostic(found.code, Severity.ERROR, found.place, found.words, found.mend, found.why)


def _asked(row: Statement) -> Asked | Diagnostic:
    kind, reason = kind_named(row.text("perubahan")), reason_named(row.text("alasan"))
    if kind is None:
        return _unknown(row, "perubahan", KIND_WORDS)
    if reason is None:
        return _unknown(row, "alasan", REASON_WORDS)
    amount = rupiah(row.text("nilai")) if row.text("nilai") else None
    shares = shares_named(row.text("porsi"))
    if (row.text("nilai") and amount is None) or shares is None:
        column = "porsi" if shares is None else "nilai"
        words = Words(f"“{row.text(column)}” bukan rupiah bulat.", f"“{row.text(column)}” is no whole rupiah.")
        mend = Words("Tulis 178.150, atau provinsi=106.890; kabupaten=71.260.", "Write 178.150, or provinsi=106.890; …")
        return Diagnostic("amount-unreadable", Severity.ERROR, row.place(column, row.text(column)), words, mend)
    return Asked(
        kind=kind,
        whom=row.text("keluarga"),
        reason=reason,
        why=row.text("keterangan"),
        document=row.text("dokumen"),
        successor=row.text("pengganti") or None,
        recipient_nik=row.text("nik penerima") or None,
        recipient_name=row.text("nama penerima") or None,
        amount=amount,
        shares=shares,
        place=row.place("keluarga", row.text("keluarga")),
    )


def _unknown(row: Statement, column: str, words: Mapping[str, object]) -> Diagnostic:
    text = row.text(column)
    return Diagnostic(
        "change-unknown",
        Severity.ERROR,
        row.place(column, text),
        Words(f"“{text}” tidak dikenal pada kolom {column}.", f"“{text}” is not known in the column {column}."),
        Words(f"Pilihannya: {', '.join(words)}.", f"The choices: {', '.join(words)}."),
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
