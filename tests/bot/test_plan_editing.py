"""A plan edited in the chat: exercises and figures by buttons and by words, workouts, doubts, and two edits at once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.bot_api import Shown
from bot.usecases import plan_editing
from storage.database import Database
from tests.bot.conftest import Chat
from tests.bot.test_programs import labels, newest_with_buttons, stored

PLAN = "Two days\nPush\nBench 3x5 @ 80kg, rest 2 min\nDip 3x8-12\nPull\nRow 3x8\nSquat 5x65% 3x75%"


@pytest.fixture
async def plan(chat: Chat) -> Chat:
    """A person who edits a plan of two days."""
    await chat.say(PLAN)
    await chat.press("✅ Save")
    await chat.press("📖 Open")
    await chat.press("🔧 Edit")
    return chat


async def exercise(chat: Chat, workout: str = "1. Push", number: str = "1") -> Shown:
    await chat.press(workout)
    return (await chat.press(number))[0]


def figures(shown: Shown) -> str:
    """Give the line that tells what is asked of an exercise."""
    return shown.text.splitlines()[3]


async def plan_of(chat: Chat, database: Database) -> dict[str, Any]:
    (document,) = (await stored(database, chat))["plans"]
    return dict(document)


async def names_of(chat: Chat, database: Database, workout: int = 0) -> list[str]:
    """Name the exercises of a workout as the database has them, in order."""
    async with database.begin(telegram_id=chat.conversation.person.id) as work:
        own = (await work.plans.own())[0].plan
        trees = (await work.plans.read(own.id)).workouts
        return [one.exercise.name for one in trees[workout].prescriptions]


async def press_old(chat: Chat, label: str) -> Any:
    """Remember a button, to be pressed when the message shows something else already."""
    conversation = chat.conversation
    message = newest_with_buttons(conversation)
    data = next(button["callback_data"] for button in message.buttons if button["text"] == label)

    async def press() -> list[Shown]:
        before = len(chat.seen)
        await conversation.app.delivery.deliver(conversation.api.press(conversation.person, message, data))
        await conversation.app.worker.settle()
        return chat.seen[before:]

    return press


async def test_figures_are_changed_step_by_step(plan: Chat, database: Database) -> None:
    shown = await exercise(plan)
    assert figures(shown) == "3×5 @ 80 kg · 2 min"
    plus = [number for number, label in enumerate(labels(plan), start=1) if label == "+"]
    for number, told in zip(plus, ("4×5 @ 80 kg", "4×6 @ 80 kg", "4×6 @ 82.5 kg"), strict=True):
        (shown,) = await plan.press(number)
        assert figures(shown) == f"{told} · 2 min"
    await plan.press("⏱ Rest")
    (shown,) = await plan.press("90 s")
    await plan.press("🔥 Effort")
    (shown,) = await plan.press("2 RIR")
    assert figures(shown) == "4×6 @ 82.5 kg, 2 RIR · 90 s"
    (shown,) = await plan.press("No load")
    (shown,) = await plan.press("↔️ Per side")
    assert figures(shown) == "4×6 @ 2 RIR /side · 90 s"
    row = (await plan_of(plan, database))["workouts"][0]["prescriptions"][0]
    assert (row["sets"], row["reps_min"], row["read_by"], row["confidence_level"]) == (4, 6, "user", "high")
    assert row["target_weight"] is None


async def test_figures_are_typed_and_what_is_left_out_stays(plan: Chat, database: Database) -> None:
    await exercise(plan)
    for typed, told in (
        ("4x6-8 @8 90s rest", "4×6–8 @ 80 kg, RPE 8 · 90 s"),
        ("2 RIR", "4×6–8 @ 80 kg, 2 RIR · 90 s"),
        ("85kg", "4×6–8 @ 85 kg, 2 RIR · 90 s"),
        ("5x65% 5x75% 5+x85%", "5 @ 65%, 2 RIR, 5 @ 75%, 2 RIR, 5+ @ 85%, 2 RIR · 90 s"),
        ("3x10", "3×10 @ 2 RIR · 90 s"),
    ):
        await plan.press("⌨️ Type it: 4x6-8 @8, 90s rest")
        (shown,) = await plan.say(typed)
        assert figures(shown) == told
    document = await stored(database, plan)
    row = document["plans"][0]["workouts"][0]["prescriptions"][0]
    texts = {one["id"]: one["raw_text"] for one in document["imports"]}
    assert (texts[row["import_id"]], row["raw_text"]) == ("3x10", "3x10")
    assert document["sessions"] == []


async def test_figures_that_may_mean_two_things_are_asked_about(plan: Chat) -> None:
    await exercise(plan)
    await plan.press("⌨️ Type it: 4x6-8 @8, 90s rest")
    (asked,) = await plan.say("20x5")
    assert "Understood: 5 reps @ 20 kg" in asked.text
    (shown,) = await plan.press("✓ That is right")
    assert figures(shown) == "3×5 @ 20 kg · 2 min"
    await plan.press("⌨️ Type it: 4x6-8 @8, 90s rest")
    await plan.say("10x10x3")
    assert "3×10 @ 10 kg" in labels(plan)
    (shown,) = await plan.press("10×10 @ 3 kg")
    assert figures(shown) == "10×10 @ 3 kg · 2 min"


async def test_what_does_not_fit_or_is_not_read_leaves_the_question_open(plan: Chat, database: Database) -> None:
    await exercise(plan)
    await plan.press("⌨️ Type it: 4x6-8 @8, 90s rest")
    (told,) = await plan.say("20 sets of 5")
    assert told.text == "One exercise holds 15 sets at most. For more, add it twice."
    (told,) = await plan.say("4 77 1 3")
    assert "did I read the figures right?" in told.text
    (logged,) = await plan.say("squat 100kg x 5")
    assert "Barbell Back Squat" in logged.text, "a set of another exercise is logged, not taken for figures"
    await plan.say("15x3")
    assert labels(plan)[:2] == ["15×3", "3 reps @ 15 kg"], "sets and reps, or a load and reps"
    (shown,) = await plan.press("15×3")
    assert figures(shown).startswith("15×3")
    _, toast = await plan.press(3)
    assert toast.text == "It goes no further than that."
    assert (await plan_of(plan, database))["workouts"][0]["prescriptions"][0]["sets"] == 15


async def test_sets_that_differ_stay_true_to_their_summary(plan: Chat, database: Database) -> None:
    shown = await exercise(plan, "2. Pull", "2")
    assert figures(shown) == "5 @ 65%, 3 @ 75%"
    (shown,) = await plan.press(3)
    assert figures(shown) == "5 @ 65%, 2×3 @ 75%"
    row = (await plan_of(plan, database))["workouts"][1]["prescriptions"][1]
    assert (row["sets"], row["reps_min"], row["reps_max"], len(row["scheme"])) == (3, 3, 5, 3)
    (shown,) = await plan.press("Make all sets like the first")
    assert figures(shown) == "3×5 @ 65%"
    row = (await plan_of(plan, database))["workouts"][1]["prescriptions"][1]
    assert row["scheme"] == []


async def test_exercises_are_added_by_name_with_figures_or_without(plan: Chat, database: Database) -> None:
    await plan.press("1. Push")
    await plan.press("➕ Exercise")
    (shown,) = await plan.say("overhead press 3x8-10 @7")
    assert shown.text.splitlines()[:3] == ["➕ Added.", "", "🔧 Overhead Press"]
    await plan.press("« Workout")
    await plan.press("➕ Exercise")
    (shown,) = await plan.say("lateral raise")
    assert "usual figures" in shown.text
    await plan.press("« Workout")
    await plan.press("➕ Exercise")
    (shown,) = await plan.say("face pull 3x15\ntriceps pushdown 3x12 rest 1 min")
    assert "6. Triceps Pushdown: 3×12 · 1 min" in shown.text
    assert (await names_of(plan, database))[2:] == ["Overhead Press", "Lateral Raise", "Face Pull", "Triceps Pushdown"]


async def test_a_name_that_is_not_known_is_asked_about_or_kept(plan: Chat, database: Database) -> None:
    await plan.press("1. Push")
    await plan.press("➕ Exercise")
    (asked,) = await plan.say("qwertz thing 4x9")
    assert "Which exercise" in asked.text or "I know no exercise" in asked.text
    await plan.press("✍️ Keep as my own")
    shown, _ = await plan.press("Chest")
    assert figures(shown) == "4×9"
    assert (await names_of(plan, database))[-1].casefold().startswith("qwertz")
    await plan.press("« Workout")
    await plan.press("➕ Exercise")
    await plan.say("wrist thingy")
    before = await names_of(plan, database)
    candidates = [label for label in labels(plan) if label not in ("✍️ Keep as my own", "« Back")]
    if candidates:
        await plan.press(candidates[0])
        assert await names_of(plan, database) == [*before, candidates[0]]


async def test_a_replacement_takes_sets_over_and_not_the_load(plan: Chat, database: Database) -> None:
    await exercise(plan)
    await plan.press("🔁 Replace")
    (shown,) = await plan.say("dumbbell bench press")
    assert "the load was for the other one" in shown.text
    assert "3×5 · 2 min" in shown.text
    await plan.press("🔁 Replace")
    (shown,) = await plan.say("incline dumbbell press 4x10 @ 24kg")
    assert "4×10 @ 24 kg · 2 min" in shown.text
    assert (await names_of(plan, database))[0] == "Incline Dumbbell Press"


@pytest.mark.parametrize("typed", ["Zercher wobble press", "Zercher wobble press 3x8", "curls"])
async def test_a_replacement_that_is_not_surely_named_is_asked_about(
    plan: Chat, database: Database, typed: str
) -> None:
    before = await names_of(plan, database)
    await exercise(plan)
    await plan.press("🔁 Replace")
    await plan.say(typed)
    assert await names_of(plan, database) == before
    assert "✍️ Keep as my own" in labels(plan)


async def test_half_of_what_was_typed_replaces_nothing(plan: Chat, database: Database) -> None:
    before = await names_of(plan, database)
    await exercise(plan)
    await plan.press("🔁 Replace")
    (shown,) = await plan.say("hammer curls and wobble press")
    assert "hammer curls and wobble press" in shown.text
    assert await names_of(plan, database) == before


async def test_likely_replacements_are_offered(plan: Chat, database: Database) -> None:
    await exercise(plan)
    await plan.press("🔁 Replace")
    instead = labels(plan)[0]
    assert len(labels(plan)) == 7
    shown, toast = await plan.press(instead)
    assert toast.text.startswith("🔁 Replaced")
    assert shown.text.splitlines()[0] == f"🔧 {instead}"
    assert (await names_of(plan, database))[0] == instead


async def test_exercises_are_moved_removed_and_put_back(plan: Chat, database: Database) -> None:
    await exercise(plan)
    await plan.press("⬇️")
    assert await names_of(plan, database) == ["Dip", "Barbell Bench Press"]
    shown, toast = await plan.press("🗑 Remove")
    assert toast.text == "Removed. It can be put back."
    assert "Bench" not in shown.text
    await plan.press("↩️ Put back (1)")
    shown, _ = await plan.press("↩️ Barbell Bench Press")
    assert await names_of(plan, database) == ["Dip", "Barbell Bench Press"]
    await plan.press("2")
    (shown,) = await plan.press("🔗 Superset with the one above")
    assert "🔗 in turns with Dip" in shown.text
    await plan.press("« Workout")
    assert "2. A2 Barbell Bench Press" in plan.last.text
    await plan.press("2")
    (shown,) = await plan.press("✂️ Out of the superset")
    assert "in turns" not in shown.text


async def test_notes_and_tempo_are_typed_and_taken_away(plan: Chat, database: Database) -> None:
    await exercise(plan)
    await plan.press("🎵 Tempo")
    (told,) = await plan.say("3-1")
    assert "3-1-1-0" in told.text
    (shown,) = await plan.say("3-1-X-0")
    assert "tempo 31X0" in figures(shown)
    await plan.press("📝 Note")
    (shown,) = await plan.say("elbows in\npause on the chest")
    assert "elbows in pause on the chest" in shown.text
    await plan.press("🎵 Tempo")
    (shown,) = await plan.press("✖️ Take it away")
    assert "tempo" not in figures(shown)
    row = (await plan_of(plan, database))["workouts"][0]["prescriptions"][0]
    assert (row["tempo"], row["notes"]) == (None, "elbows in\npause on the chest")


async def test_workouts_are_added_named_moved_copied_and_removed(plan: Chat, database: Database) -> None:
    await plan.press("➕ Workout")
    (shown,) = await plan.say("Legs")
    assert shown.text.startswith("➕ Added. Now its exercises.")
    await plan.press("✏️ Name")
    await plan.say("Leg day")
    await plan.press("📆 Day")
    (shown,) = await plan.press("Fri")
    assert shown.text.startswith("🔧 Leg day (Friday)")
    await plan.press("⬆️")
    await plan.press("« Workouts")
    (shown,) = await plan.press("1. Push")
    shown, _ = await plan.press("📑 Copy")
    assert shown.text.startswith("🔧 Push (2)")
    await plan.press("« Workouts")
    assert [label for label in labels(plan) if label[0].isdigit()] == [
        "1. Push",
        "2. Push (2)",
        "3. Leg day (Friday)",
        "4. Pull",
    ]
    await plan.press("1. Push")
    shown, _ = await plan.press("🗑 Remove")
    await plan.press("↩️ Put back (1)")
    await plan.press("↩️ Push")
    document = await plan_of(plan, database)
    names = [one["name"] for one in document["workouts"] if one["deleted_at"] is None]
    assert names == ["Push", "Push (2)", "Leg day", "Pull"]
    assert document["days_per_week"] == 4


async def test_a_plan_is_described_and_renamed_while_it_is_edited(plan: Chat, database: Database) -> None:
    await plan.press("📝 Description")
    (shown,) = await plan.say("Two days, and home for dinner.")
    assert "Two days, and home for dinner." in shown.text
    await plan.press("✏️ Rename")
    await plan.say("Dinner plan")
    document = await plan_of(plan, database)
    assert (document["name"], document["description"]) == ("Dinner plan", "Two days, and home for dinner.")


async def test_the_later_of_two_edits_is_told_and_shown_the_new_state(plan: Chat, database: Database) -> None:
    await exercise(plan)
    minus, remove, down = [await press_old(plan, label) for label in ("−", "🗑 Remove", "⬇️")]
    await plan.press(3)
    shown, toast = await remove()
    assert toast.text == "This has changed meanwhile."
    assert figures(shown) == "4×5 @ 80 kg · 2 min"
    assert (await minus())[0].text != "", "a step from the old state is answered too"
    assert (await plan_of(plan, database))["workouts"][0]["prescriptions"][0]["sets"] == 4
    await down()
    assert await names_of(plan, database) == ["Dip", "Barbell Bench Press"], "its place had not changed"
    again = await down()
    assert [one.method for one in again] == ["answerCallbackQuery"]
    assert await names_of(plan, database) == ["Dip", "Barbell Bench Press"]


async def test_a_text_that_comes_too_late_is_kept_and_changes_nothing(plan: Chat, database: Database) -> None:
    await exercise(plan)
    more = await press_old(plan, "+")
    await plan.press("⌨️ Type it: 4x6-8 @8, 90s rest")
    async with database.begin(telegram_id=plan.conversation.person.id) as work:
        own = (await work.plans.own())[0].plan
        bench = (await work.plans.read(own.id)).workouts[0].prescriptions[0].row
        await work.plan_editing.amend(bench.id, bench.version, sets=7)
    (shown,) = await plan.say("4x6")
    assert shown.text.startswith("This has changed meanwhile. Here is how it stands now.")
    assert "7×5 @ 80 kg" in shown.text
    document = await stored(database, plan)
    assert document["plans"][0]["workouts"][0]["prescriptions"][0]["sets"] == 7
    assert "4x6" in [one["raw_text"] for one in document["imports"]]
    assert (await more())[-1].text == "This has changed meanwhile."


async def test_buttons_of_what_was_removed_show_the_way_back(plan: Chat, database: Database) -> None:
    await exercise(plan)
    more = await press_old(plan, "+")
    await plan.press("🗑 Remove")
    shown, _ = await more()
    assert shown.text == "Barbell Bench Press was taken out."
    await plan.press("« Workout")
    name = await press_old(plan, "✏️ Name")
    await plan.press("🗑 Remove")
    shown, _ = await name()
    assert shown.text == "Push was taken out."
    await plan.press("« Workouts")
    old = await press_old(plan, "1. Pull")
    await plan.press("« Plan")
    await plan.press("🗑 Delete")
    assert (await plan_of(plan, database))["deleted_at"] is not None
    assert [one.text for one in await old()] == ["That plan is no longer there."]


async def test_an_edited_message_that_changed_a_plan_is_not_logged(plan: Chat, database: Database) -> None:
    await exercise(plan)
    await plan.press("⌨️ Type it: 4x6-8 @8, 90s rest")
    await plan.say("4x8")
    (told,) = await plan.edit("80x8")
    assert told.text.startswith("That message changed your plan.")
    assert (await stored(database, plan))["sessions"] == []


async def test_workouts_of_one_name_count_each_where_a_plan_is_full(
    chat: Chat, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_editing, "MOST_WORKOUTS", 2)
    await chat.say("Two days\nPush\nBench 3x5 @ 80kg\nPush\nDip 3x8")
    for label in ("✅ Save", "📖 Open", "🔧 Edit", "1. Push"):
        await chat.press(label)
    _, refusal = await chat.press("📑 Copy")
    assert refusal.text == "A plan holds 60 workouts at most."
    assert [one["name"] for one in (await plan_of(chat, database))["workouts"]] == ["Push", "Push"]
