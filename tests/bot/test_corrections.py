"""Correcting what was logged: editing the message, replying, saying so, buttons, undo."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Chat
from tests.bot.stored import rows, stored, texts


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("no, 85", "85 kg × 8"),
        ("that was 7 reps", "80 kg × 7"),
        ("7 reps", "80 kg × 7"),
        ("rpe 9", "80 kg × 8 @9"),
        ("82.5kg", "82.5 kg × 8"),
        ("85x7", "85 kg × 7"),
        ("175 lb", "175 lb × 8"),
        ("no, 85, 6 reps", "85 kg × 6"),
    ],
)
async def test_a_reply_corrects_the_set_in_its_place(chat: Chat, said: str, now: str) -> None:
    (answer,) = await chat.say("bench 80x8")
    mended, told = await chat.reply(said)
    assert (mended.message_id, mended.is_edit) == (answer.message_id, True)
    assert mended.text == f"Barbell Bench Press · set 1: {now}"
    assert told.text == f"✏️ Barbell Bench Press · set 1: {now}"
    (row,) = await rows(chat)
    assert (row["read_by"], row["version"] > 1) == ("user", True)


async def test_a_correction_needs_no_reply_right_after_the_set(chat: Chat) -> None:
    await chat.say("bench 80x8")
    assert texts(await chat.say("no, 85"))[-1] == "✏️ Barbell Bench Press · set 1: 85 kg × 8"
    assert await stored(chat) == [("Barbell Bench Press", [(85, "kg", 8)])]


async def test_another_exercise_moves_the_set_and_teaches_no_word_that_was_sure(chat: Chat) -> None:
    await chat.say("bench 80x8")
    assert texts(await chat.reply("it was incline bench"))[-1].startswith("✏️ Incline Barbell Bench Press · set 1")
    assert texts(await chat.say("bench 80x8")) == ["Barbell Bench Press · set 1: 80 kg × 8"]


async def test_which_of_several_sets_is_asked_and_nothing_changes_before(chat: Chat) -> None:
    await chat.say("squat 100 3x5")
    (asked,) = await chat.reply("no, 110")
    assert asked.buttons == [["Set 1: 100 kg × 5"], ["Set 2: 100 kg × 5"], ["Set 3: 100 kg × 5"], ["All 3"]]
    assert await stored(chat) == [("Barbell Back Squat", [(100, "kg", 5)] * 3)]
    mended, told = await chat.press("Set 2: 100 kg × 5")
    assert told.text == "✏️ Barbell Back Squat · set 2: 110 kg × 5"
    assert "100 kg × 5, 110 kg × 5, 100 kg × 5" in mended.text


async def test_of_several_exercises_the_exercise_is_chosen_first(chat: Chat) -> None:
    await chat.say("bench 80x5\nsquat 100x5, 100x5")
    (asked,) = await chat.reply("no, 110")
    assert asked.buttons == [["Barbell Bench Press"], ["Barbell Back Squat"]]
    (sets,) = await chat.press("Barbell Back Squat")
    assert sets.buttons[-1] == ["All 2"]
    await chat.press("Set 1: 100 kg × 5")
    assert (await stored(chat))[1] == ("Barbell Back Squat", [(110, "kg", 5), (100, "kg", 5)])


@pytest.mark.parametrize("is_reply", [True, False])
async def test_a_correction_may_name_its_exercise(chat: Chat, is_reply: bool) -> None:
    await chat.say("bench 80x5\ndeadlift 150x5")
    await (chat.reply if is_reply else chat.say)("deadlift was 155")
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 5)]), ("Barbell Deadlift", [(155, "kg", 5)])]


@pytest.mark.parametrize(
    ("text", "reps"),
    [
        ("actually the 185 was 6 reps", [10, 6, 5]),
        ("the 185 lb set was 6", [10, 6, 5]),
        ("squat 185 was 6 reps", [10, 6, 5]),
        ("sorry, 225 was 4 reps", [10, 8, 4]),
        ("meant 9 on the first one", [9, 8, 5]),
        ("actually it was 4 on the last", [10, 8, 4]),
        ("second set was 6", [10, 6, 5]),
    ],
)
@pytest.mark.parametrize("is_reply", [True, False])
async def test_a_correction_may_name_the_load_of_its_set(
    chat: Chat, text: str, reps: list[int], is_reply: bool
) -> None:
    await chat.say("squat 135lb x10 185lb x8 225lb x5")
    await (chat.reply if is_reply else chat.say)(text)
    loads = (135, 185, 225)
    assert await stored(chat) == [
        ("Barbell Back Squat", [(load, "lb", n) for load, n in zip(loads, reps, strict=True)])
    ]


async def test_a_load_that_several_sets_have_is_asked_about(chat: Chat) -> None:
    await chat.say("squat 100x5x3")
    await chat.say("the 100 was 4 reps")
    assert await stored(chat) == [("Barbell Back Squat", [(100, "kg", 5)] * 3)]
    await chat.press("All 3")
    assert await stored(chat) == [("Barbell Back Squat", [(100, "kg", 4)] * 3)]


async def test_a_load_that_no_set_has_corrects_nothing(chat: Chat) -> None:
    await chat.say("squat 100x5")
    await chat.say("the 120 was 4 reps")
    assert "Not read: the 120 was 4 reps" in chat.texts[-1]
    assert await stored(chat) == [("Barbell Back Squat", [(100, "kg", 5)])]


async def test_all_sets_can_be_meant(chat: Chat) -> None:
    await chat.say("squat 100 3x5")
    await chat.reply("no, 110")
    await chat.press("All 3")
    assert await stored(chat) == [("Barbell Back Squat", [(110, "kg", 5)] * 3)]


async def test_a_correction_names_its_set(chat: Chat) -> None:
    await chat.say("squat 100 3x5")
    await chat.reply("last one was 4")
    assert await stored(chat) == [("Barbell Back Squat", [(100, "kg", 5), (100, "kg", 5), (100, "kg", 4)])]


async def test_a_reply_that_is_a_log_is_logged(chat: Chat) -> None:
    await chat.say("bench 80x8")
    assert texts(await chat.reply("squat 100x5")) == ["Barbell Back Squat · set 1: 100 kg × 5"]


async def test_a_kind_reply_is_no_correction(chat: Chat) -> None:
    await chat.say("bench 80x8")
    (answer,) = await chat.reply("thanks!")
    assert answer.text.startswith("Hi!")
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 8)])]


async def test_editing_the_message_corrects_its_sets_and_keeps_their_ids(chat: Chat) -> None:
    (answer,) = await chat.say("bench 80x8, 80x7")
    before = [row["id"] for row in await rows(chat)]
    (mended,) = await chat.edit("bench 82.5x8, 80x7, 80x6")
    assert (mended.message_id, mended.is_edit) == (answer.message_id, True)
    assert mended.text == "Barbell Bench Press · sets 1–3: 82.5 kg × 8; 80 kg × 7, 6"
    assert [row["id"] for row in await rows(chat)][:2] == before
    (fewer,) = await chat.edit("bench 82.5x8")
    assert fewer.text == "Barbell Bench Press · set 1: 82.5 kg × 8"
    assert [row["id"] for row in await rows(chat)] == before[:1]


async def test_an_edit_can_name_another_exercise(chat: Chat) -> None:
    await chat.say("bench 80x8")
    assert texts(await chat.edit("squat 80x8")) == ["Barbell Back Squat · set 1: 80 kg × 8"]
    assert await stored(chat) == [("Barbell Back Squat", [(80, "kg", 8)])]


async def test_bare_figures_are_edited_into_bare_figures(chat: Chat) -> None:
    await chat.say("bench 80x8")
    await chat.say("80x7")
    assert texts(await chat.edit("80x6")) == ["Barbell Bench Press · set 2: 80 kg × 6"]
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 8), (80, "kg", 6)])]


async def test_an_edit_into_nothing_asks_before_it_takes_anything_away(chat: Chat) -> None:
    await chat.say("bench 80x8")
    (asked,) = await chat.edit("never mind")
    assert asked.buttons == [["Take back", "Keep"]]
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 8)])]
    await chat.press("Take back")
    assert await stored(chat) == []


async def test_a_message_that_was_no_log_becomes_one(chat: Chat) -> None:
    await chat.say("hello")
    assert texts(await chat.edit("bench 80x8")) == ["Barbell Bench Press · set 1: 80 kg × 8"]


async def test_an_edit_that_changes_nothing_is_quiet(chat: Chat) -> None:
    await chat.say("bench 80x8")
    assert await chat.edit("bench 80x8") == []


async def test_an_edited_correction_corrects_anew(chat: Chat) -> None:
    await chat.say("bench 80x8")
    await chat.say("no, 85")
    await chat.edit("no, 90")
    assert await stored(chat) == [("Barbell Bench Press", [(90, "kg", 8)])]
    assert texts(await chat.say("/undo"))[-1].endswith("80 kg × 8")


async def test_a_correction_of_a_short_answer_stays_with_it(chat: Chat) -> None:
    await chat.say("bench 80x8")
    await chat.say("+1")
    await chat.reply("no, 10 reps")
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 8), (80, "kg", 10)])]


async def test_records_follow_a_correction(chat: Chat) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say("bench 80x8")
    await chat.at("2026-11-04T18:00")
    await chat.say("bench 90x8")
    await chat.reply("no, 70")
    (records,) = await chat.say("/records bench")
    assert "heaviest 80 kg" in records.text


async def test_undo_goes_back_step_by_step_and_can_be_taken_back(chat: Chat) -> None:
    await chat.say("bench 80x8")
    await chat.say("bench 90x5, 90x4")
    await chat.reply("last one was 3")
    assert texts(await chat.say("/undo"))[-1].endswith("As it was before:\nBarbell Bench Press · set 3: 90 kg × 4")
    assert texts(await chat.say("/undo"))[-1] == "↩️ Taken back:\nBarbell Bench Press: 90 kg × 5, 4"
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 8)])]
    (again,) = await chat.press("↪️ Put it back")
    assert again.text == "Barbell Bench Press · sets 2–3: 90 kg × 5, 4"
    await chat.say("/undo")
    await chat.say("/undo")
    assert texts(await chat.say("/undo")) == ["There is nothing to take back."]
    assert await stored(chat) == []


async def test_a_log_is_deleted_by_a_word_in_reply(chat: Chat) -> None:
    await chat.say("bench 80x8")
    await chat.reply("delete")
    assert await stored(chat) == []


async def test_the_undo_button_acts_once(chat: Chat) -> None:
    await chat.say("bench 80x8")
    (gone,) = await chat.press("↩️ Undo")
    assert (gone.text, gone.is_edit) == ("↩️ Taken back:\nBarbell Bench Press: 80 kg × 8", True)
    assert await stored(chat) == []


async def test_buttons_change_a_set_step_by_step(chat: Chat) -> None:
    await chat.say("bench 80x8")
    (asked,) = await chat.press("✏️ Edit")
    assert asked.buttons == [["−1 rep", "+1 rep"], ["−2.5 kg", "+2.5 kg"], ["Warm-up"], ["🗑 Delete", "✓ Done"]]
    await chat.press("+2.5 kg")
    await chat.press("−1 rep")
    await chat.press("−1 rep")
    mended, done = await chat.press("✓ Done")
    assert mended.text == "Barbell Bench Press · set 1: 82.5 kg × 6"
    assert done.text == "✏️ Barbell Bench Press · set 1: 82.5 kg × 6"
    assert await stored(chat) == [("Barbell Bench Press", [(82.5, "kg", 6)])]


async def test_figures_typed_after_edit_are_the_sets(chat: Chat) -> None:
    await chat.say("bench 80x8")
    await chat.say("squat 100x5")
    await chat.press("✏️ Edit")
    assert texts(await chat.say("105x4"))[-1] == "✏️ Barbell Back Squat · set 1: 105 kg × 4"
    assert texts(await chat.say("105x4")) == ["Barbell Back Squat · set 2: 105 kg × 4"], "the question is answered"


async def test_a_log_ends_an_edit(chat: Chat) -> None:
    await chat.say("bench 80x8")
    await chat.press("✏️ Edit")
    await chat.say("squat 100x5")
    assert texts(await chat.say("105x5")) == ["Barbell Back Squat · set 2: 105 kg × 5"]
    assert await stored(chat) == [
        ("Barbell Bench Press", [(80, "kg", 8)]),
        ("Barbell Back Squat", [(100, "kg", 5), (105, "kg", 5)]),
    ]


async def test_a_deleted_set_can_be_put_back(chat: Chat) -> None:
    await chat.say("bench 80x8")
    await chat.press("✏️ Edit")
    emptied, gone = await chat.press("🗑 Delete")
    assert emptied.text == "Nothing of this is logged any more."
    assert gone.text == "🗑 Barbell Bench Press · set 1: 80 kg × 8"
    assert await stored(chat) == []
    await chat.press("↪️ Put it back")
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 8)])]


async def test_one_of_several_sets_is_chosen_for_editing(chat: Chat) -> None:
    await chat.say("squat 100x5, 110x5")
    (asked,) = await chat.press("✏️ Edit")
    assert asked.buttons == [["Barbell Back Squat: 100 kg × 5"], ["Barbell Back Squat: 110 kg × 5"]]
    await chat.press("Barbell Back Squat: 110 kg × 5")
    await chat.press("+2.5 kg")
    assert await stored(chat) == [("Barbell Back Squat", [(100, "kg", 5), (112.5, "kg", 5)])]


async def test_a_name_that_means_several_exercises_is_asked_about_before_anything_changes(chat: Chat) -> None:
    await chat.say("bench 80x8")
    (asked,) = await chat.reply("it was curls")
    assert asked.text.startswith("Which exercise do you mean by “curls”?")
    await chat.press("Leg Curl")
    assert "Leg Curl · set 1: 80 kg × 8" in chat.last.text
