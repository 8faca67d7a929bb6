"""/meso: a mesocycle from its start to its review, and the sets that follow what is said of the muscles."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from bot.usecases.mesocycle_start import day_in, next_monday
from storage.database import Database
from storage.models import Mesocycle, MesocycleStatus
from storage.unit_of_work import UnitOfWork
from tests.bot.conftest import Chat
from tests.bot.test_programs import labels

TWO_DAYS = "Two days\nPush\nBench press 3x8\nDumbbell fly 2x12\nPull\nBarbell row 3x8"
ONE_DAY = "One day\nPush\nBench press 3x8\nDumbbell fly 2x12"


async def save(chat: Chat, text: str) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say(text)
    await chat.press("✅ Save")


async def begin(chat: Chat, text: str = ONE_DAY, weeks: str = "3 weeks", days: str = "1 day ✓") -> None:
    await save(chat, text)
    await chat.say("/meso")
    await chat.press(1)
    await chat.press(weeks)
    await chat.press(days)
    await chat.press("Today")


async def start_workout(chat: Chat) -> str:
    await chat.say("/today")
    return "\n".join(shown.text for shown in await chat.press("▶️ Start this workout"))


async def train(chat: Chat, sets: str, *answers: str) -> str:
    """Do the next workout, answering what is asked after it, and close it; gives all that was said at the end."""
    await start_workout(chat)
    await chat.say(sets)
    for answer in answers:
        await chat.press(answer)
    return "\n".join(shown.text for shown in await chat.say("/done"))


async def active(work: UnitOfWork) -> Mesocycle:
    mesocycle = await work.mesocycles.active()
    assert mesocycle is not None
    return mesocycle


async def stored(database: Database, chat: Chat) -> dict[str, Any]:
    """Look the active mesocycle up: its week, and the sets of each exercise by week, with the reasons."""
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        mesocycle = await active(work)
        names = {
            one.row.id: one.exercise.name
            for tree in (await work.plans.read(mesocycle.workout_plan_id)).workouts
            for one in tree.prescriptions
        }
        targets = await work.mesocycles.targets(mesocycle.id)
        sets: dict[str, list[int]] = {}
        reasons: dict[str, list[str | None]] = {}
        for row in targets:
            if row.workout_exercise_id in names:
                sets.setdefault(names[row.workout_exercise_id], []).append(row.sets)
                reasons.setdefault(names[row.workout_exercise_id], []).append(row.reason)
        return {"mesocycle": mesocycle, "sets": sets, "reasons": reasons}


async def test_without_one_a_plan_is_asked_for(chat: Chat) -> None:
    (shown,) = await chat.say("/meso")
    assert "No mesocycle is going on" in shown.text
    assert "1 / " in " ".join(labels(chat)), "without a plan of one's own it is the library's"
    await chat.press(1)
    assert labels(chat)[0].startswith("3 weeks")


async def test_it_starts_with_the_grid_of_its_weeks(chat: Chat, database: Database) -> None:
    await begin(chat, TWO_DAYS, "5 weeks ✓", "2 days ✓")
    lines = chat.last.text.splitlines()
    assert "🗓 Two days · Nov 2026" in lines
    assert "➤ Week 1: A· B· · 8 sets · 3 RIR" in lines
    assert "    Week 4: A· B· · 8 sets · 0 RIR" in lines
    assert "    Week 5: A· B· · 5 sets · deload" in lines
    assert "Sets this week: chest 5, back 3" in lines
    found = await stored(database, chat)
    assert found["sets"]["Barbell Bench Press"] == [3, 3, 3, 3, 2]
    assert found["mesocycle"].end_date == date(2026, 12, 6)


async def test_there_is_one_at_a_time(chat: Chat, database: Database) -> None:
    await begin(chat)
    first = (await stored(database, chat))["mesocycle"]
    await chat.say("/meso")
    await chat.press("🔁 Repeat a week")
    await chat.press("Week 2")
    await chat.press("Another day")
    (shown,) = await chat.say("Thursday")
    assert "with the sets of week 2" in shown.text
    second = (await stored(database, chat))["mesocycle"]
    assert (second.parent_mesocycle_id, second.copied_from_week) == (first.id, 2)
    assert second.start_date == date(2026, 11, 5)
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        assert (await work.mesocycles.get(first.id)).status is MesocycleStatus.COMPLETED


async def test_a_running_one_is_ended_only_when_asked_to(chat: Chat, database: Database) -> None:
    await begin(chat)
    first = (await stored(database, chat))["mesocycle"]
    await chat.press("🏁 End it")
    await chat.press("Yes, end it")
    await chat.press("🔁 Repeat a week")
    await chat.press("Week 1")
    await chat.press("Today")
    second = (await stored(database, chat))["mesocycle"]
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        await work.mesocycles.finish(second.id, None, at=second.created_at, day=date(2026, 11, 2))
        await work.mesocycles.amend(first.id, None, status=MesocycleStatus.ACTIVE)
    await chat.say("/meso")
    await chat.press("🔁 Repeat a week")
    await chat.press("Week 1")
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        await work.mesocycles.amend(first.id, None, status=MesocycleStatus.COMPLETED)
        await work.mesocycles.amend(second.id, None, status=MesocycleStatus.ACTIVE)
    (shown,) = await chat.press("Today")
    assert "is still going on" in shown.text
    await chat.press("End it and start the new one")
    assert "➤ Week 1" in chat.last.text


def test_days_are_read_as_they_are_typed() -> None:
    monday = date(2026, 11, 2)
    assert next_monday(monday) == date(2026, 11, 9)
    assert day_in("2026-12-07", monday) == date(2026, 12, 7)
    assert day_in("7 Dec", monday) == date(2026, 12, 7)
    assert day_in("7.1.", monday) == date(2027, 1, 7)
    assert day_in("Thursday", monday) == date(2026, 11, 5)
    assert day_in("bench 80x8", monday) is None


async def test_a_text_that_is_no_day_is_read_as_usual(chat: Chat) -> None:
    await save(chat, ONE_DAY)
    await chat.say("/meso")
    for button in (1, "4 weeks", "1 day ✓", "Another day"):
        await chat.press(button)
    (shown,) = await chat.say("squat 100x5")
    assert "100 kg × 5" in shown.text
    (shown,) = await chat.say("2029-01-01")
    assert "too far away" in shown.text
    (shown,) = await chat.say("9 Nov")
    assert "Begins on Mon 9 Nov 2026" in shown.text


async def test_a_session_has_the_weeks_sets_and_reserve(chat: Chat, database: Database) -> None:
    await begin(chat, TWO_DAYS, "5 weeks ✓", "2 days ✓")
    (today,) = await chat.say("/today")
    assert "3 RIR" in today.text
    await chat.press("▶️ Start this workout")
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        session = await work.sessions.find_open()
        assert session is not None
        assert (session.mesocycle_id, session.week_number) == ((await active(work)).id, 1)
        entries = (await work.sessions.read(session.id)).exercises
        assert [len(entry.row.planned_sets or ()) for entry in entries] == [3, 2]


async def test_muscles_are_asked_about_after_their_last_exercise(chat: Chat) -> None:
    await begin(chat, TWO_DAYS, "5 weeks ✓", "2 days ✓")
    said = await start_workout(chat)
    assert "how sore" not in said, "there was no last time"
    shown = await chat.say("80 8 8 8")
    assert "how was the pump" not in "\n".join(one.text for one in shown), "the flies train the chest as well"
    shown = await chat.say("dumbbell fly 12 12 12")
    assert "Chest, done for today: how was the pump?" in [one.text for one in shown]
    (challenge, *_) = await press_question(chat, "Light")
    assert challenge.text == "Chest: how hard was it?"
    (noted, *_) = await press_question(chat, "Easy")
    assert noted.text == "👍 Chest: light pump, easy"


async def press_question(chat: Chat, label: str) -> list[Any]:
    """Press an answer under the newest message that offers it."""
    messages = chat.conversation.api.messages(chat.conversation.person.id)
    for place, message in enumerate(reversed([one for one in messages if one.keyboard])):
        names = [button["text"] for button in message.buttons]
        if label in names:
            assert place == 0, "the question has to be the newest message with buttons"
            return await chat.press(label)
    raise AssertionError(label)


async def first_week(chat: Chat) -> None:
    """Train the one workout of a week, and say how the chest was."""
    await start_workout(chat)
    await chat.say("80 8 8 8")
    await chat.say("20 12 12")
    await press_question(chat, "Good")
    await press_question(chat, "Easy")
    await chat.say("/done")


async def test_sets_follow_and_say_why(chat: Chat, database: Database) -> None:
    await begin(chat, ONE_DAY, "4 weeks", "1 day ✓")
    await first_week(chat)
    await chat.at("2026-11-09T18:00")
    said = await start_workout(chat)
    assert "Chest: how sore after last time?" in said
    (noted,) = await press_question(chat, "Recovered a while ago")
    assert noted.text == "👍 Chest: recovered a while ago"
    await chat.say("80 8 8 8")
    await chat.say("20 12 12")
    await press_question(chat, "Good")
    await press_question(chat, "Easy")
    told = next(one.text for one in await chat.say("/done") if one.text.startswith("📈"))
    assert told.splitlines() == [
        "📈 Week 3, Push",
        "• Barbell Bench Press: 4 sets (+1). Chest recovered a while ago, easy.",
        "The other exercise keeps its sets.",
    ]
    found = await stored(database, chat)
    assert found["sets"]["Barbell Bench Press"] == [3, 3, 4, 2]
    assert found["reasons"]["Barbell Bench Press"] == [None, None, "chest recovered a while ago, easy", None]
    assert found["mesocycle"].current_week == 3
    await chat.at("2026-11-16T18:00")
    said = await start_workout(chat)
    assert "4×8" in said
    assert "chest recovered a while ago, easy" in said


async def second_week(chat: Chat, soreness: str) -> None:
    """Train two weeks; the second one's answers are soreness as given, a good pump and an easy challenge."""
    await first_week(chat)
    await chat.at("2026-11-09T18:00")
    await start_workout(chat)
    await press_question(chat, soreness)
    await chat.say("80 8 8 8")
    await chat.say("20 12 12")
    await press_question(chat, "Good")
    await press_question(chat, "Easy")
    await chat.say("/done")


