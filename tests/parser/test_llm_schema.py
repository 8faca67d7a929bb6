"""The wire keeps to what strict structured output allows, and reads what models make of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from parser.llm_prompt import EXAMPLES, PROMPT_VERSION, SYSTEM
from parser.llm_schema import WireError, answer_schema, parse_answer, salvage_answer

WORK = '{"sets":1,"reps":8,"to":null,"seconds":null,"metres":null,"load":82.50,"unit":"kg","rpe":null,"mark":null}'
BENCH = f'{{"line":1,"end":1,"words":"bench","pick":"E1","english":null,"work":[{WORK}]}}'
ANSWER = f'{{"kind":"log","days":[],"exercises":[{BENCH}]}}'


def nodes(node: Any, depth: int = 0) -> Iterator[tuple[dict[str, Any], int]]:
    """Walk a schema with its references followed."""
    if isinstance(node, list):
        for item in node:
            yield from nodes(item, depth)
    if isinstance(node, dict):
        if "$ref" in node:
            yield from nodes(answer_schema()["$defs"][node["$ref"].rpartition("/")[2]], depth)
            return
        inner = depth + (node.get("type") == "object")
        yield node, inner
        for key, value in node.items():
            if key == "properties":
                for one in value.values():
                    yield from nodes(one, inner)
            elif key != "$defs":
                yield from nodes(value, inner)


def test_the_schema_is_strict() -> None:
    forbidden = {"default", "minimum", "maximum", "minLength", "maxLength", "pattern", "title", "description", "format"}
    for node, depth in nodes(answer_schema()):
        assert depth <= 4
        assert not forbidden & set(node)
        assert len(node.get("enum", [])) <= 5
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert sorted(node["required"]) == sorted(node["properties"])


def test_the_examples_of_the_prompt_fit_the_schema() -> None:
    answers = [line for line in EXAMPLES.split("\n") if line.startswith("{")]
    assert [parse_answer(line).kind for line in answers] == ["log", "program"]


def test_the_prompt_is_short_and_has_a_version() -> None:
    assert len(SYSTEM) < 4000
    assert len(PROMPT_VERSION) == 12


def test_decimals_are_read_as_they_are_written() -> None:
    answer = parse_answer(ANSWER)
    assert answer.exercises[0].work[0].load == Decimal("82.5")
    assert isinstance(answer.exercises[0].work[0].load, Decimal)


@pytest.mark.parametrize(
    "content",
    [
        ANSWER,
        f"```json\n{ANSWER}\n```",
        f"```\n{ANSWER}```",
        f"Here is the JSON you asked for: {ANSWER} Let me know!",
        f"{{not json}} {ANSWER}",
        f'<think>maybe {{"kind": "log"}}?</think>{ANSWER}',
        f"\ufeff{ANSWER}",
        json.dumps({**json.loads(ANSWER), "comment": "surplus"}),
    ],
)
def test_the_answer_is_found(content: str) -> None:
    assert parse_answer(content).exercises[0].words == "bench"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"load":82.50', '"load":NaN'),
        ('"load":82.50', '"load":Infinity'),
        ('"load":82.50', '"load":1e309'),
        ('"load":82.50', '"load":"eighty"'),
        ('"sets":1', '"sets":null'),
        ('"sets":1', '"sets":1.5'),
        ('"unit":"kg"', '"unit":"stone"'),
        ('"mark":null', '"mark":"easy"'),
        ('"words":"bench"', '"words":null'),
        ('"work":[', '"work":{"a":['),
        ('"kind":"log"', '"kind":"poem"'),
        ('"days":[]', '"days":["Monday"]'),
    ],
)
def test_a_value_of_another_kind_is_named(old: str, new: str) -> None:
    assert old in ANSWER
    with pytest.raises(WireError):
        parse_answer(ANSWER.replace(old, new))


def test_a_number_in_quotes_is_still_a_number() -> None:
    assert parse_answer(ANSWER.replace("82.50", '"82.50"')).exercises[0].work[0].load == Decimal("82.5")


@pytest.mark.parametrize("content", ["", "no", "[" * 100_000, "{" * 100_000, "{}", "null", '"{}"'])
def test_what_is_no_answer_is_none(content: str) -> None:
    with pytest.raises(WireError):
        parse_answer(content)
    assert salvage_answer(content) is None


def test_whole_exercises_are_saved_from_a_broken_answer() -> None:
    two = ANSWER.replace(BENCH, f"{BENCH},{BENCH.replace('bench', 'row')}")
    for end in range(len(two)):
        saved = salvage_answer(two[:end])
        words = [exercise.words for exercise in saved.exercises] if saved is not None else []
        assert words == ["bench", "row"][: len(words)]
    wrong = two.replace('"line":1,"end":1,"words":"bench"', '"line":1,"end":1,"words":[]')
    saved = salvage_answer(wrong)
    assert saved is not None
    assert [exercise.words for exercise in saved.exercises] == ["row"]
