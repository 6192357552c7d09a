"""The front door for plugins: what they may import, and nothing else. See docs/plugins.md.

What declares is loaded at once; what a reader, a writer or a lint works with, when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ejps_core.hooks.specs import hookimpl
from ejps_core.model.declared import Connector, Identity, Lint, Reader, Register, RegisterColumn, Report, ReportWriter
from ejps_core.model.paper import Document, Takes
from ejps_core.model.program import Program
from ejps_core.model.words import Language, Words, same

if TYPE_CHECKING:
    from ejps_core.model.asking import Compared as Compared
    from ejps_core.model.asking import Inquiry as Inquiry
    from ejps_core.model.asking import NoAnswerError as NoAnswerError
    from ejps_core.model.asking import Pace as Pace
    from ejps_core.model.asking import RegistryAnswer as RegistryAnswer
    from ejps_core.model.asof import AsOf as AsOf
    from ejps_core.model.diagnostic import Diagnostic as Diagnostic
    from ejps_core.model.diagnostic import Severity as Severity
    from ejps_core.model.listing import Listing as Listing
    from ejps_core.model.listing import Opened as Opened
    from ejps_core.model.listing import listing_of as listing_of
    from ejps_core.model.paper import Column as Column
    from ejps_core.model.paper import Paper as Paper
    from ejps_core.model.paper import Show as Show
    from ejps_core.model.paper import Table as Table
    from ejps_core.model.ruleset import Ruleset as Ruleset
    from ejps_core.model.run import Run as Run
    from ejps_core.model.span import Cell as Cell
    from ejps_core.model.walk import whole as whole

__all__ = [
    "Connector",
    "Document",
    "Identity",
    "Language",
    "Lint",
    "Program",
    "Reader",
    "Register",
    "RegisterColumn",
    "Report",
    "ReportWriter",
    "Takes",
    "Words",
    "hookimpl",
    "same",
]

_LATER = {
    "AsOf": "asof",
    "Cell": "span",
    "Column": "paper",
    "Compared": "asking",
    "Diagnostic": "diagnostic",
    "Inquiry": "asking",
    "Listing": "listing",
    "NoAnswerError": "asking",
    "Opened": "listing",
    "Paper": "paper",
    "Pace": "asking",
    "RegistryAnswer": "asking",
    "Ruleset": "ruleset",
    "Run": "run",
    "Severity": "diagnostic",
    "Show": "paper",
    "Table": "paper",
    "listing_of": "listing",
    "whole": "walk",
}


def __getattr__(name: str) -> object:
    if name in _LATER:
        return getattr(import_module(f"ejps_core.model.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