async def test_closing_twice_and_other_answers_are_no_second_change(chat: Chat, database: Database) -> None:
    await begin(chat, ONE_DAY, "5 weeks ✓", "1 day ✓")
    await second_week(chat, "Never sore")
    assert (await stored(database, chat))["sets"]["Barbell Bench Press"] == [3, 3, 4, 4, 2]
    assert (await stored(database, chat))["sets"]["Dumbbell Fly"] == [2, 2, 3, 3, 1]
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        closed = (await work.mesocycles.sessions((await active(work)).id))[-1]
        await work.sessions.reopen(closed.id)
    await chat.say("/done")
    assert (await stored(database, chat))["sets"]["Barbell Bench Press"] == [3, 3, 4, 4, 2]
    assert (await stored(database, chat))["mesocycle"].current_week == 3, "a week is left once"
    await press_question_anywhere(chat, "✏️ Change what I said")
    await chat.press("Chest")
    await press_question(chat, "Still sore")
    await press_question(chat, "None")
    told = await press_question(chat, "Very difficult")
    assert (
        "• Barbell Bench Press: 2 sets (−1). Chest still sore, very difficult, no pump." in told[-1].text.splitlines()
    )
    found = await stored(database, chat)
    assert found["sets"]["Barbell Bench Press"] == [3, 3, 2, 2, 2]
    assert found["sets"]["Dumbbell Fly"] == [2, 2, 1, 1, 1]


