"""Sessions open and close by themselves, and are looked back on: /done, /history, /records."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Chat
from tests.bot.stored import exported, stored, texts


async def sessions(chat: Chat) -> list[tuple[str, str]]:
    return [(one["session_date"], one["status"]) for one in (await exported(chat))["sessions"]]


async def test_done_sums_up_the_session_against_last_time(chat: Chat) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say("bench 80x8, 80x8")
    await chat.at("2026-11-02T18:30")
    (first,) = await chat.say("/done")
    assert first.text.splitlines() == [
        "✅ Session done",
        "⏱ 30 min · 2 sets · 1,280 kg in all",
        "Barbell Bench Press: 80 kg × 8, 8",
    ]
    await chat.at("2026-11-04T18:00")
    await chat.say("bench 82.5x8, 80x8")
    await chat.say("plank 1:00")
    (second,) = await chat.say("/done")
    assert second.text.splitlines() == [
        "✅ Session done",
        "3 sets · 1,300 kg in all",
        "Barbell Bench Press: 82.5 kg × 8, 80 kg × 8",
        "   last time 80 kg × 8, 8 (+20 kg)",
        "   🏆 heaviest yet, 82.5 kg 🏆 e1RM 104.5 kg 🏆 best set, 660 kg 🏆 best session, 1,300 kg",
        "Plank: 1:00",
    ]


async def test_three_quiet_hours_close_a_session_as_of_its_last_set(chat: Chat) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say("bench 80x8")
    await chat.at("2026-11-02T18:20")
    await chat.say("80x8")
    assert await chat.at("2026-11-02T21:19") == []
    (closed,) = await chat.at("2026-11-02T21:20")
    assert closed.text.splitlines()[:2] == [
        "💤 Three quiet hours, so I closed your session",
        "⏱ 20 min · 2 sets · 1,280 kg in all",
    ]
    (session,) = (await exported(chat))["sessions"]
    assert session["completed_at"].startswith("2026-11-02T18:20")


async def test_the_next_set_opens_a_session_of_its_own(chat: Chat) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say("bench 80x8")
    await chat.at("2026-11-03T07:00")
    assert texts(await chat.say("bench 80x8")) == ["Barbell Bench Press · set 1: 80 kg × 8 (last time 80 kg × 8)"]
    assert await sessions(chat) == [("2026-11-02", "completed"), ("2026-11-03", "in_progress")]


async def test_a_session_runs_past_midnight(chat: Chat) -> None:
    await chat.at("2026-11-02T23:50")
    await chat.say("bench 80x8")
    await chat.at("2026-11-03T00:10")
    assert texts(await chat.say("80x8")) == ["Barbell Bench Press · set 2: 80 kg × 8"]
    assert await sessions(chat) == [("2026-11-02", "in_progress")]


async def test_the_day_is_the_users_own(chat: Chat) -> None:
    await chat.at("2026-11-02T23:30")
    await chat.say("/settings")
    await chat.press("Time zone")
    (settings,) = await chat.say("Berlin")
    assert "Time zone: Europe/Berlin, where it is 00:30 now" in settings.text
    await chat.say("bench 80x8")
    assert await sessions(chat) == [("2026-11-03", "in_progress")]


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("18:30", "UTC"),
        ("20:32", "UTC+2"),
        ("1:30 pm", "UTC-5"),
        ("0:02", "Asia/Kolkata"),
        ("8:30 pm", "UTC+2"),
        ("new york", "America/New_York"),
    ],
)
async def test_a_time_zone_is_a_place_or_the_time_on_a_watch(chat: Chat, said: str, zone: str) -> None:
    await chat.at("2026-11-02T18:30")
    await chat.say("/settings")
    await chat.press("Time zone")
    (settings,) = await chat.say(said)
    assert f"Time zone: {zone}," in settings.text


async def test_a_place_that_is_not_known_is_asked_again(chat: Chat) -> None:
    await chat.say("/settings")
    await chat.press("Time zone")
    (asked,) = await chat.say("Atlantis")
    assert "do not know that place" in asked.text
    assert "Europe/Berlin" in texts(await chat.say("berlin"))[0]


async def test_done_without_a_session_says_how_to_open_one(chat: Chat) -> None:
    (answer,) = await chat.say("/done")
    assert answer.text.startswith("No session is open.")


async def test_a_session_without_sets_leaves_no_trace(chat: Chat) -> None:
    await chat.say("bench 80x8")
    await chat.say("/undo")
    assert texts(await chat.say("/done"))[0].startswith("No session is open.")
    assert texts(await chat.say("/history"))[0].startswith("Nothing here yet.")


async def test_a_session_closed_too_early_goes_on(chat: Chat) -> None:
    await chat.say("bench 80x8")
    await chat.say("/done")
    await chat.press("↩️ Not done yet")
    assert texts(await chat.say("80x8")) == ["Barbell Bench Press · set 2: 80 kg × 8"]
    assert [status for _, status in await sessions(chat)] == ["in_progress"]


async def test_a_diary_goes_to_its_day(chat: Chat) -> None:
    await chat.at("2026-11-20T18:00")
    (answer,) = await chat.say("2026-11-02 push\nbench 60x10 (warmup), 80x5x2\nohp 50x8\nfelt good")
    assert answer.text.splitlines() == [
        "📅 Mon 2 Nov 2026",
        "Barbell Bench Press · sets 1–2: 60 kg × 10 (warm-up); 80 kg × 5, 5",
        "Overhead Press · set 1: 50 kg × 8",
    ]
    assert await sessions(chat) == [("2026-11-02", "completed")]
    assert texts(await chat.say("bench 80x5")) == ["Barbell Bench Press · set 1: 80 kg × 5 (last time 80 kg × 5)"]


async def test_several_days_in_one_text_become_several_sessions(chat: Chat) -> None:
    await chat.at("2026-11-20T18:00")
    said = "02.11.2026\nbench 80x5\nsquat 100x5\n\n04.11.2026\nbench 82.5x5\n06.11.2026 deadlift 140x5"
    shown = texts(await chat.say(said))
    assert [text.splitlines()[0] for text in shown] == ["📅 Mon 2 Nov 2026", "📅 Wed 4 Nov 2026", "📅 Fri 6 Nov 2026"]
    assert sorted(await sessions(chat)) == [(f"2026-11-0{day}", "completed") for day in (2, 4, 6)]


async def test_yesterday_is_the_day_before(chat: Chat) -> None:
    await chat.at("2026-11-20T18:00")
    (answer,) = await chat.say("yesterday squat 100x5")
    assert answer.text.startswith("📅 Thu 19 Nov 2026\n")


async def test_a_day_that_has_not_come_is_said_and_goes_under_today(chat: Chat) -> None:
    await chat.at("2026-11-20T18:00")
    (answer,) = await chat.say("2026-12-24 squat 100x5")
    assert "has not come yet" in answer.text
    assert await sessions(chat) == [("2026-11-20", "in_progress")]


async def test_history_lists_sessions_and_opens_one(chat: Chat) -> None:
    for day in range(1, 8):
        await chat.at(f"2026-11-0{day}T18:00")
        await chat.say(f"bench {80 + day}x5")
    (page,) = await chat.say("/history")
    assert page.text.splitlines()[:3] == ["1. Sat 7 Nov 2026", "1 set · 435 kg", "Barbell Bench Press"]
    assert page.buttons == [["1", "2", "3", "4", "5"], ["◀ Older"]]
    (older,) = await chat.press("◀ Older")
    assert older.text.splitlines()[0] == "1. Mon 2 Nov 2026"
    assert older.buttons == [["1", "2"], ["Newer ▶"]]
    (one,) = await chat.press("2")
    assert one.text.splitlines()[0] == "Sun 1 Nov 2026"
    assert "Barbell Bench Press: 81 kg × 5" in one.text
    (back,) = await chat.press("◀ Back")
    assert back.text == older.text


async def test_history_of_one_exercise_and_of_a_word_that_may_be_several(chat: Chat) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say("bench 80x8, 80x7")
    await chat.say("db bench 30x10")
    (bench,) = await chat.say("/history bench")
    assert bench.text == "Barbell Bench Press\n2 Nov 2026: 80 kg × 8, 7"
    assert bench.buttons == [["Dumbbell Bench Press"]], "only what was trained is offered"
    (other,) = await chat.press("Dumbbell Bench Press")
    assert other.text == "Dumbbell Bench Press\n2 Nov 2026: 30 kg × 10"
    (unknown,) = await chat.say("/history xyzzy <b>")
    assert "xyzzy <b>" in unknown.text


async def test_records_lead_to_related_exercises_where_the_named_one_has_none(chat: Chat) -> None:
    await chat.say("assisted dip -20kg x 8")
    (records,) = await chat.say("/records dips")
    assert records.text == "No sets of Dip yet."
    (shown,) = await chat.press("Assisted Dip")
    assert shown.text.startswith("Assisted Dip")
    (history,) = await chat.say("/history dips")
    assert [button for row in history.buttons for button in row] == ["Assisted Dip"]


async def test_records_are_listed_in_the_unit_they_were_made_in(chat: Chat) -> None:
    await chat.say("bench 225lb x 5")
    await chat.say("pull ups 12")
    await chat.say("plank 1:30")
    (records,) = await chat.say("/records")
    assert sorted(records.text.splitlines()) == [
        "🏆 Barbell Bench Press: heaviest 225 lb · e1RM 262.5 lb",
        "🏆 Plank: longest 1:30",
        "🏆 Pull-up: most reps 12",
    ]
    (bench,) = await chat.say("/records bench")
    assert "best set 1,125 lb: 225 lb × 5" in bench.text


async def test_units_are_shown_and_changed(chat: Chat) -> None:
    assert "kilograms" in texts(await chat.say("/units"))[0]
    assert "pounds" in texts(await chat.say("/units lbs"))[0]
    assert "kilograms" in texts(await chat.press("Kilograms (kg)"))[0]
    await chat.say("bench 80x8")
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 8)])]


async def test_settings_change_one_thing_at_a_time(chat: Chat) -> None:
    await chat.say("/settings")
    await chat.press("Three numbers")
    (settings,) = await chat.press("sets × reps × weight")
    assert "Three numbers such as 10x10x3: sets × reps × weight" in settings.text
    await chat.press("Language")
    (settings,) = await chat.press("Deutsch")
    assert "Language: Deutsch" in settings.text
    await chat.press("Pounds (lb)")
    assert "pounds (lb)" in chat.last.text


async def test_a_diary_that_is_sent_twice_is_not_logged_twice_without_asking(chat: Chat) -> None:
    diary = "2026-11-02\nbench 80x5\nsquat 100x5"
    await chat.say(diary)
    (asked,) = await chat.say(diary)
    assert "very same text" in asked.text
    (left,) = await chat.press("No, leave it")
    assert left.text == "All right, logged once."
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 5)]), ("Barbell Back Squat", [(100, "kg", 5)])]
    await chat.say(diary)
    (again,) = await chat.press("Log it again")
    assert "Barbell Bench Press · set 2: 80 kg × 5" in again.text


async def test_figures_without_a_name_belong_to_the_exercise_of_the_workout_under_way(chat: Chat) -> None:
    await chat.say("Push day\nbench 3x5 @ 100kg\nohp 3x8\n\nPull day\nrows 3x8")
    await chat.press("✅ Save")
    await chat.say("/today")
    await chat.press("▶️ Start this workout")
    _, logged = texts(await chat.say("100x5"))
    assert logged.startswith("Barbell Bench Press · set 1: 100 kg × 5")
