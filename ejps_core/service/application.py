"""The service as an application: create_app() opens the store, puts the layers and routes together, and starts workers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect

from ejps_core.app.access.opening import open_for_nobody
from ejps_core.app.access.scopes import StoreError
from ejps_core.app.library import installed
from ejps_core.app.single_served import ReadyPrograms
from ejps_core.app.stores import StoreOptions
from ejps_core.service import problems
from ejps_core.service.envelope import Envelope, Lengths, Pace
from ejps_core.service.figures import Figures
from ejps_core.service.known import Known
from ejps_core.service.logs import log, set_up
from ejps_core.service.problems import RefusedError
from ejps_core.service.rates import Rates
from ejps_core.service.routes import routers
from ejps_core.service.running import Running
from ejps_core.service.settings import Settings
from ejps_core.service.together import Together
from ejps_core.service.workers import Elsewhere, Living, Workers, tracing_in

if TYPE_CHECKING:
    from ejps_core.service.oidc import Provider

API = "/api/v1"
DESCRIPTION = """All that the command line does, for programs.

Errors are problem+json with a stable `code` and words in Bahasa Indonesia and English. Long work answers 202 with a job.
Lists come in pages: pass `next` back as `cursor`. A request with an `Idempotency-Key` is done once, however often sent.
"""
ShowProblem = Callable[[Request, RefusedError], Response]


def create_app(
    settings: Settings,
    add_pages: Callable[[FastAPI], ShowProblem] | None = None,
    one_of_several: Together | None = None,
) -> FastAPI:
    """The service by these settings; StoreError if the store can't be opened. add_pages: adds the pages for browsers.

    one_of_several: what this process shares with the others of its service, of which another one minds the workers.
    """
    set_up(settings.log_form, settings.log_level)
    together = one_of_several or Together()
    opened = open_for_nobody(StoreOptions(settings.store, settings.keys, settings.files))
    store = replace(opened, changes=together)
    figures, plugins = Figures(), installed()
    tracing = tracing_in(settings, store)
    workers: Living = Elsewhere(together) if one_of_several else Workers(settings, store, figures.lost.inc, tracing)
    MultiPartParser.spool_max_size = settings.most_bytes  # an upload stays in memory: clear text never touches the disk

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        workers.start()
        log().info("service.started", host=settings.host, port=settings.port, workers=settings.workers)
        yield
        app.state.running.stopping = True
        workers.stop()
        app.state.running.known.close()
        if tracing is not None:
            tracing.stop()
        store.engine.dispose()
        log().info("service.stopped")

    app = FastAPI(
        title="e-JPS",
        description=DESCRIPTION,
        version="1",
        lifespan=life,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.running = Running(
        settings, store, plugins, workers, Rates(together), figures, ReadyPrograms(plugins), Known(store),
        _provider(settings),
    )  # fmt: skip
    for router, prefix in routers(API):
        app.include_router(router, prefix=prefix)
    told = _answer_problems(app, None if add_pages is None else add_pages(app))
    pace = Pace(settings.silent_seconds, settings.slowest_upload)
    app.add_middleware(Lengths, most=settings.most_bytes, pace=pace, told=told)
    app.add_middleware(GZipMiddleware, minimum_size=600, compresslevel=6)
    app.add_middleware(Envelope, figures=figures, secure=settings.secure, tracing=tracing)
    return app


def _provider(settings: Settings) -> Provider | None:
    """Who else recognises people; its libraries are loaded only where the settings name one."""
    if settings.oidc_issuer is None:
        return None
    from ejps_core.service.oidc import Provider

    return Provider(settings)


def _answer_problems(app: FastAPI, show: ShowProblem | None) -> ShowProblem:
    """What goes wrong is told as problem+json, and to browsers as a page."""

    def told(request: Request, refused: RefusedError) -> Response:
        if show is None or request.url.path.startswith(("/api/", "/health/", "/metrics")):
            return problems.response(request, refused)
        return show(request, refused)

    async def of_refused(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, RefusedError)
        return told(request, problem)

    async def of_store(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, StoreError)
        return told(request, RefusedError(problem.finding))

    async def of_http(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, HTTPException)
        return told(request, problems.of_http(problem))

    async def of_broken(request: Request, problem: Exception) -> Response:
        """Whoever was sending has gone; nothing of it was kept, and nobody reads this."""
        return Response(status_code=400)

    async def of_validation(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, RequestValidationError)
        return told(request, problems.of_validation(problem))

    async def of_defect(request: Request, problem: Exception) -> Response:
        log().exception("defect", path=request.url.path, exc_info=problem)
        return told(request, RefusedError(problems.defect()))

    handlers: Sequence[tuple[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]] = (
        (RefusedError, of_refused), (StoreError, of_store), (HTTPException, of_http), (ClientDisconnect, of_broken),
        (RequestValidationError, of_validation), (Exception, of_defect),
    )  # fmt: skip
    for kind, handler in handlers:
        app.add_exception_handler(kind, handler)
    return told
