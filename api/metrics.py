"""Counts and times of the service for Prometheus; each app has a registry of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
Gauges = Callable[[], dict[str, tuple[str, float]]]


class Metrics:
    """The registry of one app. `gauges`: what is read at every look: by name, what it is and how much."""

    def __init__(self, gauges: Gauges) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "xinmai_requests_total", "Requests answered", ("route", "method", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "xinmai_request_seconds", "Time to answer", ("route",), buckets=SECONDS, registry=self.registry
        )
        self.registry.register(_Now(gauges))
        ProcessCollector(registry=self.registry)

    def count(self, scope: Scope, status: int, seconds: float) -> None:
        """Take in one answer. Labels are few: templates of addresses, never the addresses."""
        route = str(getattr(scope.get("route"), "path", "") or _mounted(scope["path"]))
        method = scope["method"] if scope["method"] in METHODS else "other"
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> tuple[bytes, str]:
        """All of it as Prometheus reads it, and the media type."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST


class Meter:
    """ASGI middleware that times every answer."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, timed until its last byte; what breaks counts as 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()
        ended = 0.0  # work that is left for after the answer is not its time

        async def watched(message: Message) -> None:
            nonlocal status, ended
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                ended = time.perf_counter()

        try:
            await self._app(scope, receive, watched)
        finally:
            self._metrics.count(scope, status, (ended or time.perf_counter()) - began)


class _Now(Collector):
    """Gauges read when they are looked at."""

    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One family a gauge."""
        for name, (what, value) in self._gauges().items():
            yield GaugeMetricFamily(f"xinmai_{name}", what, value=value)


def _mounted(path: str) -> str:
    """Addresses without a route: files by their folder, all others together."""
    return next((f"/{folder}" for folder in ("static", "vendor") if path.startswith(f"/{folder}/")), "none")
