"""What can be wrong with the store itself, said in both languages. The doors show it; nothing was recorded."""

from __future__ import annotations

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words


class StoreError(Exception):
    """What was asked can't be done; `finding` says why and how to mend it. `app.stores.attempt` makes it an answer."""

    def __init__(self, code: str, words: Words, mend: Words | None = None) -> None:
        super().__init__(words.en)
        self.finding = Diagnostic(code, Severity.ERROR, None, words, mend)

    @classmethod
    def of(cls, finding: Diagnostic) -> StoreError:
        """The same for a finding that is there already, with the place that it names."""
        made = cls(finding.code, finding.words, finding.mend)
        made.finding = finding
        return made


def no_store(where: str) -> StoreError:
    return StoreError(
        "store-missing",
        Words(f"Tidak ada penyimpanan di {where}.", f"There is no store at {where}."),
        Words("Buat dengan: ejps store init", "Make one with: ejps store init"),
    )


def store_exists(where: str) -> StoreError:
    return StoreError("store-exists", Words(f"Sudah ada penyimpanan di {where}.", f"There is a store at {where} already."))


def store_older() -> StoreError:
    return StoreError(
        "store-older",
        Words("Penyimpanan ini dari versi e-JPS yang lebih lama.", "This store is of an older version of e-JPS."),
        Words("Buat cadangan, lalu: ejps store upgrade", "Make a backup, then: ejps store upgrade"),
    )


def store_newer() -> StoreError:
    return StoreError(
        "store-newer",
        Words("Penyimpanan ini dari versi e-JPS yang lebih baru.", "This store is of a newer version of e-JPS."),
        Words("Pasang versi e-JPS yang baru.", "Install the newer version of e-JPS."),
    )


def store_lost(recorded: bool | None, why: Words) -> StoreError:
    """The database went away. recorded: whether the changes were kept, None: not known."""
    if recorded is None:
        state = Words(
            "tidak diketahui apakah perubahan terakhir tersimpan", "it is not known whether the last changes were recorded"
        )
        mend = Words("Periksa dengan ejps audit show sebelum mengulang.", "Look with ejps audit show before doing it again.")
    else:
        state = Words("tidak ada yang tersimpan", "nothing was recorded")
        mend = Words("Pulihkan basis datanya, lalu ulangi.", "Bring the database back, then do it again.")
    return StoreError(
        "store-lost",
        Words(
            f"Penyimpanan tidak dapat dipakai ({why.id}); {state.id}.", f"The store can't be used ({why.en}); {state.en}."
        ),
        mend,
    )


def keys_missing(where: str) -> StoreError:
    return StoreError(
        "keys-missing",
        Words(f"Kunci penyimpanan ini tidak ada di {where}.", f"The keys of this store are not in {where}."),
        Words(
            "Tunjukkan foldernya dengan --keys atau EJPS_KEYS, atau pulihkan dari cadangan kunci.",
            "Name their folder with --keys or EJPS_KEYS, or restore it from the backup of the keys.",
        ),
    )


def keys_open(path: str) -> StoreError:
    return StoreError(
        "keys-open",
        Words(f"Kunci {path} dapat dibaca pengguna lain.", f"Other users can read the key {path}."),
        Words(f"chmod 600 {path}", f"chmod 600 {path}"),
    )


def keys_damaged(path: str) -> StoreError:
    return StoreError(
        "keys-damaged",
        Words(f"Kunci {path} rusak atau bukan milik penyimpanan ini.", f"The key {path} is damaged, or not of this store."),
        Words("Pulihkan dari cadangan kunci.", "Restore it from the backup of the keys."),
    )


def key_unknown(key_id: str) -> StoreError:
    return StoreError(
        "key-unknown",
        Words(f"Tidak ada kunci {key_id}.", f"There is no key {key_id}."),
        Words("Lihat kunci yang ada: ejps keys list", "See the keys there are: ejps keys list"),
    )


def destroyed(when: str, who: str, why: str) -> StoreError:
    return StoreError(
        "input-destroyed",
        Words(f"Data ini dimusnahkan pada {when} oleh {who}: {why}.", f"This data was destroyed on {when} by {who}: {why}."),
    )


def not_allowed(words: Words) -> StoreError:
    return StoreError(
        "not-allowed",
        words,
        Words(
            "Hanya peran yang ditetapkan, untuk tujuan yang disebut, boleh membaca data pribadi tanpa samaran.",
            "Only the roles laid down, for a stated purpose, may read personal data unmasked.",
        ),
    )


def unsound(what: Words) -> StoreError:
    return StoreError("store-unsound", what)


def no_room(name: str, problem: OSError) -> StoreError:
    """A file of the store (sealed content or a key) can't be written."""
    why = problem.strerror or type(problem).__name__
    return StoreError(
        "store-unwritable",
        Words(
            f"Berkas {name} tidak dapat ditulis ({why}); tidak ada yang tersimpan.",
            f"The file {name} can't be written ({why}); nothing was recorded.",
        ),
        Words("Kosongkan ruang disk atau periksa izinnya, lalu ulangi.", "Make room or check the rights, then do it again."),
    )
