"""The rules as SQL: one statement for the decisions of all programs, one for the ranking, written to be read."""

from ejps_core.engine.sql.statements import Statements, script, statements

__all__ = ["Statements", "script", "statements"]
