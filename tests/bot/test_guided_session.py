"""A workout trained exercise by exercise: cards, answers, rests, the end; and workouts set down for a day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from bot.answers import Answer
from bot.usecases import session_events
from storage.database import Database
from tests.bot.conftest import Chat, open_chat
from tests.bot.stored import exported, stored
from tests.bot.test_plans import labels
from tests.storage.everything import all_records

PLAN = """\
Two days
Push
Bench 3x6-8 @ 80kg rir 2 rest 3 min
Overhead press 2x8 @ 40kg
Plank 2x45s
Pull
Squat 1x5 @ 100kg 1x3 @ 110kg 1x1+ @ 120kg
Pull ups 3x8"""


async def begin(chat: Chat, plan: str = PLAN, at: str = "2026-12-01T18:00") -> None:
    await chat.say("/start")
    await chat.press(1)
    await chat.press(1)
    await chat.say(plan)
    await chat.press("✅ Save")
    await chat.at(at)
    await chat.say("/today")
    await chat.press("▶️ Start this workout")


async def test_a_workout_opens_with_the_card_of_its_first_exercise(chat: Chat) -> None:
    await begin(chat)
    lines = chat.last.text.splitlines()
    assert lines[:2] == ["🏋️ Push · Two days", "▶️ Barbell Bench Press: 3×6–8 @ 80 kg, 2 RIR"]
    assert "1/3 Barbell Bench Press: 3×6–8 @ 80 kg, 2 RIR · rest 3 min" in lines
    assert chat.last.buttons[0] == ["✓ 80 kg × 8", "✓ all 3"]
    entry = (await exported(chat))["sessions"][0]["exercises"][0]
    assert entry["planned_sets"][0]["target_weight_typed"] == "80"
    assert entry["planned_rest_time_seconds"] == 180


async def test_repetitions_alone_are_sets_at_the_planned_load_and_the_next_card_follows(chat: Chat) -> None:
    await begin(chat)
    before, logged = await chat.say("8 8 7")
    assert before.is_edit
    assert before.buttons == []
    lines = logged.text.splitlines()
    assert lines[:2] == ["Barbell Bench Press · sets 1–3: 80 kg × 8, 8, 7", "⏱ rest 3:00"]
    assert lines[3] == "2/3 Overhead Press: 2×8 @ 40 kg"
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", reps) for reps in (8, 8, 7)])]


async def test_a_load_before_the_repetitions_is_told_by_what_is_planned(chat: Chat) -> None:
    await begin(chat)
    await chat.say("82.5 8 8 7")
    await chat.say("42.5 8 8 @9")
    (_, bench), (_, press) = await stored(chat)
    assert bench == [(82.5, "kg", reps) for reps in (8, 8, 7)]
    assert press == [(42.5, "kg", 8)] * 2
    await chat.say("45s 0:40")
    rows = [one for entry in (await exported(chat))["sessions"][0]["exercises"] for one in entry["sets"]]
    assert [one["duration_seconds"] for one in rows[-2:]] == [45, 40]
    assert [one["rpe"] for one in rows[3:5]] == [None, 9]
    assert "That was the last exercise" in chat.last.text
    assert chat.last.buttons[0] == ["🏁 Finish"]


async def test_figures_that_may_mean_two_things_are_asked_about(chat: Chat) -> None:
    await begin(chat, "Arms\nDay 1\nCurls 3x20 @ 22.5kg\nDay 2\nRow 3x8")
    (asked,) = await chat.say("20 20 20")
    assert asked.buttons == [["22.5 kg × 20, 20, 20"], ["20 kg × 20, 20"]]
    assert await stored(chat) == []
    await chat.press(2)
    ((_, sets),) = await stored(chat)
    assert sets == [(20, "kg", 20)] * 2
    assert "Set 3 of 3: 20 @ 22.5 kg" in chat.last.text


@pytest.mark.parametrize("word", ["✓", "done", "OK", "👍"])
async def test_a_word_logs_the_next_set_as_prescribed(chat: Chat, word: str) -> None:
    await begin(chat)
    await chat.say(word)
    assert chat.last.text.startswith("Barbell Bench Press · set 1: 80 kg × 8\n⏱ rest 3:00")
    assert "Set 2 of 3: 6–8 @ 80 kg, 2 RIR" in chat.last.text


async def test_the_button_logs_once_and_an_old_one_logs_nothing(chat: Chat) -> None:
    await begin(chat)
    conversation = chat.conversation
    message = next(one for one in reversed(conversation.api.messages(conversation.person.id)) if one.keyboard)
    data, skip = message.buttons[0]["callback_data"], message.buttons[2]["callback_data"]
    for _ in range(2):
        await conversation.app.delivery.deliver(conversation.api.press(conversation.person, message, data))
        await conversation.app.worker.settle()
    assert chat.last.text == "That is done already."
    await conversation.app.delivery.deliver(conversation.api.press(conversation.person, message, skip))
    await conversation.app.worker.settle()
    assert "That has changed meanwhile. Nothing done." in chat.texts
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 8)])]
    await chat.press("✓ both")
    ((_, sets),) = await stored(chat)
    assert len(sets) == 3


async def test_without_a_load_it_asks_and_then_goes_on_with_the_one_that_was_told(chat: Chat) -> None:
    await begin(chat, "Plan\nDay 1\nRow 3x8\nDay 2\nCurls 3x10")
    assert not any(label.startswith("✓") for label in labels(chat))
    (asked,) = await chat.say("✓")
    assert "I do not know the load yet" in asked.text
    assert await stored(chat) == []
    await chat.say("60x8")
    await chat.press("✓ 60 kg × 8")
    await chat.say("7")
    assert await stored(chat) == [("Barbell Row", [(60, "kg", 8), (60, "kg", 8), (60, "kg", 7)])]


async def test_sets_that_differ_are_logged_each_as_prescribed(chat: Chat) -> None:
    await begin(chat)
    await chat.say("/done")
    await chat.at("2026-12-01T19:00")
    await chat.say("/today")
    await chat.press("🔀 Another")
    await chat.press("Pull")
    await chat.press("▶️ Start this workout")
    assert chat.last.buttons[0] == ["✓ 100 kg × 5"]
    await chat.say("✓")
    await chat.say("3")
    assert chat.last.buttons[0] == ["✓ 120 kg × 1"]
    await chat.say("4")
    squat, *_ = await stored(chat)
    assert squat == ("Barbell Back Squat", [(100, "kg", 5), (110, "kg", 3), (120, "kg", 4)])
    await chat.say("8 8 7")
    assert (await stored(chat))[1] == ("Pull-up", [(None, None, 8), (None, None, 8), (None, None, 7)])


async def test_something_unplanned_is_logged_besides_and_the_card_stays(chat: Chat) -> None:
    await begin(chat)
    await chat.say("8")
    await chat.say("leg press 150x12")
    assert chat.last.text.startswith("Leg Press · set 1: 150 kg × 12")
    assert "Set 2 of 3: 6–8 @ 80 kg, 2 RIR" in chat.last.text
    (asked,) = await chat.say("8")
    assert [row[0].split(":")[0] for row in asked.buttons] == ["Barbell Bench Press", "Leg Press"]
    await chat.press(1)
    assert await stored(chat) == [
        ("Barbell Bench Press", [(80, "kg", 8), (80, "kg", 8)]),
        ("Leg Press", [(150, "kg", 12)]),
    ]
    sessions = (await exported(chat))["sessions"]
    assert len(sessions) == 1


async def test_naming_a_later_exercise_moves_there_and_back_again(chat: Chat) -> None:
    await begin(chat)
    await chat.say("8")
    await chat.say("ohp 8")
    assert chat.last.text.startswith("Overhead Press · set 1: 40 kg × 8")
    assert "2/3 Overhead Press: 2×8 @ 40 kg" in chat.last.text
    await chat.say("8")
    assert "1/3 Barbell Bench Press: 3×6–8 @ 80 kg, 2 RIR" in chat.last.text
    assert "Set 2 of 3" in chat.last.text


async def test_same_after_the_last_set_of_an_exercise_asks_which_is_meant(chat: Chat) -> None:
    await begin(chat)
    await chat.say("8 8 8")
    (asked,) = await chat.say("same")
    assert asked.buttons == [["Overhead Press: 40 kg × 8"], ["Barbell Bench Press: 80 kg × 8"]]
    await chat.press(1)
    assert (await stored(chat))[1] == ("Overhead Press", [(40, "kg", 8)])
    await chat.say("+2.5")
    assert (await stored(chat))[1] == ("Overhead Press", [(40, "kg", 8), (42.5, "kg", 8)])


async def test_undoing_a_set_brings_its_card_back(chat: Chat) -> None:
    await begin(chat)
    await chat.say("8 8")
    await chat.say("7")
    assert "2/3 Overhead Press" in chat.last.text
    (shown,) = await chat.press("↩️ Undo")
    assert shown.text.startswith("↩️ Taken back:\nBarbell Bench Press: 80 kg × 7")
    assert "Set 3 of 3: 6–8 @ 80 kg, 2 RIR" in shown.text
    (back,) = await chat.press("↪️ Put it back")
    assert "2/3 Overhead Press" in back.text
    assert len((await stored(chat))[0][1]) == 3


async def test_an_edited_message_refreshes_the_card(chat: Chat) -> None:
    await begin(chat)
    await chat.say("80x8")
    (shown,) = await chat.edit("82.5x8, 8")
    assert shown.text.startswith("Barbell Bench Press · sets 1–2: 82.5 kg × 8, 8")
    assert "Set 3 of 3" in shown.text
    assert labels(chat)[0] == "✓ 80 kg × 8"


async def test_edited_figures_are_read_in_their_place(chat: Chat) -> None:
    await begin(chat)
    await chat.say("8 8 7")
    await chat.edit("8 8 6")
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", reps) for reps in (8, 8, 6)])]
    assert "2/3 Overhead Press" in chat.last.text
    await chat.say("ohp 8")
    await chat.edit("ohp 7")
    assert (await stored(chat))[1] == ("Overhead Press", [(40, "kg", 7)])


async def test_skipping_noting_adding_and_reordering(chat: Chat) -> None:
    await begin(chat)
    await chat.say("note: left shoulder clicks")
    assert chat.last.text.startswith("📝 Noted: left shoulder clicks")
    await chat.press("More…")
    await chat.press("🔀 Order")
    assert labels(chat)[:3] == ["Barbell Bench Press", "⬆️", "⬇️"]
    await chat.press(3)
    assert labels(chat)[0] == "Overhead Press"
    await chat.press("« Back")
    assert "2/3 Barbell Bench Press" in chat.last.text
    await chat.say("skip")
    assert chat.last.text.startswith("⏭ Barbell Bench Press skipped.")
    assert "1/3 Overhead Press" in chat.last.text
    await chat.press("More…")
    await chat.press("➕ Add exercise")
    await chat.say("leg press")
    assert "4/4 Leg Press" in chat.last.text
    await chat.say("150x10")
    await chat.press("⏭ Next")
    assert "1/4 Overhead Press" in chat.last.text
    await chat.press("More…")
    await chat.press("📝 Note for the day")
    await chat.say("slept badly")
    session = (await exported(chat))["sessions"][0]
    assert session["notes"] == "slept badly"
    assert [one["exercise"]["name"] for one in session["exercises"]] == [
        "Overhead Press",
        "Barbell Bench Press",
        "Plank",
        "Leg Press",
    ]
    assert session["exercises"][1]["notes"] == "left shoulder clicks"


async def test_the_end_of_a_rest_is_said_quietly_unless_the_next_set_came_first(chat: Chat) -> None:
    await begin(chat)
    await chat.say("8")
    (over,) = await chat.at("2026-12-01T18:04")
    assert over.text == "⏱ Rest over · set 2: 80 kg × 8"
    await chat.say("8")
    await chat.at("2026-12-01T18:05")
    await chat.say("8")
    await chat.say("8 8")
    assert await chat.at("2026-12-01T18:20") == []
    assert labels(chat)[0] == "✓ 45 s"


async def test_a_rest_that_is_long_over_is_not_spoken_of_and_it_can_be_turned_off(chat: Chat) -> None:
    await begin(chat)
    await chat.say("8")
    assert await chat.at("2026-12-01T18:30") == []
    await chat.say("8")
    (over,) = await chat.at("2026-12-01T18:34")
    assert over.buttons == [["🔕 No rest timer"]]
    await chat.press("🔕 No rest timer")
    await chat.say("8")
    assert "⏱ rest 3:00" in chat.last.text
    assert await chat.at("2026-12-01T18:40") == []
    (settings,) = await chat.say("/settings")
    assert "🔕 Rest timer" in [label for row in settings.buttons for label in row]
    await chat.press("🔕 Rest timer")
    assert "🔔 Rest timer" in labels(chat)


async def test_a_workout_goes_on_after_a_restart(database: Database, telegram_id: int, tmp_path: Path) -> None:
    async with open_chat(database, telegram_id, tmp_path) as chat:
        await begin(chat)
        await chat.say("8")
    async with open_chat(database, telegram_id, tmp_path) as chat:
        (over,) = await chat.at("2026-12-01T18:04")
        assert over.text == "⏱ Rest over · set 2: 80 kg × 8"
        await chat.say("8 7")
        assert chat.last.text.startswith("Barbell Bench Press · sets 2–3: 80 kg × 8, 7")
        assert "2/3 Overhead Press" in chat.last.text


async def test_the_end_tells_planned_against_actual_and_what_comes_next(chat: Chat) -> None:
    await begin(chat)
    await chat.say("8 8 8 rir 2")
    await chat.say("40x8")
    await chat.say("skip")
    before, summary = await chat.say("/done")
    assert before.buttons == []
    lines = summary.text.splitlines()
    assert lines[1].endswith("4 of 7 sets · 2,240 kg in all")
    assert "   asked 3×6–8 @ 80 kg, 2 RIR" in lines
    assert "Overhead Press, 1 of 2 sets: 40 kg × 8" in lines
    assert "○ Plank: not done (2×45 s)" in lines
    assert any(line.startswith("Hard sets: Chest 3") for line in lines)
    changes = lines[lines.index("Next time") + 1 :]
    assert changes[0].startswith("• Barbell Bench Press: 3×6–8 @ 82.5 kg, 2 RIR (")
    (session,) = (await exported(chat))["sessions"]
    assert [one["is_completed"] for one in session["exercises"]] == [True, False, False]


async def test_an_abandoned_workout_keeps_its_sets_and_comes_up_again(chat: Chat) -> None:
    await begin(chat)
    await chat.say("8")
    await chat.press("More…")
    await chat.press("🗑 Abandon")
    assert "The set you logged stays" in chat.last.text
    await chat.press("🗑 Abandon it")
    (today,) = await chat.say("/today")
    assert today.text.startswith("📅 Push")
    (history,) = await chat.say("/history")
    assert "Barbell Bench Press" in history.text
    assert [one["status"] for one in (await exported(chat))["sessions"]] == ["abandoned"]
    await press(chat, "🗑 Abandoned", "↩️ Go on after all")
    assert "Set 2 of 3: 6–8 @ 80 kg, 2 RIR" in chat.last.text
    await chat.say("8")
    assert [one["status"] for one in (await exported(chat))["sessions"]] == ["in_progress"]


async def test_pounds_stay_pounds(chat: Chat) -> None:
    await begin(chat, "Plan\nDay 1\nBench 2x5 @ 225 lb\nDay 2\nRow 3x8")
    await chat.say("/units lb")
    await chat.say("5")
    await chat.say("✓")
    assert await stored(chat) == [("Barbell Bench Press", [(225, "lb", 5), (225, "lb", 5)])]


async def test_two_hours_of_quiet_are_no_end_but_three_are(chat: Chat) -> None:
    await begin(chat)
    await chat.say("8")
    await chat.at("2026-12-01T20:00")
    await chat.say("8")
    closed = await chat.at("2026-12-01T23:30")
    assert closed[-1].text.startswith("💤")
    assert "2 of 7 sets" in closed[-1].text


async def press(chat: Chat, beginning: str, label: str) -> None:
    """Press a button of an earlier message."""
    conversation = chat.conversation
    messages = conversation.api.messages(conversation.person.id)
    message = next(one for one in reversed(messages) if (one.text or "").startswith(beginning))
    data = next(button["callback_data"] for button in message.buttons if button["text"] == label)
    await conversation.app.delivery.deliver(conversation.api.press(conversation.person, message, data))
    await conversation.app.worker.settle()


# ---------------------------------------------------------------------- workouts set down for a day


async def saved(chat: Chat) -> None:
    await chat.say("/start")
    await chat.press(1)
    await chat.press(1)
    await chat.say(PLAN)
    await chat.press("✅ Save")
    await chat.at("2026-11-25T12:00")  # a Wednesday


async def test_a_planned_workout_is_reminded_of_and_becomes_the_session(chat: Chat) -> None:
    await saved(chat)
    (planned,) = await chat.say("/plan fri 18:30")
    assert planned.text.splitlines() == ["📌 Push, Fri 27 Nov 2026, 18:30", "I remind you on the day."]
    (second,) = await chat.say("/plan 2026-12-01")
    assert second.text.startswith("📌 Pull, Tue 1 Dec 2026")
    (today,) = await chat.say("/today")
    assert today.text.startswith("📅 Push")
    assert "📌 Pull, Tue 1 Dec 2026" in today.text
    assert await chat.at("2026-11-27T17:00") == []
    (reminder,) = await chat.at("2026-11-27T17:31")
    assert reminder.text == "📌 Today at 18:30: Push"
    await chat.press("▶️ Do it now")
    assert "1/3 Barbell Bench Press" in chat.last.text
    sessions = (await exported(chat))["sessions"]
    assert sorted(str(one["status"]) for one in sessions) == ["in_progress", "planned"]
    await chat.say("8")
    await chat.say("/done")
    (today,) = await chat.say("/today")
    assert today.text.startswith("📅 Pull")
    (reminder,) = await chat.at("2026-12-01T08:00")
    assert reminder.text == "📌 Today: Pull"


async def test_a_missed_workout_is_shown_moved_and_skipped(chat: Chat) -> None:
    await saved(chat)
    await chat.say("/plan tomorrow")
    await chat.at("2026-11-28T09:00")
    missed, today = await chat.say("/today")
    assert missed.text == "🕳 Missed: Push, Thu 26 Nov 2026"
    assert today.text.startswith("📅 Push")
    await press(chat, "🕳 Missed", "🗓 Move")
    assert "Move it to which day?" in chat.last.text
    await press(chat, "Push is set for", "Tomorrow")
    assert chat.last.text.startswith("📌 Push, Sun 29 Nov 2026")
    await chat.at("2026-11-29T09:00")
    (skipped,) = await chat.say("/skip")
    assert skipped.text == "⏭ Skipped Push."
    (today,) = await chat.say("/today")
    assert today.text.startswith("📅 Pull")
    await chat.say("/skip")
    (undone,) = await chat.press("↩️ Undo")
    assert undone.text == "↩️ It is back."
    (today,) = await chat.say("/today")
    assert today.text.startswith("📅 Pull")


async def test_a_day_that_is_over_or_unknown_is_asked_again(chat: Chat) -> None:
    await saved(chat)
    assert "That day is over" in (await chat.say("/plan 2026-11-20"))[0].text
    assert "I do not know that day" in (await chat.say("/plan someday"))[0].text
    await chat.say("/plan")
    (planned,) = await chat.press("Tomorrow")
    assert planned.text.startswith("📌 Push, Thu 26 Nov 2026")
    await chat.press("🔀 Another")
    (other,) = await chat.press("Pull")
    assert other.text.startswith("📌 Pull, Thu 26 Nov 2026")
    (off,) = await chat.press("🗑 Take off")
    assert off.text == "🗑 Pull is off Thu 26 Nov 2026."
    await chat.say("/plan fri")
    await chat.say("/settings")
    await chat.press("🔔 Planned days")
    assert await chat.at("2026-11-27T09:00") == []
    await chat.at("2026-11-25T13:00")
    await chat.press("🔕 Planned days")
    (reminder,) = await chat.at("2026-11-27T09:00")
    assert reminder.text == "📌 Today: Push"


async def test_the_audit_tells_who_changed_what_in_an_old_set(chat: Chat, database: Database, telegram_id: int) -> None:
    await begin(chat)
    await chat.say("8 8 8")
    answer_to = chat.last
    await chat.say("/done")
    await chat.at("2026-12-03T12:00")
    set_id = next(one for entry in (await exported(chat))["sessions"][0]["exercises"] for one in entry["sets"])["id"]
    async with database.begin(telegram_id=telegram_id) as work:
        records = {(one.exercise_root_id, one.record_type): one.value for one in await all_records(work)}
    assert answer_to.buttons[-1][-1] == "↩️ Undo"
    await press(chat, "Barbell Bench Press · sets 1–3", "↩️ Undo")
    async with database.begin(telegram_id=telegram_id) as work:
        after = {(one.exercise_root_id, one.record_type): one.value for one in await all_records(work)}
        statement = text(
            "SELECT actor_id, action, before->>'deleted_at' AS was, after->>'deleted_at' AS is_now FROM audit_log "
            "WHERE table_name = 'exercise_set' AND row_id LIKE :set_id ORDER BY changed_at"
        )
        rows = (await work.session.execute(statement, {"set_id": f"%{set_id}%"})).all()
    assert records
    assert after == {}
    assert [row.actor_id for row in rows] == [work.user_id] * 2
    assert rows[-1].was is None
    assert rows[-1].is_now is not None


async def test_older_sets_that_change_are_told_to_who_follows_them(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []

    async def follow(_turn: object, session_ids: Sequence[UUID], root_ids: Sequence[UUID]) -> list[Answer]:
        told.append(len(session_ids) + len(root_ids))
        return []

    monkeypatch.setattr(session_events, "on_sets_changed", follow)
    await begin(chat)
    await chat.say("8 8 8")
    await chat.reply("set 1 was 7 reps")
    assert told == []
    await chat.say("/done")
    await press(chat, "Barbell Bench Press · sets 1–3", "↩️ Undo")
    await press(chat, "↩️ Taken back", "↪️ Put it back")
    await chat.say("/undo")
    await chat.say("squat 100x5")
    await chat.edit("squat 100x6")
    assert told == [2, 2, 2]


async def test_an_exercise_that_is_swapped_shows_its_card(chat: Chat) -> None:
    await begin(chat)
    await chat.press("🔄 Swap")
    name = labels(chat)[0].partition(" · ")[0]
    await chat.press(1)
    cards = [one.text for one in chat.seen[-3:] if "1/3" in one.text]
    assert cards, name
    assert "1/3 Barbell Bench Press" not in cards[-1]


async def test_repetitions_so_many_times_are_sets_at_the_planned_load(chat: Chat) -> None:
    await chat.say("Legs\nDay 1\nSquat 3x5 100kg\nLeg curl 3x12")
    await chat.press("✅ Save")
    await chat.say("/today")
    await chat.press("▶️ Start this workout")
    shown = await chat.say("3x6")
    assert any("sets 1–3: 100 kg × 6, 6, 6" in one.text for one in shown)
    assert "how many" not in chat.last.text


async def test_an_exercise_nobody_knows_is_added_as_ones_own(chat: Chat) -> None:
    await chat.say("Legs\nDay 1\nSquat 3x5 100kg")
    await chat.press("✅ Save")
    await chat.say("/today")
    for step in ("▶️ Start this workout", "More…", "➕ Add exercise"):
        await chat.press(step)
    await chat.say("zercher zombie crawl")
    await chat.press("✍️ Keep as my own")
    assert "zercher zombie crawl" in chat.last.text
    await chat.press("Quads")
    assert "zercher zombie crawl" in chat.last.text
    shown = await chat.say("20 10")
    assert any("zercher zombie crawl · set 1: 20 kg × 10" in one.text for one in shown)


async def test_a_message_edited_into_a_word_asks_what_becomes_of_its_sets(chat: Chat) -> None:
    await chat.say("bench 80x8")
    for word in ("skip", "bench", "hello"):
        shown = await chat.edit(word)
        assert "I find no set in your edited message" in shown[-1].text
    assert "80 kg × 8" in (await chat.say("/done"))[0].text