async def press_question_anywhere(chat: Chat, label: str) -> list[Any]:
    """Press a button under whichever message has it, the newest first."""
    api, person = chat.conversation.api, chat.conversation.person
    for message in reversed([one for one in api.messages(person.id) if one.keyboard]):
        for button in message.buttons:
            if button["text"] == label:
                before = len(chat.seen)
                await chat.conversation._deliver(api.press(person, message, button["callback_data"]))
                return chat.seen[before:]
    raise AssertionError(label)


async def test_an_answer_pressed_twice_counts_once(chat: Chat, database: Database) -> None:
    await begin(chat, ONE_DAY, "5 weeks ✓", "1 day ✓")
    await start_workout(chat)
    await chat.say("80 8 8 8")
    await chat.say("20 12 12")
    api, person = chat.conversation.api, chat.conversation.person
    message = [one for one in api.messages(person.id) if one.keyboard][-1]
    data = next(button["callback_data"] for button in message.buttons if button["text"] == "Good")
    await chat.conversation._deliver(api.press(person, message, data))
    await chat.conversation._deliver(api.press(person, message, data))
    assert chat.last.method == "answerCallbackQuery"
    async with database.begin(telegram_id=person.id) as work:
        session = await work.sessions.find_open()
        assert session is not None
        row = (await work.muscle_feedback.of_session(session.id))["chest"]
        assert (row.soreness, row.pump, row.challenge) == (None, 2, None)


