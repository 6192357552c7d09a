"""Tells e-JPS where the rules of the food aid stand."""

from ejps_core import Program, hookimpl

ejps_api = 1


@hookimpl
def ejps_programs() -> list[Program]:
    """One program: jps_food_aid."""
    return [Program.beside(__file__, "jps_food_aid")]
