"""The second reader: asks a model about what shorthand could not read, and hands back only what the text bears out.

Whatever the endpoint does, the outcome is a value: a reading, or the reason why there is none and what it cost.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from parser.evidence import Source, read_source
from parser.llm_answer import reading_of_answers
from parser.llm_client import Completion, CompletionFailure, FailureReason, LlmClient, Usage
from parser.llm_prompt import PROMPT_VERSION, Part, build_messages, build_repair, select_parts
from parser.llm_schema import WireAnswer, WireError, answer_schema, parse_answer, salvage_answer
from parser.reading import Reading, ReadingContext
from parser.settings import LlmSettings


@dataclass(frozen=True, slots=True)
class Extracted:
    """A grounded reading of the unclear lines, not yet checked against shorthand's (see `cross_check`).

    `incomplete` says why some of the lines were not asked about or not answered; they are in the reading's `unread`.
    """

    reading: Reading
    model: str
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int
    latency_ms: int
    requests: int
    prompt_version: str = PROMPT_VERSION
    incomplete: FailureReason | None = None


@dataclass(frozen=True, slots=True)
class ExtractionFailed:
    """Why a model was of no help. `detail` is for the log; the tokens were spent all the same."""

    reason: FailureReason
    detail: str
    model: str
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int
    latency_ms: int
    requests: int
    prompt_version: str = PROMPT_VERSION


LlmOutcome = Extracted | ExtractionFailed


class _Run:
    """What was answered and spent so far for one text; it outlives a deadline that ends the asking."""

    def __init__(self) -> None:
        self.answers: list[tuple[Part, WireAnswer]] = []
        self.failure: CompletionFailure | None = None
        self.usage = Usage()
        self.requests = 0
        self.started = time.monotonic()

    @property
    def latency_ms(self) -> int:
        return round((time.monotonic() - self.started) * 1000)


class LlmReader:
    """Reads with a model at an OpenAI-compatible endpoint. Make one a process: it remembers how to talk to it."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        self._client = LlmClient(settings)

    @property
    def is_configured(self) -> bool:
        return self._settings.is_configured

    @property
    def deadline_seconds(self) -> float:
        """Within this time a text is read or given up, whatever the endpoint does."""
        return self._settings.deadline_seconds

    async def close(self) -> None:
        await self._client.close()

    async def extract(self, text: str, context: ReadingContext, shorthand: Reading) -> LlmOutcome:
        """Ask about the lines of a text that shorthand is not sure of. Never raises for trouble with the endpoint."""
        run = _Run()
        if not self.is_configured:
            run.failure = CompletionFailure("not_configured", "no endpoint is configured")
            return self._outcome(run, None, context, shorthand)
        source = read_source(text)
        try:
            async with asyncio.timeout(self._settings.deadline_seconds):
                await self._ask_all(source, context, shorthand, run)
        except TimeoutError:
            run.failure = CompletionFailure("timeout", f"no answer within {self._settings.deadline_seconds:g} s in all")
        return self._outcome(run, source, context, shorthand)

    async def _ask_all(self, source: Source, context: ReadingContext, shorthand: Reading, run: _Run) -> None:
        most = self._settings.max_requests
        for number, part in enumerate(select_parts(source, shorthand, context)):
            if number == most:
                run.failure = CompletionFailure("too_long", f"more than {most} parts")
                return
            await self._ask(part, build_messages(part, source, shorthand, context), run)
            if run.failure is not None:
                return

    async def _ask(self, part: Part, messages: list[dict[str, str]], run: _Run) -> None:
        """Ask for one part, and once more with the fault where the answer is not what was asked for."""
        completion = await self._complete(messages, run)
        if completion is None:
            return
        try:
            run.answers.append((part, parse_answer(completion.content)))
        except WireError as fault:
            if not self._keeps_broken(part, completion, run):
                await self._repair(part, build_repair(messages, completion.content, str(fault)), run)

    async def _repair(self, part: Part, messages: list[dict[str, str]], run: _Run) -> None:
        completion = await self._complete(messages, run)
        if completion is None:
            return
        try:
            run.answers.append((part, parse_answer(completion.content)))
        except WireError as fault:
            if not self._keeps_broken(part, completion, run):
                self._keep_whole_exercises(part, completion, run)
                run.failure = CompletionFailure("bad_answer", str(fault)[:200])

    def _keeps_broken(self, part: Part, completion: Completion, run: _Run) -> bool:
        """Keep the whole exercises of an answer that ran into the token limit: asking again would end the same way."""
        if not completion.is_cut_off:
            return False
        self._keep_whole_exercises(part, completion, run)
        run.failure = CompletionFailure("truncated", "the answer was longer than OPENAI_MAX_TOKENS")
        return True

    @staticmethod
    def _keep_whole_exercises(part: Part, completion: Completion, run: _Run) -> None:
        salvaged = salvage_answer(completion.content)
        if salvaged is not None and salvaged.exercises:
            run.answers.append((part, salvaged))

    async def _complete(self, messages: list[dict[str, str]], run: _Run) -> Completion | None:
        run.requests += 1
        outcome = await self._client.ask(messages, answer_schema())
        run.usage += outcome.usage
        if isinstance(outcome, CompletionFailure):
            run.failure = outcome
            return None
        return outcome

    def _outcome(self, run: _Run, source: Source | None, context: ReadingContext, shorthand: Reading) -> LlmOutcome:
        model = self._settings.model or ""
        spent = (run.usage.prompt_tokens, run.usage.completion_tokens, run.usage.cached_tokens)
        if run.failure is not None and not run.answers:
            failure = run.failure
            return ExtractionFailed(failure.reason, failure.detail, model, *spent, run.latency_ms, run.requests)
        reading = Reading("other", reader="llm")
        if source is not None:
            reading = reading_of_answers(run.answers, source, context, shorthand.kind)
        incomplete = run.failure.reason if run.failure is not None else None
        return Extracted(reading, model, *spent, run.latency_ms, run.requests, incomplete=incomplete)
