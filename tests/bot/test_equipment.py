"""/equipment: the user's kit by buttons, and what of a program it does not allow."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from storage.database import Database
from tests.bot.conftest import Chat
from tests.bot.test_programs import labels

NEEDY = "Gym\nPush\nBench 3x6-8 @ 90kg\nCable fly 3x12\nPlank 3x45s\nPull\nLat pulldown 3x10 60kg"


async def user_rows(database: Database, chat: Chat, table: str) -> list[dict[str, Any]]:
    """Give the rows of a table that are the user's own."""
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        found = await work.session.execute(
            text(f"SELECT * FROM {table} WHERE user_id = :user_id"), {"user_id": work.user_id}
        )
        return [dict(row) for row in found.mappings()]


async def home_kit(chat: Chat) -> None:
    await chat.say("/equipment")
    await chat.press("🏠 Home: dumbbells + bench")


async def test_without_a_kit_everything_is_allowed_and_that_is_said(chat: Chat) -> None:
    (shown,) = await chat.say("/equipment")
    assert "You have told me none, so I take it that you can train with everything." in shown.text
    (preview,) = await chat.say(NEEDY)
    assert "⚠️" not in preview.text
    assert not any(label.startswith("⚠️") for label in labels(chat))


async def test_pieces_are_marked_and_unmarked(chat: Chat) -> None:
    await chat.say("/equipment")
    await chat.press("Free weights 0/15")
    await chat.press("▫️ Dumbbells")
    await chat.press("»")
    await chat.press("▫️ Dip Belt")
    (kit,) = await chat.press("« Back")
    assert "Free weights: Dumbbells, Dip Belt" in kit.text
    assert "Free weights 2/15" in labels(chat)
    await chat.press("Free weights 2/15")
    await chat.press("✅ Dumbbells")
    (kit,) = await chat.press("« Back")
    assert "Free weights: Dip Belt" in kit.text


async def test_presets_replace_the_kit_and_can_be_taken_back(chat: Chat) -> None:
    await chat.say("/equipment")
    await chat.press("Racks and benches 0/10")
    await chat.press("▫️ Power Rack")
    await chat.press("« Back")
    (kit,) = await chat.press("🤸 Bodyweight only")
    assert "Your kit: 1 thing." in kit.text
    assert "Power Rack" not in kit.text
    (kit,) = await chat.press("↩️ Back to what I had")
    assert "Racks and benches: Power Rack" in kit.text
    (kit,) = await chat.press("Allow everything")
    assert "You have told me none" in kit.text


async def test_removed_kit_stays_as_a_row(chat: Chat, database: Database) -> None:
    await home_kit(chat)
    await chat.press("🤸 Bodyweight only")
    rows = await user_rows(database, chat, "user_equipment")
    assert len(rows) == 3
    assert sum(row["deleted_at"] is None for row in rows) == 1


async def test_the_preview_marks_what_the_kit_lacks_and_swaps_it_with_one_tap(chat: Chat) -> None:
    await home_kit(chat)
    (preview,) = await chat.say(NEEDY)
    assert "• Barbell Bench Press: 3×6–8 @ 90 kg\n    ⚠️ needs Barbell, Power Rack" in preview.text
    assert "• Plank: 3×45 s\n\nPull" in preview.text
    (preview,) = await chat.press("⚠️ Cable Fly → Dumbbell Fly")
    assert "• Dumbbell Fly (instead of Cable Fly): 3×12" in preview.text
    assert "needs Cable Machine" not in preview.text
    (preview,) = await chat.press("🔁 Swap all 2")
    # The load was meant for the other exercise.
    assert "• Dumbbell Bench Press (instead of Barbell Bench Press): 3×6–8\n" in preview.text
    assert "⚠️" not in preview.text


async def test_a_swap_in_the_preview_is_saved_and_keeps_the_words_it_came_from(chat: Chat, database: Database) -> None:
    await home_kit(chat)
    await chat.say(NEEDY)
    await chat.press("🔁 Swap all 3")
    await chat.press("✅ Save")
    rows = {row["raw_text"]: row for row in await user_rows(database, chat, "workout_exercise")}
    names = {row["id"]: row["name"] for row in await user_rows(database, chat, "exercise")}
    bench = rows["Bench 3x6-8 @ 90kg"]
    assert names[bench["exercise_id"]] == "Dumbbell Bench Press"
    assert (bench["sets"], bench["reps_min"], bench["target_weight"]) == (3, 6, None)
    assert await user_rows(database, chat, "exercise_alias") == []


async def test_a_swap_in_the_preview_is_taken_back(chat: Chat) -> None:
    await home_kit(chat)
    await chat.say(NEEDY)
    await chat.press("⚠️ Barbell Bench Press → Dumbbell Bench Press")
    await chat.press("🔧 Correct")
    (card,) = await chat.press("Dumbbell Bench Press 3×6–8")
    assert card.text.startswith("Dumbbell Bench Press stands in for Barbell Bench Press")
    (preview,) = await chat.press("↩️ Back to Barbell Bench Press")
    assert "• Barbell Bench Press: 3×6–8 @ 90 kg\n    ⚠️ needs Barbell, Power Rack" in preview.text


async def test_after_saving_the_substitute_is_still_one_tap_away(chat: Chat) -> None:
    await home_kit(chat)
    await chat.say(NEEDY)
    await chat.press("✅ Save")
    (shown,) = await chat.say("/swap")
    assert shown.text.startswith("⚠️ 3 exercises need what you do not have.")
    (done,) = await chat.press("⚠️ Cable Fly → Dumbbell Fly")
    assert done.text.startswith("🔁 Cable Fly → Dumbbell Fly")
    (shown,) = await chat.say("/swap")
    assert shown.text.startswith("⚠️ 2 exercises need what you do not have.")


async def test_the_plan_itself_offers_the_substitutes(chat: Chat) -> None:
    await home_kit(chat)
    await chat.say(NEEDY)
    await chat.press("✅ Save")
    await chat.press("📖 Open")
    assert "⚠️ Barbell Bench Press → Dumbbell Bench Press" in labels(chat)
    await chat.press("⚠️ Cable Fly → Dumbbell Fly")
    (plan,) = await chat.press("📖 Open")
    assert "Dumbbell Fly: 3×12" in plan.text
    assert "⚠️ Cable Fly → Dumbbell Fly" not in labels(chat)
