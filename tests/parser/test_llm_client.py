"""The client against a real server that misbehaves in every way that was seen or can be thought of."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from parser.llm_client import Completion, CompletionFailure, Dialect, LlmClient, Usage
from parser.settings import LlmSettings, LlmSettingsError, load_llm_settings
from tests import fake_openai as fake
from tests.fake_openai import Answer, FakeOpenAI

ASKED = [{"role": "system", "content": "Rules."}, {"role": "user", "content": "bench 80x8"}]
SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": False}
FINE = {"a": 1}


async def ask(server: FakeOpenAI, **changes: Any) -> Completion | CompletionFailure:
    client = LlmClient(server.settings(**changes))
    try:
        return await client.ask(ASKED, SCHEMA)
    finally:
        await client.close()


@pytest.mark.parametrize(
    ("answer", "content"),
    [
        (fake.says(FINE), '{"a": 1}'),
        (fake.says_in_parts(FINE), '{"a": 1}'),
        (fake.says_text("plain words"), "plain words"),
    ],
)
async def test_what_the_model_writes_comes_back_with_its_tokens(answer: Answer, content: str) -> None:
    async with FakeOpenAI(answer) as server:
        assert await ask(server) == Completion(content, Usage(100, 25, 64))


async def test_an_answer_without_usage_counts_no_tokens() -> None:
    async with FakeOpenAI(fake.has_no_usage(FINE)) as server:
        assert await ask(server) == Completion('{"a": 1}', Usage())


async def test_what_came_before_a_cut_is_kept_and_marked() -> None:
    async with FakeOpenAI(fake.is_cut_off('{"a"')) as server:
        assert await ask(server) == Completion('{"a"', Usage(100, 25, 64), is_cut_off=True)


# One row a fault: what the server does, how the client calls it, how many requests it takes.
FAULTS = [
    (fake.refuses(), "refused", 1),
    (fake.says_nothing(), "empty", 1),
    (fake.says_null(), "empty", 1),
    (fake.is_cut_off(""), "truncated", 1),
    (fake.is_filtered(), "filtered", 1),
    (fake.has_null_choices(), "bad_answer", 1),
    (fake.has_no_choices(), "bad_answer", 1),
    (fake.has_null_message(), "bad_answer", 1),
    (fake.is_html(), "bad_answer", 1),
    (fake.is_event_stream(), "bad_answer", 1),
    (fake.is_a_list(), "bad_answer", 1),
    (fake.is_deep(), "bad_answer", 1),
    (fake.is_binary(), "bad_answer", 1),
    (fake.is_huge(), "bad_answer", 1),
    (fake.is_limited(), "rate_limited", 2),
    (fake.objects("You exceeded your quota", status=429, code="insufficient_quota"), "out_of_credit", 2),
    (fake.objects("Payment required", status=402), "out_of_credit", 1),
    (fake.fails(500), "server_error", 2),
    (fake.fails(503), "server_error", 2),
    (fake.is_html(502), "server_error", 2),
    (fake.fails(504), "timeout", 2),
    (fake.objects("Incorrect API key provided", status=401), "auth", 1),
    (fake.objects("Country not supported", status=403), "auth", 1),
    (fake.objects("The model 'fake' does not exist", status=404, code="model_not_found"), "unknown_model", 1),
    (fake.objects("maximum context length is 4096 tokens", code="context_length_exceeded"), "too_long", 1),
    (fake.is_html(413), "too_long", 1),
    (fake.objects("I do not like you"), "rejected", 3),
    (fake.cuts_connection(), "unreachable", 2),
    (fake.cuts_body(), "unreachable", 1),
]


@pytest.mark.parametrize(("answer", "reason", "requests"), FAULTS)
async def test_every_fault_is_a_value_with_a_reason(answer: Answer, reason: str, requests: int) -> None:
    async with FakeOpenAI(answer) as server:
        outcome = await ask(server)
        assert isinstance(outcome, CompletionFailure)
        assert (outcome.reason, len(server.requests)) == (reason, requests)


@pytest.mark.parametrize("answer", [fake.refuses(), fake.says_nothing(), fake.is_filtered(), fake.has_null_choices()])
async def test_tokens_that_a_failure_cost_are_counted(answer: Answer) -> None:
    async with FakeOpenAI(answer) as server:
        outcome = await ask(server)
        assert isinstance(outcome, CompletionFailure)
        assert outcome.usage == Usage(100, 25, 64)


async def test_an_endpoint_that_hangs_is_a_timeout_after_bounded_tries() -> None:
    async with FakeOpenAI(fake.hangs()) as server:
        outcome = await ask(server, timeout_seconds=0.05)
        assert isinstance(outcome, CompletionFailure)
        assert (outcome.reason, len(server.requests)) == ("timeout", 2)


async def test_an_endpoint_that_is_not_there_is_unreachable() -> None:
    async with FakeOpenAI(fake.says(FINE)) as server:
        settings = server.settings(max_retries=0)
    client = LlmClient(settings)
    outcome = await client.ask(ASKED, SCHEMA)
    assert isinstance(outcome, CompletionFailure)
    assert outcome.reason == "unreachable"
    await client.close()


@pytest.mark.parametrize("address", ["http://a b/", "https://\u2603..invalid"])
async def test_an_address_that_is_none_is_unreachable(address: str) -> None:
    async with FakeOpenAI(fake.says(FINE)) as server:
        client = LlmClient(server.settings(base_url=address, max_retries=0))
        outcome = await client.ask(ASKED, SCHEMA)
        assert isinstance(outcome, CompletionFailure)
        assert outcome.reason == "unreachable"
        assert server.requests == []


async def test_a_fault_that_passes_is_tried_again() -> None:
    async with FakeOpenAI(fake.is_limited(), fake.says(FINE)) as server:
        assert isinstance(await ask(server), Completion)
    async with FakeOpenAI(fake.cuts_connection(), fake.says(FINE)) as server:
        assert isinstance(await ask(server), Completion)


async def test_without_settings_nothing_is_asked() -> None:
    async with FakeOpenAI(fake.says(FINE)) as server:
        outcome = await ask(server, model=None)
        assert isinstance(outcome, CompletionFailure)
        assert (outcome.reason, server.requests) == ("not_configured", [])


async def test_the_request_is_strict_and_cold_and_has_no_tools() -> None:
    async with FakeOpenAI(fake.says(FINE)) as server:
        await ask(server)
        request = server.requests[0]
        assert request["temperature"] == 0
        assert request["max_tokens"] == 500
        assert request["response_format"]["json_schema"] == {"name": "answer", "strict": True, "schema": SCHEMA}
        assert request["messages"] == ASKED
        assert "tools" not in request
        assert server.headers[0]["Authorization"] == "Bearer sk-test"


@pytest.mark.parametrize(
    ("manners", "dialect", "requests"),
    [
        (fake.knows_no_schema, Dialect(answer_format="json_object"), 2),
        (fake.knows_no_response_format, Dialect(answer_format="text"), 3),
        (fake.wants_completion_tokens, Dialect(limit_name="max_completion_tokens", sends_temperature=False), 3),
    ],
)
async def test_what_a_server_accepts_is_found_out_once(manners: Any, dialect: Dialect, requests: int) -> None:
    async with FakeOpenAI(manners(fake.says(FINE))) as server:
        client = LlmClient(server.settings())
        assert isinstance(await client.ask(ASKED, SCHEMA), Completion)
        assert (client.dialect, len(server.requests)) == (dialect, requests)
        assert isinstance(await client.ask(ASKED, SCHEMA), Completion)
        assert len(server.requests) == requests + 1
        await client.close()


async def test_a_server_without_schemas_finds_the_schema_in_the_prompt() -> None:
    async with FakeOpenAI(fake.knows_no_schema(fake.says(FINE))) as server:
        await ask(server)
        assert '"required": ["a"]' in server.requests[-1]["messages"][0]["content"]
        assert server.requests[-1]["response_format"] == {"type": "json_object"}
        assert ASKED[0]["content"] == "Rules."


async def test_effort_is_sent_where_it_is_set_and_left_out_where_it_is_refused() -> None:
    refusal = fake.objects("Unrecognized request argument supplied: reasoning_effort")
    async with FakeOpenAI(refusal, fake.says(FINE)) as server:
        assert isinstance(await ask(server, reasoning_effort="low"), Completion)
        assert server.requests[0]["reasoning_effort"] == "low"
        assert "reasoning_effort" not in server.requests[1]


async def test_a_failure_tells_neither_key_nor_text() -> None:
    async with FakeOpenAI(fake.objects("bad key sk-test for bench 80x8", status=401)) as server:
        outcome = await ask(server)
        assert isinstance(outcome, CompletionFailure)
        assert outcome.detail == "HTTP 401"


def test_importing_the_parser_does_not_load_the_sdk() -> None:
    program = "import sys, parser, parser.llm_client; print('openai' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.fixture
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> pytest.MonkeyPatch:
    for name in ("BASE_URL", "API_KEY", "MODEL", "TIMEOUT_SECONDS", "DEADLINE_SECONDS"):
        monkeypatch.delenv(f"OPENAI_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


@pytest.mark.parametrize(
    ("values", "is_configured"),
    [
        ({}, False),
        ({"OPENAI_API_KEY": "sk-1"}, False),
        ({"OPENAI_MODEL": "m"}, False),
        ({"OPENAI_MODEL": "m", "OPENAI_API_KEY": "sk-1"}, True),
        ({"OPENAI_MODEL": "m", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, True),
        ({"OPENAI_MODEL": "m", "OPENAI_BASE_URL": "", "OPENAI_API_KEY": ""}, False),
    ],
)
def test_settings_come_from_the_environment(
    bare_environment: pytest.MonkeyPatch, values: dict[str, str], is_configured: bool
) -> None:
    for name, value in values.items():
        bare_environment.setenv(name, value)
    assert load_llm_settings().is_configured is is_configured


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENAI_BASE_URL", "localhost:11434"),
        ("OPENAI_BASE_URL", "http://?"),
        ("OPENAI_BASE_URL", "http://[::1"),
        ("OPENAI_BASE_URL", "http://127.0.0.1:99999/v1"),
        ("OPENAI_API_KEY", "sk-\u043a\u043b\u044e\u0447"),
        ("OPENAI_TIMEOUT_SECONDS", "soon"),
        ("OPENAI_DEADLINE_SECONDS", "0"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not(
    bare_environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    bare_environment.setenv(name, value)
    with pytest.raises(LlmSettingsError, match=name) as caught:
        load_llm_settings()
    assert value == "0" or value not in str(caught.value)


def test_the_settings_never_show_the_key() -> None:
    assert "sk-secret" not in repr(LlmSettings.model_validate({"api_key": "sk-secret", "model": "m"}))
