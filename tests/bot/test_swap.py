"""/swap: another exercise in the place of one, in the session that is going on and in the plan; and back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.bot_api import Shown
from storage.database import Database
from storage.drafts import SetDraft
from tests.bot.conftest import Chat
from tests.bot.test_equipment import home_kit, user_rows
from tests.bot.test_programs import labels

PLAN = (
    "Two days\nPush\nBench 3x6-8 @ 90kg\nOverhead press 3x8\nPlank 3x45s\nPull\nLat pulldown 3x10\nSquat 5x65% 5+x85%"
)
NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)


async def lifted(chat: Chat) -> None:
    """Give both presses a history, so that a load can be carried over from one to the other."""
    await chat.at("2026-11-28T18:00")
    await chat.say("bench 100x5\ndb bench 40x5")
    await chat.say("/done")
    await chat.at("2026-12-01T18:00")


async def started(chat: Chat, database: Database) -> None:
    """Begin the first workout of the plan, as it is prescribed."""
    await chat.at("2026-12-01T18:00")
    await chat.say(PLAN)
    await chat.press("✅ Save")
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        (plan,) = await work.plans.own()
        workout = (await work.plans.workouts_of(plan.plan.id))[0]
        await work.sessions.open_workout(workout.id, session_date=NOW.date(), started_at=NOW)


async def press(chat: Chat, label: str) -> list[Shown]:
    """Press a button of the newest message that has it: the workout's card may have come below."""
    person, api = chat.conversation.person, chat.conversation.api
    named = [(message, one) for message in api.messages(person.id) for one in message.buttons if one["text"] == label]
    message, button = named[-1]
    before = len(chat.seen)
    await chat.conversation._deliver(api.press(person, message, button["callback_data"]))
    return chat.seen[before:]


async def entries(database: Database, chat: Chat) -> list[tuple[str, list[dict[str, Any]] | None]]:
    """Give the exercises of the session going on, in order, with what is planned."""
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        session = await work.sessions.find_open()
        assert session is not None
        tree = await work.sessions.read(session.id)
        return [(one.exercise.name, one.row.planned_sets) for one in tree.exercises]


async def test_the_exercise_under_way_is_swapped_with_its_load_translated(chat: Chat, database: Database) -> None:
    await lifted(chat)
    await started(chat, database)
    (choices,) = await chat.say("/swap")
    assert choices.text.startswith("Instead of Barbell Bench Press:")
    assert "36 kg, as your best there is 46.7 kg against 116.7 kg here (estimated 1RM)" in choices.text
    assert labels(chat)[0] == "Dumbbell Bench Press · 36 kg (from your history)"
    done, *_ = await chat.press(1)
    assert done.text == "🔁 Barbell Bench Press → Dumbbell Bench Press\nNow: 3×6–8 @ 36 kg"
    name, planned = (await entries(database, chat))[0]
    assert name == "Dumbbell Bench Press"
    assert planned is not None
    assert [(one["target_weight"], one["reps_min"]) for one in planned] == [("36", 6)] * 3
    (row,) = [one for one in await user_rows(database, chat, "session_exercise") if one["swapped_from_id"]]
    assert row["planned_reason"].startswith("instead of Barbell Bench Press: best 46.7 kg")


async def test_a_swap_is_undone_whole(chat: Chat, database: Database) -> None:
    await lifted(chat)
    await started(chat, database)
    before = await entries(database, chat)
    await chat.say("/swap")
    await chat.press(1)
    back, *_ = await press(chat, "↩️ Undo")
    assert back.text == "↩️ Back to Barbell Bench Press.\nNow: 3×6–8 @ 90 kg"
    assert await entries(database, chat) == before


async def test_sets_that_were_done_stay_and_the_rest_goes_on_behind_them(chat: Chat, database: Database) -> None:
    await lifted(chat)
    await started(chat, database)
    await chat.say("bench 90x8")
    await chat.say("/swap bench")
    done, *_ = await chat.press(1)
    assert done.text.splitlines()[1:] == ["Now: 2×6–8 @ 36 kg", "1 set stays with Barbell Bench Press."]
    shown = await entries(database, chat)
    assert [(name, len(planned or ())) for name, planned in shown] == [
        ("Barbell Bench Press", 1),
        ("Dumbbell Bench Press", 2),
        ("Overhead Press", 3),
        ("Plank", 3),
    ]


async def test_undo_after_done_sets_gives_the_rest_back_to_the_first_exercise(chat: Chat, database: Database) -> None:
    await started(chat, database)
    await chat.say("bench 90x8")
    await chat.say("/swap bench")
    await chat.press("Dumbbell Bench Press")
    await press(chat, "↩️ Undo")
    shown = await entries(database, chat)
    assert [(name, len(planned or ())) for name, planned in shown[:2]] == [
        ("Barbell Bench Press", 1),
        ("Barbell Bench Press", 2),
    ]
    await chat.say("bench 90x7")
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        session = await work.sessions.find_open()
        assert session is not None
        assert [len(one.sets) for one in (await work.sessions.read(session.id)).exercises] == [1, 1, 0, 0]


async def test_an_undo_does_not_lose_what_was_done_since(chat: Chat, database: Database) -> None:
    await started(chat, database)
    await chat.say("/swap")
    await chat.press("Dumbbell Bench Press")
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        session = await work.sessions.find_open()
        assert session is not None
        entry = (await work.sessions.read(session.id)).exercises[0]
        await work.sets.log(session.id, [SetDraft(entry.exercise.id, 8)], at=NOW)
    told = [shown.text for shown in await press(chat, "↩️ Undo")]
    assert "That is no longer as it was, so I left it. /swap changes it again." in told
    assert (await entries(database, chat))[0][0] == "Dumbbell Bench Press"


