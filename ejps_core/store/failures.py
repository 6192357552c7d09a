"""What a failure of the database means to the person at the keyboard."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from ejps_core.model.words import Words
from ejps_core.store.append_only import REFUSAL
from ejps_core.store.problems import StoreError, store_lost, unsound

FULL, BUSY, READ_ONLY = "is full", "is locked", "readonly"
POSTGRES_FULL = "53100"


FAILURES = (DBAPIError, NoConnectionError)
"""What the database, or the queue for its connections, raises."""


def as_problem(problem: DBAPIError | NoConnectionError, *, recorded: bool | None) -> StoreError | DBAPIError:
    """The problem in words; what only a defect of ours can cause comes back as it is."""
    if isinstance(problem, NoConnectionError):
        return store_lost(recorded, Words("terlalu banyak permintaan sekaligus", "too many requests at once"))
    text = str(problem.orig)
    if REFUSAL in text:
        table = text.split(REFUSAL + ": ", 1)[1].split(maxsplit=1)[0] if REFUSAL + ": " in text else "?"
        return unsound(
            Words(
                f"Catatan tidak boleh diubah atau dihapus ({table}); koreksi adalah catatan baru.",
                f"Records can't be changed or deleted ({table}); a correction is a new record.",
            )
        )
    if isinstance(problem, IntegrityError) or not (isinstance(problem, OperationalError) or problem.connection_invalidated):
        return problem
    return store_lost(recorded, _why(problem, text))


def _why(problem: DBAPIError, text: str) -> Words:
    state = getattr(problem.orig, "sqlstate", None)
    if FULL in text or state == POSTGRES_FULL or "disk I/O error" in text:
        return Words("disk penuh atau rusak", "the disk is full or failing")
    if BUSY in text:
        return Words("terlalu lama dipakai proses lain", "in use by another process for too long")
    if "authentication failed" in text or "no password supplied" in text:
        return Words("basis data menolak masuk", "the database refuses the login")
    if "does not exist" in text:
        return Words("basis data atau penggunanya tidak ada", "there is no such database or user")
    if READ_ONLY in text:
        return Words("tidak ada izin menulis", "no right to write")
    return Words("hubungan ke basis data terputus", "the connection to the database is lost")
