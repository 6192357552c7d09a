"""The hook specifications. Each hook is used by a plugin in this repository."""

from __future__ import annotations

from collections.abc import Sequence

import pluggy

from ejps_core.model.program import Program

PROJECT = "ejps"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Specs:
    """What a plugin may implement."""

    @hookspec
    def ejps_programs(self) -> Sequence[Program]:  # type: ignore[empty-body]
        """The programs that this plugin adds."""
