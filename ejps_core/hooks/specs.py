"""The hook specifications (docs/plugins.md). Each hook is used by a plugin in this repository."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pluggy

from ejps_core.model.declared import Connector, Lint, Reader, Register, ReportWriter
from ejps_core.model.paper import Document
from ejps_core.model.program import Program

PROJECT = "ejps"
API = 1
"""The version of these hooks. A plugin module states the one that it was written for: `ejps_api = 1`."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Specs(Protocol):
    """What a plugin may implement."""

    @hookspec
    def ejps_programs(self) -> Sequence[Program]:
        """The programs that this plugin adds."""

    @hookspec
    def ejps_readers(self) -> Sequence[Reader]:
        """The kinds of files that lists may come in."""

    @hookspec
    def ejps_report_writers(self) -> Sequence[ReportWriter]:
        """The kinds of files that a result may be written to."""

    @hookspec
    def ejps_lints(self) -> Sequence[Lint]:
        """The weak spots that `ejps lint` looks for in rule files."""

    @hookspec
    def ejps_registers(self) -> Sequence[Register]:
        """The registers that can be looked up."""

    @hookspec
    def ejps_reports(self) -> Sequence[Document]:
        """The reports that can be asked for by name."""

    @hookspec
    def ejps_connectors(self) -> Sequence[Connector]:
        """The ways of asking an online registry."""
