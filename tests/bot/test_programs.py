"""A program from the paste to the plan: previewed, its doubts settled, saved; each test reads as a chat."""

from __future__ import annotations

from typing import Any

from bot.console.conversation import Conversation
from storage.database import Database
from storage.export import export_user
from tests.bot.conftest import Chat

PROGRAM = """My PPL
Push (Monday)
Bench 4x6-8 @8, rest 3 min
flyes 3x8
blorb the frobnicator 3x12
Pull
EMOM 20 min: 5 pull-ups
Squat 5x65% 5x75% 5+x85%"""


async def stored(database: Database, chat: Chat) -> dict[str, Any]:
    """Give everything stored of the person in front of the bot."""
    person = chat.conversation.person.id
    async with database.begin(telegram_id=person) as work:
        return await export_user(work)


def prescriptions(document: dict[str, Any], plan: int = 0) -> list[dict[str, Any]]:
    return [one for workout in document["plans"][plan]["workouts"] for one in workout["prescriptions"]]


def labels(chat: Chat) -> list[str]:
    newest = newest_with_buttons(chat.conversation)
    return [button["text"] for button in newest.buttons]


def newest_with_buttons(conversation: Conversation) -> Any:
    return next(one for one in reversed(conversation.api.messages(conversation.person.id)) if one.keyboard)


async def test_a_program_is_previewed_by_workout_with_marks_on_what_is_unsure(chat: Chat) -> None:
    (preview,) = await chat.say(PROGRAM)
    assert preview.text.splitlines() == [
        "📋 My PPL",
        "2 workouts, 5 exercises · 3 to check",
        "",
        "Push (Monday)",
        "• Barbell Bench Press: 4×6–8 @ RPE 8 · 3 min",
        "🟡 Dumbbell Fly: 3×8",
        "🔴 blorb the frobnicator 3x12",
        "",
        "Pull",
        "🔴 Pull-up: 20×5",
        "• Barbell Back Squat: 5 @ 65%, 5 @ 75%, 5+ @ 85%",
    ]
    assert labels(chat)[:4] == ["🔴 blorb the frobnicator", "🔴 5 pull-ups", "🟡 flyes", "✅ Save"]


async def test_each_doubt_is_settled_by_a_button_and_the_plan_is_saved(chat: Chat, database: Database) -> None:
    await chat.say(PROGRAM)
    await chat.press("🔴 blorb the frobnicator")
    await chat.press("✍️ Keep as my own")
    await chat.press("Glutes")
    await chat.press("🔴 5 pull-ups")
    (split,) = await chat.press("Split into 10 + 10")
    assert "• Pull-up: 10×5 + 10×5" in split.text
    await chat.press("🟡 flyes")
    edit, toast = await chat.press("✓ Dumbbell Fly")
    assert "to check" not in edit.text
    assert toast.text == "Noted: that is how you call Dumbbell Fly."
    (saved,) = await chat.press("✅ Save")
    assert saved.text.startswith("✅ Saved My PPL: 2 workouts, 5 exercises.")
    assert "/today" in saved.text

    document = await stored(database, chat)
    push, pull = document["plans"][0]["workouts"]
    assert (push["name"], push["position"], push["day_of_week"]) == ("Push (Monday)", 1, 0)
    assert (pull["name"], pull["position"], pull["day_of_week"]) == ("Pull", 2, None)
    bench, flyes, blorb, *_ = prescriptions(document)
    text = document["imports"][0]["raw_text"]
    assert (bench["sets"], bench["reps_min"], bench["reps_max"], bench["rest_time_seconds"]) == (4, 6, 8, 180)
    assert (bench["target_rpe"], bench["confidence_level"], bench["read_by"]) == (8, "high", "shorthand")
    assert text[bench["span_start"] : bench["span_end"]] == bench["raw_text"] == "Bench 4x6-8 @8, rest 3 min"
    assert bench["import_id"] == document["imports"][0]["id"]
    assert (flyes["confidence_level"], flyes["read_by"]) == ("high", "user")
    own = next(one for one in document["exercises"] if one["id"] == blorb["exercise_id"])
    assert (own["name"], own["primary_muscle_groups"], own["source_id"]) == ("blorb the frobnicator", ["glutes"], None)


async def test_sets_that_differ_are_stored_set_by_set(chat: Chat, database: Database) -> None:
    await chat.say("Plan\nDay 1\nSquat 5x65% 5x75% 5+x85%\nBench 3x5 @ 100kg")
    await chat.press("✅ Save")
    squat, bench = prescriptions(await stored(database, chat))
    assert (squat["sets"], squat["reps_min"], squat["reps_max"], squat["target_percent"]) == (3, 5, 5, None)
    assert squat["is_amrap"] is True
    assert [(one["set_number"], one["target_percent"], one["is_amrap"]) for one in squat["scheme"]] == [
        (1, 65, False),
        (2, 75, False),
        (3, 85, True),
    ]
    assert (bench["target_weight"], bench["target_weight_typed"], bench["target_weight_unit"]) == (100, 100, "kg")
    assert bench["scheme"] == []


