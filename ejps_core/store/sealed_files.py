"""Sealed files: content of any size in chunks, none of which can be changed, moved, left out or taken from another file.

A file is: mark, key id, a nonce's first 7 bytes; then chunks of 1 MiB sealed by AES-256-GCM-SIV. Each chunk's nonce holds
its number and whether it is the last (the STREAM construction), so that a file cut off does not open.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from ejps_core.model.words import Words
from ejps_core.store.keyring import Keyring, write_pieces
from ejps_core.store.problems import unsound
from ejps_core.store.sealing import KEY_ID

MARK = b"EJPS\x01"
CHUNK = 1 << 20
PREFIX, TAG = 7, 16
HEAD = len(MARK) + KEY_ID + PREFIX


def seal_file(keys: Keyring, key_id: str, content: bytes, path: Path) -> None:
    """Writes the content sealed, whole or not at all, readable by the owner only; clear text never touches the disk."""
    write_pieces(path, sealed_chunks(keys, key_id, content))


def sealed_chunks(keys: Keyring, key_id: str, content: bytes) -> Iterator[bytes]:
    """The bytes of a sealed file, piece by piece."""
    cipher, prefix = AESGCMSIV(keys.key(key_id)), secrets.token_bytes(PREFIX)
    head = MARK + key_id.encode("ascii") + prefix
    yield head
    view = memoryview(content)
    count = max(1, -(-len(content) // CHUNK))
    for number in range(count):
        piece = view[number * CHUNK : (number + 1) * CHUNK]
        yield cipher.encrypt(_nonce(prefix, number, number == count - 1), bytes(piece), head)


def key_of(path: Path) -> str:
    """The id of the key that opens a sealed file."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if len(head) < HEAD or head[: len(MARK)] != MARK:
        raise _changed(path)
    return head[len(MARK) : len(MARK) + KEY_ID].decode("ascii", errors="replace")


def open_file(keys: Keyring, path: Path) -> bytes:
    """The clear content; StoreError if the file was changed or cut off."""
    try:
        box = path.read_bytes()
    except OSError as problem:
        raise unsound(
            Words(f"Berkas tersegel {path.name} tidak dapat dibaca.", f"The sealed file {path.name} can't be read.")
        ) from problem
    if len(box) < HEAD + TAG or box[: len(MARK)] != MARK:
        raise _changed(path)
    head, prefix = box[:HEAD], box[HEAD - PREFIX : HEAD]
    cipher = AESGCMSIV(keys.key(head[len(MARK) : len(MARK) + KEY_ID].decode("ascii", errors="replace")))
    body, size = memoryview(box)[HEAD:], CHUNK + TAG
    count = -(-len(body) // size)
    try:
        return b"".join(
            cipher.decrypt(
                _nonce(prefix, number, number == count - 1), bytes(body[number * size : (number + 1) * size]), head
            )
            for number in range(count)
        )
    except (InvalidTag, ValueError) as problem:
        raise _changed(path) from problem


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _changed(path: Path) -> Exception:
    return unsound(
        Words(
            f"Berkas tersegel {path.name} rusak atau diubah dari luar.",
            f"The sealed file {path.name} is damaged or was changed from outside.",
        )
    )
