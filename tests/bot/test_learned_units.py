"""The unit that a user has set right is learned for the exercise, and for nothing and nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from storage.database import Database
from tests.bot.conftest import Chat, open_chat
from tests.bot.stored import rows


async def typed(chat: Chat) -> list[tuple[Any, str | None]]:
    return [(one["typed_weight"], one["typed_unit"]) for one in await rows(chat)]


@pytest.mark.parametrize("correction", ["lbs", "in pounds", "80 lb not kg", "no, 80 lb", "not kg"])
async def test_a_unit_set_right_is_applied_next_time(chat: Chat, correction: str) -> None:
    await chat.say("cable row 80x8")
    await chat.say(correction)
    assert await typed(chat) == [(80, "lb")]
    (next_time,) = await chat.say("cable row 85x8")
    assert "85 lb" in next_time.text
    assert "🟡" not in next_time.text
    assert await typed(chat) == [(80, "lb"), (85, "lb")]


@pytest.mark.parametrize(("figures", "load"), [("85x7 lb", 85), ("85lb x 7", 85), ("85 lb 7 reps @9", 85)])
async def test_whole_figures_in_another_unit_teach_it(chat: Chat, figures: str, load: int) -> None:
    await chat.say("cable row 80x8")
    await chat.reply(figures)
    assert await typed(chat) == [(load, "lb")]
    await chat.say("cable row 90x8")
    assert (await typed(chat))[-1] == (90, "lb")
    await chat.say("/undo")
    await chat.say("/undo")
    await chat.say("cable row 90x8")
    assert await typed(chat) == [(80, "kg"), (90, "kg")]


async def test_figures_without_a_unit_keep_that_of_the_set_and_teach_none(chat: Chat) -> None:
    await chat.say("cable row 80lb x 8")
    await chat.reply("85x7")
    assert await typed(chat) == [(85, "lb")]
    await chat.say("cable row 90x8")
    assert (await typed(chat))[-1] == (90, "kg")


async def test_what_was_learned_outlives_the_bot(database: Database, telegram_id: int, tmp_path: Path) -> None:
    async with open_chat(database, telegram_id, tmp_path) as first:
        await first.say("cable row 80x8")
        await first.say("lbs")
    async with open_chat(database, telegram_id, tmp_path) as second:
        (next_time,) = await second.say("cable row 85x8")
        assert "85 lb" in next_time.text
        (listed,) = await second.say("/aliases")
        assert "Forget lb" in str(listed.buttons)
        assert await typed(second) == [(80, "lb"), (85, "lb")]


async def test_other_exercises_stay_in_the_users_unit(chat: Chat) -> None:
    await chat.say("cable row 80x8")
    await chat.say("lbs")
    await chat.say("bench 80x8")
    assert (await typed(chat))[-1] == (80, "kg")


async def test_a_stated_unit_counts_more_than_the_learned_one(chat: Chat) -> None:
    await chat.say("cable row 80x8")
    await chat.say("lbs")
    await chat.say("cable row 40kg x 8")
    assert (await typed(chat))[-1] == (40, "kg")


async def test_all_sets_of_a_line_are_set_right(chat: Chat) -> None:
    await chat.say("cable row 80x8, 85x8")
    await chat.say("lbs")
    assert await typed(chat) == [(80, "lb"), (85, "lb")]


async def test_a_correction_that_changes_no_unit_teaches_none(chat: Chat) -> None:
    await chat.say("cable row 80lb x 8")
    await chat.say("no, 85 lb")
    await chat.say("cable row 80x8")
    assert (await typed(chat))[-1] == (80, "kg")


async def test_taking_the_correction_back_takes_back_what_it_taught(chat: Chat) -> None:
    await chat.say("cable row 80x8")
    await chat.say("lbs")
    await chat.say("/undo")
    await chat.say("cable row 85x8")
    assert await typed(chat) == [(80, "kg"), (85, "kg")]


async def test_learned_units_are_listed_and_forgotten(chat: Chat) -> None:
    await chat.say("cable row 80x8")
    await chat.say("lbs")
    (listed,) = await chat.say("/aliases")
    assert "without a unit is in lb" in listed.text
    (button,) = [one for row in listed.buttons for one in row if one.startswith("Forget lb")]
    (left,) = await chat.press(button)
    assert "not learned anything" in left.text
    await chat.say("cable row 85x8")
    assert (await typed(chat))[-1] == (85, "kg")


async def test_the_order_of_three_numbers_is_listed_and_forgotten(chat: Chat) -> None:
    await chat.say("db curls 10x10x3 done")
    await chat.press("3 kg × 10 (10 sets)")
    (listed,) = await chat.say("/aliases")
    assert "sets × reps × weight" in listed.text
    (left,) = await chat.press("Forget the three numbers")
    assert "not learned anything" in left.text
    (asked,) = await chat.say("hammer curls 12x12x4 done")
    assert "which way round" in asked.text


async def test_learned_units_are_nobody_elses(chat: Chat, other_telegram_id: int) -> None:
    await chat.say("cable row 80x8")
    await chat.say("lbs")
    await chat.enter(f"@@user {other_telegram_id}")
    (theirs,) = await chat.say("cable row 80x8")
    assert "80 kg" in theirs.text
