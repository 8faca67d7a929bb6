"""One question to an OpenAI-compatible endpoint, one answer or one failure. The only module that imports openai.

It knows HTTP, the manners of different servers and what can go wrong; it knows nothing of workouts. The SDK is
imported when the first question is asked: who runs without a model never loads it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from parser.settings import LlmSettings

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI

FailureReason = Literal[
    "not_configured",
    "timeout",
    "unreachable",
    "auth",
    "unknown_model",
    "rate_limited",
    "out_of_credit",
    "too_long",
    "server_error",
    "rejected",
    "refused",
    "filtered",
    "truncated",
    "empty",
    "bad_answer",
]
Message = Mapping[str, str]

MOST_ANSWER_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the endpoint counted them; 0 where it did not say."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cached_tokens + other.cached_tokens,
        )


@dataclass(frozen=True, slots=True)
class Completion:
    """What the model wrote. `is_cut_off`: it would have written more than it was allowed to."""

    content: str
    usage: Usage
    is_cut_off: bool = False


@dataclass(frozen=True, slots=True)
class CompletionFailure:
    """Why there is nothing to read. `detail` is for the log and holds neither key nor text of a user."""

    reason: FailureReason
    detail: str
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an endpoint accepts. Learned from its refusals, kept for as long as the client lives."""

    answer_format: Literal["json_schema", "json_object", "text"] = "json_schema"
    limit_name: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    sends_temperature: bool = True
    sends_effort: bool = True


