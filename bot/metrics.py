"""What is counted for Prometheus. The labels are few and fixed; nothing of a user is among them.

Counters and times are kept as things happen. Lengths and levels are asked for when somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

if TYPE_CHECKING:
    from storage.database import Queue

BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
MODEL_BUCKETS = (0.2, 0.5, 1, 2, 5, 10, 20, 40, 60, 120, 300)
QUEUES: Final = ("outbox", "imports")


class Metrics:
    """The counters of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.updates = self._counter("updates", "Updates by kind and by what became of them", "kind", "outcome")
        self.update_seconds = self._histogram("update_seconds", "From an update's arrival to its commit")
        self.turns_in_flight = self._gauge("turns_in_flight", "Updates that are being handled or wait for their turn")
        self.sent = self._counter(
            "outbox", "Calls of the Bot API owed to chats, by method and result", "method", "result"
        )
        self.send_seconds = self._histogram("send_seconds", "How long a call of the Bot API takes")
        self.work = self._counter("work", "Slow and periodic work, by result", "name", "result")
        self.limited = self._counter("limited", "What a limit held back, by limit", "limit")
        self.model_calls = self._counter(
            "model_calls", "Texts that a model was asked about, by what came of it", "result"
        )
        self.model_requests = self._counter("model_requests", "Requests to the model's endpoint")
        self.model_tokens = self._counter("model_tokens", "Tokens as the model's endpoint counts them", "kind")
        self.model_seconds = self._histogram("model_seconds", "How long a model takes for a text", MODEL_BUCKETS)
        self.queue_length = self._gauge("queue_length", "What waits, over all processes", "queue")
        self.queue_oldest_seconds = self._gauge(
            "queue_oldest_seconds", "How long the first of a queue has waited", "queue"
        )
        self.database_up = self._gauge("database_up", "1 when the last look found the database")
        self.database_connections = self._gauge("database_connections", "Connections of the pool, by state", "state")

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"repscribe_{name}", told, labels, registry=self.registry)

    def _gauge(self, name: str, told: str, *labels: str) -> Gauge:
        return Gauge(f"repscribe_{name}", told, labels, registry=self.registry)

    def _histogram(self, name: str, told: str, buckets: tuple[float, ...] = BUCKETS) -> Histogram:
        return Histogram(f"repscribe_{name}", told, buckets=buckets, registry=self.registry)

    def watch_turns(self, count: Callable[[], int]) -> None:
        """Have the number of turns asked for whenever somebody looks."""
        self.turns_in_flight.set_function(count)

    def set_queues(self, queues: Mapping[str, Queue]) -> None:
        for name in QUEUES:
            self.queue_length.labels(name).set(queues[name].waiting)
            self.queue_oldest_seconds.labels(name).set(queues[name].oldest_seconds)

    def set_connections(self, in_use: int, idle: int) -> None:
        self.database_connections.labels("in_use").set(in_use)
        self.database_connections.labels("idle").set(idle)

    def render(self) -> bytes:
        """Give the text that Prometheus reads."""
        return generate_latest(self.registry)

    def failures(self) -> int:
        """Count what failed through a fault of the bot's: updates, messages, work."""
        samples = (sample for metric in self.registry.collect() for sample in metric.samples)
        return sum(
            int(sample.value) for sample in samples if sample.name.endswith("_total") and _is_failure(sample.labels)
        )


def _is_failure(labels: dict[str, str]) -> bool:
    return "failed" in (labels.get("outcome"), labels.get("result"))
