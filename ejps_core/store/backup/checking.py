"""Whether a backup is what it was made as: every file by its hash, the database inside, and the manifest by the keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.store.backup.dumping import NAMES, POSTGRES, SQLITE, content_of, refuse_unreadable, refuse_unsound, unmoved
from ejps_core.store.backup.folders import files_below, part_of
from ejps_core.store.backup.manifest import NAME, BackupKind, Manifest, is_authentic, read_manifest
from ejps_core.store.backup.problems import changed, wrong_keys
from ejps_core.store.keyring import Keyring
from ejps_core.store.problems import StoreError


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at and what is wrong with it. authentic: None where the keys are not at hand."""

    manifest: Manifest
    findings: tuple[Diagnostic, ...]
    authentic: bool | None


def check(folder: Path, keys: Keyring | None) -> Checked:
    """Looks at every file of a backup; StoreError if there is no finished one."""
    manifest = read_manifest(folder)
    findings = _files(folder, manifest)
    authentic = None if keys is None else _authentic(manifest, keys)
    if authentic is False:
        findings.append(wrong_keys().finding)
    if not findings and manifest.kind is BackupKind.DATA:
        try:
            refuse_unlike(folder, manifest)
        except StoreError as problem:
            findings.append(problem.finding)
    return Checked(manifest, tuple(findings), authentic)


def refuse_changed(folder: Path, manifest: Manifest, keys: Keyring) -> None:
    """Raises StoreError unless all is as the manifest says and the manifest is of who had these keys."""
    if not _authentic(manifest, keys):
        raise wrong_keys()
    refuse_incomplete(folder, manifest)
    if manifest.kind is BackupKind.DATA:
        refuse_unlike(folder, manifest)


def refuse_incomplete(folder: Path, manifest: Manifest) -> None:
    """Raises StoreError if a file of a backup is gone, changed, or not of it."""
    if findings := _files(folder, manifest):
        raise StoreError(findings[0].code, findings[0].words, findings[0].mend)


def refuse_unlike(folder: Path, manifest: Manifest) -> None:
    """Raises StoreError if the database in a backup is damaged, or holds other rows than the manifest says."""
    path = folder / NAMES[manifest.database]
    if manifest.database == POSTGRES:
        refuse_unreadable(path)
    elif manifest.database == SQLITE:
        refuse_unsound(path)
        with unmoved(path) as session:
            content = content_of(session)
        if (content.revision, content.counts, content.head) != (manifest.revision, manifest.counts, manifest.head):
            raise changed(path.name)


def _authentic(manifest: Manifest, keys: Keyring) -> bool:
    try:
        return is_authentic(manifest, keys.key(manifest.key))
    except StoreError:
        return False


def _files(folder: Path, manifest: Manifest) -> list[Diagnostic]:
    """What is wrong with the files: gone, changed, or put there by somebody."""
    found = files_below(folder)
    findings = [_wrong(name, "hilang", "gone") for name in manifest.files if name not in found]
    for name, path in found.items():
        if name == NAME:
            continue
        if name not in manifest.files:
            findings.append(_wrong(name, "bukan bagian cadangan", "no part of the backup"))
        elif part_of(path) != manifest.files[name]:
            findings.append(_wrong(name, "diubah atau rusak", "changed or damaged"))
    if manifest.kind is BackupKind.DATA and NAMES.get(manifest.database) not in manifest.files:
        findings.append(_wrong(NAMES.get(manifest.database, "?"), "hilang", "gone"))
    return findings


def _wrong(name: str, id_words: str, en_words: str) -> Diagnostic:
    problem = changed(name).finding
    words = Words(f"Berkas {name}: {id_words}.", f"The file {name}: {en_words}.")
    return Diagnostic(problem.code, Severity.ERROR, None, words, problem.mend)
