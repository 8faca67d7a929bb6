"""/stats: a week and a block in words, page by page; and the sets as a table."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest

from bot.bot_api import Shown
from bot.views.statistics import bar
from storage.database import Database
from storage.set_table import COLUMNS, csv_of
from tests.bot.conftest import Chat
from tests.storage.test_statistics import begin_mesocycle

DOCUMENTED = Path(__file__).parents[2] / "docs" / "export.md"


@pytest.mark.parametrize(
    ("value", "most", "expected"),
    [
        (0, 12, "        "),
        (12, 12, "████████"),
        (6, 12, "████    "),
        (Decimal("0.01"), 12, "▏       "),  # what is not nothing is seen
        (Decimal("10.5"), 12, "███████ "),
        (1, 12, "▋       "),
        (0, 0, "        "),
    ],
)
def test_bars(value: int | Decimal, most: int, expected: str) -> None:
    assert bar(Decimal(value), Decimal(most)) == expected


async def train(chat: Chat, day: str, *lines: str) -> None:
    await chat.at(f"{day}T18:00")
    await chat.say("\n".join(lines))
    await chat.at(f"{day}T19:00")
    await chat.say("/done")


async def test_nothing_yet(chat: Chat) -> None:
    (shown,) = await chat.say("/stats")
    assert shown.text.startswith("Nothing to count yet")


async def test_this_week_and_the_one_before(chat: Chat) -> None:
    await train(chat, "2026-11-10", "bench 80x8, 8", "squat 100x5")
    await train(chat, "2026-11-17", "bench warmup 40x10", "bench 80x8, 8, 7")
    await chat.at("2026-11-21T12:00")
    (shown,) = await chat.say("/stats")
    lines = shown.text.splitlines()
    assert lines[0] == "📊 This week · 16 – 22 Nov"
    assert lines[1].startswith("1 session · ")
    assert "3 hard sets" in lines[1]
    assert "1,840 kg" in lines[1]
    assert lines[2].startswith("The week before: 1 session")
    assert "🔥 2 weeks in a row" in shown.text
    assert re.search(r"Chest +████████ +3 +1,840", shown.text)
    assert re.search(r"Triceps +████ +1\.5$", shown.text, re.MULTILINE)
    assert "Barbell Back Squat: 116.7 kg (100 kg × 5)" in shown.text
    assert "<pre>" in shown.markup


async def test_pages_weeks_and_blocks(chat: Chat) -> None:
    await train(chat, "2026-11-10", "bench 80x8")
    await train(chat, "2026-11-17", "bench 80x8")
    await chat.at("2026-11-21T12:00")
    await chat.say("/stats")
    await chat.press("‹ Earlier")
    assert chat.last.is_edit
    assert chat.last.text.startswith("📊 Week of 9 – 15 Nov")
    await chat.press("Later ›")
    assert chat.last.text.startswith("📊 This week")
    await chat.press("Blocks")
    assert chat.last.text.startswith("📊 4 weeks · 26 Oct – 22 Nov")
    assert "2 sessions" in chat.last.text
    assert "a week" in chat.last.text
    await chat.press("‹ Earlier")
    assert chat.last.text.startswith("📊 4 weeks · 28 Sep – 25 Oct")
    assert "No sets in this time." in chat.last.text
    await chat.press("Weeks")
    await chat.press("🖼 As a picture")
    assert chat.last.method == "sendPhoto"


async def test_pounds_stay_pounds(chat: Chat) -> None:
    await chat.say("/units")
    await chat.press(2)
    await train(chat, "2026-11-17", "bench 225x5")
    (shown,) = await chat.say("/stats")
    assert "1,125 lb" in shown.text
    assert "262.5 lb (225 lb × 5)" in shown.text
    assert "lb moved" in shown.text


async def test_the_users_week_is_that_of_the_users_clock(chat: Chat, database: Database, telegram_id: int) -> None:
    """Sunday night in New York is Monday in UTC, and yet last week's."""
    await chat.say("/start")
    async with database.begin(telegram_id=telegram_id) as work:
        await work.users.set_timezone("America/New_York")
    await chat.at("2026-11-16T02:00:00+00:00")
    await chat.say("bench 80x8")
    await chat.at("2026-11-17T18:00:00+00:00")
    (shown,) = await chat.say("/stats")
    assert "No sets in this time." in shown.text
    assert "The week before: 1 session" in shown.text


async def test_a_mesocycle_is_the_newest_block_and_is_looked_back_on(
    chat: Chat, database: Database, telegram_id: int
) -> None:
    await chat.say("/start")
    async with database.begin(telegram_id=telegram_id) as work:
        await begin_mesocycle(work)
    await chat.at("2026-11-18T12:00")
    await chat.say("/stats")
    await chat.press("Blocks")
    assert chat.last.text.startswith("📊 Winter · week 1 of 4, 9 – 22 Nov")
    await chat.press("Feedback and sets")
    lines = chat.last.text.splitlines()
    assert lines[0] == "Winter: what you said, and your sets the week after"
    assert lines[1] == "Week 1 · Chest: sore 0, pump 2, hard 1 · 3 → 4 sets"
    assert "Week 1 · Quads: sore 3, hard 3 · 3 → 2 sets" in lines
    assert "Chest, sore 0, pump 2, hard 1: 4 sets on average (once)" in lines
    assert "Barbell Bench Press: 3 sets, 101.3 kg" in lines
    await chat.press("‹ Back")
    await chat.press("‹ Earlier")
    assert chat.last.text.startswith("📊 4 weeks · 12 Oct – 8 Nov")
    await chat.press("Weeks")
    await chat.press("🖼 Planned and done")
    assert chat.last.method == "sendPhoto"


