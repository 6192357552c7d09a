"""The figures of the service for Prometheus: requests by route and status, how long they took, jobs by how they ended."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which several processes count together."""
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class Figures:
    """The figures of a service, in a registry of their own, so that two services don't count together.

    Where several processes serve, they count in files of a folder that the environment names, and are told together.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "ejps_requests_total", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "ejps_request_seconds", "How long requests took.", ("route",), buckets=BUCKETS, registry=self.registry
        )
        self.running = Gauge(
            "ejps_requests_running", "Requests being answered.", registry=self.registry, multiprocess_mode="livesum"
        )
        self.waiting = Gauge(
            "ejps_jobs_waiting", "Jobs that wait for a worker.", registry=self.registry, multiprocess_mode="mostrecent"
        )
        self.workers = Gauge("ejps_workers", "Workers that live.", registry=self.registry, multiprocess_mode="mostrecent")
        self.lost = Counter("ejps_workers_lost_total", "Workers that ended by themselves.", registry=self.registry)

    def text(self) -> bytes:
        """The figures in Prometheus's form."""
        if FOLDER not in os.environ:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # the library has no types there
        return generate_latest(together)

    def forget(self, pid: int) -> None:
        """A process of the service has died: what it was doing counts no more."""
        if FOLDER in os.environ:
            mark_process_dead(pid)  # type: ignore[no-untyped-call]  # the library has no types there
