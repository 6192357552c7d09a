"""What can be wrong with a backup, said in both languages. Nothing was restored."""

from __future__ import annotations

from ejps_core.model.words import Words
from ejps_core.store.problems import StoreError

DAMAGED = ("backup-changed", "backup-unfinished")
"""The codes that say a backup is not what it was made as."""


def not_finished(where: str) -> StoreError:
    return StoreError(
        "backup-unfinished",
        Words(f"Di {where} tidak ada cadangan yang selesai.", f"There is no finished backup in {where}."),
        Words(
            "Cadangan yang selesai memuat manifest.json; yang terputus tidak. Buat lagi.",
            "A finished backup holds manifest.json; one that was broken off doesn't. Make it again.",
        ),
    )


def changed(what: str) -> StoreError:
    return StoreError(
        "backup-changed",
        Words(
            f"Cadangan ini tidak seperti saat dibuat: {what}. Tidak ada yang dipulihkan.",
            f"This backup is not what it was made as: {what}. Nothing was restored.",
        ),
        Words("Pakai cadangan lain, dan laporkan.", "Use another backup, and report it."),
    )


def other_kind(wanted: str, found: str) -> StoreError:
    return StoreError(
        "backup-other-kind",
        Words(f"Ini cadangan {found}, bukan {wanted}.", f"This is a backup of {found}, not of {wanted}."),
        Words(f"ejps restore {found} …", f"ejps restore {found} …"),
    )


def other_database(kept: str) -> StoreError:
    return StoreError(
        "backup-other-database",
        Words(f"Cadangan ini dari basis data {kept}.", f"This backup is of a database of {kept}."),
        Words(f"Pulihkan ke {kept}: --store …", f"Restore it to {kept}: --store …"),
    )


def place_taken(where: str) -> StoreError:
    return StoreError(
        "place-taken",
        Words(
            f"Di {where} sudah ada sesuatu; tidak ada yang ditimpa.",
            f"There is something at {where}; nothing is overwritten.",
        ),
        Words("Sebutkan tempat yang baru.", "Name a new place."),
    )


def together(what: Words, why: Words) -> StoreError:
    return StoreError(
        "keys-with-data",
        Words(
            f"Tempat ini {why.id} {what.id}: siapa yang menemukan keduanya dapat membaca semua data pribadi.",
            f"This place is {why.en} {what.en}: who finds both can read all personal data.",
        ),
        Words(
            "Pilih disk atau tempat lain; bila memang tidak ada, ulangi dengan --together.",
            "Choose another disk or place; if there is none indeed, repeat with --together.",
        ),
    )


def wrong_keys() -> StoreError:
    return StoreError(
        "keys-wrong",
        Words(
            "Kunci ini bukan kunci penyimpanan yang dicadangkan, atau manifesnya diubah. Tidak ada yang dipulihkan.",
            "These are not the keys of the store in this backup, or its manifest was changed. Nothing was restored.",
        ),
        Words("Pulihkan dahulu kuncinya: ejps restore keys …", "Restore its keys first: ejps restore keys …"),
    )


def wrong_master(wanted: str) -> StoreError:
    return StoreError(
        "master-wrong",
        Words(
            f"Kunci induk ini bukan {wanted}, yang membungkus kunci di cadangan ini. Tidak ada yang dipulihkan.",
            f"This master key is not {wanted}, which wraps the keys in this backup. Nothing was restored.",
        ),
        Words("Tunjukkan berkasnya dengan --master.", "Name its file with --master."),
    )


def no_program(name: str) -> StoreError:
    return StoreError(
        "program-missing",
        Words(
            f"Program {name} dari PostgreSQL tidak terpasang di komputer ini.",
            f"The program {name} of PostgreSQL is not installed on this machine.",
        ),
        Words(
            "Pasang klien PostgreSQL dengan versi yang sama atau lebih baru dari basis datanya.",
            "Install PostgreSQL's client of the same or a newer version than the database.",
        ),
    )


def program_failed(name: str, why: str) -> StoreError:
    return StoreError(
        "program-failed",
        Words(f"{name} gagal: {why}. Tidak ada yang selesai.", f"{name} failed: {why}. Nothing was finished."),
    )
