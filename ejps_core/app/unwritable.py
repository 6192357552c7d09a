"""Why a file could not be written, as far as the system tells: no room, no right, open elsewhere."""

from __future__ import annotations

import errno

from ejps_core.model.words import Words

NO_ROOM = frozenset(number for name in ("ENOSPC", "EDQUOT", "EFBIG") if (number := getattr(errno, name, None)) is not None)
NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
OPEN_ELSEWHERE = (32, 33)
"""Windows: another process uses the file, or has locked a part of it."""


def why_unwritable(problem: OSError) -> Words:
    """The reason in a few words."""
    if problem.errno in NO_ROOM:
        return Words("disk penuh", "the disk is full")
    if getattr(problem, "winerror", None) in OPEN_ELSEWHERE or problem.errno in (errno.EBUSY, errno.ETXTBSY):
        return Words("berkas sedang dibuka program lain", "the file is open in another program")
    if problem.errno in NO_RIGHT:
        return Words("tidak ada izin menulis di sana", "no right to write there")
    if problem.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
        return Words("ada berkas atau folder lain dengan nama itu", "another file or folder has that name")
    if problem.errno == errno.ENAMETOOLONG:
        return Words("namanya terlalu panjang", "the name is too long")
    reason = problem.strerror or type(problem).__name__
    return Words(reason, reason)


def mend_unwritable(problem: OSError) -> Words:
    """What to do about it."""
    if problem.errno in NO_ROOM:
        return Words("Kosongkan ruang disk, atau pilih folder lain.", "Make room on the disk, or choose another folder.")
    return Words(
        "Tutup berkas itu bila sedang terbuka, periksa izin foldernya, atau pilih nama lain.",
        "Close the file if it is open, check the rights of its folder, or choose another name.",
    )
