"""Tells e-JPS where the rules of rtlh_housing stand."""

from pathlib import Path

from ejps_core import Program, hookimpl

ejps_api = 1


@hookimpl
def ejps_programs() -> list[Program]:
    """One program: rtlh_housing."""
    return [Program(id="rtlh_housing", rules=Path(__file__).with_name("program.ejps"))]
