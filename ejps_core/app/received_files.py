"""The files of a list as one content, and opened again from the store without ever lying on a disk in clear."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_STORED, ZipFile, ZipInfo

PAIR = b"EJPS-PAIR\n"
"""Before a list and its members' own file, packed as one."""


def packed(path: Path, members: Path | None) -> bytes:
    """The file as it is; two files together, so that the same two give the same bytes."""
    if members is None:
        return path.read_bytes()
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as pair:
        for name, each in (("families", path), ("members", members)):
            pair.writestr(ZipInfo(f"{name}/{each.name}"), each.read_bytes())
    return PAIR + made.getvalue()


def unpacked(name: str, content: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files that were packed, with their names: the list, then its members."""
    if not content.startswith(PAIR):
        return ((name, content),)
    with ZipFile(BytesIO(content[len(PAIR) :])) as pair:
        return tuple((each.rpartition("/")[2], pair.read(each)) for each in pair.namelist())


@contextmanager
def opened_again(name: str, content: bytes) -> Iterator[tuple[Path, ...]]:
    """Paths at which the files can be read meanwhile: in memory where the system can, else in a folder of our own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="ejps-")))
        yield tuple(
            _placed(stack, folder / str(place), one, each) for place, (one, each) in enumerate(unpacked(name, content))
        )


def _placed(stack: ExitStack, folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(mode=0o700)
    path = folder / name
    if not hasattr(os, "memfd_create"):
        path.touch(mode=0o600)
        path.write_bytes(content)
        return path
    memory = os.memfd_create("ejps-list")
    stack.callback(os.close, memory)
    with os.fdopen(os.dup(memory), "wb") as file:
        file.write(content)
    path.symlink_to(f"/proc/{os.getpid()}/fd/{memory}")
    return path
