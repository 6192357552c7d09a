"""The hook specifications (docs/plugins.md). Each hook is used by a plugin in this repository."""

from __future__ import annotations

from collections.abc import Sequence

import pluggy

from ejps_core.model.declared import Connector, Lint, Reader, Register, ReportWriter
from ejps_core.model.paper import Document
from ejps_core.model.program import Program

PROJECT = "ejps"
API = 1
"""The version of these hooks. A plugin module states the one that it was written for: `ejps_api = 1`."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Specs:
    """What a plugin may implement."""

    @hookspec
    def ejps_programs(self) -> Sequence[Program]:  # type: ignore[empty-body]
        """The programs that this plugin adds."""

    @hookspec
    def ejps_readers(self) -> Sequence[Reader]:  # type: ignore[empty-body]
        """The kinds of files that lists may come in."""

    @hookspec
    def ejps_report_writers(self) -> Sequence[ReportWriter]:  # type: ignore[empty-body]
        """The kinds of files that a result may be written to."""

    @hookspec
    def ejps_lints(self) -> Sequence[Lint]:  # type: ignore[empty-body]
        """The weak spots that `ejps lint` looks for in rule files."""

    @hookspec
    def ejps_registers(self) -> Sequence[Register]:  # type: ignore[empty-body]
        """The registers that can be looked up."""

    @hookspec
    def ejps_reports(self) -> Sequence[Document]:  # type: ignore[empty-body]
        """The reports that can be asked for by name."""

    @hookspec
    def ejps_connectors(self) -> Sequence[Connector]:  # type: ignore[empty-body]
        """The ways of asking an online registry."""
