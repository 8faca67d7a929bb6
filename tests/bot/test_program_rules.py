"""The pure rules about programs: how targets are written, what fits, what is asked, and how two readings join."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from bot.markup import Html
from bot.messages import messages_in
from bot.usecases.program_doubts import open_places, questions, typed_words
from bot.usecases.program_draft import (
    Decision,
    Draft,
    Place,
    confidence_of,
    draft_from_json,
    draft_of,
    draft_to_json,
)
from bot.usecases.program_limits import can_split, fits, split_sets
from bot.usecases.program_merge import join
from bot.usecases.program_plan import plan_of
from bot.usecases.targets import prescribed_in
from bot.usecases.weekdays import names_week, weekday_in
from bot.views import pages, prescriptions
from bot.views.program_preview import superset_labels
from parser import Confidence, PrescribedExercise, SchemeSet, Span, read_shorthand
from storage.drafts import PlanDraft

MESSAGES = messages_in("en")


def program(*lines: str) -> Draft:
    return draft_of(read_shorthand("\n".join(("Plan", "Day 1", *lines))))


def exercise(raw: str = "squat 3x5", **stated: object) -> PrescribedExercise:
    plain = PrescribedExercise(
        raw, Span(0, len(raw)), 1, "Barbell Back Squat", "barbell-back-squat", confidence=Confidence.HIGH
    )
    return replace(plain, **stated)


def plan(draft: Draft) -> PlanDraft:
    exercises = {place: uuid4() for place, _ in draft.kept}
    return plan_of(draft, "Plan", tuple("ABCDEFG"), exercises, {}, "kg", uuid4())


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("bench 4x6-8 @8, rest 3 min", "4×6–8 @ RPE 8 · 3 min"),
        ("bench 3x8 @ 80kg", "3×8 @ 80 kg"),
        ("bench 5x5 @ 75%", "5×5 @ 75%"),
        ("squat 5x65% 5x75% 5+x85%", "5 @ 65%, 5 @ 75%, 5+ @ 85%"),
        ("squat 3x5+", "3×5+"),
        ("pull ups 3xAMRAP", "3×AMRAP"),
        ("plank 3 x 45s", "3×45 s"),
        ("plank 3 x 1:30", "3×1:30"),
        ("Leg press 3x12 RIR 1, rest 90s", "3×12 @ 1 RIR · 90 s"),
        ("bulgarian split squat 3x8-10 each leg", "3×8–10 /side"),
        ("squat 4x6, tempo 3-1-1-0, rest 2min", "4×6 · 2 min · tempo 3110"),
        ("deadlift 10/8/6/4", "10, 8, 6, 4"),
        ("squat 225lb 3x5", "3×5 @ 225 lb"),
    ],
)
def test_targets_are_written_as_lifters_write_them(line: str, written: str) -> None:
    (read,) = read_shorthand(f"Plan\nDay 1\n{line}").prescribed
    assert prescriptions.line(MESSAGES, prescribed_in(read, "kg")) == written


@pytest.mark.parametrize(
    ("stated", "is_storable", "is_splittable"),
    [
        ({"sets": 15, "reps_min": 5, "reps_max": 5}, True, False),
        ({"sets": 16, "reps_min": 5, "reps_max": 5}, False, True),
        ({"sets": 60, "reps_min": 5, "reps_max": 5}, False, True),
        ({"sets": 61, "reps_min": 5, "reps_max": 5}, False, False),  # nobody means that
        ({"sets": 0}, False, False),
        ({"sets": None}, True, False),  # an easy run has no sets
        ({"sets": 3, "reps_min": 0, "reps_max": 0}, True, False),  # zero is a number like any other
        ({"sets": 3, "reps_min": 12, "reps_max": 8}, False, False),
        ({"sets": 3, "percent": Decimal(201)}, False, False),
        ({"sets": 3, "rpe": Decimal(11)}, False, False),
        ({"sets": 3, "weight": Decimal(10**9)}, False, False),
        ({"sets": 3, "seconds": 10**12}, False, False),
        ({"scheme": (SchemeSet(5, 5),) * 16}, False, True),
        (
            {"scheme": (SchemeSet(5, 5, weight=Decimal(20), load_mode="added"),
                        SchemeSet(5, 5, weight=Decimal(20), load_mode="assisted"))},
            False,
            False,
        ),
    ],
)  # fmt: skip
def test_what_a_prescription_holds(stated: dict[str, object], is_storable: bool, is_splittable: bool) -> None:
    read = exercise(**stated)
    assert fits(read) is is_storable
    assert can_split(read) is is_splittable


@pytest.mark.parametrize(("sets", "parts"), [(16, [8, 8]), (20, [10, 10]), (31, [10, 10, 11]), (45, [15, 15, 15])])
def test_too_many_sets_are_split_evenly_and_none_is_lost(sets: int, parts: list[int]) -> None:
    split = split_sets(exercise(sets=sets, reps_min=5, reps_max=5, amrap=True))
    assert [part.sets for part in split] == parts
    assert [part.amrap for part in split] == [*[False] * (len(parts) - 1), True]


def test_a_scheme_that_is_split_keeps_every_set() -> None:
    scheme = tuple(SchemeSet(number, number) for number in range(1, 21))
    first, second = split_sets(exercise(scheme=scheme))
    assert first.scheme + second.scheme == scheme


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("zercher thing 3x8", "zercher thing"),
        ("A1) zercher thing 3x8", "zercher thing"),
        ("- zercher thing: 3 x 8", "zercher thing"),
        ("1. zercher thing – 3 × 8", "zercher thing"),
        ("B2. zercher thing | 3 | 8", "zercher thing"),
        ("• zercher thing (slow) 3x8", "zercher thing"),
        ("3x8 zercher thing", "Named"),  # figures first: the name that was read
        ("приседания 3х8", "приседания"),
    ],
)
def test_the_users_words_for_an_exercise(raw: str, words: str) -> None:
    assert typed_words(exercise(raw, name="Named")) == words


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Push (Monday)", 0),
        ("Montag: Beine", 0),
        ("понедельник", 0),
        ("пн", 0),
        ("Day 1 - lunes", 0),
        ("Sunday", 6),
        ("Mon/Thu push", None),  # two days are none
        ("Do the work", None),  # no German Thursday
        ("Push", None),
        (None, None),
    ],
)
def test_the_day_of_the_week_in_a_name(name: str | None, day: int | None) -> None:
    assert weekday_in(name) == day


@pytest.mark.parametrize(
    ("name", "is_named"),
    [("Week 2", True), ("Woche 2 Tag 1", True), ("Неделя 1", True), ("Day 2", False), ("Push", False), ("W2D1", False)],
)
def test_a_name_that_says_its_week(name: str, is_named: bool) -> None:
    assert names_week(name) is is_named


def test_a_draft_comes_back_from_json_as_it_was() -> None:
    draft = program("squat 5x65% 5x75% 5+x85%", "blorb 3x8", "bench 3x8 80kg")
    draft = draft.decide([Place(0, 1)], lambda decision: replace(decision, own_name="Blorb", own_muscle="back"))
    draft = replace(draft, renamed="Mine", ignored=frozenset({3}), waits_for_model=True, message_id=UUID(int=7))
    assert draft_from_json(json.loads(json.dumps(draft_to_json(draft)))) == draft


def test_a_chosen_name_settles_the_name_and_not_the_figures() -> None:
    draft = program("blorb 3x8")
    assert confidence_of(draft.item(Place(0, 0))) is Confidence.LOW
    named = draft.decide([Place(0, 0)], lambda decision: replace(decision, key="squat", name="Squat"))
    assert confidence_of(named.item(Place(0, 0))) is Confidence.HIGH
    assert open_places(named) == ()


def test_what_is_low_is_asked_about_first() -> None:
    asked = questions(program("flyes 3x8", "blorb 3x8"))
    assert [(question.words, question.is_low) for question in asked] == [("blorb", True), ("flyes", False)]


def test_what_was_left_out_is_not_asked_about_and_not_saved() -> None:
    draft = program("blorb 3x8", "squat 3x5")
    draft = draft.decide([Place(0, 0)], lambda decision: replace(decision, is_left_out=True))
    assert questions(draft) == ()
    (workout,) = plan(draft).workouts
    assert [one.raw_text for one in workout.prescriptions] == ["squat 3x5"]


def test_figures_that_do_not_fit_are_never_clamped() -> None:
    (workout,) = plan(program("pull ups 20x5")).workouts
    (prescription,) = workout.prescriptions
    assert (prescription.sets, prescription.reps_min, prescription.raw_text) == (None, None, "pull ups 20x5")


def test_the_summary_of_sets_that_differ_is_true_of_all_of_them() -> None:
    (workout,) = plan(program("squat 5x65% 3x75% 1+x85%")).workouts
    (squat,) = workout.prescriptions
    assert (squat.sets, squat.reps_min, squat.reps_max, squat.target_percent) == (3, 1, 5, None)
    assert [one.target_percent for one in squat.scheme] == [65, 75, 85]


def test_weeks_and_days_give_positions_week_numbers_and_days_per_week() -> None:
    text = "\n".join(f"Week {week} Day {day}\nsquat 3x5" for week in (1, 2, 3) for day in (1, 2))
    made = plan_of(
        draft := draft_of(read_shorthand(f"Six\n{text}")),
        "Six",
        tuple("ABCDEF"),
        {place: uuid4() for place, _ in draft.kept},
        {},
        "kg",
        uuid4(),
    )
    assert [workout.week_number for workout in made.workouts] == [1, 1, 2, 2, 3, 3]
    assert (made.days_per_week, made.duration_weeks) == (2, 3)


def test_a_load_without_a_unit_is_in_the_users_and_pounds_come_back_exactly() -> None:
    draft = program("squat 3x5 225lb", "bench 3x5 @ 185")
    made = plan_of(draft, "P", ("A",), {place: uuid4() for place, _ in draft.kept}, {}, "lb", uuid4())
    squat, bench = made.workouts[0].prescriptions
    assert (squat.target_weight, squat.target_weight_typed, squat.target_weight_unit) == (Decimal("102.06"), 225, "lb")
    assert (bench.target_weight_typed, bench.target_weight_unit) == (185, "lb")


def test_a_models_reading_replaces_an_untouched_draft() -> None:
    old, new = program("blorb 3x8"), read_shorthand("Plan\nDay 1\nleg press 3x8")
    joined = join(replace(old, renamed="Mine"), new)
    assert [item.name for _, item in joined.items] == ["Leg Press"]
    assert joined.renamed == "Mine"


def test_a_models_reading_leaves_alone_what_the_user_touched_and_adds_what_is_new() -> None:
    text = "Plan\nDay 1\nblorb 3x8\nsquat 3x5"
    old = draft_of(read_shorthand(text))
    touched = old.decide([Place(0, 0)], lambda _: Decision(own_name="Blorb"))
    read = read_shorthand(text)
    day = read.days[0]
    blorb, squat = day.exercises
    found = replace(exercise("extra 3x9", name="Extra"), line=5, span=Span(90, 99))
    changed = replace(day, exercises=(replace(blorb, sets=9), replace(squat, sets=4), found))
    joined = join(touched, replace(read, days=(changed,)))
    assert [(item.name, item.read.sets) for _, item in joined.items] == [
        ("Blorb", 3),  # the user's
        ("Barbell Back Squat", 4),  # the model's
        ("Extra", None),
    ]


def test_a_line_that_the_user_wrote_anew_is_not_read_over_their_head() -> None:
    old = draft_of(read_shorthand("Plan\nDay 1\n3x8 @ 80\nbench 3x8"))
    (line,) = old.unread
    written = old.insert_for_line(line, [exercise("leg press 3x8", name="Leg Press")])
    found = replace(exercise("3x8 @ 80", name="Squat"), line=line.line, span=Span(11, 19))
    read = read_shorthand("Plan\nDay 1\n3x8 @ 80\nbench 3x8")
    day = read.days[0]
    joined = join(written, replace(read, unread=(), days=(replace(day, exercises=(found, *day.exercises)),)))
    assert [item.name for _, item in joined.items] == ["Leg Press", "Barbell Bench Press"]


def test_supersets_are_lettered_and_their_exercises_numbered() -> None:
    assert list(superset_labels(["x", "x", None, "y", "y", "x"])) == ["A1 ", "A2 ", "", "B1 ", "B2 ", "A3 "]
    assert list(superset_labels(["x", None])) == ["", ""], "one alone is in no superset"


def test_pages_hold_all_lines_and_none_is_too_long() -> None:
    blocks = [pages.Block(Html(f"Day {day}"), tuple(Html(f"line {day}.{at}") for at in range(60))) for day in range(3)]
    packed = pages.pack(blocks)
    assert all(len(page.splitlines()) <= pages.MOST_LINES for page in packed)
    written = [line for page in packed for line in page.splitlines() if line.startswith("line")]
    assert written == [f"line {day}.{at}" for day in range(3) for at in range(60)]
