"""Tells e-JPS where the rules of rtlh_housing stand, and what it reports of houses."""

from pathlib import Path

from ejps_core import Document, Program, hookimpl
from ejps_rtlh_housing.houses import REPORT

ejps_api = 1


@hookimpl
def ejps_programs() -> list[Program]:
    """One program: rtlh_housing."""
    return [Program(id="rtlh_housing", rules=Path(__file__).with_name("program.ejps"))]


@hookimpl
def ejps_reports() -> list[Document]:
    """Houses by condition."""
    return [REPORT]
