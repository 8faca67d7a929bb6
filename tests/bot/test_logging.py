"""Logging sets in the chat: what a lifter writes, and the short line that comes back."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Chat
from tests.bot.stored import exported, rows, stored, texts


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("bench 80x8", "Barbell Bench Press · set 1: 80 kg × 8"),
        ("bench 225lb x 5", "Barbell Bench Press · set 1: 225 lb × 5"),
        ("squat 100 3x5", "Barbell Back Squat · sets 1–3: 100 kg × 5, 5, 5"),
        ("жим лежа 80х8х3", "Barbell Bench Press · sets 1–3: 80 kg × 8, 8, 8"),
        ("weighted pull ups +20kg 5/5/4", "Pull-up · sets 1–3: BW+20 kg × 5, 5, 4"),
        ("assisted pull ups -20kg 8", "Assisted Pull-up · set 1: assisted −20 kg × 8"),
        ("pullups 12", "Pull-up · set 1: 12 reps"),
        ("plank 1:30", "Plank · set 1: 1:30"),
        ("ran 5k in 26:40", "Running · set 1: 5 km in 26:40"),
        ("squat 60x5 warmup", "Barbell Back Squat: 60 kg × 5 (warm-up)"),
        ("bench 80x8 @8.5", "Barbell Bench Press · set 1: 80 kg × 8 @8.5"),
        ("squat 140 x 3, 2RIR", "Barbell Back Squat · set 1: 140 kg × 3 (2 RIR)"),
    ],
)
async def test_a_set_is_answered_in_one_line(chat: Chat, said: str, answered: str) -> None:
    (answer,) = await chat.say(said)
    assert answer.text == answered
    assert answer.buttons[-1][-1] == "↩️ Undo"


async def test_several_exercises_take_a_line_each(chat: Chat) -> None:
    (answer,) = await chat.say("bench 80x8, 80x7\nsquat 100x5")
    assert answer.text.splitlines() == [
        "Barbell Bench Press · sets 1–2: 80 kg × 8, 7",
        "Barbell Back Squat · set 1: 100 kg × 5",
    ]


async def test_the_unit_that_was_typed_is_kept_beside_the_kilograms(chat: Chat) -> None:
    await chat.say("/units lb")
    await chat.say("bench 225x5")
    await chat.say("80 kg x 8")
    assert [(one["typed_weight"], one["typed_unit"], one["weight"]) for one in await rows(chat)] == [
        (225, "lb", 102.06),
        (80, "kg", 80),
    ]


async def test_short_answers_speak_of_the_set_before(chat: Chat) -> None:
    await chat.say("bench 80x8")
    lines = [(await chat.say(said))[0].text for said in ("same", "+1", "8", "82.5", "80x7", "+2.5kg", "same x2")]
    assert [line.partition("· ")[2] for line in lines] == [
        "set 2: 80 kg × 8",
        "set 3: 80 kg × 9",
        "set 4: 80 kg × 8",
        "set 5: 82.5 kg × 8",
        "set 6: 80 kg × 7",
        "set 7: 82.5 kg × 7",
        "sets 8–9: 82.5 kg × 7, 7",
    ]


async def test_the_effort_of_the_set_before_is_not_repeated(chat: Chat) -> None:
    await chat.say("bench 80x8 @9")
    assert texts(await chat.say("same")) == ["Barbell Bench Press · set 2: 80 kg × 8"]


async def test_same_again_is_a_button_that_logs_once(chat: Chat) -> None:
    await chat.say("bench 80x8")
    assert texts(await chat.press("🔁 Same again")) == ["Barbell Bench Press · set 2: 80 kg × 8"]
    assert (await stored(chat))[0][1] == [(80, "kg", 8), (80, "kg", 8)]


async def test_a_number_long_after_the_last_set_is_asked_about(chat: Chat) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say("bench 80x8")
    await chat.at("2026-11-03T18:00")
    (asked,) = await chat.say("8")
    assert asked.text == "8 reps of which exercise? Tap it, or reply with its name. Not saved yet."
    (unsure,) = await chat.press("Barbell Bench Press")
    assert unsure.text == "Barbell Bench Press: I read 8 reps, but I am not sure. Not saved yet."
    assert texts(await chat.press("✓ Save it")) == ["Barbell Bench Press · set 1: 8 reps (last time 80 kg × 8)"]


async def test_figures_of_nothing_wait_for_a_name(chat: Chat) -> None:
    (asked,) = await chat.say("80x8")
    assert "which exercise?" in asked.text
    assert await stored(chat) == []
    assert texts(await chat.reply("incline bench")) == ["Incline Barbell Bench Press · set 1: 80 kg × 8"]


async def test_last_time_is_told_and_only_beaten_records_are(chat: Chat) -> None:
    await chat.at("2026-11-02T18:00")
    (first,) = await chat.say("bench 80x8")
    assert "🏆" not in first.text
    (second,) = await chat.say("82.5x8")
    assert "🏆" not in second.text, "the first visit is no party"
    await chat.say("/done")
    await chat.at("2026-11-04T18:00")
    assert texts(await chat.say("bench 80x8")) == ["Barbell Bench Press · set 1: 80 kg × 8 (last time 80 kg × 8)"]
    assert texts(await chat.say("85x8")) == [
        "Barbell Bench Press · set 2: 85 kg × 8 (last time 82.5 kg × 8) 🏆 heaviest yet, 85 kg 🏆 e1RM 107.7 kg"
    ]
    assert texts(await chat.say("85x8")) == ["Barbell Bench Press · set 3: 85 kg × 8"]


async def test_less_help_is_the_record(chat: Chat) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say("assisted pull ups -20kg 8")
    await chat.at("2026-11-04T18:00")
    (less,) = await chat.say("assisted pull ups -15kg 8")
    assert less.text.endswith("🏆 least help yet, 15 kg")


async def test_what_is_only_likely_is_stored_with_a_mark_and_one_tap_settles_it(chat: Chat) -> None:
    (marked,) = await chat.say("curls 20kg x 10")
    assert marked.text.splitlines()[1] == "🟡 I took “curls” for Barbell Curl. Right?"
    (settled,) = await chat.press("✓ Right")
    assert settled.is_edit
    assert settled.text == "Barbell Curl · set 1: 20 kg × 10"
    (again,) = await chat.say("curls 20kg x 10")
    assert again.text == "Barbell Curl · set 2: 20 kg × 10", "the word was learned"


async def test_another_name_moves_the_sets_and_is_learned(chat: Chat) -> None:
    (marked,) = await chat.say("curls 20x10")
    assert "🟡" in marked.text
    other = marked.buttons[0][0]
    (moved,) = await chat.press(other)
    assert moved.text.startswith(other)
    assert [name for name, sets in await stored(chat) if sets] == [other]
    (again,) = await chat.say("curls 20x10")
    assert again.text.startswith(f"{other} · set 2")


async def test_a_learned_word_can_be_forgotten(chat: Chat) -> None:
    await chat.say("curls 20kg x 10")
    await chat.press("✓ Right")
    (listed,) = await chat.say("/aliases")
    assert "“curls” is Barbell Curl" in listed.text
    (left,) = await chat.press("Forget “curls”")
    assert "not learned anything" in left.text


async def test_learned_words_are_nobody_elses(chat: Chat, other_telegram_id: int) -> None:
    await chat.say("curls 20kg x 10")
    await chat.press("✓ Right")
    await chat.enter(f"@@user {other_telegram_id}")
    (theirs,) = await chat.say("curls 20kg x 10")
    assert "🟡" in theirs.text


async def test_the_order_of_three_numbers_is_asked_once(chat: Chat) -> None:
    (asked,) = await chat.say("db curls 10x10x3 done")
    assert asked.text == "Dumbbell Curl: which way round do you write that?"
    assert asked.buttons[:2] == [["10 kg × 10, 10, 10"], ["3 kg × 10 (10 sets)"]]
    assert await stored(chat) == []
    await chat.press("3 kg × 10 (10 sets)")
    (after,) = await chat.say("db curls 8x10x3 done")
    assert after.text == "Dumbbell Curl · sets 11–18: 3 kg × 10 (8 sets)"


async def test_a_load_out_of_all_proportion_is_asked_about(chat: Chat) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say("bench 80x8")
    await chat.at("2026-11-04T18:00")
    (asked,) = await chat.say("bench 800x8")
    assert "Not saved yet" in asked.text
    assert (await stored(chat))[0][1] == [(80, "kg", 8)]
    (saved,) = await chat.press("Leave it out")
    assert saved.text == "Left out: bench 800x8"
    (marked,) = await chat.say("bench 140x1")
    assert "far more than your best" in marked.text


async def test_the_first_session_may_ramp_up_from_the_bar(chat: Chat) -> None:
    await chat.say("squat bar x10")
    assert texts(await chat.say("100x5")) == ["Barbell Back Squat · set 2: 100 kg × 5"]


async def test_minutes_of_something_else_are_none_of_the_exercise_before(chat: Chat) -> None:
    await chat.say("jump rope 5 min")
    (answer,) = await chat.say("sauna 15 min")
    assert "Jump Rope" not in answer.text


async def test_a_name_without_figures_is_asked_for_them_and_nothing_is_filled_in(chat: Chat) -> None:
    (asked,) = await chat.say("bench 80x")
    assert "what did you do?" in asked.text
    assert await stored(chat) == []
    assert texts(await chat.say("7")) == ["Barbell Bench Press · set 1: 80 kg × 7"]


async def test_a_log_answers_for_itself_while_figures_are_asked_for(chat: Chat) -> None:
    await chat.say("bench")
    assert texts(await chat.say("squat 100x5")) == ["Barbell Back Squat · set 1: 100 kg × 5"]
    assert texts(await chat.say("105x5")) == ["Barbell Back Squat · set 2: 105 kg × 5"]


async def test_what_can_be_read_is_stored_and_the_rest_is_asked_one_by_one(chat: Chat) -> None:
    answer, first = await chat.say("bench 80x8\nflurbing 20x10\nsquat 100x5\nsnorping 30x5")
    assert answer.text.splitlines()[:2] == [
        "Barbell Bench Press · set 1: 80 kg × 8",
        "Barbell Back Squat · set 1: 100 kg × 5",
    ]
    assert "flurbing" in first.text
    left, second = await chat.press("🚫 Leave out")
    assert left.text == "Left out: flurbing 20x10"
    assert "snorping" in second.text


async def test_one_line_that_may_be_a_plan_is_asked_about(chat: Chat) -> None:
    (asked,) = await chat.say("bench 3x10")
    assert asked.text == "Barbell Bench Press, 10, 10, 10 reps: done, or planned?"
    (logged,) = await chat.press("✓ Done, log it")
    assert logged.text == "Barbell Bench Press · sets 1–3: 10, 10, 10 reps"


@pytest.mark.parametrize("said", ["hello", "how much should I bench?", "thanks man", "🙂", "asdf"])
async def test_what_is_no_training_gets_a_helpful_line_and_is_never_stored(chat: Chat, said: str) -> None:
    (answer,) = await chat.say(said)
    assert "bench 80x8" in answer.text
    assert await stored(chat) == []
    assert [row["raw_text"] for row in (await exported(chat))["imports"]] == [said], "and the text is kept"


async def test_help_is_not_believed_of_a_barbell(chat: Chat) -> None:
    (asked,) = await chat.say("bench -80x8")
    assert "Not saved yet" in asked.text
    assert await stored(chat) == []


async def test_a_spotters_help_is_marked_and_makes_no_assisted_load(chat: Chat) -> None:
    (marked,) = await chat.say("OHP 50 5/5 (last one with help)")
    assert "🟡" in marked.text
    assert [(one["load_mode"], one["typed_weight"], one["reps"]) for one in await rows(chat)] == [
        ("external", 50, 5)
    ] * 2


async def test_commands_are_understood_without_their_slash(chat: Chat) -> None:
    await chat.say("bench 80x8")
    assert texts(await chat.say("undo"))[-1].startswith("↩️ Taken back")
    assert texts(await chat.say("Done"))[0].startswith("No session is open")


async def test_only_the_sets_of_the_same_numbers_are_told_of_last_time(chat: Chat) -> None:
    await chat.at("2026-11-02T18:00")
    await chat.say("bench 80x8, 80x7, 80x6, 80x5")
    await chat.at("2026-11-04T18:00")
    await chat.say("bench 70x8")
    (answer,) = await chat.say("bench 70x8, 70x8")
    assert answer.text == "Barbell Bench Press · sets 2–3: 70 kg × 8, 8 (last time 80 kg × 7, 6)"


async def test_what_a_user_writes_is_never_markup(chat: Chat) -> None:
    (asked,) = await chat.say("<b>flurb</b> & co 20x10")
    assert "<b>flurb</b>" in asked.text
