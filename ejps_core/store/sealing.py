"""Sealed values: AES-256-GCM-SIV with the id of their key, bound to whose and what they are; and the blind index.

A sealed value is: format (1 byte), key id (16), nonce (12), ciphertext and tag. What it is bound to (field and pseudonym)
is authenticated but not kept: a value moved to another person or another column does not open.
"""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

FORMAT = b"\x01"
KEY_ID, NONCE, TAG = 16, 12, 16
KEY_BYTES = 32
INDEX_CHARACTERS = 32
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


class UnopenedError(Exception):
    """A sealed value does not open: changed, moved, or sealed under another key."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted value; its text shows the key it needs and nothing else."""

    box: bytes

    @property
    def key_id(self) -> str:
        """The id of the key that opens it."""
        return self.box[1 : 1 + KEY_ID].decode("ascii", errors="replace")

    def __repr__(self) -> str:
        return f"Sealed({self.key_id})"

    __str__ = __repr__


class Lock:
    """A key in use: seals and opens. Holds the key in memory only."""

    __slots__ = ("_cipher", "_head", "key_id")

    def __init__(self, key_id: str, key: bytes) -> None:
        if len(key_id) != KEY_ID or len(key) != KEY_BYTES:
            raise ValueError("a key of the wrong size")
        self.key_id = key_id
        self._head = FORMAT + key_id.encode("ascii")
        self._cipher = AESGCMSIV(key)

    def seal(self, clear: bytes, bound: str) -> Sealed:
        """The value sealed, to be opened only with the same `bound`."""
        nonce = os.urandom(NONCE)
        return Sealed(self._head + nonce + self._cipher.encrypt(nonce, clear, bound.encode()))

    def open(self, sealed: Sealed, bound: str) -> bytes:
        """The clear value; UnopenedError if it was changed, moved or sealed under another key."""
        box, start = sealed.box, len(self._head)
        if box[:start] != self._head or len(box) < start + NONCE + TAG:
            raise UnopenedError
        try:
            return self._cipher.decrypt(box[start : start + NONCE], box[start + NONCE :], bound.encode())
        except InvalidTag as problem:
            raise UnopenedError from problem


def blind(key: bytes, kind: str, value: str) -> str:
    """The blind index of an identifier: equal for equal values, of no use without the key."""
    return hmac.digest(key, f"{kind}:{value}".encode("utf-8", "surrogatepass"), "sha256").hex()[:INDEX_CHARACTERS]


def new_id(letter: str) -> str:
    """A random id of sixteen characters, 75 bits, beginning with `letter`: never sixteen digits, so never like a NIK."""
    return letter + "".join(secrets.choice(ALPHABET) for _ in range(KEY_ID - 1))


def new_pseudonyms(count: int) -> tuple[str, ...]:
    """Random names for people under which their facts are kept; nothing of the person can be found from one."""
    bits, size = 5, KEY_ID - 1
    drawn = secrets.token_bytes(count * size)
    mask = (1 << bits) - 1
    letters = [ALPHABET[byte & mask] for byte in drawn]
    return tuple("p" + "".join(letters[start : start + size]) for start in range(0, count * size, size))
