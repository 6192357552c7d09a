"""Who asked for a pause of the processing (UU 27/2022, Art. 41): said wherever a list with that person is decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.words import Words
from ejps_core.store.requests import held
from ejps_core.store.session import Store

SHOWN = 20


def on_hold(store: Store, pids: Sequence[str], now: datetime) -> tuple[Diagnostic, ...]:
    """A remark that names, by pseudonym, the decided families on hold; none where nobody is. Verdicts stay as they are."""
    with store.reading() as session:
        paused = held(session, now)
    found = [pid for pid in pids if pid in paused]
    return (paused_remark(found),) if found else ()


def paused_remark(found: Sequence[str]) -> Diagnostic:
    """The same of families that are known to be on hold."""
    more = f" … (+{len(found) - SHOWN})" if len(found) > SHOWN else ""
    listed = ", ".join(found[:SHOWN]) + more
    words = Words(
        f"{len(found)} keluarga meminta pemrosesannya ditunda (UU 27/2022 Pasal 41): {listed}.",
        f"{len(found)} families asked for a pause of the processing (UU 27/2022, Art. 41): {listed}.",
    )
    mend = Words(
        "Jangan tetapkan atau bayar sebelum penundaannya berakhir: ejps request list",
        "Don't decree or pay before the hold is over: ejps request list",
    )
    return Diagnostic("subject-on-hold", Severity.REMARK, None, words, mend)
