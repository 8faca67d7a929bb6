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
