"""What is counted for Prometheus. The labels are few and fixed; nothing of a user is among them."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Metrics:
    """The counters of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "repscribe_updates",
            "Updates by kind and by what became of them",
            ("kind", "outcome"),
            registry=self.registry,
        )
        self.update_seconds = Histogram(
            "repscribe_update_seconds",
            "From an update's arrival to its commit",
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.sent = Counter(
            "repscribe_outbox", "Calls of the Bot API owed to chats, by method and result", ("method", "result"),
            registry=self.registry,
        )  # fmt: skip
        self.send_seconds = Histogram(
            "repscribe_send_seconds", "How long a call of the Bot API takes", buckets=BUCKETS, registry=self.registry
        )
        self.work = Counter(
            "repscribe_work", "Slow and periodic work, by result", ("name", "result"), registry=self.registry
        )
        self.database_up = Gauge(
            "repscribe_database_up", "1 when the last look found the database", registry=self.registry
        )

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
