"""Backups at the desk: data and keys apart, looked at, and brought back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from ejps_core.app.exits import Exit
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.store.acts import Purpose
from ejps_core.store.backup.checking import check
from ejps_core.store.backup.manifest import Manifest, read_manifest
from ejps_core.store.backup.problems import DAMAGED
from ejps_core.store.backup.restoring import Restored, restore_data, restore_keys
from ejps_core.store.backup.taking import TAKEN, Taken, back_up_data, back_up_keys
from ejps_core.store.keyring import Keyring
from ejps_core.store.opening import StorePlace, open_store
from ejps_core.store.problems import StoreError
from ejps_core.store.tables import AuditEntry

__all__ = [
    "BackedUp",
    "Kept",
    "Restored",
    "backups_on_record",
    "bring_back_data",
    "bring_back_keys",
    "data",
    "exit_for",
    "keys",
    "unsettled",
    "verified",
]
PROVED = "backup.proved"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was backed up or looked at. head: how far the audit log went, to be kept elsewhere."""

    kind: str
    taken_at: datetime
    rows: int
    files: int
    head: str
    findings: tuple[Diagnostic, ...]
    exit: Exit


def data(options: StoreOptions, actor: Actor, target: Path, *, together: bool) -> BackedUp | Diagnostic:
    """A backup of the database and the sealed files, in a folder of its own."""

    def taken() -> BackedUp:
        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.ADMINISTRATION)
            return _told(back_up_data(store, act, target, _software(), beside_keys=together))

    return attempt(taken)


def keys(
    options: StoreOptions, actor: Actor, target: Path, master: Path | None, *, without_master: bool, together: bool
) -> BackedUp | Diagnostic:
    """A backup of the keys; where the master key goes has to be said."""
    if (master is None) is not without_master:
        return _master_unsaid()

    def taken() -> BackedUp:
        with open_store(place_of(options)) as store:
            act = act_of(actor, Purpose.ADMINISTRATION)
            return _told(back_up_keys(store, act, target, _software(), master=master, beside_data=together))

    return attempt(taken)


def verified(options: StoreOptions, folder: Path, master: Path | None, actor: Actor | None = None) -> BackedUp | Diagnostic:
    """Whether a backup is what it was made as; the keys of the store are used where they are at hand.

    actor: who proves it. That it was proved is on record then, where the backup's own store is at hand.
    """

    def looked() -> BackedUp:
        found = check(folder, _keys_at_hand(place_of(options), read_manifest(folder), master))
        findings = list(found.findings)
        if found.authentic is None:
            findings.append(_unproved())
        findings += _missing(found.manifest)
        ended = Exit.TAMPERED if found.findings else Exit.PARTLY if findings else Exit.CLEAN
        if actor is not None and ended is Exit.CLEAN:
            _proved(options, actor, found.manifest)
        return _shown(found.manifest, tuple(findings), ended)

    return attempt(looked)


