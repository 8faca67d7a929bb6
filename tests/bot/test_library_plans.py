"""The library's plans: found by goal, days, level and kit, trained as they are, made one's own; history runs on."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from bot.bot_api import Shown
from storage.database import Database
from storage.models import Equipment, UserEquipment
from tests.bot.conftest import Chat
from tests.bot.test_programs import labels, stored


async def open_library(chat: Chat) -> Shown:
    await chat.say("/plans")
    (shelf,) = await chat.press(next(label for label in labels(chat) if label.startswith("📚 Library")))
    return shelf


async def open_plan(chat: Chat, name: str) -> Shown:
    """Look through the pages of the library for a plan, and open it."""
    await open_library(chat)
    while name not in labels(chat):
        await chat.press("»")
    return (await chat.press(name))[0]


async def has_kit(chat: Chat, database: Database, *slugs: str) -> None:
    """Give the person kit, as /equipment would."""
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        rows = await work.session.scalars(select(Equipment.id).where(Equipment.slug.in_(slugs)))
        work.session.add_all(UserEquipment(user_id=work.user_id, equipment_id=one) for one in rows)


def button(chat: Chat, beginning: str) -> str:
    return next(label for label in labels(chat) if label.startswith(beginning))


async def test_the_library_is_narrowed_down_and_opened_again(chat: Chat) -> None:
    await open_library(chat)
    await chat.press("🎯 Goal")
    (shelf,) = await chat.press(button(chat, "Strength ("))
    assert "🎯 Strength" in labels(chat)
    await chat.press("📆 Days")
    (shelf,) = await chat.press(button(chat, "4 days a week ("))
    assert "• 5/3/1 Percent Waves, 4 Days: 4 days a week, 16 workouts, 60 exercises" in shelf.text
    assert "Calisthenics" not in shelf.text
    assert shelf.text.splitlines()[1].endswith("of 22.")
    await chat.press("🎚 Level")
    (shelf,) = await chat.press(button(chat, "Beginner ("))
    assert "GZCLP, Linear in Three Tiers" in shelf.text
    await chat.press(1)
    (shelf,) = await chat.press("« Plans")
    assert "🎚 Beginner" in labels(chat), "the filter is kept on the way back"
    (shelf,) = await chat.press("✖️ All plans")
    assert "of 22." not in shelf.text
    await chat.press("🎯 Goal")
    await chat.press("Any")
    assert "🎯 Goal" in labels(chat)


async def test_the_kit_that_is_there_decides_what_is_shown(chat: Chat, database: Database) -> None:
    shown = await open_plan(chat, "Calisthenics, Foundation and Beginner")
    assert "🧰 Needs:" in shown.text
    await has_kit(chat, database, "dumbbells", "bench")
    shelf = await open_library(chat)
    assert "lacks" in shelf.text
    (shelf,) = await chat.press("🧰 With my kit")
    assert "lacks" not in shelf.text
    shown = await open_plan(chat, "Dumbbells Only, 3 Days")
    assert "🧰 You lack 1 of 3 pieces of kit: Incline Bench." in shown.text


async def test_a_library_plan_becomes_ones_own_and_everything_runs_on(chat: Chat, database: Database) -> None:
    await chat.at("2026-12-01T18:00")
    await open_plan(chat, "Push, Pull, Legs, 3 Days")
    await chat.press("▶️ Use this plan")
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        push = (await work.sessions.next_workout()).workout.workout  # type: ignore[union-attr]
        at = datetime(2026, 12, 1, 18, tzinfo=UTC)
        await work.sessions.open_workout(push.id, session_date=at.date(), started_at=at)
    await chat.say("bench 80x6")
    await chat.say("/done")
    await chat.at("2026-12-03T18:00")
    shown = await open_plan(chat, "Push, Pull, Legs, 3 Days")
    assert "Trained once." in shown.text
    edit, toast = await chat.press("📥 Make it mine")
    assert toast.text == "Push, Pull, Legs, 3 Days is yours now."
    assert "▶️ This is your current plan." in edit.text
    (today,) = await chat.say("/today")
    assert "Pull" in today.text.splitlines()[0]
    (records,) = await chat.say("/records bench")
    assert "80 kg" in records.text
    document = await stored(database, chat)
    (plan,) = document["plans"]
    assert plan["source_id"] is not None
    assert plan["times_used"] == 1
    (session,) = document["sessions"]
    assert session["workout_id"] not in [one["id"] for one in plan["workouts"]]
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        coming = await work.sessions.next_workout()
        assert coming is not None
        assert (coming.workout.workout.name, coming.plan.user_id) == ("Pull", work.user_id)


async def test_a_copy_that_is_there_is_offered_before_a_second_one_is_made(chat: Chat, database: Database) -> None:
    await open_plan(chat, "Beginner 3x5, Workouts A and B")
    await chat.press("📥 Make it mine")
    await open_plan(chat, "Beginner 3x5, Workouts A and B")
    for label in ("📥 My copies", "✏️ Rename", "🔧 Edit"):
        (offer,) = await chat.press(label)
        assert "You have a copy of Beginner 3x5, Workouts A and B already." in offer.text
        if label != "🔧 Edit":
            await chat.press("« Back")
    (edited,) = await chat.press("📖 Beginner 3x5, Workouts A and B")
    assert edited.text.startswith("🔧 Beginner 3x5")
    assert len((await stored(database, chat))["plans"]) == 1
    await open_plan(chat, "Beginner 3x5, Workouts A and B")
    await chat.press("📥 My copies")
    await chat.press("📥 Make another copy")
    assert len((await stored(database, chat))["plans"]) == 2


async def test_a_library_plan_is_not_edited_but_its_copy(chat: Chat, database: Database) -> None:
    await open_plan(chat, "GZCLP, Linear in Three Tiers")
    await chat.press("▶️ Use this plan")
    (offer,) = await chat.press("🔧 Edit")
    assert "stays as it is" in offer.text
    assert (await stored(database, chat))["plans"] == []
    edited, _ = await chat.press("📥 Make it mine")
    assert edited.text.startswith("🔧 GZCLP")
    (plan,) = (await stored(database, chat))["plans"]
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        assert str(work.user.current_plan_id) == plan["id"]
    await chat.press("« Plan")
    assert "▶️ This is your current plan." in chat.last.text


async def test_a_deleted_plan_comes_back_from_its_shelf(chat: Chat) -> None:
    await open_plan(chat, "Machines Only, Full Body, 2 Days")
    await chat.press("📥 Make it mine")
    await chat.press("🗑 Delete")
    await open_library(chat)
    (shelf,) = await chat.press("🗑 Deleted (1)")
    assert shelf.text.startswith("Deleted plans")
    await chat.press("Machines Only, Full Body, 2 Days")
    (restored,) = await chat.press("↩️ Restore")
    assert "🗑 This plan is deleted." not in restored.text
