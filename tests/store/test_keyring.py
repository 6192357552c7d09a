"""Keys: private files, wrapped, rotated and destroyed without a moment in which one is lost or two count."""

import json
from pathlib import Path

import pytest

from ejps_core.store import keyring
from ejps_core.store.keyring import Keyring
from ejps_core.store.problems import StoreError


def test_keys_are_private_wrapped_and_read_again(tmp_path: Path) -> None:
    keys = Keyring.create(tmp_path / "k")
    key_id = keys.make()
    path = tmp_path / "k" / f"{key_id}.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "k").stat().st_mode & 0o777 == 0o700
    assert keys.key(key_id).hex() not in path.read_text() and len(keys.key(key_id)) == 32
    assert Keyring(tmp_path / "k").key(key_id) == keys.key(key_id)


def test_the_master_key_may_lie_elsewhere(tmp_path: Path) -> None:
    master = tmp_path / "stick" / "master.json"
    key_id = Keyring.create(tmp_path / "k", master).make()
    assert not (tmp_path / "k" / "master.json").exists()
    assert Keyring(tmp_path / "k", master).has(key_id)
    with pytest.raises(StoreError, match="are not in"):
        Keyring(tmp_path / "k")


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    keys = Keyring.create(tmp_path / "k")
    key_id = keys.make()
    (tmp_path / "k" / f"{key_id}.json").chmod(0o640)
    with pytest.raises(StoreError, match="Other users can read"):
        Keyring(tmp_path / "k").key(key_id)
    (tmp_path / "k" / "master.json").chmod(0o604)
    with pytest.raises(StoreError, match="Other users can read"):
        Keyring(tmp_path / "k")


@pytest.mark.parametrize("damage", ["", "{}", '{"wrapped": "AAAA"}', "\x00"])
def test_a_damaged_key_is_named(tmp_path: Path, damage: str) -> None:
    keys = Keyring.create(tmp_path / "k")
    key_id = keys.make()
    (tmp_path / "k" / f"{key_id}.json").write_text(damage)
    with pytest.raises(StoreError, match=f"{key_id}.json is damaged"):
        Keyring(tmp_path / "k").key(key_id)


def test_one_key_in_the_place_of_another_is_refused(tmp_path: Path) -> None:
    keys = Keyring.create(tmp_path / "k")
    one, two = keys.make(), keys.make()
    (tmp_path / "k" / f"{one}.json").write_bytes((tmp_path / "k" / f"{two}.json").read_bytes())
    with pytest.raises(StoreError, match="damaged"):
        Keyring(tmp_path / "k").key(one)


def test_a_destroyed_key_is_gone(tmp_path: Path) -> None:
    keys = Keyring.create(tmp_path / "k")
    key_id = keys.make()
    keys.forget(key_id)
    keys.forget(key_id)
    assert not keys.has(key_id)
    with pytest.raises(StoreError, match="no key"):
        keys.key(key_id)


def test_a_new_master_wraps_every_key_and_the_old_one_is_gone(tmp_path: Path) -> None:
    keys = Keyring.create(tmp_path / "k")
    made = {key_id: keys.key(key_id) for key_id in (keys.make() for _ in range(3))}
    before = json.loads((tmp_path / "k" / "master.json").read_text())
    keys.rotate_master()
    after = json.loads((tmp_path / "k" / "master.json").read_text())
    assert len(after) == 1 and after[0]["id"] != before[0]["id"]
    assert {key_id: Keyring(tmp_path / "k").key(key_id) for key_id in made} == made


@pytest.mark.parametrize("writes", range(5))
def test_a_rotation_may_stop_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int) -> None:
    keys = Keyring.create(tmp_path / "k")
    made = {key_id: keys.key(key_id) for key_id in (keys.make() for _ in range(3))}
    real, count = keyring.write_private, 0

    def stopping(path: Path, text: str) -> None:
        nonlocal count
        if count == writes:
            raise KeyboardInterrupt
        count += 1
        real(path, text)

    monkeypatch.setattr(keyring, "write_private", stopping)
    with pytest.raises(KeyboardInterrupt):
        keys.rotate_master()
    monkeypatch.undo()
    again = Keyring(tmp_path / "k")
    assert {key_id: again.key(key_id) for key_id in made} == made
    again.rotate_master()
    assert {key_id: Keyring(tmp_path / "k").key(key_id) for key_id in made} == made
    assert len(json.loads((tmp_path / "k" / "master.json").read_text())) == 1
