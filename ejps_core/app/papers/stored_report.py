"""A report from the store: its data are gathered, it is built and written, and that it leaves is on record first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlmodel import Session

from ejps_core.app.papers import decided, named_lists, paid, samples, traced
from ejps_core.app.papers.asked import Data, Desk, Source
from ejps_core.app.report import Asked, Chosen, choose_report, written
from ejps_core.app.report_files import Reported, failed
from ejps_core.app.stores import Actor, StoreOptions, act_of, attempt, place_of
from ejps_core.hooks.manager import Plugins
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.paper import Takes
from ejps_core.model.words import Words
from ejps_core.store.acts import Purpose, Role
from ejps_core.store.decrees import decree_of
from ejps_core.store.exports import HandedOut, record_export
from ejps_core.store.opening import open_store
from ejps_core.store.people import district_of
from ejps_core.store.problems import StoreError
from ejps_core.store.runs import run_of
from ejps_core.store.session import Store

Gather = Callable[[Desk, Source], Data]
GATHERERS: Mapping[Takes, Gather] = {
    Takes.LIST: named_lists.named_list,
    Takes.DECIDED: decided.decided,
    Takes.LETTER: decided.letter,
    Takes.TARGETING: paid.targeting,
    Takes.UNREACHED: paid.unreached,
    Takes.RECEIPTS: paid.overlapping,
    Takes.PROGRESS: paid.progress,
    Takes.HANDOVER: paid.handover,
    Takes.FRAME: samples.drawn_sample,
    Takes.CHECKED: samples.checked,
    Takes.TRACE: traced.traced,
}
"""What gathers the data of each kind of report."""


def report_stored(options: StoreOptions, actor: Actor, source: Source, asked: Asked, plugins: Plugins) -> Reported:
    """Writes a report from what is on record; all its files, or none. The export is in the store before they are there."""
    chosen = choose_report(asked, plugins)
    if isinstance(chosen, Diagnostic):
        return failed(chosen)

    def made() -> Reported:
        with open_store(place_of(options)) as store:
            return _made(store, actor, source, asked, chosen, plugins)

    done = attempt(made)
    return failed(done) if isinstance(done, Diagnostic) else done


def _made(store: Store, actor: Actor, source: Source, asked: Asked, chosen: Chosen, plugins: Plugins) -> Reported:
    document = chosen.loaded.what
    gather = GATHERERS.get(document.takes)
    if gather is None:
        raise StoreError(
            "report-not-of-store",
            Words(
                f"Laporan {document.name} tidak dibuat dari run atau keputusan.",
                f"The report {document.name} is not made from runs or decrees.",
            ),
            Words("Pakai --data FILE, atau --position untuk realisasi.", "Use --data FILE, or --position for realisasi."),
        )
    with store.reading() as session:
        district = _district(session, source)
    if actor.role is Role.DISTRICT and actor.district is None:
        actor = replace(actor, district=district)
    desk = Desk(store, act_of(actor, Purpose.DELIVERY), plugins, document, chosen.office)
    data = gather(desk, source)

    def leaving(files: Mapping[str, str]) -> None:
        content = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items())).encode()
        details = {"files": len(files), "form": asked.form.value} | dict(data.details)
        kept = HandedOut(document.name[:64], content, not data.clear, data.version_id, data.run_id, details=details)
        with store.writing(desk.act) as work:
            record_export(work, kept)
            if data.recorded is not None:
                data.recorded(work)
            work.point("report-recorded")

    return written(asked, chosen, data.values, leaving)


def _district(session: Session, source: Source) -> str | None:
    """The district that the report is about, where it is about one."""
    if source.runs:
        return district_of(session, run_of(session, source.runs[0]).version_id)
    return decree_of(session, source.decrees[0]).district if source.decrees else None
