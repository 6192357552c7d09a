"""Traces for OpenTelemetry, off unless the settings name a collector: how long requests, statements and jobs took.

A trace holds no value of anybody: of a request its pattern and status, of a statement its verb, of a job its kind. The
number of the request (X-Request-Id) leads to its line in the log.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from typing import Any

import httpx2
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ParentBasedTraceIdRatio
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, get_current_span, use_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from sqlalchemy import Engine, event

from ejps_core.service.logs import log
from ejps_core.service.settings import Settings

NAME = "e-jps"
PATIENCE = 5.0
STARTED = "ejps_started"
VERBS = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "COPY", "CREATE", "BEGIN", "PRAGMA", "SET"})


def tracing_of(settings: Settings) -> Tracing | None:
    """Traces as the settings want them; None: there are none."""
    return None if settings.traces_to is None else Tracing(Collector(settings.traces_to), settings)


class Tracing:
    """The traces of one process."""

    def __init__(self, exporter: SpanExporter, settings: Settings) -> None:
        self._provider = TracerProvider(
            sampler=ParentBasedTraceIdRatio(settings.traces_share),
            resource=Resource({"service.name": NAME}),
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer(NAME)
        self._believed = settings.behind_proxy

    @contextmanager
    def request(self, scope: MutableMapping[str, Any]) -> Iterator[Span]:
        """The span of a request; a proxy of ours may have begun its trace."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        before = TraceContextTextMapPropagator().extract(headers) if self._believed else Context()
        span = self._tracer.start_span(scope["method"], before, SpanKind.SERVER)
        with use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            yield span

    @contextmanager
    def job(self, kind: str, attempt: int) -> Iterator[None]:
        """The span of a job."""
        span = self._tracer.start_span(f"job {kind}", Context(), SpanKind.CONSUMER)
        span.set_attributes({"ejps.job.kind": kind, "ejps.job.attempt": attempt})
        with use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield
            except Exception:
                span.set_status(Status(StatusCode.ERROR))
                raise

    def follow(self, engine: Engine) -> None:
        """Statements of this database are told from now on, within the request or job that asks them."""
        event.listen(engine, "before_cursor_execute", self._statement_begins)
        event.listen(engine, "after_cursor_execute", self._statement_ends)

    def flush(self) -> None:
        """What is not sent yet is sent."""
        self._provider.force_flush()

    def stop(self) -> None:
        """What is left is sent; nothing is told any more."""
        self._provider.shutdown()

    def _statement_begins(self, connection: Any, *_: object) -> None:  # noqa: ANN401 - of SQLAlchemy, for a listener
        if get_current_span().is_recording():
            connection.info[STARTED] = time.time_ns()

    def _statement_ends(self, connection: Any, _: object, statement: str, *__: object) -> None:  # noqa: ANN401 - likewise
        started = connection.info.pop(STARTED, None)
        if started is None:
            return
        first = statement.lstrip(" (\n").split(None, 1)[0].upper() if statement.strip() else ""
        verb = first if first in VERBS else "OTHER"
        told = {"db.system.name": connection.dialect.name, "db.operation.name": verb}
        self._tracer.start_span(verb, kind=SpanKind.CLIENT, attributes=told, start_time=started).end()


def tell_answer(span: Span, scope: Mapping[str, Any], status: int) -> None:
    """What came of a request: the pattern of its path, never the path itself."""
    pattern = getattr(scope.get("route"), "path", "") or "(none)"
    span.update_name(f"{scope['method']} {pattern}")
    told = {"http.request.method": scope["method"], "http.route": pattern, "http.response.status_code": status}
    span.set_attributes({**told, "ejps.request": scope["state"]["request_id"]})
    if status >= 500:
        span.set_status(Status(StatusCode.ERROR))


class Collector(SpanExporter):
    """A collector that is told of spans by OTLP over HTTP, as JSON. One that does not answer costs nobody anything."""

    def __init__(self, address: str) -> None:
        self._client = httpx2.Client(timeout=PATIENCE, follow_redirects=False)
        self._address, self._told = address, False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Sends spans; the log says once that they don't arrive."""
        try:
            self._client.post(self._address, json=as_otlp(spans)).raise_for_status()
        except httpx2.HTTPError as problem:
            if not self._told:
                log().warning("traces.lost", why=type(problem).__name__)
            self._told = True
            return SpanExportResult.FAILURE
        self._told = False
        return SpanExportResult.SUCCESS

    def shutdown(self) -> None:
        """Lets the connection go."""
        self._client.close()


def as_otlp(spans: Sequence[ReadableSpan]) -> dict[str, Any]:
    """The spans as OTLP writes them in JSON (opentelemetry-proto, trace/v1)."""
    resource = spans[0].resource.attributes if spans else {}
    told = [_span(each) for each in spans]
    scope = {"scope": {"name": NAME}, "spans": told}
    return {"resourceSpans": [{"resource": {"attributes": _attributes(resource)}, "scopeSpans": [scope]}]}


def _span(span: ReadableSpan) -> dict[str, Any]:
    context = span.get_span_context()
    assert context is not None
    told: dict[str, Any] = {
        "traceId": f"{context.trace_id:032x}",
        "spanId": f"{context.span_id:016x}",
        "name": span.name,
        "kind": span.kind.value + 1,
        "startTimeUnixNano": str(span.start_time),
        "endTimeUnixNano": str(span.end_time),
        "attributes": _attributes(span.attributes or {}),
        "status": {"code": span.status.status_code.value},
    }
    if span.parent is not None:
        told["parentSpanId"] = f"{span.parent.span_id:016x}"
    return told


def _attributes(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"key": name, "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": str(value)}}
        for name, value in given.items()
    ]
