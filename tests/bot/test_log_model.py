"""A model reads what shorthand could not read of a log: the answer is there at once and is edited when it is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storage.database import Database
from tests.bot.stored import exported, stored
from tests.bot.test_programs_model import model_chat
from tests.fake_openai import answer, exercise, fails, group, says

UNCLEAR = "bench 80x8\nmanaged 5 heavy ones with a hundred twenty squatting"


def heard(line: int, words: str, name: str, amount: int, load: int) -> dict[str, Any]:
    return answer(exercise(line, words, group(1, amount, load), english=name))


async def test_what_is_sure_is_stored_before_the_model_has_answered(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = says(heard(2, "squatting", "Back Squat", 5, 120))
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, said) as (chat, server):
        first, *later = await chat.say(UNCLEAR)
        assert "Barbell Bench Press · set 1: 80 kg × 8" in first.text
        assert "⏳" in first.text
        assert all("⏳" not in shown.text for shown in later[-1:])
        assert server.requests
        assert await stored(chat) == [
            ("Barbell Bench Press", [(80, "kg", 8)]),
            ("Barbell Back Squat", [(120, "kg", 5)]),
        ], "nothing is stored twice"
        (kept,) = (await exported(chat))["imports"]
        assert (kept["status"], kept["model"]) == ("saved", "fake")


async def test_a_text_that_only_the_model_can_read_is_never_stored_as_sure(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = says(heard(1, "bench", "Bench Press", 8, 80))
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, said) as (chat, _):
        shown = await chat.say("on bench it was 80 and eight of those")
        assert "Barbell Bench Press" in shown[-1].text
        levels = {
            one["confidence_level"]
            for session in (await exported(chat))["sessions"]
            for entry in session["exercises"]
            for one in entry["sets"]
        }
        assert "high" not in levels


async def test_without_its_help_the_rest_stands_as_it_is(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, fails(500)) as (chat, _):
        first, edited = await chat.say(UNCLEAR)
        assert (edited.is_edit, edited.message_id) == (True, first.message_id)
        assert "⏳" not in edited.text
        assert "Barbell Bench Press · set 1: 80 kg × 8" in edited.text
        (kept,) = (await exported(chat))["imports"]
        assert (kept["status"], kept["raw_text"]) == ("saved", UNCLEAR)


async def test_what_was_taken_back_meanwhile_stays_taken_back(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = says(heard(2, "squatting", "Back Squat", 5, 120))
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, said) as (chat, _):
        await chat.say(UNCLEAR)
        await chat.say("/undo")
        assert await stored(chat) == []
