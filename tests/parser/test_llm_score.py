"""The table that tells what a model adds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parser.llm_reader import LlmReader
from parser.llm_score import HEADER, choose, main, measure
from parser.llm_trials import is_asked
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


async def test_a_measurement_that_was_ended_goes_on_where_it_stopped(tmp_path: Path) -> None:
    kept = tmp_path / "trials.jsonl"
    async with FakeOpenAI(fake.answers_with(lies)) as server:
        reader = LlmReader(server.settings())
        whole = await measure([SURE, UNSURE], reader)
        await measure([SURE], reader, path=kept)
        with kept.open("a") as lines:
            lines.write('{"key": "cut o\n')
        nothing_new = await measure([SURE, UNSURE], reader, seconds=0, path=kept)
        asked = len(server.requests)
        resumed = await measure([SURE, UNSURE], reader, path=kept)
        assert len(server.requests) == asked + 2, "the model is asked about the other text alone"
        await reader.close()
    assert nothing_new["both"].score.texts == 1
    for way, tally in whole.items():
        assert (resumed[way].score, resumed[way].prompt_tokens) == (tally.score, tally.prompt_tokens)


def test_two_of_three_texts_are_such_as_a_model_is_asked_about() -> None:
    sure, unsure = ([{**record, "id": f"{record['id']}{n}"} for n in range(20)] for record in (SURE, UNSURE))
    chosen = choose([*sure, *unsure], limit=9)
    assert sum(is_asked(record) for record in chosen) == 6
    assert [record["id"] for record in chosen] == [record["id"] for record in choose([*unsure, *sure], limit=9)]
    assert len(choose([*sure[:1], *unsure], limit=9)) == len(choose([*sure, *unsure[:1]], limit=9)) == 9
    assert len(choose([SURE, UNSURE], limit=None)) == 2


def test_a_sample_is_spread_over_the_corpus_and_leaves_long_texts_out() -> None:
    records = [{**UNSURE, "id": str(number)} for number in range(10)]
    long = {**UNSURE, "id": "long", "text": "zorkfloop 60x8\n" * 10}
    assert sorted(record["id"] for record in choose([long, *records], limit=4)) == ["0", "2", "5", "7"]


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
