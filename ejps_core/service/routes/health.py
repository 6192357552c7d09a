"""Whether the service lives, whether it can work, and its figures."""

from __future__ import annotations

import ipaddress

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from ejps_core.app.access.scopes import StoreError
from ejps_core.app.jobs import board
from ejps_core.service.guard import Open, Serving, address_of
from ejps_core.service.problems import of_http

router = APIRouter(include_in_schema=False)


@router.get("/health/live", dependencies=[Depends(Open("a supervisor asks whether the process lives"))])
def live() -> dict[str, str]:
    """The process lives."""
    return {"status": "live"}


@router.get("/health/ready", dependencies=[Depends(Open("a proxy asks whether to send requests"))])
def ready(service: Serving) -> JSONResponse:
    """The store answers, workers live, and the service is not about to stop."""
    try:
        waiting: int | None = board.waiting(service.store)
    except StoreError:
        waiting = None
    told = {"store": waiting is not None, "workers": service.workers.living > 0, "stopping": service.stopping}
    well = told["store"] and told["workers"] and not told["stopping"]
    return JSONResponse({"status": "ready" if well else "not-ready"} | told, 200 if well else 503)


@router.get("/metrics", dependencies=[Depends(Open("Prometheus asks, from the network of the settings only"))])
def metrics(request: Request, service: Serving) -> Response:
    """The figures in Prometheus's form; elsewhere there is no such page."""
    network = ipaddress.ip_network(service.settings.metrics_from)
    try:
        inside = ipaddress.ip_address(address_of(request)) in network
    except ValueError:
        inside = False
    if not inside:
        raise of_http(HTTPException(404))
    service.figures.workers.set(service.workers.living)
    service.figures.waiting.set(board.waiting(service.store))
    return Response(service.figures.text(), media_type="text/plain; version=0.0.4")
