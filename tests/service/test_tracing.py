"""Traces: off by default; where they go, they lead from a request to its statements, and hold nothing of anybody."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ejps_core.service.settings import Settings
from ejps_core.store.acts import Role
from tests.service.office import MESSY, OWN, Office, list_and_run, name_of, office

NUMBER = "750304" + "410785" + "9010"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
ATTRIBUTES = {
    "http.request.method", "http.route", "http.response.status_code", "ejps.request", "db.system.name",
    "db.operation.name", "ejps.job.kind", "ejps.job.attempt",
}  # fmt: skip


@contextmanager
def collector() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A collector on this machine, and the spans that it was told."""
    spans: list[dict[str, Any]] = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            for resource in told["resourceSpans"]:
                names = {each["key"]: each["value"] for each in resource["resource"]["attributes"]}
                assert names["service.name"] == {"stringValue": "e-jps"}
                spans.extend(span for scope in resource["scopeSpans"] for span in scope["spans"])
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1/traces", spans
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, list[dict[str, Any]]]]:
    """A service at work with a list of families, and every span of it."""
    with collector() as (address, spans):
        with office(tmp_path_factory.mktemp("o"), traces_to=address, behind_proxy=True) as made:
            list_and_run(made, OWN)
            browser = made.browser(name_of(Role.DISTRICT))
            browser.get(f"/daftar/{NUMBER}?cari={NUMBER}", headers={"traceparent": PARENT, "tracestate": f"x={NUMBER}"})
            number = made.made[OWN]["list_id"]
            browser.get(f"/daftar/{number}")
            made.client.get(f"/nowhere/{NUMBER}")
        yield made, spans


def attributes(span: dict[str, Any]) -> dict[str, Any]:
    return {each["key"]: next(iter(each["value"].values())) for each in span["attributes"]}


def test_a_request_is_told_by_its_pattern_with_its_statements(traced: tuple[Office, list[dict[str, Any]]]) -> None:
    _, spans = traced
    page = next(each for each in spans if each["name"] == "GET /daftar/{list_id}" and "parentSpanId" not in each)
    told = attributes(page)
    assert (told["http.response.status_code"], page["kind"], page["status"]["code"]) == ("200", 2, 0)
    below = [each for each in spans if each.get("parentSpanId") == page["spanId"]]
    assert {each["name"] for each in below} >= {"SELECT"}
    assert {attributes(each)["db.system.name"] for each in below} == {"sqlite"}
    assert all(int(each["endTimeUnixNano"]) >= int(each["startTimeUnixNano"]) for each in spans)
    jobs = {each["name"] for each in spans if "ejps.job.kind" in attributes(each)}
    assert {"job list.read", "job run.make"} <= jobs


def test_a_proxy_of_ours_has_begun_the_trace(traced: tuple[Office, list[dict[str, Any]]]) -> None:
    _, spans = traced
    assert PARENT.split("-")[2] in {each.get("parentSpanId") for each in spans if each["traceId"] == PARENT.split("-")[1]}


def test_nothing_of_a_person_is_in_a_trace(traced: tuple[Office, list[dict[str, Any]]]) -> None:
    _, spans = traced
    whole = json.dumps(spans)
    words = {word for line in MESSY.splitlines() for word in re.findall(r"[A-Za-z]{5,}|\d{8,}", line)}
    names = {"Ahmad", *(each for each in words if each.isdigit())}
    assert len(spans) > 30 and "Ahmad" in MESSY
    assert [each for each in (*names, NUMBER, NUMBER[4:12], "75.03", "daftar.csv", "from ", "where") if each in whole] == []
    assert {name for each in spans for name in attributes(each)} <= ATTRIBUTES


def test_a_collector_that_is_away_harms_nobody(tmp_path: Path) -> None:
    with office(tmp_path, traces_to="http://127.0.0.1:9/v1/traces") as made:
        assert made.browser(name_of(Role.DISTRICT)).get("/api/v1/lists").status_code == 200


def test_traces_are_off_unless_somebody_wants_them(tmp_path: Path) -> None:
    assert Settings().traces_to is None
    with office(tmp_path) as made:
        assert made.app.state.running.workers.tracing is None


@pytest.mark.parametrize("wrong", [{"traces_to": "http://collector.example/v1/traces"}, {"traces_share": 1.5}])
def test_traces_go_over_tls_or_stay_on_the_machine(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Settings(**wrong)
