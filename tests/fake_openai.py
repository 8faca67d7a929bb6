"""An OpenAI-compatible endpoint for tests: a real HTTP server on this machine that says what a test scripts.

    async with FakeOpenAI(says({"kind": "log", ...}), cuts_connection()) as server:
        reader = LlmReader(server.settings(timeout_seconds=0.3))

Each request is answered by the next of the scripted answers, the last one again and again. `server.requests` holds
what was asked, as parsed JSON; `server.prompt()` the whole prompt of a request as text. An answer is any coroutine
function that takes the aiohttp request and the parsed body and returns a response, so a test can also write a model
that thinks about what it was asked (see `answers_with`).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from parser.settings import LlmSettings

Body = dict[str, Any]
Answer = Callable[[web.Request, Body], Awaitable[web.StreamResponse]]


class FakeOpenAI:
    """A chat completions endpoint on a free port of 127.0.0.1."""

    def __init__(self, *script: Answer) -> None:
        self.script = list(script)
        self.requests: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    def settings(self, **changes: Any) -> LlmSettings:
        """Return settings that lead here, whatever the environment says."""
        values: dict[str, Any] = {
            "base_url": self.url,
            "api_key": SecretStr("sk-test"),
            "model": "fake",
            "timeout_seconds": 5.0,
            "deadline_seconds": 10.0,
            "max_retries": 1,
            "max_tokens": 500,
            "max_requests": 4,
            "reasoning_effort": None,
        }
        return LlmSettings.model_validate({**values, **changes})

    def prompt(self, index: int = -1) -> str:
        """Return all messages of a request as one text."""
        return "\n".join(message["content"] for message in self.requests[index]["messages"])

    async def __aenter__(self) -> FakeOpenAI:
        app = web.Application(client_max_size=16 * 2**20)
        app.router.add_post("/v1/chat/completions", self._answer)
        # A request that hangs is cancelled when its client goes away, and at the end in any case.
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return await answer(request, body)


def completion(
    content: str | None, finish_reason: str = "stop", refusal: str | None = None, prompt_tokens: int = 100
) -> Body:
    """Build the body of a successful answer; 25 completion tokens, 64 of the prompt's cached."""
    return {
        "id": "chatcmpl-fake",
        "object": "chat.completion",
        "created": 1,
        "model": "fake",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, "refusal": refusal},
                "finish_reason": finish_reason,
            }
        ],
        "usage": {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": 25,
            "total_tokens": prompt_tokens + 25,
            "prompt_tokens_details": {"cached_tokens": 64},
        },
    }


