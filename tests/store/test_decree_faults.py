"""A process killed at any named point of drafting, approving, issuing, paying: all of it is on record, or nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text
from sqlmodel import col

from ejps_core.store.acts import Purpose
from ejps_core.store.audit.verify import verify
from ejps_core.store.documents import read_document
from ejps_core.store.opening import StorePlace
from ejps_core.store.session import Store
from ejps_core.store.tables import AuditEntry, Document
from tests.store.decreed import CLERK, DEEDS, POINTS, decree_on_record, run_on_record, start
from tests.store.sample import later

pytestmark = pytest.mark.slow

READER = replace(later(CLERK, days=1), purpose=Purpose.DELIVERY)
TABLES = (
    "decrees", "decree_members", "decree_changes", "decree_steps", "decree_issues", "documents", "deliveries", "payments",
    "handovers",
)  # fmt: skip


def counts(store: Store) -> dict[str, int]:
    """How many records there are, by table, and entries of the log; which is whole."""
    with store.reading() as session:
        found = {name: int(session.execute(text(f"select count(*) from {name}")).scalar_one()) for name in TABLES}
        found["told"] = session.execute(select(func.count()).select_from(AuditEntry)).scalar_one()
        assert verify(session, store.keys).findings == ()
    return found


@pytest.mark.parametrize(("deed", "point"), [(deed, point) for deed, points in POINTS.items() for point in points])
def test_killed_at_a_named_point(store: Store, place: StorePlace, deed: str, point: str) -> None:
    run = run_on_record(store)
    assert decree_on_record(store, run) == 1
    before = counts(store)
    process = start(place, deed, run, point)
    process.join()
    assert process.exitcode == -9
    after = counts(store)
    if point == "after-commit":
        assert after[DEEDS[deed].table] == before[DEEDS[deed].table] + 1
    else:
        assert after == before
        DEEDS[deed].does(store, run)
        assert counts(store)[DEEDS[deed].table] == before[DEEDS[deed].table] + 1
    with store.reading() as session:
        documents = session.execute(select(col(Document.id), col(Document.bytes))).all()
    for number, size in documents:
        assert len(read_document(store, READER, number, "75.04")) == size
