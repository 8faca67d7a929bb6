"""/plans, /today and /export: what a lifter does between pasting a program and training by it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from storage.database import Database
from tests.bot.conftest import Chat
from tests.bot.test_programs import labels, newest_with_buttons, stored

TWO_DAYS = "Two days\nPush\nBench 3x5\nPlank 3x45s\nPull\nRow 3x8\nSquat 5x65% 5x75% 5+x85%"


async def save(chat: Chat, text: str = TWO_DAYS) -> None:
    await chat.say(text)
    await chat.press("✅ Save")


async def test_without_a_plan_plans_leads_to_the_library(chat: Chat) -> None:
    (shown,) = await chat.say("/plans")
    assert "You have no plan yet" in shown.text
    library = next(label for label in labels(chat) if label.startswith("📚 Library"))
    (shelf,) = await chat.press(library)
    assert shelf.text.startswith("The library")
    assert "1 / " in " ".join(labels(chat))
    await chat.press("»")
    assert "2 / " in " ".join(labels(chat))


async def test_a_library_plan_is_used_without_being_copied(chat: Chat, database: Database) -> None:
    await chat.say("/plans")
    await chat.press(next(label for label in labels(chat) if label.startswith("📚 Library")))
    name = labels(chat)[0]
    (opened,) = await chat.press(name)
    assert opened.text.splitlines()[0] == f"📖 {name}"
    assert "📚 From the library." in opened.text
    edit, toast = await chat.press("▶️ Use this plan")
    assert toast.text == f"{name} is your current plan now."
    assert "▶️ This is your current plan." in edit.text
    (today,) = await chat.say("/today")
    assert name in today.text.splitlines()[0]
    assert (await stored(database, chat))["plans"] == []


async def test_renaming_a_library_plan_makes_a_copy_that_takes_its_place(chat: Chat, database: Database) -> None:
    await chat.say("/plans")
    await chat.press(next(label for label in labels(chat) if label.startswith("📚 Library")))
    await chat.press(1)
    await chat.press("▶️ Use this plan")
    await chat.press("✏️ Rename")
    (renamed,) = await chat.say("My way")
    assert "✅ It is called My way now." in renamed.text
    assert "▶️ This is your current plan." in renamed.text
    (plan,) = (await stored(database, chat))["plans"]
    assert plan["name"] == "My way"
    assert plan["source_id"] is not None


async def test_a_plan_is_renamed_deleted_and_restored(chat: Chat, database: Database) -> None:
    await save(chat)
    await chat.press("📖 Open")
    await chat.press("✏️ Rename")
    await chat.say("Two days, better")
    (deleted,) = await chat.press("🗑 Delete")
    assert "Deleted Two days, better" in deleted.text
    (none,) = await chat.say("/today")
    assert "You have no plan yet" in none.text
    await chat.say("/plans")
    await chat.press("🗑 Deleted (1)")
    await chat.press("Two days, better")
    (restored,) = await chat.press("↩️ Restore")
    assert restored.text.startswith("📖 Two days, better")
    (plan,) = (await stored(database, chat))["plans"]
    assert plan["deleted_at"] is None


async def test_a_plan_changed_by_an_earlier_button_is_shown_as_it_is_now(chat: Chat) -> None:
    await save(chat)
    await chat.press("📖 Open")
    conversation = chat.conversation
    message = newest_with_buttons(conversation)
    old = next(button["callback_data"] for button in message.buttons if button["text"] == "🗑 Delete")
    await chat.press("✏️ Rename")
    await chat.say("Newer")
    before = len(chat.seen)
    await conversation.app.delivery.deliver(conversation.api.press(conversation.person, message, old))
    await conversation.app.worker.settle()
    told = [one.text for one in chat.seen[before:]]
    assert "This has changed meanwhile." in told
    assert any(text.startswith("📖 Newer") for text in told)


async def test_today_shows_targets_last_time_and_what_percents_come_to(chat: Chat) -> None:
    await save(chat)
    await chat.at("2026-12-01T18:00")
    await chat.say("squat 100x5")
    await chat.say("bench 80x5")
    await chat.say("/done")
    await chat.at("2026-12-03T18:00")
    (today,) = await chat.say("/today")
    assert today.text.splitlines() == [
        "📅 Push · Two days",
        "",
        "• Barbell Bench Press: 3×5 @ 80 kg",
        "    not all sets were done last time: the same again",
        "    last time: 80 kg × 5 (1 Dec 2026)",
        "• Plank: 3×45 s",
        "    nothing on record yet",
    ]
    await chat.press("🔀 Another")
    (pull,) = await chat.press("Pull")
    assert "    percents of your estimated 1RM of 116.7 kg" in pull.text.splitlines()
    assert "5 @ 75 kg (65%), 5 @ 87.5 kg (75%), 5+ @ 100 kg (85%)" in pull.text


async def test_a_workout_is_started_logged_into_and_followed_by_the_next(chat: Chat, database: Database) -> None:
    await save(chat)
    await chat.say("/today")
    (started,) = await chat.press("▶️ Start this workout")
    assert "1/2 Barbell Bench Press: 3×5" in started.text
    await chat.say("bench 80x5")
    await chat.say("80x5")
    _, running = await chat.say("/today")
    assert "    ✓ 80 kg × 5, 5" in running.text.splitlines()
    await chat.say("/done")
    (following,) = await chat.say("/today")
    assert following.text.startswith("📅 Pull · Two days")
    document = await stored(database, chat)
    (session,) = document["sessions"]
    assert session["workout_id"] == document["plans"][0]["workouts"][0]["id"]
    bench, plank = session["exercises"]
    assert [one["reps_min"] for one in bench["planned_sets"]] == [5, 5, 5]
    assert [one["target_duration_seconds"] for one in plank["planned_sets"]] == [45, 45, 45]
    assert [one["reps"] for one in bench["sets"]] == [5, 5]
    assert plank["sets"] == []


async def test_starting_a_workout_closes_free_logging_and_sums_it_up(chat: Chat, database: Database) -> None:
    await save(chat)
    await chat.say("leg press 100x10")
    await chat.say("/today")
    sent = await chat.press("▶️ Start this workout")
    assert any("Session done" in one.text for one in sent)
    await chat.say("bench 80x5")
    sessions = (await stored(database, chat))["sessions"]
    assert sorted(str(one["status"]) for one in sessions) == ["completed", "in_progress"]


async def test_a_workout_can_be_skipped(chat: Chat) -> None:
    await save(chat)
    await chat.say("/today")
    (skipped,) = await chat.press("⏭ Skip")
    assert skipped.text.startswith("⏭ Skipped Push.\n\n📅 Pull · Two days")
    (undone,) = await chat.press("↩️ Undo")
    assert undone.text == "↩️ It is back."
    (today,) = await chat.say("/today")
    assert today.text.startswith("📅 Push · Two days")


async def test_export_sends_everything_as_a_json_file(chat: Chat) -> None:
    await save(chat)
    await chat.at("2026-12-01T18:00")
    (sent,) = await chat.say("/export")
    assert sent.method == "sendDocument"
    assert sent.path is not None
    assert str(sent.path).endswith("repscribe-2026-12-01.json")
    document = json.loads(await asyncio.to_thread(Path(sent.path).read_text))
    assert document["plans"][0]["name"] == "Two days"
    assert document["imports"][0]["raw_text"] == TWO_DAYS


async def test_plans_of_one_name_are_told_apart(chat: Chat) -> None:
    for figures in ("3x8", "5x5"):
        await chat.say(f"UL\nDay 1\nBench press {figures}\n\nDay 2\nSquat {figures}")
        await chat.press("✅ Save")
    (shown,) = await chat.say("/plans")
    assert [label for row in shown.buttons for label in row][:2] == ["UL (2)", "UL"]
    assert "• UL (2): " in shown.text
    assert "▶️ UL: " in shown.text
    await chat.say("/meso")
    assert [row[0] for row in chat.last.buttons][:2] == ["UL", "UL (2)"]
    await chat.say("/plans")
    await chat.press("UL (2)")
    assert "5×5" in chat.last.text
