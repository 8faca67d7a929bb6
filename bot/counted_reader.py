"""The model's reader, counted: what is asked, what comes of it, how long it takes and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parser.llm_reader import Extracted, LlmOutcome

if TYPE_CHECKING:
    from bot.metrics import Metrics
    from parser import Reading, ReadingContext
    from parser.llm_reader import LlmReader


class CountedReader:
    """Reads as the reader inside does."""

    def __init__(self, reader: LlmReader, metrics: Metrics) -> None:
        self._reader = reader
        self._metrics = metrics

    @property
    def is_configured(self) -> bool:
        return self._reader.is_configured

    @property
    def deadline_seconds(self) -> float:
        return self._reader.deadline_seconds

    async def extract(self, text: str, context: ReadingContext, shorthand: Reading) -> LlmOutcome:
        outcome = await self._reader.extract(text, context, shorthand)
        result = (outcome.incomplete or "answered") if isinstance(outcome, Extracted) else outcome.reason
        self._metrics.model_calls.labels(result).inc()
        self._metrics.model_requests.inc(outcome.requests)
        self._metrics.model_tokens.labels("prompt").inc(outcome.prompt_tokens)
        self._metrics.model_tokens.labels("completion").inc(outcome.completion_tokens)
        self._metrics.model_seconds.observe(outcome.latency_ms / 1000)
        return outcome