class LlmClient:
    """Asks one model at one endpoint."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        self._dialect = Dialect()
        self._client: AsyncOpenAI | None = None

    @property
    def dialect(self) -> Dialect:
        return self._dialect

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def ask(self, messages: Sequence[Message], schema: dict[str, Any]) -> Completion | CompletionFailure:
        """Ask, and step down to simpler ways of asking while the endpoint objects to the way."""
        if not self._settings.is_configured:
            return CompletionFailure("not_configured", "no endpoint is configured")
        dialect = self._dialect
        while True:
            outcome = await self._ask_once(messages, schema, dialect)
            if not isinstance(outcome, Dialect):
                if isinstance(outcome, Completion):
                    self._dialect = dialect
                return outcome
            dialect = outcome

    async def _ask_once(
        self, messages: Sequence[Message], schema: dict[str, Any], dialect: Dialect
    ) -> Completion | CompletionFailure | Dialect:
        """Return what came of one request, or the simpler dialect to ask in next."""
        import httpx2
        from openai import APIStatusError, APITimeoutError

        try:
            body = await self._post(_request(messages, schema, dialect, self._settings))
        except (APITimeoutError, httpx2.TimeoutException):
            return CompletionFailure("timeout", f"no answer within {self._settings.timeout_seconds:g} s")
        except APIStatusError as error:
            simpler = _simpler_dialect(error, dialect, self._settings)
            return simpler if simpler is not None else _status_failure(error)
        except Exception as error:  # The SDK lets through what any layer below it raises, down to OverflowError.
            return CompletionFailure("unreachable", type(error.__cause__ or error).__name__)
        return read_body(body)

    async def _post(self, request: dict[str, Any]) -> bytes:
        """Send the request; return the body of the answer, or as much of it as anybody could need."""
        create = self._openai().chat.completions.with_streaming_response.create
        body = bytearray()
        async with create(**request) as response:
            async for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MOST_ANSWER_BYTES:
                    break
        return bytes(body)

    def _openai(self) -> AsyncOpenAI:
        if self._client is None:
            from openai import AsyncOpenAI

            key = self._settings.api_key
            self._client = AsyncOpenAI(
                # Servers at home want no key, but the SDK does.
                api_key=key.get_secret_value() if key is not None else "none",
                base_url=self._settings.base_url or "https://api.openai.com/v1",
                timeout=self._settings.timeout_seconds,
                max_retries=self._settings.max_retries,
            )
        return self._client


def _request(
    messages: Sequence[Message], schema: dict[str, Any], dialect: Dialect, settings: LlmSettings
) -> dict[str, Any]:
    request: dict[str, Any] = {
        "model": settings.model,
        "messages": [dict(message) for message in messages],
        dialect.limit_name: settings.max_tokens,
    }
    if dialect.sends_temperature:
        request["temperature"] = 0
    if dialect.sends_effort and settings.reasoning_effort is not None:
        request["reasoning_effort"] = settings.reasoning_effort
    if dialect.answer_format == "json_schema":
        json_schema = {"name": "answer", "strict": True, "schema": schema}
        request["response_format"] = {"type": "json_schema", "json_schema": json_schema}
    elif dialect.answer_format == "json_object":
        request["response_format"] = {"type": "json_object"}
    if dialect.answer_format != "json_schema":
        request["messages"][0]["content"] += "\nJSON schema of the answer:\n" + json.dumps(schema)
    return request


def _simpler_dialect(error: APIStatusError, dialect: Dialect, settings: LlmSettings) -> Dialect | None:
    """Choose what to leave out after a refusal; None when it was not about the way of asking."""
    if error.status_code not in (400, 404, 415, 422, 500, 501):
        return None
    words = _error_words(error)
    if "max_tokens" in words and dialect.limit_name == "max_tokens" and "max_completion_tokens" in words:
        return replace(dialect, limit_name="max_completion_tokens")
    if "temperature" in words and dialect.sends_temperature:
        return replace(dialect, sends_temperature=False)
    if "reasoning" in words and dialect.sends_effort and settings.reasoning_effort is not None:
        return replace(dialect, sends_effort=False)
    if any(hint in words for hint in ("context length", "context_length", "too long", "context size")):
        return None
    names_format = any(hint in words for hint in ("response_format", "json_schema", "schema", "json_object", "grammar"))
    # A plain 400 or 422 that names nothing is most often a server that does not know response_format.
    if not (names_format or error.status_code in (400, 415, 422)):
        return None
    if dialect.answer_format == "json_schema":
        return replace(dialect, answer_format="json_object")
    if dialect.answer_format == "json_object":
        return replace(dialect, answer_format="text")
    return None


def _error_words(error: APIStatusError) -> str:
    body = error.body if isinstance(error.body, str) else json.dumps(error.body, default=str)
    return f"{error.message} {body}"[:4000].lower()


def _status_failure(error: APIStatusError) -> CompletionFailure:
    words = _error_words(error)
    code = error.status_code
    reason: FailureReason = "rejected"
    if code in (401, 403):
        reason = "auth"
    elif code == 404:
        reason = "unknown_model"
    elif code == 402 or (code == 429 and "insufficient_quota" in words):
        reason = "out_of_credit"
    elif code == 429:
        reason = "rate_limited"
    elif code == 413 or any(hint in words for hint in ("context length", "context_length", "too long", "context size")):
        reason = "too_long"
    elif code in (408, 504):
        reason = "timeout"
    elif code >= 500:
        reason = "server_error"
    return CompletionFailure(reason, f"HTTP {code}")


def read_body(body: bytes) -> Completion | CompletionFailure:
    """Read the body of a 200 without believing anything about its shape."""
    if len(body) > MOST_ANSWER_BYTES:
        return CompletionFailure("bad_answer", f"more than {MOST_ANSWER_BYTES} bytes")
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return CompletionFailure("bad_answer", "the body is not JSON")
    usage = _usage(document)
    choices = _member(document, "choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = _member(choice, "message")
    if message is None:
        return CompletionFailure("bad_answer", "no choices in the answer", usage)
    return _read_choice(message, _member(choice, "finish_reason"), usage)


def _read_choice(message: Any, finish_reason: Any, usage: Usage) -> Completion | CompletionFailure:
    if finish_reason == "content_filter":
        return CompletionFailure("filtered", "content_filter", usage)
    if _member(message, "refusal"):
        return CompletionFailure("refused", "the model refused", usage)
    content = _text(_member(message, "content"))
    if content.strip():
        return Completion(content, usage, is_cut_off=finish_reason == "length")
    if finish_reason == "length":
        return CompletionFailure("truncated", "the limit was reached before the answer began", usage)
    return CompletionFailure("empty", f"finish reason {str(finish_reason)[:40]}", usage)


def _text(content: Any) -> str:
    """Join the parts of a content: most servers send text, some a list of parts."""
    if isinstance(content, list):
        return "".join(part for item in content if isinstance(part := _member(item, "text"), str))
    return content if isinstance(content, str) else ""


def _usage(document: Any) -> Usage:
    usage = _member(document, "usage")
    cached = _member(_member(usage, "prompt_tokens_details"), "cached_tokens")
    return Usage(_count(_member(usage, "prompt_tokens")), _count(_member(usage, "completion_tokens")), _count(cached))


def _member(node: Any, name: str) -> Any:
    return node.get(name) if isinstance(node, dict) else None


def _count(value: Any) -> int:
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    return value if is_count else 0
