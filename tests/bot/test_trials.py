"""What real people did with the bot, and what it then said that was wrong, unclear or missing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.bot_api import Shown
from tests.bot.conftest import Chat
from tests.bot.stored import exported

WAVES = """\
5/3/1 my way

Week 1
Day 1 Squat
Squat 65%x5, 75%x5, 85%x5+ of TM
Leg press 5x10
Day 2 Bench
Bench press 65%x5, 75%x5, 85%x5+ of TM

Week 2
Day 1 Squat
Squat 70%x3, 80%x3, 90%x3+ of TM
Leg press 5x10
Day 2 Bench
Bench press 70%x3, 80%x3, 90%x3+ of TM"""
BODY = """\
My bodyweight

Day A
Pull-ups 3x8
Ring rows 2x10
Day B
Pistol squats 3x5"""


async def settle(chat: Chat, unit: int = 1, at: str = "2026-12-01T18:00") -> None:
    await chat.at(at)
    await chat.say("/start")
    await chat.press(unit)
    await chat.press(1)


async def begin(chat: Chat, program: str, unit: int = 1) -> None:
    await settle(chat, unit)
    await chat.say(program)
    await chat.press("✅ Save")
    await chat.say("/today")
    await chat.press("▶️ Start this workout")


def said(shown: Sequence[Shown]) -> str:
    return "\n".join(one.text for one in shown)


async def test_start_tells_the_main_ways_in_a_few_lines(chat: Chat) -> None:
    await settle(chat)
    assert all(way in chat.last.text for way in ("60x10", "/plans", "/today", "/level", "/stats", "/help"))
    assert len(chat.last.text.splitlines()) <= 8


async def test_every_command_is_told_in_the_same_style(chat: Chat) -> None:
    (shown,) = await chat.say("/help")
    told = [line.partition(": ")[2] for line in shown.text.splitlines() if line.startswith("/")]
    assert len(told) > 20
    assert [one for one in told if not one or (one[0].isupper() and not one.startswith("I "))] == []


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("5/3/1 my way\n\nDay 1\nSquat 3x5\nDay 2\nBench 3x5", "5/3/1 my way"),
        ("Upper and lower\n\nUpper\nBench 3x8\n\nLower\nSquat 3x6", "Upper and lower"),
        ("Barbell program\n\nDay 1 Upper\nBench 3x8\nDay 2 Lower\nSquat 3x6", "Barbell program"),
        ("Week 1\n\nPush\nBench 3x8\n\nPull\nBarbell row 3x6", None),
        ("Push\n\nBench 3x8\n\nPull\n\nBarbell row 3x6", "Push / Pull"),
    ],
)
async def test_the_line_above_a_program_is_its_title(chat: Chat, head: str, title: str | None) -> None:
    await settle(chat)
    (preview,) = await chat.say(head)
    first = preview.text.splitlines()[0]
    assert first == f"📋 {title}" if title else "Week 1" not in first


async def test_all_sets_left_are_checked_off_in_words(chat: Chat) -> None:
    await begin(chat, BODY)
    (_, logged) = await chat.say("✓ all")
    assert logged.text.splitlines()[0] == "Pull-up · sets 1–3: 8, 8, 8 reps"
    assert chat.last.buttons[0] == ["✓ 10 reps", "✓ both"]
    (_, logged) = await chat.say("all done")
    assert logged.text.splitlines()[0] == "Ring Row · sets 1–2: 10, 10 reps"


async def test_the_card_names_its_exercise_after_something_else_was_logged(chat: Chat) -> None:
    await begin(chat, BODY)
    await chat.say("dips 12 10")
    assert "1/2 Pull-up: 3×8" in chat.last.text


async def test_checks_and_skips_without_a_workout_say_that_none_is_going_on(chat: Chat) -> None:
    await settle(chat)
    for word in ("✓", "skip", "skip it"):
        assert said(await chat.say(word)) == "No workout is going on. /today begins one."


async def test_figures_that_mean_nothing_yet_are_repeated_in_the_question(chat: Chat) -> None:
    await settle(chat)
    assert said(await chat.say("45 45 40")).startswith("45 45 40 of which exercise?")


async def test_percents_stand_in_brackets_behind_their_load(chat: Chat) -> None:
    await settle(chat, 2)
    await chat.say("/tm squat 315")
    await chat.say(WAVES)
    await chat.press("✅ Save")
    (today,) = await chat.say("/today")
    assert "• Barbell Back Squat: 5 @ 205 lb (65%), 5 @ 235 lb (75%), 5+ @ 270 lb (85%)" in today.text


async def test_progression_tells_of_the_week_that_comes(chat: Chat) -> None:
    await settle(chat, 2)
    await chat.say("/tm squat 315")
    await chat.say(WAVES)
    await chat.press("✅ Save")
    await chat.say("/today")
    await chat.press("▶️ Start this workout")
    for figures in ("✓", "✓", "270x8"):
        await chat.say(figures)
    await chat.say("/done")
    assert "→ 220 / 250 / 285 lb" in said(await chat.say("/progression"))
    assert "Next time (Week 2 Day 1 Squat): 3 @ 220 lb, 3 @ 250 lb, 3+ @ 285 lb" in said(
        await chat.say("/progression squat")
    )


async def test_a_load_that_nobody_lifts_is_refused_as_that(chat: Chat) -> None:
    await settle(chat)
    assert said(await chat.say("/tm squat 9999")).startswith("Nobody lifts that")
    assert said(await chat.say("/next bench 5000 lb")).startswith("Nobody lifts that")


async def test_a_workout_skipped_after_another_on_the_same_day_does_not_come_again(chat: Chat) -> None:
    await begin(chat, "Three days\n\nPush\nBench 3x8 @ 60kg\n\nPull\nBarbell row 3x8\n\nLegs\nSquat 3x8")
    await chat.say("✓ all")
    await chat.say("/done")
    assert "Skipped Pull" in said(await chat.say("/skip"))
    (today,) = await chat.say("/today")
    assert today.text.startswith("📅 Legs")


async def test_a_planned_workout_skipped_on_the_day_of_another_does_not_come_again(chat: Chat) -> None:
    await settle(chat)
    await chat.say("Three days\n\nPush\nBench 3x8 @ 60kg\n\nPull\nBarbell row 3x8\n\nLegs\nSquat 3x8")
    await chat.press("✅ Save")
    await chat.say("/plan today")
    await chat.say("/today")
    await chat.press("🔀 Another")
    await chat.press("Legs")
    await chat.press("▶️ Start this workout")
    await chat.say("100 8 8 8")
    await chat.say("/done")
    assert "Skipped Push" in said(await chat.say("/skip"))
    (today,) = await chat.say("/today")
    assert today.text.startswith("📅 Pull")


async def test_going_on_after_the_last_exercise_says_that_it_was_the_last(chat: Chat) -> None:
    await begin(chat, "One day\n\nPush\nBench 3x8 @ 60kg")
    await chat.say("✓ all")
    assert said(await chat.say("next")) == "💪 That was the last exercise. /done sums it up."


async def test_a_note_in_a_free_session_is_kept(chat: Chat) -> None:
    await settle(chat)
    await chat.say("bench 80x8")
    assert said(await chat.say("note: felt good")) == "📝 Noted: felt good"
    sessions = (await exported(chat))["sessions"]
    assert [one["notes"] for one in sessions] == ["felt good"]


async def test_a_number_after_a_hold_is_a_time_and_after_a_distance_no_set(chat: Chat) -> None:
    await settle(chat)
    await chat.say("plank 60s")
    assert said(await chat.say("50")) == "Plank · set 2: 50 s"
    assert said(await chat.say("+5")) == "Plank · set 3: 55 s"
    await chat.say("run 5km 25:00")
    await chat.say("22.5")
    sets = [one for entry in (await exported(chat))["sessions"][0]["exercises"] for one in entry["sets"]]
    assert [one["weight"] for one in sets if one["weight"] is not None] == []


async def test_pounds_are_summed_up_as_they_were_typed(chat: Chat) -> None:
    await settle(chat, 2)
    await chat.say("barbell row 135 lb 10 10 10 10 10")
    assert "5 sets · 6,750 lb in all" in said(await chat.say("/done"))
    assert "6,750 lb" in said(await chat.say("/stats"))
    assert "6,750 lb" in said(await chat.say("/history"))


async def test_a_set_typed_instead_of_a_place_is_logged(chat: Chat) -> None:
    await settle(chat)
    await chat.say("/settings")
    await chat.press("Time zone")
    assert said(await chat.say("bench 70x5")) == "Barbell Bench Press · set 1: 70 kg × 5"
    assert "UTC+3, where it is 21:0" in said(await chat.say("UTC+3"))


async def test_today_reminds_of_a_program_that_was_not_saved(chat: Chat) -> None:
    await settle(chat)
    await chat.say(BODY)
    assert said(await chat.say("/today")).startswith("My bodyweight is not saved yet")


async def test_a_restored_plan_is_the_current_one_again(chat: Chat) -> None:
    await settle(chat)
    await chat.say(BODY)
    for button in ("✅ Save", "📖 Open", "🗑 Delete", "↩️ Restore"):
        await chat.press(button)
    assert "This is your current plan" in chat.last.text
    assert "1 plan," in said(await chat.say("/privacy"))


async def test_copies_of_the_library_are_no_exercises_of_ones_own(chat: Chat) -> None:
    await settle(chat)
    await chat.say(BODY)
    await chat.press("✅ Save")
    assert "0 exercises of your own" in said(await chat.say("/privacy"))


async def test_a_free_session_ends_after_a_swap_was_made_and_taken_back(chat: Chat) -> None:
    await settle(chat)
    await chat.say("bench 80x8")
    await chat.say("/swap")
    await chat.press("Dumbbell Bench Press")
    await chat.press("↩️ Undo")
    assert said(await chat.say("/done")).startswith("✅ Session done")
    await chat.say("squat 80x8")
    await chat.say("/swap")
    await chat.press(1)
    assert said(await chat.say("/done")).startswith("✅ Session done")


async def test_one_number_more_than_sets_is_a_load_where_none_is_known_yet(chat: Chat) -> None:
    await begin(chat, "One day\n\nPull\nSingle-arm dumbbell row 3x8\nPull-ups 2x8")
    await chat.say("15 8 8 8")
    assert any("sets 1–3: 15 kg × 8, 8, 8" in text for text in chat.texts)
