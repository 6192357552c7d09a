"""Tells e-JPS where the rules of pkh_topup stand."""

from pathlib import Path

from ejps_core import Program, hookimpl

ejps_api = 1


@hookimpl
def ejps_programs() -> list[Program]:
    """One program: pkh_topup."""
    return [Program(id="pkh_topup", rules=Path(__file__).with_name("program.ejps"))]