async def test_what_was_left_open_can_be_said_after_the_session(chat: Chat, database: Database) -> None:
    await begin(chat, ONE_DAY, "5 weeks ✓", "1 day ✓")
    await first_week(chat)
    await chat.at("2026-11-09T18:00")
    await start_workout(chat)
    await press_question(chat, "Just in time")
    await chat.say("80 8")
    shown = await chat.say("/done")
    assert "How was this muscle group? Its sets of next week follow what you say." in [one.text for one in shown]
    assert "📈" not in "".join(one.text for one in shown)
    await press_question_anywhere(chat, "Chest")
    await press_question(chat, "Just in time")
    await press_question(chat, "Good")
    *_, told = await press_question(chat, "Easy")
    assert "(+1). Chest recovered just in time, easy." in told.text
    assert (await stored(database, chat))["sets"]["Barbell Bench Press"] == [3, 3, 4, 4, 2]


async def test_the_deload_asks_nothing_and_the_review_ends_it(chat: Chat, database: Database) -> None:
    await begin(chat, ONE_DAY, "3 weeks", "1 day ✓")
    mesocycle = (await stored(database, chat))["mesocycle"]
    await second_week(chat, "Still sore")
    await chat.at("2026-11-16T18:00")
    (today,) = await chat.say("/today")
    assert "2×8" in today.text
    assert "4 RIR" in today.text
    await chat.press("▶️ Start this workout")
    assert "how sore" not in "".join(chat.texts[-3:])
    await chat.say("47.5 8 8")
    await chat.say("12 12")
    shown = await chat.say("/done")
    review = next(one for one in shown if one.text.startswith("🏁"))
    assert "Workouts: 3 of 3 done (100 %)" in review.text
    assert "• Chest: 5 → 5" in review.text
    assert "• Barbell Bench Press: 101.3 → 101.3 kg (±0)" in review.text
    assert "• Chest: soreness 3, pump 2, challenge 0" in review.text
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        ended = await work.mesocycles.get(mesocycle.id)
        assert (ended.status, ended.end_date) == (MesocycleStatus.COMPLETED, date(2026, 11, 16))


async def test_a_week_that_is_repeated_gives_its_sets(chat: Chat, database: Database) -> None:
    await begin(chat, ONE_DAY, "4 weeks", "1 day ✓")
    parent = (await stored(database, chat))["mesocycle"]
    await second_week(chat, "Never sore")
    await chat.say("/meso")
    await chat.press("🏁 End it")
    await chat.press("Yes, end it")
    await chat.press("🔁 Repeat a week")
    assert labels(chat) == ["Week 1", "Week 2", "Week 3", "« Back"]
    await chat.press("Week 3")
    (shown,) = await chat.press("Next Monday, 16 Nov 2026")
    assert "with the sets of week 3" in shown.text
    found = await stored(database, chat)
    assert found["sets"] == {"Barbell Bench Press": [4, 4, 4, 2], "Dumbbell Fly": [3, 3, 3, 2]}
    child = found["mesocycle"]
    assert (child.parent_mesocycle_id, child.copied_from_week, child.duration_weeks) == (parent.id, 3, 4)


async def test_a_skipped_workout_ends_the_week_too(chat: Chat, database: Database) -> None:
    await begin(chat, TWO_DAYS, "3 weeks", "2 days ✓")
    await train(chat, "80 8 8 8")
    (shown,) = await chat.say("/meso")
    assert "➤ Week 1: A✓ B·" in shown.text
    said = "\n".join(one.text for one in await chat.say("/skip"))
    assert "✅ Week 1 is done. Week 2 of 3 begins: 1 RIR." in said
    await chat.say("/meso")
    assert "    Week 1: A✓ B✗" in chat.last.text
    shown = await press_question_anywhere(chat, "↩️ Undo")
    assert "➤ Week 1: A✓ B·" in shown[-1].text
    assert (await stored(database, chat))["mesocycle"].current_week == 1


