"""Limits of a user: the pace of messages, the length of texts, a model's share of a day. Nothing said is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.flood import CHARACTERS, Pace
from bot.usecases.diaries import cut_by_days
from bot.usecases.file_text import in_pieces
from bot.usecases.floods import KIND
from storage.database import Database
from tests.bot.conftest import Chat, open_chat
from tests.bot.stored import exported, stored
from tests.bot.test_log_model import UNCLEAR, heard
from tests.bot.test_programs_model import PROGRAM, READ, model_chat
from tests.fake_openai import says

# ------------------------------------------------------------------ the pace of messages


def test_the_last_minute_is_counted_and_long_texts_count_more() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert [pace.count(7, "bench") for _ in range(3)] == [1, 2, 3]
    assert pace.count(8, "x" * CHARACTERS * 2) == 3
    now[0] = 59.0
    assert pace.count(7, "bench") == 4
    now[0] = 60.0
    assert pace.count(7, "bench") == 2


async def test_a_flood_is_told_of_once_kept_and_read_at_a_press(
    database: Database, telegram_id: int, tmp_path: Path
) -> None:
    async with open_chat(database, telegram_id, tmp_path, messages_per_minute=5) as chat:
        for number in range(5):
            await chat.say(f"bench 80x{number + 1}")
        (told,) = await chat.say("squat 100x5")
        assert "kept" in told.text
        assert await chat.say("deadlift 120x3") == []
        assert await chat.say("/export") == []
        assert len(await stored(chat)) == 1, "nothing of the flood is read yet"
        await calm(chat)
        await chat.press("📖 Read them")
        assert dict(await stored(chat)) == {
            "Barbell Bench Press": [(80, "kg", n + 1) for n in range(5)],
            "Barbell Back Squat": [(100, "kg", 5)],
            "Barbell Deadlift": [(120, "kg", 3)],
        }
        again = next(one for one in chat.conversation.api.messages(telegram_id) if one.message_id == told.message_id)
        await chat.conversation._deliver(
            chat.conversation.api.press(chat.conversation.person, again, again.buttons[0]["callback_data"])
        )
        assert chat.last.text == "Nothing waits to be read."


async def calm(chat: Chat) -> None:
    """Let a minute pass, for the process and for the database, whose times are not those of the chat."""
    chat.conversation.app.delivery._pace._sent.clear()
    async with chat.conversation.app.database.begin(telegram_id=chat.conversation.person.id) as work:
        await work.session.execute(
            text("UPDATE processed_update SET processed_at = processed_at - interval '1 minute'")
        )


async def test_after_a_flood_the_first_message_reminds_of_what_is_kept(
    database: Database, telegram_id: int, tmp_path: Path
) -> None:
    async with open_chat(database, telegram_id, tmp_path, messages_per_minute=5) as chat:
        for _ in range(8):
            await chat.say("bench 80x8")
        await calm(chat)
        shown = await chat.say("squat 100x5")
        assert ["3 messages are kept that I have not read yet." in one.text for one in shown].count(True) == 1
        assert "Barbell Back Squat" in shown[-1].text
        assert len(await chat.say("squat 100x5")) == 1, "it is said once"
        kept = [row["raw_text"] for row in (await exported(chat))["imports"] if row["kind"] == KIND]
        assert kept == ["bench 80x8"] * 3


async def test_presses_that_come_too_fast_do_nothing_and_say_so(
    database: Database, telegram_id: int, tmp_path: Path
) -> None:
    async with open_chat(database, telegram_id, tmp_path, messages_per_minute=5) as chat:
        for _ in range(5):
            await chat.say("bench 80x8")
        (shown,) = await chat.press("↩️ Undo")
        assert shown.text.startswith("Too fast for me")
        assert len((await stored(chat))[0][1]) == 5
        assert chat.conversation.app.metrics.limited.labels("pace")._value.get() == 1


async def test_what_other_processes_took_counts_too(database: Database, telegram_id: int, tmp_path: Path) -> None:
    async with (
        open_chat(database, telegram_id, tmp_path, messages_per_minute=8) as first,
        open_chat(database, telegram_id, tmp_path, messages_per_minute=8) as second,
    ):
        said = [await (first, second)[number % 2].say("bench 80x8") for number in range(10)]
        assert [len(shown) for shown in said[:8]] == [1] * 8
        assert "kept" in said[8][0].text
        assert said[9] == []


# ------------------------------------------------------------------ long texts


async def test_a_paste_that_gets_too_long_is_read_in_pieces_and_no_line_is_cut(
    database: Database, telegram_id: int, tmp_path: Path
) -> None:
    lines = [f"bench {60 + number % 80}x{number % 9 + 1}" for number in range(900)]
    paste = "\n".join(lines)
    assert len(paste) > 2 * 4096
    async with open_chat(database, telegram_id, tmp_path, text_characters=5000) as chat:
        for at in range(0, len(paste), 4096):
            await chat.say(paste[at : at + 4096])
        assert any("in 2 pieces" in shown.text for shown in chat.seen)
        ((_, sets),) = await stored(chat)
        assert [(load, reps) for load, _, reps in sets] == [(60 + n % 80, n % 9 + 1) for n in range(900)]
        assert all(len(row["raw_text"]) <= 5000 for row in (await exported(chat))["imports"])


def test_pieces_end_before_a_day_and_carry_the_heading_of_their_table() -> None:
    rows = [f"2026-01-{day:02d},Bench Press,80,{n}" for day in range(1, 29) for n in range(1, 5)]
    pieces = in_pieces("\n".join(["Date,Exercise,Weight,Reps", *rows]), 1000, cut_by_days)
    assert len(pieces) > 2
    assert all(piece.startswith("Date,Exercise") and len(piece) <= 1000 for piece in pieces)
    assert [line for piece in pieces for line in piece.split("\n")[1:]] == rows
    days = [{line[:10] for line in piece.split("\n")[1:]} for piece in pieces]
    assert sum(map(len, days)) == 28, "no day is in two pieces"


@pytest.mark.parametrize("whole", ["x" * 5000, "\n" * 5000, "a\n\nb " * 2000, "🏋️" * 3000])
def test_pieces_of_anything_end(whole: str) -> None:
    pieces = in_pieces(whole, 1000, cut_by_days)
    assert all(len(piece) <= 1000 for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(whole.split())


# ------------------------------------------------------------------ a model's share of a day


async def test_past_the_days_share_shorthand_reads_alone_and_says_so(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = says(heard(2, "squatting", "Back Squat", 5, 120))
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, said, model_tokens_per_day=200) as (
        chat,
        server,
    ):
        for expected in (1, 2, 2):
            shown = await chat.say(UNCLEAR)
            assert len(server.requests) == expected
        assert "Tomorrow it reads again." in shown[-1].text
        assert "Barbell Bench Press · set" in shown[-1].text
        await chat.at("2099-01-01T12:00")
        kept = (await exported(chat))["imports"]
        assert [row["error"] for row in kept].count("daily_limit") == 1


async def test_a_program_past_the_days_share_is_previewed_without_the_model(
    database: Database, telegram_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with model_chat(database, telegram_id, tmp_path, monkeypatch, says(READ), model_requests_per_day=1) as (
        chat,
        server,
    ):
        await chat.say(PROGRAM)
        *_, edited = await chat.say(PROGRAM)
        assert len(server.requests) == 1
        assert "Tomorrow it reads again." in edited.text
        assert "• Barbell Bench Press: 3×8" in edited.text
