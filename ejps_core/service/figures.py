"""The figures of the service for Prometheus: requests by route and status, how long they took, jobs by how they ended."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class Figures:
    """The figures of one process, in a registry of their own, so that two services don't count together."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "ejps_requests_total", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "ejps_request_seconds", "How long requests took.", ("route",), buckets=BUCKETS, registry=self.registry
        )
        self.running = Gauge("ejps_requests_running", "Requests being answered.", registry=self.registry)
        self.waiting = Gauge("ejps_jobs_waiting", "Jobs that wait for a worker.", registry=self.registry)
        self.workers = Gauge("ejps_workers", "Workers that live.", registry=self.registry)
        self.lost = Counter("ejps_workers_lost_total", "Workers that ended by themselves.", registry=self.registry)

    def text(self) -> bytes:
        """The figures in Prometheus's form."""
        return generate_latest(self.registry)