def _proved(options: StoreOptions, actor: Actor, manifest: Manifest) -> None:
    """That a backup is whole is on record, unless its store is not at hand."""
    try:
        with open_store(place_of(options)) as store:
            if store.identity == manifest.store:
                with store.writing(act_of(actor, Purpose.ADMINISTRATION)) as work:
                    work.tell(PROVED, "backup", manifest.id, after={"kind": manifest.kind.value})
    except StoreError:
        return


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup as the store knows it. place: where it was made. proved_at: when it was last found whole; None: never."""

    id: str
    kind: str
    taken_at: datetime
    taken_by: str
    place: str
    files: int
    missing: int
    proved_at: datetime | None


def backups_on_record(options: StoreOptions) -> tuple[Kept, ...] | Diagnostic:
    """The backups that were made, the newest first."""

    def found() -> tuple[Kept, ...]:
        with open_store(place_of(options)) as store, store.reading() as session:
            asked = select(AuditEntry).where(col(AuditEntry.action).in_((TAKEN, PROVED)))
            told = session.execute(asked.order_by(col(AuditEntry.at))).scalars().all()
        proved = {each.about_id: each.at for each in told if each.action == PROVED}
        taken = [(each, json.loads(each.after or "{}")) for each in reversed(told) if each.action == TAKEN]
        return tuple(
            Kept(
                each.about_id, said["kind"], each.at, each.who, said["place"], said["files"], said["missing"],
                proved.get(each.about_id),
            )
            for each, said in taken
        )  # fmt: skip

    return attempt(found)


def bring_back_data(options: StoreOptions, actor: Actor, folder: Path) -> Restored | Diagnostic:
    """The data of a backup at the place that the options name."""
    return attempt(lambda: restore_data(place_of(options), act_of(actor, Purpose.ADMINISTRATION), folder))


def bring_back_keys(options: StoreOptions, actor: Actor, folder: Path, master: Path | None) -> Restored | Diagnostic:
    """The keys of a backup in the folder of keys that the options name."""
    return attempt(lambda: restore_keys(place_of(options), act_of(actor, Purpose.ADMINISTRATION), folder, master))


def exit_for(problem: Diagnostic) -> Exit:
    """How a command ends that was refused: a backup that was changed is another matter than wrong use."""
    return Exit.TAMPERED if problem.code in (*DAMAGED, "keys-wrong") else Exit.WRONG_USE


def unsettled(restored: Restored) -> tuple[Diagnostic, ...]:
    """What whoever restored has to know."""
    found = []
    if restored.without_key:
        listed = ", ".join(restored.without_key)
        found.append(
            _remark(
                "keys-not-restored",
                Words(
                    f"{len(restored.without_key)} kunci tidak ada di sini ({listed}): yang disegelnya tidak terbaca.",
                    f"{len(restored.without_key)} keys are not here ({listed}): what they sealed can't be read.",
                ),
                Words("Pulihkan cadangan kunci yang lebih baru.", "Restore a newer backup of the keys."),
            )
        )
    if restored.behind:
        found.append(
            _remark(
                "restored-behind",
                Words(
                    f"Komputer ini pernah melihat lebih banyak: {restored.behind} segmen log audit sesudah cadangan.",
                    f"This machine has seen more: {restored.behind} segments of the audit log after the backup.",
                ),
                Words(
                    "Ulangi pekerjaan sesudah cadangan, juga pemusnahan kunci; ejps audit verify menyebutkannya.",
                    "Do again what was done after the backup, destructions of keys too; ejps audit verify names them.",
                ),
            )
        )
    return tuple(found)


def _told(taken: Taken) -> BackedUp:
    findings = list(_missing(taken.manifest))
    if taken.same_disk:
        words = Words(
            "Cadangan ini di disk penyimpanannya sendiri: bila disk itu rusak, keduanya hilang.",
            "This backup is on the store's own disk: if that breaks, both are lost.",
        )
        mend = Words("Salin ke disk atau tempat lain.", "Copy it to another disk or place.")
        findings.append(_remark("backup-same-disk", words, mend))
    if taken.keys_since:
        findings.append(
            _remark(
                "keys-not-backed-up",
                Words(
                    f"{taken.keys_since} kunci belum ada di cadangan kunci mana pun: tanpa itu, data barunya tidak terbaca.",
                    f"{taken.keys_since} keys are in no backup of the keys: without them the new data can't be read.",
                ),
                Words("ejps backup keys FOLDER --master FILE", "ejps backup keys FOLDER --master FILE"),
            )
        )
    return _shown(taken.manifest, tuple(findings), Exit.PARTLY if taken.manifest.missing else Exit.CLEAN)


def _shown(manifest: Manifest, findings: tuple[Diagnostic, ...], ended: Exit) -> BackedUp:
    head = "" if manifest.head is None else f"{manifest.head.segment}:{manifest.head.length} {manifest.head.mac}"
    rows = sum(manifest.counts.values())
    return BackedUp(manifest.kind.value, manifest.taken_at, rows, len(manifest.files), head, findings, ended)


def _missing(manifest: Manifest) -> tuple[Diagnostic, ...]:
    return tuple(
        _remark(
            "backup-misses",
            Words(f"Seharusnya ada, tetapi tidak: {name}.", f"It should be there and isn't: {name}."),
            Words("Pulihkan dari cadangan yang lebih lama.", "Restore it from an older backup."),
        )
        for name in manifest.missing
    )


def _keys_at_hand(place: StorePlace, manifest: Manifest, master: Path | None) -> Keyring | None:
    try:
        return Keyring(place.keys / manifest.store, master or place.master)
    except StoreError as problem:
        if problem.finding.code != "keys-missing":
            raise
        return None


def _unproved() -> Diagnostic:
    return _remark(
        "backup-unproved",
        Words(
            "Kunci penyimpanan ini tidak ada di sini: isi cocok dengan manifes, tetapi siapa pembuatnya tidak terbukti.",
            "The keys of this store are not here: all is as the manifest says, but nothing proves who made it.",
        ),
        Words("Ulangi di tempat kuncinya ada: --keys …", "Repeat where its keys are: --keys …"),
    )


def _master_unsaid() -> Diagnostic:
    return Diagnostic(
        "master-unsaid",
        Severity.ERROR,
        None,
        Words(
            "Sebutkan ke mana kunci induk disalin: tanpa kunci induk, cadangan kunci tidak dapat dipakai.",
            "Say where the master key is copied to: without it a backup of the keys can't be used.",
        ),
        Words(
            "--master FILE di tempat lain, atau --without-master bila sudah disimpan terpisah; salah satu.",
            "--master FILE at another place, or --without-master if it is kept apart already; one of the two.",
        ),
    )


def _remark(code: str, words: Words, mend: Words) -> Diagnostic:
    return Diagnostic(code, Severity.REMARK, None, words, mend)


def _software() -> str:
    return f"ejps {version('ejps')}"