# ------------------------------------------------------------------ the table


def table(shown: Shown) -> list[dict[str, str]]:
    assert shown.path is not None
    return list(csv.DictReader(io.StringIO(shown.path.read_text(encoding="utf-8"))))


async def test_the_sets_as_a_table(chat: Chat) -> None:
    (none,) = await chat.say("/export csv")
    assert none.text == "There are no sets to export yet."
    await train(chat, "2026-11-17", "bench 225lb x5 rpe 8", "pull ups 10", "plank 60s")
    (shown,) = await chat.say("/export csv")
    assert str(shown.path).endswith(".csv")
    bench, pull_up, plank = table(shown)
    assert tuple(bench) == COLUMNS
    assert bench["date"] == "2026-11-17"
    assert bench["performed_at"] == "2026-11-17T18:00:00+00:00"
    assert (bench["weekday"], bench["iso_week"]) == ("2", "2026-W47")
    assert (bench["exercise"], bench["exercise_key"]) == ("Barbell Bench Press", "barbell-bench-press")
    assert (bench["muscle_group"], bench["secondary_muscle_groups"]) == ("chest", "triceps|shoulders")
    assert (bench["weight_kg"], bench["typed_weight"], bench["typed_unit"]) == ("102.06", "225", "lb")
    assert (bench["reps"], bench["rpe"], bench["rir"]) == ("5", "8", "2")
    assert (bench["volume_kg"], bench["e1rm_kg"]) == ("510.3", "119.07")
    assert (pull_up["reps"], pull_up["weight_kg"], pull_up["e1rm_kg"]) == ("10", "", "")
    assert (plank["seconds"], plank["reps"]) == ("60", "")


async def test_json_is_what_export_alone_gives_and_each_offers_the_other(chat: Chat) -> None:
    await train(chat, "2026-11-17", "bench 80x8")
    (shown,) = await chat.say("/export")
    assert str(shown.path).endswith(".json")
    await chat.press("Sets as a CSV table")
    assert str(chat.last.path).endswith(".csv")
    await chat.press("Everything as JSON")
    assert str(chat.last.path).endswith(".json")


async def test_no_cell_is_a_formula(chat: Chat, database: Database, telegram_id: int) -> None:
    await train(chat, "2026-11-17", "bench 80x8")
    evil = ['=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(A1)", "\t=1", 'quoted, "and"\nbroken']
    async with database.begin(telegram_id=telegram_id) as work:
        newest = await work.sets.newest()
        assert newest is not None
        for note in evil:
            newest = next(
                one
                for one in (await work.sets.amend(newest.id, newest.version, notes=note)).sets
                if one.id == newest.id
            )
            text = "".join([piece async for piece in csv_of(work)])
            (row,) = csv.DictReader(io.StringIO(text))
            assert row["notes"].lstrip("'") == note
            assert not row["notes"].startswith(("=", "+", "-", "@", "\t"))


async def test_a_long_history_comes_in_pieces(database: Database, telegram_id: int) -> None:
    from storage.drafts import SetDraft
    from tests.storage.test_statistics import BENCH, MONDAY, log

    async with database.begin(telegram_id=telegram_id) as work:
        await log(work, MONDAY, [SetDraft(BENCH, number % 12 + 1, Decimal(80)) for number in range(1200)])
        pieces = [piece async for piece in csv_of(work)]
    assert [piece.count("\n") for piece in pieces] == [1, 500, 500, 200]


async def test_the_table_shows_nothing_of_somebody_else(
    database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    from tests.storage.everything import make_everything

    await make_everything(database, other_telegram_id)
    async with database.begin(telegram_id=telegram_id) as work:
        assert [piece async for piece in csv_of(work)] == [",".join(COLUMNS) + "\n"]
    async with database.begin(telegram_id=other_telegram_id) as work:
        (row,) = csv.DictReader(io.StringIO("".join([piece async for piece in csv_of(work)])))
    assert (row["planned_sets"], row["planned_reps_min"], row["soreness"], row["pump"]) == ("3", "5", "1", "")


def test_every_column_is_documented() -> None:
    documented = re.findall(
        r"^\| `(\w+)`", DOCUMENTED.read_text(encoding="utf-8").partition("## The table")[2], re.MULTILINE
    )
    assert documented == list(COLUMNS)


async def test_pounds_are_summed_up_without_a_trace_of_kilograms(chat: Chat) -> None:
    """135.5 lb are stored as 61.46 kg, a bit less: nine repetitions of it would be 1,219.46 lb."""
    await chat.say("/units")
    await chat.press("Pounds (lb)")
    await chat.say("bench 135.5x3, 135.5x3, 135.5x3")
    assert "1,220 lb in all" in (await chat.say("/done"))[0].text
    (shown,) = await chat.say("/records bench")
    assert "best set 407 lb" in shown.text
    assert "best session 1,220 lb" in shown.text
    await chat.say("bench 135.5x3, 135.5x3, 135.5x3")
    (shown,) = await chat.say("/done")
    assert "🏆" not in shown.text, "the same again is no record"
    await chat.say("bench 45x10x10")
    await chat.say("/done")
    await chat.say("/undo")
    assert "best session 1,220 lb" in (await chat.say("/records bench"))[0].text
    assert "2,439 lb" in (await chat.say("/stats"))[0].text
