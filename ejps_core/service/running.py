"""The service while it runs: its settings, the store that nobody sees yet, what is installed, its workers and figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

from ejps_core.app.access.opening import options_for
from ejps_core.app.access.scopes import Plugins, Scope, Store
from ejps_core.app.single_served import ReadyPrograms
from ejps_core.app.stores import StoreOptions
from ejps_core.service.figures import Figures
from ejps_core.service.known import Known
from ejps_core.service.rates import Rates
from ejps_core.service.settings import Settings
from ejps_core.service.workers import Living

if TYPE_CHECKING:
    from ejps_core.service.oidc import Provider


@dataclass(slots=True)
class Running:
    """What every request needs. store: without a scope; `seen_by` gives it one. oidc: who else recognises
    people, None: nobody; stopping: nothing new is begun."""

    settings: Settings
    store: Store
    plugins: Plugins
    workers: Living
    rates: Rates
    figures: Figures
    ready: ReadyPrograms
    known: Known
    oidc: Provider | None = None
    stopping: bool = False

    def options(self, scope: Scope) -> StoreOptions:
        """The store as a use case takes it, seen by this scope."""
        return options_for(self.store, scope)


def running(request: Request) -> Running:
    """The service that answers this request."""
    found: Running = request.app.state.running
    return found
