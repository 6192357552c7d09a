"""Ruleset to plan, plan over columns: verdicts, reasons, facts still needed, amounts, selection, explanations."""

from ejps_core.engine.decide import decide
from ejps_core.engine.trace import explain

__all__ = ["decide", "explain"]
