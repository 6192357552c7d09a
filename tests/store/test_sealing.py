"""Sealed values and files: they open only whole, in their place, under their key."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejps_core.store.column_types import SealedColumn, UtcTime, discreet_data
from ejps_core.store.keyring import Keyring
from ejps_core.store.problems import StoreError
from ejps_core.store.sealed_files import CHUNK, key_of, open_file, seal_file
from ejps_core.store.sealing import ALPHABET, Lock, Sealed, UnopenedError, blind, new_id, new_pseudonyms
from tests.store.sample import NIKS, NOON

KEY = bytes(range(32))
LOCK = Lock("k" + "0" * 15, KEY)


@given(st.binary(max_size=200), st.text(max_size=40))
def test_a_value_comes_back_under_its_key_and_place_only(clear: bytes, bound: str) -> None:
    sealed = LOCK.seal(clear, bound)
    assert LOCK.open(sealed, bound) == clear
    for other in (Lock("k" + "1" * 15, KEY), Lock(LOCK.key_id, KEY[::-1])):
        with pytest.raises(UnopenedError):
            other.open(sealed, bound)
    with pytest.raises(UnopenedError):
        LOCK.open(sealed, bound + "x")


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_no_byte_of_it_can_be_changed(place: int, change: int) -> None:
    box = bytearray(LOCK.seal(NIKS[0].encode(), "nik:p").box)
    box[place % len(box)] ^= change
    with pytest.raises(UnopenedError):
        LOCK.open(Sealed(bytes(box)), "nik:p")


def test_nothing_shows_and_nothing_repeats() -> None:
    one, two = (LOCK.seal(NIKS[0].encode(), "nik:p") for _ in range(2))
    assert one.box != two.box
    assert str(one) == f"{one!r}" == f"Sealed({LOCK.key_id})"
    assert NIKS[0].encode() not in one.box


def test_a_blind_index_needs_its_key() -> None:
    assert blind(KEY, "nik", NIKS[0]) == blind(KEY, "nik", NIKS[0])
    assert len({blind(KEY, "nik", NIKS[0]), blind(KEY, "kk", NIKS[0]), blind(KEY[::-1], "nik", NIKS[0])}) == 3


def test_ids_and_pseudonyms_never_look_like_a_number() -> None:
    names = (*new_pseudonyms(1000), *(new_id("k") for _ in range(100)))
    assert len(set(names)) == len(names)
    assert all(len(name) == 16 and name[0] in "pk" and set(name) <= set(ALPHABET) for name in names)


def test_columns_refuse_clear_text_and_times_without_a_zone() -> None:
    from sqlalchemy.dialects import sqlite

    dialect = sqlite.dialect()
    with pytest.raises(TypeError, match="clear text"):
        SealedColumn().process_bind_param(NIKS[0], dialect)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="zone"):
        UtcTime().process_bind_param(NOON.replace(tzinfo=None), dialect)


def test_texts_are_masked_however_deep() -> None:
    masked = discreet_data({f"k {NIKS[0]}": [f"NIK {NIKS[1]}", {"x": NIKS[2]}, 7, None]})
    assert not any(nik in str(masked) for nik in NIKS)
    assert str(masked).count("9011") == 1


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 5])
def test_a_file_comes_back_whole(tmp_path: Path, size: int) -> None:
    keys = Keyring.create(tmp_path / "keys")
    key_id, path, content = keys.make(), tmp_path / "f" / "x.sealed", bytes(range(256)) * (size // 256 + 1)
    seal_file(keys, key_id, content[:size], path)
    assert open_file(keys, path) == content[:size]
    assert key_of(path) == key_id
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["x.sealed"]


def test_a_file_cut_off_or_changed_does_not_open(tmp_path: Path) -> None:
    keys = Keyring.create(tmp_path / "keys")
    path = tmp_path / "x.sealed"
    seal_file(keys, keys.make(), b"x" * (2 * CHUNK + 5), path)
    whole = path.read_bytes()
    second = slice(len(whole) - CHUNK - 100, len(whole) - CHUNK)
    changes = [whole[:-21], whole[: CHUNK + 60], whole[:10], whole + b"x", whole[:30] + b"\0" + whole[31:]]
    swapped = whole[: second.start] + bytes(100) + whole[second.stop :]
    for changed in (*changes, swapped):
        path.write_bytes(changed)
        with pytest.raises(StoreError, match=r"damaged or was changed|no key"):
            open_file(keys, path)
