"""No identifier in clear anywhere: database, its logs, keys, sealed files, and what errors say."""

import os
import traceback
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from ejps_core.store.bulk import add_all
from ejps_core.store.determinations import Determination, determine
from ejps_core.store.lists import confirm_mapping, receive, rows_of
from ejps_core.store.matches import Answer, Matching, record_matching
from ejps_core.store.people import reveal, sealed_people
from ejps_core.store.registers import Snapshot, add_snapshot
from ejps_core.store.session import Store
from ejps_core.store.subject import held_on
from ejps_core.store.tables import Person
from ejps_core.store.words import KeyKind, MatchOutcome, Unit
from tests.store.postgres import Cluster
from tests.store.sample import DAY, KKS, NIKS, OFFICER, PROTECTION, PROVINCE, SYSTEM, sample

SECRET = (*NIKS, *KKS, "Nama Rahasia", "Dusun Rahasia", "081340009001")
FORMS = tuple(each.encode(coding) for each in SECRET for coding in ("utf-8", "utf-16-le")) + tuple(
    digits.to_bytes(8, order) for each in (*NIKS, *KKS) for digits in (int(each),) for order in ("little", "big")
)
"""As text of either width, and as a number of 64 bits."""


def found_in(folder: Path) -> list[str]:
    """The files below a folder that hold something secret."""
    found = []
    for path in (Path(base) / name for base, _, names in os.walk(folder) for name in names):
        with suppress(FileNotFoundError, IsADirectoryError):  # databases of other tests come and go
            content = path.read_bytes() if not path.is_socket() else b""
            found += [str(path)] if any(form in content for form in FORMS) else []
    return found


def everything(store: Store) -> None:
    """All that the store does with people."""
    receipt = receive(store, OFFICER, sample(file=" ".join(SECRET).encode()))
    with store.reading() as session:
        pid = str(rows_of(session, receipt.version_id)[0].pid)
    parquet = b"PAR1" + " ".join(SECRET).encode()
    add_snapshot(store, SYSTEM, Snapshot("pkh", f"dari {NIKS[0]}", "75", DAY, {"rows": 10}), parquet)
    with store.writing(PROVINCE) as work:
        determine(
            work,
            Determination(pid, Unit.FAMILY, receipt.list_id, "pkh", True, "Kades", f"NIK {NIKS[1]}", f"SK {KKS[0]}", DAY),
        )
        record_matching(
            work, Matching(receipt.version_id, None, 900, (Answer(pid, MatchOutcome.DIED, details={"with": NIKS[2]}),))
        )
        confirm_mapping(work, "75.04", "a" * 64, {f"KOLOM {NIKS[3]}": "nik"})
        work.tell("x", "person", pid, before={"nik": NIKS[4]}, after={KKS[1]: ["was", KKS[2]]})
    reveal(store, PROVINCE, receipt.version_id)
    held_on(store, PROTECTION, NIKS[0])


def test_no_identifier_lies_anywhere_in_clear(store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    everything(store)
    looked_at = [tmp_path]
    if store.engine.dialect.name == "postgresql":
        cluster: Cluster = request.getfixturevalue("postgres")
        cluster.run("checkpoint")
        looked_at.append(cluster.folder)
    planted = tmp_path / "planted"
    planted.write_bytes(b"x" + int(NIKS[5]).to_bytes(8, "little"))
    assert [each for folder in looked_at for each in found_in(folder)] == [str(planted)]


def test_errors_of_the_database_show_nobody(store: Store) -> None:
    """Also the raw ones, as a log would hold them: statement, parameters, detail, context."""
    receipt = receive(store, OFFICER, sample())
    with store.reading() as session:
        key_id = store.current_key(session, KeyKind.INDEX)
    people = sealed_people(store, key_id, key_id, sample().people)
    twice = [each | {"version_id": receipt.version_id} for each in (people[0], people[0])]
    with pytest.raises(IntegrityError) as broken, store.writing(SYSTEM) as work:
        add_all(work.session, Person, twice)
    with pytest.raises((TypeError, StatementError)) as refused, store.writing(SYSTEM) as work:
        work.session.add(Person(**(twice[0] | {"nik": NIKS[0]})))
        work.session.flush()
    with pytest.raises(TypeError) as refused_in_bulk, store.writing(SYSTEM) as work:
        add_all(work.session, Person, [twice[0] | {"nik": NIKS[0]}])
    for problem in (broken, refused, refused_in_bulk):
        told = "".join(traceback.format_exception(problem.value))
        assert not any(secret in told for secret in SECRET)


def test_the_files_of_the_store_are_their_owners_only(store: Store, tmp_path: Path) -> None:
    everything(store)
    made = [path for path in tmp_path.rglob("*") if path.name not in ("keys",)]
    assert [str(path) for path in made if path.stat().st_mode & 0o077] == []
