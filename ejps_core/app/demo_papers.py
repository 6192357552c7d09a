"""What the demonstration says of the three phases, and the reports that it leaves behind."""

from __future__ import annotations

from pathlib import Path

from ejps_core.aid.entries import Step
from ejps_core.aid.targeting import BASES, Level, targeting
from ejps_core.app.demo_phases import Played, Stage, targeting_data
from ejps_core.app.money.reporting import REPORT, papers_of_position
from ejps_core.app.report import Asked, report
from ejps_core.app.report_files import Form
from ejps_core.model.diagnostic import Diagnostic
from ejps_core.model.paper import Paper
from ejps_core.model.wording import money, number
from ejps_core.model.words import Language, Words
from ejps_core.reports.catalogue import document
from ejps_core.reports.realization import figures, moment_words
from ejps_core.store.problems import StoreError

REALISATION, TARGETING = "realisasi", "sasaran"
FORMS = (Form.PDF, Form.XLSX)


def told(done: Played, language: Language) -> str:
    """The way from the lists to the frozen position, and that a later entry doesn't move it."""
    assert done.position is not None
    rupiah = money(done.later, 0, "IDR")
    rows, gone = number(done.rows, 0), done.handed
    return Words(
        f"\n== Tiga tahap di penyimpanan (orang, siapa tidak di tempat, dan pembagian uang: buatan atau asumsi)\n"
        f"Diaktifkan di enam kabupaten/kota; {done.lists} daftar, {rows.id} baris; register {', '.join(done.registers)}; "
        f"{done.runs} penilaian tercatat\n"
        f"Uang tahap I–III: {done.entries} catatan per kabupaten/kota, pembagiannya asumsi\n"
        f"{len(done.decrees)} keputusan: disusun, diperiksa, disetujui orang lain, ditetapkan; {gone.deliveries} penyaluran "
        f"“semua diterima, kecuali …”: {number(gone.received, 0).id} diterima, {number(gone.failed, 0).id} gagal\n"
        f"Posisi {done.number} dibekukan: SHA-256 {done.position.digest[:16]}…\n"
        f"Catatan susulan {rupiah.id} untuk Pohuwato: posisi {'tidak bergeser' if done.sound else 'BERGESER'}",
        f"\n== Three phases in the store (people, who was absent, the split of the money: made up or assumed)\n"
        f"Enabled in the six districts; {done.lists} lists, {rows.en} rows; registers {', '.join(done.registers)}; "
        f"{done.runs} runs on record\n"
        f"The money of phases I–III: {done.entries} entries by district, the split is an assumption\n"
        f"{len(done.decrees)} decrees: drafted, checked, approved by another person, issued; {gone.deliveries} deliveries "
        f"“all received, except …”: {number(gone.received, 0).en} received, {number(gone.failed, 0).en} failed\n"
        f"Position {done.number} frozen: SHA-256 {done.position.digest[:16]}…\n"
        f"A later entry of {rupiah.en} for Pohuwato: the position {'has not moved' if done.sound else 'HAS MOVED'}",
    ).say(language)


def read_aloud(done: Played, language: Language) -> str:
    """The four figures of the position, and who is late and why."""
    found = done.position
    assert found is not None
    lines = ["\n== " + moment_words(found.at).say(language)]
    lines += [f"{each['label']:<22} {each['value']:>16}   {each['exact']}" for each in figures(found, language)]
    late = Words("terlambat", "late").say(language)
    for cell in found.late:
        assumed = Words("asumsi", "assumed").say(language)
        obstacle = f"  {cell.report.obstacle} ({assumed})" if cell.report else ""
        amount = money(cell.of(Step.CEILING).total - cell.of(Step.TRANSFER).total, 0, "IDR").say(language)
        lines.append(f"  {late} {found.names[cell.district]:<26} {amount:>16}{obstacle}")
    return "\n".join(lines)


def on_target(done: Played, language: Language) -> str:
    """How many of those who received were entitled, on either basis."""
    from ejps_core.reports.targeting_report import TargetingData, judged

    data = TargetingData.model_validate(targeting_data(done, {"id": "", "en": ""}))
    lines = [Words("\n== Tepat sasaran (atas yang diterima)", "\n== On target (of what was received)").say(language)]
    paid = tuple(each.receipt() for each in data.receipts)
    for basis, judgements in judged(data).items():
        label = BASES[basis]
        (group,) = targeting(paid, judgements, (Level.ALL,))
        part, whole = group.on_target.part, group.on_target.whole
        share = number(group.on_target.rounded(1) or 0, 1).say(language)
        lines.append(
            Words(
                f"{label.id:<40} {share:>6} % ({number(part, 0).id} dari {number(whole, 0).id} penerima yang dapat dinilai)",
                f"{label.en:<40} {share:>6} % ({number(part, 0).en} of {number(whole, 0).en} recipients who can be judged)",
            ).say(language)
        )
    return "\n".join(lines)


def write_papers(stage: Stage, done: Played) -> tuple[Path, ...]:
    """The realisation of the frozen position and the targeting report, as PDF and workbook. Raises StoreError."""
    held = papers_of_position(stage.options, REPORT, done.number)
    if isinstance(held, Diagnostic):
        raise StoreError.of(held)
    title = {"id": f"{stage.ruleset.title.id} – DATA BUATAN", "en": f"{stage.ruleset.title.en} – MADE-UP DATA"}
    found = document(TARGETING)
    assert found is not None
    papers = {REALISATION: held, TARGETING: tuple(found.build(targeting_data(done, title)))}
    return tuple(_written(stage, name, form, each) for name, each in papers.items() for form in FORMS)


def _written(stage: Stage, name: str, form: Form, papers: tuple[Paper, ...]) -> Path:
    path = stage.folder / f"{name}.{form}"
    done = report(Asked(name, papers, form, path), stage.plugins)
    if done.exit:
        raise StoreError.of(done.findings[0])
    return path
