"""What comes next time, and what the user settles about it: suggestions, training maxima, plates and kit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.bot_api import Shown
from bot.usecases.kit import Typed, parse_kit
from bot.usecases.plates import Wanted, parse_wanted
from bot.usecases.progression import TypedLoad, parse_load
from tests.bot.conftest import Chat
from training.loading import Implement, Plate


async def plan(chat: Chat, *lines: str, name: str = "Strength") -> None:
    await chat.say("\n".join((name, "Day 1", *lines)))
    await chat.press("✅ Save")


async def train(chat: Chat, *texts: str) -> Shown:
    """Train today's workout with these texts, and give the summary."""
    await chat.say("/today")
    await chat.press("▶️ Start this workout")
    for text in texts:
        await chat.say(text)
    return (await chat.say("/done"))[-1]


async def test_sets_at_the_top_of_the_range_raise_the_load(chat: Chat) -> None:
    await plan(chat, "Bench press 3x6-8 80kg", "Squat 3x5 100kg")
    summary = await train(chat, "bench 80x8x3", "squat 100x5x2", "squat 100x4")
    assert "• Barbell Bench Press: 3×6–8 @ 82.5 kg (all sets reached 8: 2.5 kg more)" in summary.text.splitlines()
    assert "• Barbell Back Squat: 3×5 @ 100 kg (5, 5, 4 was short of 5: try again)" in summary.text.splitlines()
    await chat.at("2099-12-01T18:00")
    assert "3×6–8 @ 82.5 kg" in (await chat.say("/today"))[-1].text


async def test_the_user_overrules_a_suggestion(chat: Chat) -> None:
    await plan(chat, "Bench press 3x6-8 80kg", "Squat 3x5 100kg")
    await train(chat, "bench 80x8x3", "squat 100x5x3")
    said = await chat.say("next bench 91")
    assert said[-1].text.splitlines() == [
        "🎯 Next time Barbell Bench Press with 91 kg, whatever the scheme says.",
        "The nearest you can load is 90 kg (see /plates).",
    ]
    shown = (await chat.say("/today"))[-1].text
    assert "3×6–8 @ 91 kg\n    your own choice" in shown
    await chat.at("2099-12-01T18:00")
    await train(chat, "bench 91x8x3", "squat 102.5x5x3")
    assert "3×6–8 @ 92.5 kg" in (await chat.say("/today"))[-1].text  # it held for one time


async def test_a_settled_load_is_forgotten(chat: Chat) -> None:
    await plan(chat, "Bench press 3x6-8 80kg", "Squat 3x5 100kg")
    await chat.say("/next bench 91")
    await chat.say("/next bench off")
    assert "3×6–8 @ 80 kg" in (await chat.say("/today"))[-1].text


async def test_another_scheme_and_another_step(chat: Chat) -> None:
    await plan(chat, "Bench press 3x6-8 80kg", "Squat 3x5 100kg")
    await train(chat, "bench 80x7x3", "squat 100x5x3")
    assert "3×6–8 @ 80 kg" in (await chat.say("/progression bench"))[-1].text
    await chat.press("↕️ Step")
    await chat.press("5 kg")
    assert "Step up: 5 kg (your choice)" in chat.last.text
    await chat.say("/progression squat")
    await chat.press("📈 Another scheme")
    await chat.press("double progression")
    assert "Goes by: double progression (your choice)" in chat.last.text
    assert "3×5 @ 102.5 kg" in chat.last.text
    await chat.press("📈 Another scheme")
    await chat.press("↩️ As the plan says")
    assert "Goes by: linear (by its sets and reps)" in chat.last.text


async def test_a_program_says_how_to_go_up(chat: Chat) -> None:
    await plan(chat, "Overhead press 3x5 40kg, add 1 kg each session", "Row 3x8-8", "Bench 3x8-12 double progression")
    summary = await train(chat, "ohp 40x5x3")
    assert "• Overhead Press: 3×5 @ 42.5 kg (all reps made: 2.5 kg more)" in summary.text.splitlines()
    shown = (await chat.say("/progression ohp"))[-1].text
    assert "Goes by: linear (the plan says so)" in shown
    assert "Step up: 1 kg (your choice)" in shown
    assert "double progression (the plan says so)" in (await chat.say("/progression bench"))[-1].text


async def test_percents_follow_the_training_max(chat: Chat) -> None:
    await plan(chat, "Squat 5@65%, 5@75%, 5+@85% of TM", "Bench 3x8 60kg")
    assert "no max on record yet" in (await chat.say("/today"))[-1].text
    said = (await chat.say("/tm squat 140"))[-1]
    assert said.text.splitlines()[0] == "Barbell Back Squat · training max 140 kg · cycle 1"
    assert " 65 %      90 kg" in said.text
    shown = (await chat.say("/today"))[-1].text
    assert "percents of your training max of 140 kg" in shown
    assert "90 kg" in shown
    assert "Barbell Back Squat: 140 kg" in (await chat.say("/tm"))[-1].text
    await chat.say("/tm squat off")
    assert "no max on record yet" in (await chat.say("/today"))[-1].text