async def test_a_week_can_be_left_behind(chat: Chat, database: Database) -> None:
    await begin(chat)
    await chat.press("⏭ To week 2")
    await chat.press("Yes, go on")
    assert "➤ Week 2: A·" in chat.last.text
    await chat.press("⏭ To week 3")
    await chat.press("« Back")
    assert (await stored(database, chat))["mesocycle"].current_week == 2


async def test_deleted_archived_and_brought_back(chat: Chat) -> None:
    await begin(chat)
    await chat.press("🗑 Delete")
    await chat.press("Yes, delete it")
    assert "is deleted. Your sessions are all still there." in chat.last.text
    await chat.press("↩️ Bring it back")
    assert "➤ Week 1" in chat.last.text
    await chat.press("🏁 End it")
    (review,) = await chat.press("Yes, end it")
    assert "Workouts: 0 of 3 done (0 %)" in review.text
    await chat.press("🗄 Archive")
    await chat.press("« Mesocycle")
    await chat.press("Past mesocycles")
    assert labels(chat)[0].endswith("🗄")


async def test_a_library_plan_is_followed_into_its_copy(chat: Chat, database: Database) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say("/meso")
    for button in (1, "3 weeks"):
        await chat.press(button)
    if any(label.startswith("1 day") for label in labels(chat)):
        await chat.press("2 days")
    await chat.press("Today")
    before = await stored(database, chat)
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        assert await work.plans.own() == []
        copy = await work.plans.own_copy(before["mesocycle"].workout_plan_id)
        await work.users.set_current_plan(copy.id)
    (shown,) = await chat.say("/meso")
    assert "⏸" not in shown.text
    after = await stored(database, chat)
    assert after["mesocycle"].workout_plan_id == copy.id
    assert {name: sorted(sets) for name, sets in after["sets"].items()} == {
        name: sorted(sets) for name, sets in before["sets"].items()
    }


async def test_another_plan_pauses_it(chat: Chat, database: Database) -> None:
    await begin(chat)
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        await work.users.set_current_plan((await work.plans.library())[0].plan.id)
    (shown,) = await chat.say("/meso")
    assert "⏸ You train by another plan now" in shown.text
    (today,) = await chat.say("/today")
    assert "Barbell Bench Press: 3×8 @ 3 RIR" not in today.text
    await chat.say("/meso")
    await chat.press("▶️ Train by it again")
    (today,) = await chat.say("/today")
    assert "Barbell Bench Press: 3×8 @ 3 RIR" in today.text


async def test_a_week_shows_each_exercise_and_why(chat: Chat) -> None:
    await begin(chat, ONE_DAY, "4 weeks", "1 day ✓")
    await second_week(chat, "Never sore")
    await chat.say("/meso")
    await chat.press("🔎 This week")
    assert "• Barbell Bench Press: 4 sets (+1). Chest never sore, easy." in chat.last.text
    await chat.press("Week 4")
    assert chat.last.text.splitlines()[0] == "Week 4 · deload: 60 % of the load, 4 RIR or more"
    assert "• Barbell Bench Press: 2 sets" in chat.last.text.splitlines()


async def test_a_plan_with_its_own_weeks_keeps_their_sets(chat: Chat) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say("/meso")
    for button in ("5/3/1 Percent Waves, 4 Days", "4 weeks ✓", "Today"):
        await chat.press(button)
    assert "    Week 2: E· F· G· H·" in chat.last.text
    assert "Week 2, Press Day" not in chat.last.text
    await start_workout(chat)
    said = "".join([one.text for sets in ("40 5 5 5", "50 8 8 8 8 8") for one in await chat.say(sets)])
    assert "pump" not in said


SCRIPT = Path(__file__).parents[2] / "docs" / "transcripts" / "mesocycle.txt"


async def test_the_script_of_five_weeks_plays_to_its_end(chat: Chat) -> None:
    for step in SCRIPT.read_text(encoding="utf-8").split("\n---\n"):
        await chat.enter(step.strip())
    review = next(shown.text for shown in chat.seen if shown.text.startswith("🏁"))
    assert "Workouts: 9 of 10 done (90 %), 1 skipped" in review
    assert "• Chest: 3 → 6" in review
    assert "➤ Week 1: A· B· · 15 sets · 3 RIR" in chat.last.text
    told = "\n".join(chat.texts)
    assert "• Leg Curl: 4 sets (+2). Hamstrings never sore, a good challenge, no pump." in told
    assert "• Barbell Back Squat: 2 sets (−1). Quads still sore, difficult." in told
