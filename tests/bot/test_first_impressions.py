"""What newcomers met in their first week, and what they are told now."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Chat
from tests.bot.stored import exported, rows, stored, texts


async def test_a_name_that_was_guessed_can_be_searched_for(chat: Chat) -> None:
    (answer,) = await chat.say("curls 15x12")
    assert "Right?" in answer.text
    assert ["🔎 Search", "✍️ Keep as my own"] in answer.buttons
    await chat.press("🔎 Search")
    (found,) = await chat.say("preacher curl")
    shown = await chat.press(found.buttons[0][0])
    assert {one.text for one in shown if one.is_edit} == {f"{found.buttons[0][0]} · set 1: 15 kg × 12"}
    assert len(shown) == 2, "where it was chosen, and in the answer to the log"
    assert await stored(chat) == [(found.buttons[0][0], [(15, "kg", 12)])]
    (known,) = await chat.say("curls 15x10")
    assert known.text.startswith(f"{found.buttons[0][0]} · set 2: 15 kg × 10"), "the word was learned"


async def test_a_name_that_was_guessed_can_be_kept_as_ones_own(chat: Chat) -> None:
    await chat.say("curls 15x12")
    await chat.press("✍️ Keep as my own")
    (kept,) = await chat.press("Biceps")
    assert kept.is_edit
    assert kept.text == "curls · set 1: 15 kg × 12"
    assert await stored(chat) == [("curls", [(15, "kg", 12)])]


async def test_going_back_from_a_search_leaves_the_guess_as_it_was(chat: Chat) -> None:
    (answer,) = await chat.say("curls 15x12")
    (asked,) = await chat.press("🔎 Search")
    (back,) = await chat.press(asked.buttons[-1][-1])
    assert (back.text, back.buttons) == (answer.text, answer.buttons)
    assert await stored(chat) == [("Barbell Curl", [(15, "kg", 12)])]


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("ran 2 miles in 18:30", "Running · set 1: 3.22 km in 18:30"),
        ("front lever 8s 8s 7s", "Front Lever · sets 1–3: 8 s, 8 s, 7 s"),
        ("leg press 3,085 lb x 2", "Leg Press · set 1: 3,085 lb × 2"),
    ],
)
async def test_figures_are_kept_short(chat: Chat, said: str, answered: str) -> None:
    (answer,) = await chat.say(said)
    assert answer.text.splitlines()[0] == answered


async def test_thousands_are_apart_wherever_a_weight_is_told(chat: Chat) -> None:
    await chat.say("squat 150x8, 150x8")
    told = [*await chat.say("/records squat"), *await chat.say("/history"), *await chat.say("/done")]
    assert all("2,400 kg" in text for text in texts(told))


async def test_what_was_done_on_each_side_is_shown_and_kept(chat: Chat) -> None:
    (answer,) = await chat.say("split squat 24x10, 24x9 per leg")
    assert answer.text == "Split Squat · sets 1–2: 24 kg × 10, 9 each side"
    (answer,) = await chat.say("same")
    assert answer.text == "Split Squat · set 3: 24 kg × 9 each side"
    assert {one["notes"] for one in await rows(chat)} == {"each side"}
    (answer, _) = await chat.reply("no, 8")
    assert answer.text == "Split Squat · set 3: 24 kg × 8 each side"
    assert "each side" in (await chat.say("/done"))[-1].text
    assert len((await exported(chat))["sessions"]) == 1


@pytest.mark.parametrize("said", ["undo!", "Undo please", "rückgängig", "отмени", "Deshacer.", "annuler"])
async def test_undo_is_understood_in_words(chat: Chat, said: str) -> None:
    await chat.say("bench 80x8")
    shown = await chat.say(said)
    assert shown[-1].text == "↩️ Taken back:\nBarbell Bench Press: 80 kg × 8"
    assert await stored(chat) == []


async def test_sets_keep_the_text_they_came_from_when_it_is_edited_into_nothing(chat: Chat) -> None:
    await chat.say("bench 65x8")
    await chat.edit("how are you?")
    (one,) = await rows(chat)
    texts_kept = {row["id"]: row["raw_text"] for row in (await exported(chat))["imports"]}
    assert texts_kept[one["import_id"]][one["span_start"] : one["span_end"]] == "65x8"
    assert "how are you?" in texts_kept.values()
    await chat.edit("bench 67.5x8")
    assert await stored(chat) == [("Barbell Bench Press", [(67.5, "kg", 8)])]


async def test_a_correction_that_is_edited_away_no_longer_stands(chat: Chat) -> None:
    await chat.say("bench 62.5x8")
    await chat.reply("no, 60")
    (mended, answer) = await chat.edit("squat 100x5")
    assert (mended.is_edit, mended.text) == (True, "Barbell Bench Press · set 1: 62.5 kg × 8")
    assert answer.text == "Barbell Back Squat · set 1: 100 kg × 5"
    assert await stored(chat) == [
        ("Barbell Bench Press", [(62.5, "kg", 8)]),
        ("Barbell Back Squat", [(100, "kg", 5)]),
    ]
    await chat.say("/undo")
    assert await stored(chat) == [("Barbell Bench Press", [(62.5, "kg", 8)])]


@pytest.mark.parametrize(
    ("said", "figures"),
    [("-5", (75, "kg", 8)), ("−2,5", (77.5, "kg", 8)), ("+5", (85, "kg", 8)), ("-1", (80, "kg", 7))],
)
async def test_a_signed_figure_is_a_step_from_the_set_that_is_edited(
    chat: Chat, said: str, figures: tuple[float, str, int]
) -> None:
    await chat.say("bench 80x8")
    await chat.press("✏️ Edit")
    await chat.say(said)
    assert await stored(chat) == [("Barbell Bench Press", [figures])]


async def test_a_signed_reply_to_several_sets_asks_which_one(chat: Chat) -> None:
    await chat.say("bench 80x8, 80x7")
    (asked,) = await chat.reply("-5")
    assert asked.text == "Barbell Bench Press: which set?"
    await chat.press(2)
    assert await stored(chat) == [("Barbell Bench Press", [(80, "kg", 8), (75, "kg", 7)])]


def long_log(sets: int) -> list[str]:
    """Give lines of a session, so many that Telegram would cut their text."""
    filler = "felt heavy but moved well and the bar speed was good all the way up today"
    return [f"squat {60 + index}x5\n{filler}" for index in range(sets)]


async def test_a_log_that_telegram_cut_is_logged_once_as_a_whole(chat: Chat) -> None:
    await chat.at("2026-12-01T18:30")
    lines = long_log(60)
    first, rest = "\n".join(lines[:48]), "\n".join(lines[48:])
    assert 4000 < len(first) <= 4096
    await chat.say(first)
    shown = await chat.say(rest)
    assert shown[0].is_edit
    assert "read as one" in shown[0].text
    assert await stored(chat) == [("Barbell Back Squat", [(60 + index, "kg", 5) for index in range(60)])]
    document = await exported(chat)
    joined = [one for one in document["imports"] if one["kind"] == "log"]
    assert [(one["raw_text"], one["status"]) for one in joined] == [(f"{first}\n{rest}", "saved")]
    assert {one["raw_text"] for one in document["imports"] if one["kind"] == "part"} == {first, rest}
    (answer,) = await chat.edit("squat 200x5")
    assert "part of a longer text" in answer.text
    await chat.say("/undo")
    assert await stored(chat) == []
    await chat.press("↪️ Put it back")
    assert len(await rows(chat)) == 60


async def test_a_line_that_telegram_cut_in_its_middle_is_whole_again(chat: Chat) -> None:
    await chat.at("2026-12-01T18:30")
    text = "\n".join(long_log(49))
    cut = text.rindex("squat 1") + len("squat 10")
    text = text[:5] + " " * (4096 - cut) + text[5:]
    await chat.say(text[:4096])
    await chat.say(text[4096:])
    assert [one["typed_weight"] for one in await rows(chat)] == [60 + index for index in range(49)]


async def test_a_program_that_telegram_cut_is_previewed_as_a_whole(chat: Chat) -> None:
    await chat.at("2026-12-01T18:30")
    days = [f"Day {day}\n" + "\n".join(f"Squat {sets}x{day} @ 100kg" for sets in range(1, 9)) for day in range(1, 31)]
    lines = "\n".join(days).split("\n")
    start = next(at for at in range(len(lines)) if len("\n".join(lines[:at])) > 4000)
    await chat.say("\n".join(lines[:start]))
    shown = await chat.say("\n".join(lines[start:]))
    assert "30 workouts, 240 exercises" in shown[-1].text
    assert len([one for one in (await exported(chat))["imports"] if one["status"] == "preview"]) == 1


async def test_a_diary_that_telegram_cut_is_logged_day_by_day(chat: Chat) -> None:
    await chat.at("2026-12-01T18:30")
    lines = long_log(54)
    first = "\n".join(["2026-11-20", *lines[:20], "2026-11-23", *lines[20:47]])
    rest = "\n".join([*lines[47:50], "2026-11-25", *lines[50:]])
    assert 4000 < len(first) <= 4096
    await chat.say(first)
    await chat.say(rest)
    sessions = (await exported(chat))["sessions"]
    counted = {
        one["session_date"]: sum(s["deleted_at"] is None for entry in one["exercises"] for s in entry["sets"])
        for one in sessions
    }
    assert counted == {"2026-11-20": 20, "2026-11-23": 30, "2026-11-25": 4}


async def test_what_is_said_later_or_about_something_else_is_a_text_of_its_own(chat: Chat) -> None:
    await chat.at("2026-12-01T18:30")
    await chat.say("\n".join(long_log(48)))
    await chat.at("2026-12-01T18:31")
    (answer,) = await chat.say("bench 80x8")
    assert answer.text == "Barbell Bench Press · set 1: 80 kg × 8"
    (answer,) = await chat.say("bench 80x7")
    assert answer.text == "Barbell Bench Press · set 2: 80 kg × 7"
    assert len(await rows(chat)) == 50
