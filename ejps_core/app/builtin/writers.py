"""Results as CSV, workbook, Parquet and JSON. What writes them is loaded when one is written."""

from __future__ import annotations

from pathlib import Path

from ejps_core.hooks.specs import hookimpl
from ejps_core.model.declared import Report, ReportWriter
from ejps_core.model.words import Words, same

ejps_api = 1


def _csv(report: Report, path: Path) -> None:
    from ejps_core.reports.text_files import write_csv

    write_csv(report.run, path, report.language)


def _json(report: Report, path: Path) -> None:
    from ejps_core.reports.text_files import write_json

    write_json(report.run, path, report.language)


def _workbook(report: Report, path: Path) -> None:
    from ejps_core.reports.workbook import write_workbook

    write_workbook(report.run, path, report.language)


def _parquet(report: Report, path: Path) -> None:
    from ejps_core.reports.parquet_file import write_parquet

    write_parquet(report.run, path)


@hookimpl
def ejps_report_writers() -> list[ReportWriter]:
    """The core's writers."""
    return [
        ReportWriter(".csv", same("CSV"), _csv),
        ReportWriter(".xlsx", Words("buku kerja", "workbook"), _workbook),
        ReportWriter(".parquet", same("Parquet"), _parquet),
        ReportWriter(".json", same("JSON"), _json),
    ]
