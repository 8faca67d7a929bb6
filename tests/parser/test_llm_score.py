"""The table that tells what a model adds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parser.llm_reader import LlmReader
from parser.llm_score import HEADER, choose, main, measure
from parser.needs_llm import needs_llm
from parser.pipeline import read_shorthand
from parser.scoring import load_corpus
from tests import fake_openai as fake
from tests.fake_openai import FakeOpenAI

CORPUS = Path(__file__).parent.parent / "corpus" / "unclear.jsonl"
SURE = {
    "id": "a",
    "text": "bench 80x8",
    "units": "kg",
    "expect": {"kind": "log", "exercises": [{"name": "Barbell Bench Press", "sets": [{"weight": 80, "reps": 8}]}]},
}
UNSURE = {
    "id": "b",
    "text": "zorkfloop 60x8",
    "units": "kg",
    "expect": {"kind": "log", "exercises": [{"name": "Zorkfloop", "sets": [{"weight": 60, "reps": 8}]}]},
}


def lies(body: fake.Body) -> object:
    sets = {"sets": 9, "reps": 99, "to": None, "seconds": None, "metres": None, "load": 999, "unit": "lb"}
    sets |= {"rpe": 10, "mark": "drop"}
    place = {"line": 1, "end": 1, "words": "bench", "pick": "E1", "english": None}
    return {"kind": "program", "days": [1], "exercises": [{**place, "work": [sets]}]}


async def test_a_lying_model_makes_nothing_worse() -> None:
    records = [SURE, UNSURE, *load_corpus(CORPUS)[:12]]
    async with FakeOpenAI(fake.answers_with(lies)) as server:
        reader = LlmReader(server.settings())
        tallies = await measure(records, reader, shows=True)
        await reader.close()
    shorthand, both = tallies["shorthand"].score, tallies["both"].score
    assert (both.right, both.texts_right, both.levels) == (shorthand.right, shorthand.texts_right, shorthand.levels)
    assert tallies["model"].asked == len(records)
    assert tallies["both"].asked == sum(needs_llm(read_shorthand(r["text"]), r["text"]) for r in records)
    assert len(tallies["both"].row("both")) == len(HEADER)


async def test_a_model_that_is_down_changes_nothing() -> None:
    async with FakeOpenAI(fake.fails(503)) as server:
        reader = LlmReader(server.settings(max_retries=0))
        tallies = await measure([SURE, UNSURE], reader, shows=False)
        await reader.close()
    assert tallies["both"].score.right == tallies["shorthand"].score.right
    assert tallies["model"].failed == 2


def test_texts_that_need_a_model_come_first() -> None:
    chosen = choose([SURE, UNSURE, {**SURE, "id": "c"}], limit=2)
    assert [record["id"] for record in chosen] == ["b", "a"]
    assert len(choose([SURE, UNSURE], limit=None)) == 2


def test_a_sample_is_spread_over_the_corpus_and_leaves_long_texts_out() -> None:
    records = [{**UNSURE, "id": str(number)} for number in range(10)]
    long = {**UNSURE, "id": "long", "text": "zorkfloop 60x8\n" * 10}
    assert [record["id"] for record in choose([long, *records], limit=4)] == ["0", "2", "5", "7"]


def test_the_corpus_is_well_formed() -> None:
    records = load_corpus(CORPUS)
    assert len({record["id"] for record in records}) == len(records)
    assert all(json.dumps(record["expect"]) for record in records)
    assert {record["expect"]["kind"] for record in records} == {"log", "program", "other"}


def test_without_a_model_the_command_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("BASE_URL", "API_KEY", "MODEL"):
        monkeypatch.delenv(f"OPENAI_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["llm_score", str(CORPUS)])
    assert main() == 2
    assert "OPENAI_MODEL" in capsys.readouterr().err
