"""The service with its pages: create_site() is what `ejps serve` runs."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from ejps_core.app.access.scopes import StoreError
from ejps_core.service.application import ShowProblem, create_app
from ejps_core.service.envelope import STATIC
from ejps_core.service.guard import Asking, maybe_asking
from ejps_core.service.problems import RefusedError
from ejps_core.service.settings import Settings
from ejps_core.service.together import Together
from ejps_core.web.pages import FOLDER, Pages
from ejps_core.web.routes import routers

AGAIN = ("not-signed-in", "scope-missing")


class KeptFiles(StaticFiles):
    """Our own files; those named by their content may be kept by browsers for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file with how long it may be kept."""
        response = await super().get_response(path, scope)
        kept = "public, max-age=31536000, immutable" if path.startswith("built/app-") else "public, max-age=3600"
        response.headers["Cache-Control"] = kept
        return response


def create_site(settings: Settings, one_of_several: Together | None = None) -> FastAPI:
    """The service with pages for browsers. one_of_several: what this process shares with the others of its service."""
    pages = Pages()

    def add(app: FastAPI) -> ShowProblem:
        app.state.pages = pages
        app.mount(STATIC.rstrip("/"), KeptFiles(directory=FOLDER / "static"), name="static")
        for router in routers():
            app.include_router(router, include_in_schema=False)
        return shown

    def shown(request: Request, refused: RefusedError) -> Response:
        if refused.finding.code in AGAIN and request.method == "GET":
            return RedirectResponse(f"/masuk?ke={request.url.path}", 303)
        return pages.problem(request, _who(request), refused)

    return create_app(settings, add, one_of_several)


def _who(request: Request) -> Asking | None:
    try:
        return maybe_asking(request)
    except (StoreError, RefusedError):
        return None