async def test_saving_with_doubts_open_asks_and_can_leave_them_out(chat: Chat, database: Database) -> None:
    await chat.say(PROGRAM)
    (asked,) = await chat.press("✅ Save")
    assert asked.text.splitlines() == [
        "2 exercises are not settled yet:",
        "🔴 blorb the frobnicator 3x12 → your own “blorb the frobnicator”",
        "🔴 5 pull-ups",
    ]
    (saved,) = await chat.press("Save without them")
    assert "2 workouts, 3 exercises" in saved.text
    assert "2 exercises are left out; they stay with your text." in saved.text
    document = await stored(database, chat)
    assert len(prescriptions(document)) == 3
    (kept,) = document["imports"]
    assert kept["raw_text"] == PROGRAM
    assert kept["status"] == "saved"
    assert kept["workout_plan_id"] == document["plans"][0]["id"]
    assert "blorb the frobnicator 3x12" in str(kept["parsed_exercises"])


async def test_saving_all_keeps_unknown_names_as_ones_own_and_figures_that_do_not_fit_as_a_note(
    chat: Chat, database: Database
) -> None:
    await chat.say(PROGRAM)
    await chat.press("✅ Save")
    await chat.press("✍️ Save all, keep those as my own")
    document = await stored(database, chat)
    found = {one["raw_text"]: one for one in prescriptions(document)}
    pull_ups = found["5 pull-ups"]
    assert (pull_ups["sets"], pull_ups["reps_min"], pull_ups["notes"]) == (None, None, "20×5 (5 pull-ups)")
    own = next(one for one in document["exercises"] if one["id"] == found["blorb the frobnicator 3x12"]["exercise_id"])
    assert own["tags"] == ["muscles guessed"]


async def test_a_name_in_many_places_is_asked_about_once(chat: Chat, database: Database) -> None:
    weeks = "\n".join(f"Week {week}\nblorb machine 3x{week + 5}" for week in range(1, 9))
    (preview,) = await chat.say(f"Blorb program\n{weeks}")
    assert "8 workouts, 8 exercises · 1 to check" in preview.text
    (card,) = await chat.press("🔴 blorb machine (8 places)")
    assert "It stands in 8 places" in card.text
    await chat.press("🔎 Search")
    (found,) = await chat.say("leg press")
    assert "Leg Press" in found.buttons[0]
    await chat.press("Leg Press")
    await chat.press("✅ Save")
    document = await stored(database, chat)
    assert [workout["week_number"] for workout in document["plans"][0]["workouts"]] == list(range(1, 9))
    assert [workout["position"] for workout in document["plans"][0]["workouts"]] == list(range(1, 9))
    assert document["plans"][0]["duration_weeks"] == 8
    assert len({one["exercise_id"] for one in prescriptions(document)}) == 1


async def test_a_correction_is_learned_as_the_users_own_word(chat: Chat) -> None:
    await chat.say("Plan\nDay 1\nblorb machine 3x8\nsquat 3x5")
    await chat.press("🔴 blorb machine")
    await chat.press("🔎 Search")
    await chat.say("leg press")
    await chat.press("Leg Press")
    (again,) = await chat.say("Plan\nDay 1\nblorb machine 3x8")
    assert "• Leg Press: 3×8" in again.text
    assert "to check" not in again.text


async def test_a_line_can_be_written_anew(chat: Chat, database: Database) -> None:
    await chat.say(PROGRAM)
    await chat.press("🔴 blorb the frobnicator")
    await chat.press("✏️ Write it anew")
    (unread,) = await chat.say("hmm")
    assert "could not read that either" in unread.text
    moved, preview = await chat.say("incline bench 3x10-12 60kg")
    assert moved.text == "⬇️ This program goes on further down."
    assert "• Incline Barbell Bench Press: 3×10–12 @ 60 kg" in preview.text
    assert "blorb" not in preview.text


async def test_a_line_that_stands_in_many_places_is_written_anew_in_all_of_them(chat: Chat) -> None:
    await chat.say("Plan\nDay 1\nblorb 3x8\nbench 3x5\nDay 2\nblorb 3x8\nDay 3\nblorb 3x10")
    await chat.press("🔴 blorb (3 places)")
    await chat.press("✏️ Write it anew")
    _, preview = await chat.say("leg press 3x8")
    assert preview.text.count("• Leg Press: 3×8") == 2
    assert "🔴 blorb 3x10" in preview.text, "that line says something else"