def _fixed(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    async def answer(request: web.Request, asked: Body) -> web.StreamResponse:
        return web.json_response(body, status=status, headers=headers)

    return answer


def _raw(body: bytes, content_type: str, status: int = 200) -> Answer:
    async def answer(request: web.Request, asked: Body) -> web.StreamResponse:
        return web.Response(body=body, status=status, content_type=content_type)

    return answer


# ------------------------------------------------------------------------------------------------ what a model says


def group(sets: Any, reps: Any, load: Any = None, **stated: Any) -> dict[str, Any]:
    """Build a group of like sets as it stands on the wire; `stated` are its other properties."""
    plain = {"sets": sets, "reps": reps, "to": None, "seconds": None, "metres": None, "load": load, "unit": None}
    return {**plain, "rpe": None, "mark": None, **stated}


def exercise(line: int, words: str, *work: dict[str, Any], end: int | None = None, **stated: Any) -> dict[str, Any]:
    """Build an exercise with its groups of sets as it stands on the wire."""
    place = {"line": line, "end": line if end is None else end, "words": words}
    return {**place, "pick": None, "english": None, **stated, "work": list(work)}


def answer(*exercises: dict[str, Any], kind: str = "log", days: list[int] | None = None) -> dict[str, Any]:
    """Build a whole answer as it stands on the wire."""
    return {"kind": kind, "days": days or [], "exercises": list(exercises)}


# ------------------------------------------------------------------------------------------------ what goes well


def says(document: object) -> Answer:
    """Answer with this document as JSON."""
    return _fixed(completion(json.dumps(document)))


def says_text(content: str) -> Answer:
    """Answer with exactly this text."""
    return _fixed(completion(content))


def says_fenced(document: object) -> Answer:
    """Answer with JSON in a Markdown fence, politely."""
    return says_text(f"Sure! Here you go:\n```json\n{json.dumps(document, indent=1)}\n```\nAnything else?")


def says_after_thinking(document: object) -> Answer:
    """Answer as models do that think aloud."""
    return says_text(f'<think>The user wants {{"kind": "log"}} or so...</think>\n{json.dumps(document)}')


def says_in_parts(document: object) -> Answer:
    """Answer with a content that is a list of parts."""
    body = completion("")
    text = json.dumps(document)
    body["choices"][0]["message"]["content"] = [{"type": "text", "text": text[:9]}, {"type": "text", "text": text[9:]}]
    return _fixed(body)


def answers_with(think: Callable[[Body], object]) -> Answer:
    """Answer with what a function makes of the request's body."""

    async def answer(request: web.Request, asked: Body) -> web.StreamResponse:
        return web.json_response(completion(json.dumps(think(asked))))

    return answer


# ------------------------------------------------------------------------------------------------ answers of no use


def refuses() -> Answer:
    return _fixed(completion(None, refusal="I cannot help with that."))


def says_nothing() -> Answer:
    return _fixed(completion(""))


def says_null() -> Answer:
    return _fixed(completion(None))


def is_cut_off(content: str) -> Answer:
    """Stop at the token limit after this text."""
    return _fixed(completion(content, finish_reason="length"))


def is_filtered() -> Answer:
    return _fixed(completion("", finish_reason="content_filter"))


def has_null_choices() -> Answer:
    return _fixed({**completion(""), "choices": None})


def has_no_choices() -> Answer:
    return _fixed({**completion(""), "choices": []})


def has_null_message() -> Answer:
    return _fixed({**completion(""), "choices": [{"index": 0, "message": None, "finish_reason": "stop"}]})


def has_no_usage(document: object) -> Answer:
    body = completion(json.dumps(document))
    del body["usage"]
    return _fixed(body)


def is_html(status: int = 200) -> Answer:
    """A gateway's page instead of the API."""
    return _raw(b"<!doctype html><html><body><h1>Welcome to nginx!</h1></body></html>", "text/html", status)


def is_event_stream() -> Answer:
    """Server-sent events that nobody asked for, and broken ones."""
    return _raw(b'data: {"choices":[{"delta":{"content":"hi"}}]}\n\ndata: [DO\x00NE\n\n', "text/event-stream")


def is_a_list() -> Answer:
    return _fixed([1, 2, 3])


def is_deep() -> Answer:
    """A hundred thousand brackets."""
    return _raw(b"[" * 100_000, "application/json")


def is_binary() -> Answer:
    return _raw(bytes(range(256)) * 20, "application/json")


def is_huge(size: int = 10_000_000) -> Answer:
    """A well-formed answer of many megabytes."""
    return _fixed(completion("x" * size))


# ------------------------------------------------------------------------------------------------ errors


def objects(message: str, status: int = 400, param: str | None = None, code: str | None = None) -> Answer:
    """Refuse the request with an error document as OpenAI writes it."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return _fixed({"error": error}, status=status)


def is_limited(retry_after_ms: int = 1) -> Answer:
    """429 that asks to come back after a while."""
    error = {"message": "Rate limit reached", "type": "requests", "param": None, "code": "rate_limit_exceeded"}
    return _fixed({"error": error}, status=429, headers={"retry-after-ms": str(retry_after_ms)})


def fails(status: int = 500) -> Answer:
    """A server error that may be tried again at once."""
    return _fixed({"error": {"message": "oops"}}, status=status, headers={"retry-after-ms": "1"})


def cuts_connection() -> Answer:
    """Hang up before the first byte."""

    async def answer(request: web.Request, asked: Body) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    return answer


def cuts_body() -> Answer:
    """Hang up in the middle of the answer."""

    async def answer(request: web.Request, asked: Body) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "5000"})
        await response.prepare(request)
        await response.write(b'{"id": "chatcmpl-fake", "choices": [')
        assert request.transport is not None
        request.transport.abort()
        return response

    return answer


def hangs() -> Answer:
    """Take the request and never answer."""

    async def answer(request: web.Request, asked: Body) -> web.StreamResponse:
        await asyncio.Event().wait()
        return web.Response()

    return answer


def drips() -> Answer:
    """Send a space at a time, often enough that no read ever times out."""

    async def answer(request: web.Request, asked: Body) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.01)

    return answer


# ------------------------------------------------------------------------------------------------ manners of servers


def knows_no_schema(then: Answer) -> Answer:
    """A server that takes json_object but not json_schema."""
    return _when(lambda body: _format(body) == "json_schema", objects("'json_schema' is not supported"), then)


def knows_no_response_format(then: Answer) -> Answer:
    """A server that has never heard of response_format."""
    refusal = objects("extra fields not permitted: response_format", status=422)
    return _when(lambda body: "response_format" in body, refusal, then)


def wants_completion_tokens(then: Answer) -> Answer:
    """A model that refuses max_tokens and any temperature, as OpenAI's reasoning models do."""
    limit = objects(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        param="max_tokens",
        code="unsupported_parameter",
    )
    temperature = objects(
        "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
        param="temperature",
        code="unsupported_value",
    )
    return _when(lambda body: "max_tokens" in body, limit, _when(lambda body: "temperature" in body, temperature, then))


def _format(body: Body) -> str | None:
    chosen = body.get("response_format")
    return chosen["type"] if chosen is not None else None


def _when(condition: Callable[[Body], bool], first: Answer, otherwise: Answer) -> Answer:
    async def answer(request: web.Request, asked: Body) -> web.StreamResponse:
        return await (first if condition(asked) else otherwise)(request, asked)

    return answer
