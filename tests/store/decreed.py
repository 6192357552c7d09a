"""Two families on record with a run and a decree of it, as small as can be; and processes that are killed while they act."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any

from ejps_core.model.decreed import ChangeKind, ChangeReason, DecreeAct, DocumentKind, Outcome, Standing
from ejps_core.store.acts import Act, Purpose, Role
from ejps_core.store.decrees import Drafted, Issued, Signed, draft, issue, take_step
from ejps_core.store.deliveries import Delivered, Paying, deliver
from ejps_core.store.documents import put_on_record, seal_document
from ejps_core.store.handovers import Minutes, record_handover
from ejps_core.store.lists import receive
from ejps_core.store.opening import StorePlace, open_store
from ejps_core.store.runs import Evaluation, record_run
from ejps_core.store.session import Store
from ejps_core.store.words import Basis
from tests.store.sample import DAY, NOON, OFFICER, later, sample

CLERK = Act("Rahma Pakaya", Role.DISTRICT, Purpose.DECISION, NOON, "SK Maret", "75.04", "rahma")
HEAD = Act("Yusuf Lihawa", Role.HEAD, Purpose.DECISION, NOON, "SK Maret", None, "yusuf")
PIDS = ("p00000000000000a", "p00000000000000b")
SHARES = {"provinsi": 106_890, "kabupaten": 71_260}


def run_on_record(store: Store) -> int:
    """A list and a run of it, without decisions."""
    receipt = receive(store, OFFICER, sample())
    evaluation = Evaluation(
        version_id=receipt.version_id,
        program="bantuan",
        rule_set="bantuan",
        rules={"bantuan": ""},
        ruleset_hash="a" * 64,
        plan_hash="b" * 64,
        input_hash="c" * 64,
        as_of=DAY,
        known=DAY,
        basis=Basis.KNOWN_THEN,
        software="0.1.0",
        counts={"eligible": 2},
        amount=356_300,
    )
    with store.writing(later(CLERK, hours=1)) as work:
        return record_run(work, evaluation, ())


def drafted(run: int, amends: int | None = None) -> Drafted:
    counts = {"recipients": 1, "reserve": 1}
    return Drafted("bantuan", "75.04", (1, 2), 1, run, "penerima", counts, 178_150, "d" * 64, amends)


def members() -> list[dict[str, Any]]:
    """One recipient and one of the reserve."""
    same = {"region": "75.04.04", "area": "75.04", "amount": 178_150, "shares": SHARES, "payable": True, "rank": 1}
    standings = (Standing.RECIPIENT, Standing.RESERVE)
    return [
        {"pid": pid, "family_pid": pid, "recipient_pid": pid, "standing": standing.value} | same
        for pid, standing in zip(PIDS, standings, strict=True)
    ]


CHANGE = {
    "kind": ChangeKind.REMOVE.value,
    "pid": PIDS[0],
    "reason": ChangeReason.ABLE.value,
    "why": "musdes",
    "document": "BA 1",
}


def paying(outcome: Outcome = Outcome.RECEIVED, **more: Any) -> Paying:
    return Paying(PIDS[0], PIDS[0], "75.04.04", outcome, 178_150, SHARES, **more)


def minutes(decree: int, data_id: int) -> Minutes:
    items = [{"name": "beras", "volume": 1, "unit": "paket", "price": 178_150, "state": "baik"}]
    parties = ("CV Contoh", "Kepala Desa")
    return Minutes(decree, "75.04", 1, "75.04.04", "BAST 1", NOON, "Desa", "SK", parties, items, 1, 178_150, "", data_id)


@dataclass(frozen=True)
class Deed:
    """Something that is done in one transaction, and the table that tells whether it was."""

    does: Callable[[Store, int], None]
    table: str


def _draft(store: Store, run: int) -> None:
    with store.writing(later(CLERK, hours=2)) as work:
        draft(work, drafted(run, amends=1), members(), [CHANGE])


def _approve(store: Store, _: int) -> None:
    with store.writing(later(HEAD, hours=3)) as work:
        take_step(work, 1, Signed(DecreeAct.APPROVE, office="Kepala Dinas"))


def _issue(store: Store, _: int) -> None:
    with store.writing(later(CLERK, hours=4)) as work:
        issue(work, 1, Issued("188.4/9/2026", date(2026, 3, 9), "Hamim Contoh", "Bupati", "e" * 64))


def _deliver(store: Store, _: int) -> None:
    sealed = seal_document(store, DocumentKind.SHEET, "lembar.pdf", b"sheet of Desa A", "75.04 bantuan")
    with store.writing(later(CLERK, hours=5)) as work:
        document = put_on_record(work, sealed)
        deliver(work, Delivered(1, 1, "75.04.04", DAY, "BA 1", document), [paying()])


def _hand_over(store: Store, _: int) -> None:
    sealed = seal_document(store, DocumentKind.HANDOVER, "bast.json", b"{}", "75.04 bantuan")
    with store.writing(later(CLERK, hours=6)) as work:
        record_handover(work, minutes(1, put_on_record(work, sealed)))


DEEDS = {
    "draft": Deed(_draft, "decree_changes"),
    "approve": Deed(_approve, "decree_steps"),
    "issue": Deed(_issue, "decree_issues"),
    "deliver": Deed(_deliver, "payments"),
    "hand-over": Deed(_hand_over, "handovers"),
}
TRANSACTION = ("before-audit", "before-commit", "after-commit")
POINTS = {
    "draft": ("decree-written", "members-written", "changes-written", *TRANSACTION),
    "approve": ("step-written", *TRANSACTION),
    "issue": ("issue-written", "step-written", *TRANSACTION),
    "deliver": ("document-sealed", "document-written", "delivery-written", "payments-written", *TRANSACTION),
    "hand-over": ("document-sealed", "document-written", "handover-written", *TRANSACTION),
}


def decree_on_record(store: Store, run: int) -> int:
    with store.writing(later(CLERK, hours=1)) as work:
        return draft(work, drafted(run), members())


def context() -> ForkServerContext:
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.store.decreed"])
    return made


def start(place: StorePlace, deed: str, run: int, die_at: str) -> BaseProcess:
    """A process that does the deed and kills itself with -9 at a point of it."""
    process = context().Process(target=obey, args=(place, deed, run, die_at))
    process.start()
    return process


def obey(place: StorePlace, deed: str, run: int, die_at: str) -> None:
    """What the process does."""

    def point(name: str) -> None:
        if name == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with open_store(place) as store:
        store.faults = point
        DEEDS[deed].does(store, run)