async def test_an_exercise_that_was_read_surely_can_be_corrected_too(chat: Chat) -> None:
    await chat.say("Plan\nDay 1\nbench 3x8\nsquat 3x5")
    await chat.press("🔧 Correct")
    await chat.press("Barbell Bench Press 3×8")
    (left,) = await chat.press("🚫 Leave out")
    assert "🚫 bench 3x8" in left.text
    assert "1 workout, 1 exercise" in left.text
    await chat.press("🔧 Correct")
    await chat.press("🚫 Barbell Bench Press 3×8")
    (back,) = await chat.press("↩️ Take it in again")
    assert "• Barbell Bench Press: 3×8" in back.text


async def test_a_program_is_renamed_by_typing_and_the_name_is_shown_as_it_was_typed(
    chat: Chat, database: Database
) -> None:
    await chat.say("Plan\nDay 1\nsquat 3x5")
    await chat.press("✏️ Rename")
    _, preview = await chat.say("<b>5 & 5</b>")
    assert preview.text.startswith("📋 <b>5 & 5</b>")
    await chat.press("✅ Save")
    assert (await stored(database, chat))["plans"][0]["name"] == "<b>5 & 5</b>"


async def test_a_discarded_program_can_be_brought_back(chat: Chat, database: Database) -> None:
    await chat.say("Plan\nDay 1\nsquat 3x5")
    (gone,) = await chat.press("🗑 Discard")
    assert "Your text is kept" in gone.text
    assert (await stored(database, chat))["imports"][0]["status"] == "discarded"
    (back,) = await chat.press("↩️ Bring it back")
    assert "• Barbell Back Squat: 3×5" in back.text
    await chat.press("✅ Save")
    assert len((await stored(database, chat))["plans"]) == 1


async def test_editing_the_message_of_a_saved_program_leads_to_a_plan_that_takes_its_place(
    chat: Chat, database: Database
) -> None:
    await chat.say("Plan\nDay 1\nsquat 3x5")
    await chat.press("✅ Save")
    (preview,) = await chat.edit("Plan\nDay 1\nsquat 3x8")
    assert "• Barbell Back Squat: 3×8" in preview.text
    (saved,) = await chat.press("✅ Save")
    assert "It takes the place of what I had saved of this message before" in saved.text
    plans = (await stored(database, chat))["plans"]
    assert sorted((one["deleted_at"] is None, one["workouts"][0]["prescriptions"][0]["reps_min"]) for one in plans) == [
        (False, 5),
        (True, 8),
    ]


async def test_editing_the_message_of_a_previewed_program_moves_the_preview_below(chat: Chat) -> None:
    await chat.say("Plan\nDay 1\nsquat 3x5")
    moved, preview = await chat.edit("Plan\nDay 1\nsquat 3x8")
    assert moved.text == "⬇️ This program goes on further down."
    assert "• Barbell Back Squat: 3×8" in preview.text


async def test_a_set_typed_while_a_name_is_asked_for_is_logged(chat: Chat) -> None:
    await chat.say("Plan\nDay 1\nsquat 3x5")
    await chat.press("✏️ Rename")
    (logged,) = await chat.say("bench 80x8")
    assert logged.text.startswith("Barbell Bench Press")
    _, preview = await chat.say("My plan")
    assert preview.text.startswith("📋 My plan")


async def test_a_button_of_an_earlier_state_says_so_and_shows_the_present_one(chat: Chat, database: Database) -> None:
    await chat.say(PROGRAM)
    conversation = chat.conversation
    message = newest_with_buttons(conversation)
    old = message.buttons[0]["callback_data"]
    await chat.press("✏️ Rename")
    await chat.say("Mine")
    before = len(chat.seen)
    await conversation.app.delivery.deliver(conversation.api.press(conversation.person, message, old))
    await conversation.app.worker.settle()
    told = chat.seen[before:]
    assert any(one.text == "This has changed meanwhile. Here is how it stands now." for one in told)
    assert any(one.text.startswith("📋 Mine") for one in told)


async def test_save_pressed_twice_saves_once(chat: Chat, database: Database) -> None:
    await chat.say("Plan\nDay 1\nsquat 3x5")
    conversation = chat.conversation
    message = newest_with_buttons(conversation)
    data = next(button["callback_data"] for button in message.buttons if button["text"] == "✅ Save")
    for _ in range(2):
        await conversation.app.delivery.deliver(conversation.api.press(conversation.person, message, data))
        await conversation.app.worker.settle()
    assert len((await stored(database, chat))["plans"]) == 1
    assert "is saved already" in chat.texts[-1] or "is saved already" in chat.texts[-2]


