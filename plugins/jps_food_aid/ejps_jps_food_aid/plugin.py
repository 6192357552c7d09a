"""Tells e-JPS where the rules of the food aid stand."""

from pathlib import Path

from ejps_core import Program, hookimpl


@hookimpl
def ejps_programs() -> list[Program]:
    """One program: jps_food_aid."""
    return [Program(id="jps_food_aid", rules=Path(__file__).with_name("program.ejps"))]
