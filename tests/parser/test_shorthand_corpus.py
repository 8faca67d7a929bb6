"""The committed texts are read as they were when they were last looked at, and sure readings are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from parser.scoring import figures_of, load_corpus, score_records

CORPUS = Path(__file__).parents[1] / "corpus"
FILES = ("logs.jsonl", "programs.jsonl", "talk.jsonl", "adversarial.jsonl")


@pytest.fixture(scope="module")
def records() -> list[dict[str, object]]:
    return [record for name in FILES for record in load_corpus(CORPUS / name)]


def test_there_are_enough_texts_in_six_languages(records: list[dict[str, object]]) -> None:
    assert len(records) >= 250
    assert {record["lang"] for record in records} >= {"en", "ru", "es", "de", "pt", "fr"}
    assert len({record["id"] for record in records}) == len(records)


def test_texts_are_read(records: list[dict[str, object]]) -> None:
    score = score_records(records)
    figures = figures_of(score)
    assert figures["exact"] >= 0.97, score.wrong
    assert figures["texts_exact"] >= 0.94, score.wrong
    assert figures["kind"] >= 0.98, score.wrong


def test_what_is_called_sure_is_right(records: list[dict[str, object]]) -> None:
    figures = figures_of(score_records(records))
    assert figures["high_exact"] >= 0.985
    assert figures["high_share"] >= 0.85
    assert figures["invented_high"] == 0


@pytest.mark.parametrize("name", ["talk.jsonl"])
def test_talk_stays_talk(name: str) -> None:
    figures = figures_of(score_records(load_corpus(CORPUS / name)))
    assert figures["kind"] == 1