async def test_a_long_program_comes_in_pages_and_does_not_flood_the_chat(chat: Chat) -> None:
    days = "\n".join(
        f"Week {week} Day {day}\nSquat 3x{week % 5 + 3}\nBench 3x{day + 5}\nRow 3x10\nPlank 3x45s"
        for week in range(1, 13)
        for day in range(1, 4)
    )
    sent = await chat.say(f"Twelve weeks\n{days}")
    assert len(sent) == 1
    assert "36 workouts, 144 exercises" in sent[0].text
    assert len(sent[0].text) < 4096
    pages = next(label for label in labels(chat) if label.startswith("1 / "))
    (second,) = await chat.press("»")
    assert pages.replace("1 / ", "2 / ") in labels(chat)
    assert second.text.splitlines()[0] == "📋 Twelve weeks"
    (first,) = await chat.press("«")
    assert first.text == sent[0].text


async def test_an_unread_line_is_shown_and_can_be_written_anew(chat: Chat) -> None:
    (preview,) = await chat.say("Plan\nDay 1\n3x8 @ 80\nbench 3x8")
    assert "1 line not read" in preview.text
    assert "⚪️ line 3: 3x8 @ 80" in preview.text
    await chat.press("⚪️ 3x8 @ 80")
    await chat.press("✏️ Write it anew")
    _, fixed = await chat.say("leg press 3x8 @ 80kg")
    assert fixed.text.splitlines()[-2:] == ["• Leg Press: 3×8 @ 80 kg", "• Barbell Bench Press: 3×8"]
    assert "not read" not in fixed.text


async def test_an_unread_line_can_be_waved_aside_and_stays_in_the_import(chat: Chat, database: Database) -> None:
    await chat.say("Plan\nDay 1\n3x8 @ 80\nbench 3x8")
    await chat.press("⚪️ 3x8 @ 80")
    (aside,) = await chat.press("Not an exercise")
    assert "not read" not in aside.text
    await chat.press("✅ Save")
    (kept,) = (await stored(database, chat))["imports"]
    assert "3x8 @ 80" in kept["raw_text"]
    assert kept["parsed_exercises"]["unread"] == [{"line": 3, "text": "3x8 @ 80"}]


async def test_one_users_program_is_not_anothers(chat: Chat, database: Database) -> None:
    await chat.say("Plan\nDay 1\nsquat 3x5")
    conversation = chat.conversation
    message = newest_with_buttons(conversation)
    data = next(button["callback_data"] for button in message.buttons if button["text"] == "✅ Save")
    mine = conversation.person
    await conversation.switch(mine.id + 500_000)
    await conversation.app.delivery.deliver(conversation.api.press(conversation.person, message, data))
    await conversation.app.worker.settle()
    assert (await stored(database, chat))["plans"] == []
    await conversation.switch(mine.id)
    assert (await stored(database, chat))["plans"] == []


async def test_a_whole_program_typed_while_a_line_is_asked_for_is_a_program_of_its_own(chat: Chat) -> None:
    await chat.say("Plan\nDay 1\nblorb 3x8")
    await chat.press("🔴 blorb")
    await chat.press("✏️ Write it anew")
    (preview,) = await chat.say("Other\nDay 1\nsquat 3x5\nDay 2\nbench 3x5")
    assert preview.text.splitlines()[:2] == ["📋 Other", "2 workouts, 2 exercises"]


async def test_nothing_is_suggested_for_a_name_that_is_like_none(chat: Chat) -> None:
    await chat.say("/start")
    await chat.say("Day 1\nsquat 3x5\ngorilla flarps 3x10\nbench 3x8")

    (question,) = await chat.press(1)

    assert "gorilla flarps" in question.text.lower()
    labels = [label for row in question.buttons for label in row]
    assert labels[0] == "🔎 Search"


async def test_three_numbers_are_asked_about_once_and_the_order_is_learned(chat: Chat, database: Database) -> None:
    await chat.say("Program\nDay 1\nbench 10x10x3\nsquat 3x5\nDay 2\nrow 8x8x4\npull-ups 3x8")
    question = next(label for label in labels(chat) if "bench" in label)
    await chat.press(question)
    assert labels(chat)[:3] == ["3×10 @ 10 kg", "10×10 @ 3 kg", "10×3 @ 10 kg"]
    (preview,) = await chat.press("10×10 @ 3 kg")
    assert "• Barbell Bench Press: 10×10 @ 3 kg" in preview.text.splitlines()
    assert "• Barbell Row: 8×8 @ 4 kg" in preview.text.splitlines(), "the other line that waited is read the same way"
    await chat.press("✅ Save")
    rows = prescriptions(await stored(database, chat))
    assert [(one["sets"], one["reps_min"], one["confidence_level"]) for one in rows[:1]] == [(10, 10, "high")]
    (again,) = await chat.say("Program\nDay 1\nbench 5x5x60\nsquat 3x5\nDay 2\nrow 3x8")
    assert "• Barbell Bench Press: 5×5 @ 60 kg" in again.text.splitlines()