async def test_a_missed_last_set_lowers_the_training_max_once(chat: Chat) -> None:
    await plan(chat, "Squat 5@65%, 5@75%, 5+@85% of TM", "Bench 3x8 60kg")
    await chat.say("/tm squat 140")
    await chat.say("/today")
    await chat.press("▶️ Start this workout")
    for text in ("squat 90x5", "squat 105x5", "squat 120x3"):
        await chat.say(text)
    told = " ".join(shown.text for shown in await chat.say("/done"))
    assert "📉 Barbell Back Squat: short of the written reps, training max 140 kg → 125 kg, 10 % less." in told
    await chat.press("↩️ Not done yet")
    await chat.say("/done")
    assert "Barbell Back Squat: 125 kg" in (await chat.say("/tm"))[-1].text  # not lowered twice


async def test_a_cycle_raises_the_training_max(chat: Chat) -> None:
    week = "Week {}\nDay 1\nSquat {}\nBench 3x8"
    waves = ("5@65%, 5@75%, 5+@85% of TM", "3@70%, 3@80%, 3+@90% of TM")
    await chat.say("Waves\n" + "\n".join(week.format(number, wave) for number, wave in enumerate(waves, start=1)))
    await chat.press("✅ Save")
    await chat.say("/tm squat 300 lb")
    summary = await train(chat, "squat 195lbx5", "squat 225lbx5", "squat 255lbx8")
    assert "📈" not in summary.text
    assert "• Barbell Back Squat: 3 @ 210 lb (70%), 3 @ 240 lb (80%), 3+ @ 270 lb (90%)" in summary.text  # of week 2
    await chat.at("2099-12-01T18:00")
    await chat.say("/today")
    await chat.press("▶️ Start this workout")
    for text in ("squat 210lbx3", "squat 240lbx3", "squat 270lbx5"):
        await chat.say(text)
    told = "\n".join(shown.text for shown in await chat.say("/done"))
    raised = "📈 Barbell Back Squat: cycle done, training max 300 lb → 310 lb. Cycle 2 begins."
    assert raised in told.splitlines()
    assert "200 / 230 / 265 lb" in (await chat.say("/progression"))[-1].text


async def test_pounds_are_suggested_in_pounds(chat: Chat) -> None:
    await chat.say("/units lb")
    await plan(chat, "Bench press 3x6-8 225 lb", "Dumbbell curl 3x10-12 30 lb")
    summary = await train(chat, "bench 225x8x3", "dumbbell curl 30x12x3")
    assert "3×6–8 @ 230 lb" in summary.text
    assert "3×10–12 @ 35 lb" in summary.text


async def test_the_bare_body_goes_up_by_repetitions_and_holds_by_seconds(chat: Chat) -> None:
    await plan(chat, "Push-up 3x8-15", "Plank 3x45s")
    summary = await train(chat, "push ups 10 10 9", "plank 45s 45s 45s")
    assert "3×10–15" in summary.text
    assert "3×50 s" in summary.text


async def test_plates_are_drawn(chat: Chat) -> None:
    said = (await chat.say("/plates 102.5"))[-1]
    assert said.text.splitlines() == ["102.5 kg on a 20 kg bar", "──[25][15][1.25]▏", "each side: 25 + 15 + 1.25"]
    assert "<code>──[25][15][1.25]▏</code>" in said.markup
    await chat.press("105 kg ▶")
    assert chat.last.text.splitlines()[1] == "──[25][15][2.5]▏"
    assert "──[45][45]▏" in (await chat.say("/plates 225 lb"))[-1].text
    assert "──[20][2.5]▏" in (await chat.say("plates 60 bar 15"))[-1].text
    assert (await chat.say("/plates 103"))[-1].text.splitlines()[0] == (
        "103 kg cannot be made with your plates: 102.5 kg is the nearest below, 105 kg the next above."
    )
    assert "15 kg is less than the 20 kg bar." in (await chat.say("/plates 15"))[-1].text
    await chat.say("/plates")
    assert "60 kg on a 20 kg bar" in (await chat.say("60"))[-1].text