async def test_without_history_no_load_is_invented(chat: Chat, database: Database) -> None:
    await started(chat, database)
    await chat.say("/swap")
    assert labels(chat)[0] == "Dumbbell Bench Press"
    done, *_ = await chat.press(1)
    assert done.text.splitlines()[1] == "Now: 3×6–8"
    _, planned = (await entries(database, chat))[0]
    assert planned is not None
    assert all("target_weight" not in one for one in planned)


async def test_the_kit_decides_what_is_offered(chat: Chat, database: Database) -> None:
    await home_kit(chat)
    await started(chat, database)
    (choices,) = await chat.say("/swap bench")
    assert "⚠️ needs Barbell, Power Rack" in choices.text
    assert "Everything is allowed" not in choices.text
    assert labels(chat)[:2] == ["Dumbbell Bench Press", "Dumbbell Floor Press"]
    more = await chat.press("More…")
    assert len(labels(chat)) > 7
    assert more[0].text.startswith("Instead of Barbell Bench Press:")


async def test_pounds_are_rounded_to_what_there_is_in_pounds(chat: Chat) -> None:
    await chat.say("/units")
    await chat.press("Pounds (lb)")
    await chat.at("2026-11-28T18:00")
    await chat.say("bench 225x5\ndb bench 80x5")
    await chat.say("/done")
    await chat.at("2026-12-01T18:00")
    await chat.say("bench 205x5")
    await chat.say("/swap")
    assert labels(chat)[0] == "Dumbbell Bench Press · 75 lb (from your history)"


async def test_free_logging_is_swapped_too(chat: Chat, database: Database) -> None:
    await chat.say("bench 80x8")
    await chat.say("/swap")
    await chat.press("Dumbbell Bench Press")
    assert await entries(database, chat) == [("Barbell Bench Press", None), ("Dumbbell Bench Press", None)]


async def test_in_the_plan_the_prescription_is_replaced(chat: Chat, database: Database) -> None:
    await lifted(chat)
    await chat.say(PLAN)
    await chat.press("✅ Save")
    await chat.say("/swap")
    await chat.press("Push")
    await chat.press("Barbell Bench Press")
    (done,) = await chat.press("Dumbbell Bench Press · 36 kg (from your history)")
    assert done.text == "🔁 Barbell Bench Press → Dumbbell Bench Press\nLoad: 36 kg, by your history"
    (plan,) = await chat.press("📖 Open")
    assert "Dumbbell Bench Press: 3×6–8 @ 36 kg" in plan.text
    rows = await user_rows(database, chat, "workout_exercise")
    assert len(rows) == 5


async def test_a_swap_in_the_plan_is_undone_with_its_targets(chat: Chat) -> None:
    await chat.say(PLAN)
    await chat.press("✅ Save")
    await chat.say("/swap squat")
    await chat.press(1)
    await press(chat, "↩️ Undo")
    await chat.say("/swap bench")
    await chat.press(1)
    await press(chat, "↩️ Undo")
    (plan,) = await chat.press("📖 Open")
    assert "Barbell Bench Press: 3×6–8 @ 90 kg" in plan.text
    assert "Barbell Back Squat: 5 @ 65%, 5+ @ 85%" in plan.text


async def test_a_stale_choice_changes_nothing(chat: Chat, database: Database) -> None:
    await chat.say(PLAN)
    await chat.press("✅ Save")
    await chat.say("/swap bench")
    for row in await user_rows(database, chat, "workout_exercise"):
        async with database.begin(telegram_id=chat.conversation.person.id) as work:
            await work.plans.amend_prescription(row["id"], row["version"], notes="slow")
    (toast,) = await chat.press(1)
    assert toast.text == "That exercise has changed since."


async def test_a_library_plan_becomes_the_user_s_own_first(chat: Chat, database: Database) -> None:
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        plan = next(one.plan for one in await work.plans.library() if one.plan.slug == "push-pull-legs-3-days")
        await work.users.set_current_plan(plan.id)
    await chat.say("/swap bench")
    await chat.press(1)
    assert "The plan is your own copy from here on." in chat.last.text
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        (own,) = await work.plans.own()
        assert (own.plan.source_id, work.user.current_plan_id) == (plan.id, own.plan.id)
        before = (await work.plans.read(plan.id)).workouts[0].prescriptions
        after = (await work.plans.read(own.plan.id)).workouts[0].prescriptions
        changed = [
            (a.exercise.name, b.exercise.name)
            for a, b in zip(before, after, strict=True)
            if a.exercise.root_id != b.exercise.root_id
        ]
        assert len(changed) == 1


async def test_nothing_to_swap_is_said(chat: Chat) -> None:
    (shown,) = await chat.say("/swap")
    assert shown.text.startswith("There is nothing to swap")
    await chat.say(PLAN)
    await chat.press("✅ Save")
    (shown,) = await chat.say("/swap flarp")
    assert shown.text.startswith("I see no flarp in what you train.")


async def test_after_a_swap_figures_alone_belong_to_the_substitute(chat: Chat, database: Database) -> None:
    await chat.at("2026-12-01T18:00")
    await chat.say("bench 80x8")
    await chat.say("/swap")
    await chat.press("Dumbbell Bench Press")
    # "+1" speaks of a set before, and there is none of this exercise.
    (asked,) = await chat.say("+1")
    assert "set 2" not in asked.text
    (logged,) = await chat.say("30x10")
    assert logged.text.startswith("Dumbbell Bench Press · set 1: 30 kg × 10")
    (again,) = await chat.say("+1")
    assert again.text.startswith("Dumbbell Bench Press · set 2: 30 kg × 11")
