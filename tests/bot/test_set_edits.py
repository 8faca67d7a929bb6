"""What is typed to change a set is read by what the set is: of repetitions, of a time, of a distance."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Chat


@pytest.mark.parametrize(
    ("logged", "typed", "now"),
    [
        ("plank 60s", "45", "45 s"),
        ("plank 60s", "no, 45", "45 s"),
        ("plank 60s", "+10", "1:10"),
        ("plank 60s", "-10", "50 s"),
        ("plank 60s", "45 kg", "45 kg for 1:00"),
        ("pull-ups 8", "10", "10 reps"),
        ("pull-ups 8", "+1", "9 reps"),
        ("run 5km 25:00", "26:40", "5 km in 26:40"),
        ("run 5km 25:00", "6 km", "6 km in 25:00"),
        ("farmer walk 40m 50kg", "60 m", "50 kg for 60 m"),
    ],
)
async def test_a_figure_is_read_by_what_the_set_is_counted_in(chat: Chat, logged: str, typed: str, now: str) -> None:
    await chat.say(logged)
    await chat.press("✏️ Edit")
    await chat.say(typed)
    assert chat.last.text.startswith("✏️ ")
    assert chat.last.text.endswith(f"set 1: {now}")


@pytest.mark.parametrize(
    ("logged", "typed", "asked", "answer", "now"),
    [
        ("run 5km 25:00", "6", "6 of what? Write it with its unit: 6 km", "6 km", "6 km in 25:00"),
        ("run 5km 25:00", "30", "30 of what?", "30 min", "5 km in 30:00"),
        ("farmer walk 40m 50kg", "60", "60 of what? Write it with its unit: 60 m", "60 kg", "60 kg for 40 m"),
        ("plank 20kg 60s", "90", "90 of what? Write it with its unit: 90 s, or 90 kg", "90 s", "BW+20 kg for 1:30"),
    ],
)
async def test_a_number_that_may_be_several_things_is_asked_about(
    chat: Chat, logged: str, typed: str, asked: str, answer: str, now: str
) -> None:
    (first,) = await chat.say(logged)
    await chat.press("✏️ Edit")
    (question,) = await chat.say(typed)
    assert question.text.startswith(asked)
    assert "Nothing is changed yet" in question.text
    assert (await chat.say("/history"))[0].text.count("1 set") == 1
    await chat.say(answer)
    assert chat.last.text.endswith(f"set 1: {now}"), first.text


async def test_the_example_fits_the_set(chat: Chat) -> None:
    for logged, example in (("bench 80x8", "82.5x8"), ("plank 60s", "45 s"), ("run 5km 25:00", "5 km 26:40")):
        await chat.say(logged)
        (asked,) = await chat.press("✏️ Edit")
        assert asked.text.endswith(f"like {example}.")


async def test_a_number_of_sets_may_count_those_that_are_done(chat: Chat) -> None:
    await chat.say("squat 140x5")
    (asked,) = await chat.say("5 sets")
    assert asked.text == "Barbell Back Squat: one such set is logged. What do you mean?"
    assert asked.buttons == [["5 sets in all: 4 more"], ["5 more sets"]]
    shown = await chat.press("5 sets in all: 4 more")
    assert any(one.text.startswith("Barbell Back Squat · sets 2–5: 140 kg × 5, 5, 5, 5") for one in shown)
    (asked,) = await chat.say("6 sets")
    await chat.press("6 more sets")
    assert "sets 6–11" in chat.last.text


@pytest.mark.parametrize("text", ["2 more sets", "another 2 sets", "same x2", "ещё 2 подхода"])
async def test_more_sets_are_more(chat: Chat, text: str) -> None:
    await chat.say("squat 140x5")
    assert (await chat.say(text))[0].text == "Barbell Back Squat · sets 2–3: 140 kg × 5, 5"


async def test_fewer_sets_than_there_are_can_only_be_more(chat: Chat) -> None:
    await chat.say("squat 140x5x3")
    assert "sets 4–5" in (await chat.say("2 sets"))[0].text
