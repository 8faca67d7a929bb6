"""A model reads what shorthand could not: the preview is there at once and is edited when the model is done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from storage.database import Database
from tests.bot.conftest import Chat, open_chat
from tests.bot.test_programs import newest_with_buttons, stored
from tests.fake_openai import Answer, Body, FakeOpenAI, answer, cuts_connection, exercise, fails, group, refuses, says

LOTS = "4 lots of 8 on the leg press"
PROGRAM = f"Plan\nDay 1\nbench 3x8\n{LOTS}\nblorb machine 3x8"
EXERCISE = exercise(4, "leg press", group(4, 8), english="Leg Press")
READ = answer(EXERCISE, kind="program")


@asynccontextmanager
async def model_chat(
    database: Database, telegram_id: int, files: Path, monkeypatch: pytest.MonkeyPatch, *answers: Answer, **limits: Any
) -> AsyncIterator[tuple[Chat, FakeOpenAI]]:
    """Put a person in front of a bot that has a model."""
    async with FakeOpenAI(*answers) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        monkeypatch.setenv("OPENAI_MODEL", "fake")
        monkeypatch.setenv("OPENAI_MAX_RETRIES", "0")
        async with open_chat(database, telegram_id, files, **limits) as chat:
            yield chat, server
            assert chat.conversation.app.metrics.failures() == 0


async def test_the_preview_is_there_at_once_and_is_edited_when_the_model_is_done(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, says(READ)) as (chat, server):
        first, edited = await chat.say(PROGRAM)
        assert "⏳ Reading the rest…" in first.text
        assert "🟡 Leg Press: 4, 8" in first.text
        assert edited.is_edit
        assert edited.message_id == first.message_id
        assert "⏳" not in edited.text
        assert "🔴 Leg Press: 4, 8" in edited.text, "the readers disagree, so the user is asked"
        assert len(server.requests) == 1
        (kept,) = (await stored(database, chat))["imports"]
        assert (kept["status"], kept["model"], kept["reader"]) == ("preview", "fake", "both")
        assert (kept["prompt_tokens"], kept["completion_tokens"]) == (100, 25)
        assert kept["latency_ms"] >= 0
        assert kept["error"] is None


async def test_where_two_readers_disagree_either_reading_is_one_tap_away(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, says(READ)) as (chat, _):
        await chat.say(PROGRAM)
        await chat.press(f"🔴 {LOTS}")
        (preview,) = await chat.press("Leg Press: 4x8")
        assert "• Leg Press: 4×8" in preview.text
        await chat.press("✅ Save")
        await chat.press("Save without them")
        _, press = (await stored(database, chat))["plans"][0]["workouts"][0]["prescriptions"]
        assert (press["sets"], press["reps_min"], press["raw_text"]) == (4, 8, LOTS)
        assert (press["confidence_level"], press["read_by"]) == ("high", "user")


@pytest.mark.parametrize(
    ("answer", "told", "reason"),
    [
        (refuses(), "would not read this", "refused"),
        (fails(500), "not to be had right now", "server_error"),
        (cuts_connection(), "not to be had right now", "unreachable"),
    ],
)
async def test_when_the_model_fails_what_shorthand_read_stays_and_it_can_be_tried_again(
    database: Database,
    telegram_id: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: Answer,
    told: str,
    reason: str,
) -> None:
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, answer, says(READ)) as (chat, _):
        _, failed = await chat.say(PROGRAM)
        assert told in failed.text
        assert "• Barbell Bench Press: 3×8" in failed.text
        assert "🟡 Leg Press: 4, 8" in failed.text
        (kept,) = (await stored(database, chat))["imports"]
        assert kept["error"].startswith(reason)
        waiting, edited = await chat.press("🔁 Try again")
        assert "⏳ Reading the rest…" in waiting.text
        assert "🔴 Leg Press: 4, 8" in edited.text
        (kept,) = (await stored(database, chat))["imports"]
        assert kept["error"] is None
        assert kept["completion_tokens"] >= 25


async def test_what_the_user_decided_while_the_model_was_reading_stays(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work: list[Chat] = []

    async def answer(request: web.Request, asked: Body) -> web.StreamResponse:
        (chat,) = at_work
        await press_without_waiting(chat, "🔴 blorb machine")
        await press_without_waiting(chat, "🚫 Leave out")
        return await says(READ)(request, asked)

    async with model_chat(database, telegram_id, tmp_path, monkeypatch, answer) as (chat, _):
        at_work.append(chat)
        await chat.say(PROGRAM)
        assert "🚫 blorb machine 3x8" in chat.last.text
        assert "🔴 Leg Press: 4, 8" in chat.last.text
        assert "⏳" not in chat.last.text


async def test_a_program_saved_while_the_model_was_reading_stays_as_it_was_saved(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work: list[Chat] = []

    async def answer(request: web.Request, asked: Body) -> web.StreamResponse:
        (chat,) = at_work
        await press_without_waiting(chat, "✅ Save")
        await press_without_waiting(chat, "Save without them")
        return await says(READ)(request, asked)

    async with model_chat(database, telegram_id, tmp_path, monkeypatch, answer) as (chat, _):
        at_work.append(chat)
        await chat.say(PROGRAM)
        assert chat.last.text.startswith("✅ Saved Plan: 1 workout, 2 exercises.")
        document = await stored(database, chat)
        (kept,) = document["imports"]
        assert (kept["status"], kept["completion_tokens"]) == ("saved", 25)
        assert len(document["plans"][0]["workouts"][0]["prescriptions"]) == 2


async def test_without_a_model_nothing_is_waited_for(chat: Chat, database: Database) -> None:
    (preview,) = await chat.say(PROGRAM)
    assert "⏳" not in preview.text
    (kept,) = (await stored(database, chat))["imports"]
    assert (kept["status"], kept["model"], kept["reader"]) == ("preview", None, "shorthand")


async def test_a_reading_that_a_crash_interrupted_is_taken_up_when_its_lease_has_run_out(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, fails(500), says(READ)) as (chat, server):
        await chat.say(PROGRAM)
        async with database.begin(telegram_id=telegram_id) as work:
            (row,) = await work.imports.recent()
            await work.imports.update(row.id, status="reading", attempts=0)
            claimed = await work.imports.claim(row.id, lease_seconds=3600)
            assert claimed is not None
        await chat.conversation.app.worker.settle()
        assert len(server.requests) == 1
        async with database.begin(telegram_id=telegram_id) as work:
            (row,) = await work.imports.recent()
            await work.imports.renew(row.id, row.lease_token, lease_seconds=-1)
        await chat.conversation.app.worker.settle()
        assert "🔴 Leg Press: 4, 8" in chat.last.text


async def press_without_waiting(chat: Chat, label: str) -> None:
    """Press a button while the model is at work: waiting for everything to settle would be waiting for the model."""
    conversation: Any = chat.conversation
    message = newest_with_buttons(conversation)
    (data,) = [button["callback_data"] for button in message.buttons if button["text"] == label]
    await conversation.app.delivery.deliver(conversation.api.press(conversation.person, message, data))
    await conversation.app.sender.sweep()


async def test_a_search_that_a_model_overtakes_still_finds_its_question(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work: list[Chat] = []

    async def answer(request: web.Request, asked: Body) -> web.StreamResponse:
        (chat,) = at_work
        await press_without_waiting(chat, "🔴 blorb machine")
        await press_without_waiting(chat, "🔎 Search")
        return await says(READ)(request, asked)

    async with model_chat(database, telegram_id, tmp_path, monkeypatch, answer) as (chat, _):
        at_work.append(chat)
        await chat.say(PROGRAM)
        at_work.clear()
        await chat.say("leg extension")
        await chat.press("Leg Extension")
        assert "• Leg Extension: 3×8" in "\n".join(chat.texts[-3:])


@pytest.mark.parametrize("has_answer", [True, False])
async def test_a_program_that_only_the_model_saw_is_previewed_where_the_answer_to_its_text_stands(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_answer: bool
) -> None:
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, says(READ)) as (chat, _):
        (answer,) = await chat.say("/help")
        async with database.begin(telegram_id=telegram_id) as work:
            row = await work.imports.receive(PROGRAM, chat_id=telegram_id)
            shown = await work.outbox.find_by_message(telegram_id, answer.message_id)
            draft = {"answer_id": str(shown.id)} if has_answer else None
            await work.imports.update(row.id, draft=draft)
        await chat.conversation.app.worker.settle()
        assert "🔴 Leg Press: 4, 8" in chat.last.text
        assert chat.last.is_edit is has_answer
        assert (chat.last.message_id == answer.message_id) is has_answer
        await chat.press("✅ Save")
        await chat.press("Save without them")
        assert len((await stored(database, chat))["plans"]) == 1