async def test_suggestions_go_by_the_plates_there_are(chat: Chat) -> None:
    await chat.say("/equipment")
    await chat.press("🏋️ Bars & plates")
    await chat.press("Plates")
    taken = (await chat.say("20x2 10x1 5x1"))[-1]
    assert "Plates: 20 (2 pairs), 10 (1 pair), 5 (1 pair) kg" in taken.text
    await plan(chat, "Bench press 3x6-8 80kg", "Squat 3x5 100kg")
    summary = await train(chat, "bench 80x8x3", "squat 100x5x3")
    assert "Barbell Bench Press: 3×6–8 @ 90 kg" in summary.text
    assert "Barbell Back Squat: 3×5 @ 110 kg" in summary.text
    await chat.say("/plates 500")
    assert "500 kg is more than your plates come to." in chat.last.text


async def test_bars_and_dumbbells_are_chosen_by_buttons(chat: Chat) -> None:
    await chat.say("/equipment")
    await chat.press("🏋️ Bars & plates")
    await chat.press("Bars")
    await chat.press("Women’s bar, 15 kg")
    assert "Bar 15 kg" in chat.last.text
    await chat.press("Dumbbells")
    await chat.say("5 7.5 10")
    assert "Dumbbells: 5, 7.5, 10 kg" in chat.last.text
    await chat.press("↩️ Ordinary gym")
    assert "Bar 20 kg" in chat.last.text
    assert "every 2 kg" in chat.last.text


LOADS = [
    ("squat 140", TypedLoad("squat", Decimal(140), None)),
    ("bench press 225lb", TypedLoad("bench press", Decimal(225), "lb")),
    ("dips -20 kg", TypedLoad("dips", Decimal(20), "kg", "-")),
    ("82,5", TypedLoad("", Decimal("82.5"), None)),
    ("squat", None),
    ("squat 0", None),
    ("squat 4000", None),
]


@pytest.mark.parametrize(("text", "typed"), LOADS)
def test_a_name_and_a_load(text: str, typed: TypedLoad | None) -> None:
    assert parse_load(text) == typed


KITS = [
    (
        "plates 25x2 20 1.25",
        Typed("plates", (Plate(Decimal(25), 2), Plate(Decimal(20)), Plate(Decimal("1.25"))), "kg"),
    ),
    ("45 35 lb", Typed("plates", (Plate(Decimal(45)), Plate(Decimal(35))), "lb")),
    ("ez bar 7.5", Typed("ez_bar", (Plate(Decimal("7.5")),), "kg")),
    ("dumbbells 5, 10 and 15", Typed("dumbbells", tuple(Plate(Decimal(one)) for one in (5, 10, 15)), "kg")),
    # no kit: a set, no figures, a plate that nobody has, the same plate twice, none of a plate
    ("bench 80x8", None),
    ("plates", None),
    ("plates 250", None),
    ("plates 20x2 20x4", None),
    ("plates 20x0", None),
]


@pytest.mark.parametrize(("text", "typed"), KITS)
def test_a_kit_as_it_is_typed(text: str, typed: Typed | None) -> None:
    assert parse_kit(text, "kg", "plates") == typed


WANTED = [
    ("102.5", Wanted(Decimal("102.5"), "kg")),
    ("225 lb", Wanted(Decimal(225), "lb")),
    ("60 bar 15", Wanted(Decimal(60), "kg", Decimal(15))),
    ("40 on the bar", None),
    ("40 ez bar", Wanted(Decimal(40), "kg", None, Implement.EZ_BAR)),
    ("25x2 20", None),
    ("0", None),
]


@pytest.mark.parametrize(("text", "wanted"), WANTED)
def test_a_load_for_a_bar(text: str, wanted: Wanted | None) -> None:
    assert parse_wanted(text, "kg") == wanted


@pytest.mark.parametrize("command", ["tm", "next", "progression"])
async def test_a_word_for_several_exercises_settles_nothing(chat: Chat, command: str) -> None:
    load = "" if command == "progression" else " 40"
    await chat.say(f"/{command} curls{load}")
    assert chat.last.text == "Which exercise do you mean by “curls”?"
    await chat.press("Barbell Curl")
    assert "Barbell Curl" in chat.last.text


async def test_the_step_of_percents_is_that_of_a_cycle(chat: Chat) -> None:
    await chat.say("/tm squat 315 lb")
    await chat.say("/tm bench 225 lb")
    await plan(chat, "Squat 5@65%, 5@75%, 5+@85% of TM", "Bench 5@65%, 5@75%, 5+@85% of TM")
    assert "Step up after a cycle: 10 lb" in (await chat.say("/progression squat"))[0].text
    assert "Step up after a cycle: 5 lb" in (await chat.say("/progression bench"))[0].text
    await chat.press("↕️ Step")
    await chat.press("2.5 lb")
    assert "Step up after a cycle: 2.5 lb (your choice)" in chat.last.text
