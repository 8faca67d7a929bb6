"""What every scheme makes of what was done, case by case; and what holds of all suggestions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.lift import Lift, PastWork
from training.loading import DEFAULT_KITS, Implement, loadable
from training.performed import PerformedSet
from training.progression import RULES, belonging, scheme_of, suggest_next
from training.targets import SetTarget, Suggestion
from training.training_max import missed_percents, next_wave, training_max_after, wave_sets
from training.units import to_kg

LB = DEFAULT_KITS["lb"]


def asked(count: int, low: int | None = None, high: int | None = None, **more: Any) -> tuple[SetTarget, ...]:
    """Ask for equal sets."""
    return (SetTarget(reps_min=low, reps_max=low if high is None else high, **more),) * count


def lift(scheme: str, targets: tuple[SetTarget, ...], *history: PastWork, **more: Any) -> Lift:
    return Lift(targets, scheme, history, **more)


def did(load: str | None, *reps: int, **more: Any) -> PastWork:
    """Give a session of sets with one load."""
    rpe = more.pop("rpe", None)
    planned, is_same = more.pop("planned", ()), more.pop("is_same", True)
    weight = None if load is None else Decimal(load)
    effort = None if rpe is None else Decimal(rpe)
    return PastWork(
        tuple(PerformedSet(weight_kg=weight, reps=one, rpe=effort, **more) for one in reps), planned, is_same
    )


def loads(made: Suggestion) -> list[str | None]:
    return [None if one.weight_kg is None else f"{one.weight_kg.normalize():f}" for one in made.sets]


def key(made: Suggestion) -> str:
    assert made.reason is not None
    return made.reason.key.removeprefix("progression-reason-")


SIX_TO_EIGHT = asked(3, 6, 8)
FIVE = asked(3, 5)
POUNDS = {"unit": "lb", "kit": LB}


def pounds(load: str, *reps: int) -> PastWork:
    return did(str(to_kg(Decimal(load), "lb")), *reps)


DOUBLE = [
    # all sets at the top: a step up
    ((did("80", 8, 8, 8),), {}, "82.5", "double-up"),
    # beyond the top as well
    ((did("80", 10, 9, 8),), {}, "82.5", "double-up"),
    # one short: the same once more
    ((did("80", 8, 8, 7),), {}, "80", "beat"),
    # a set is missing
    ((did("80", 8, 8),), {}, "80", "unfinished"),
    # a week of a mesocycle asked for two sets, or for four
    ((did("80", 8, 8, planned=asked(2, 6, 8)),), {}, "82.5", "double-up"),
    ((did("80", 8, 8, 8, planned=asked(4, 6, 8)),), {}, "80", "unfinished"),
    # under the bottom once, and twice in a row
    ((did("80", 7, 6, 5),), {}, "80", "missed"),
    ((did("80", 7, 6, 5), did("80", 6, 6, 5)), {}, "72.5", "less-after-misses"),  # 72 is nearest to 72.5
    # the first miss was with a heavier load: it has been answered already
    ((did("72.5", 7, 6, 5), did("80", 6, 6, 5), did("80", 6, 5, 5)), {}, "72.5", "missed"),
    # the first miss was with a lighter one: two in a row all the same
    ((did("82.5", 6, 6, 5), did("80", 6, 6, 5)), {}, "75", "less-after-misses"),  # 74.25
    # warm-ups count for nothing, marked or not
    ((PastWork((*did("60", 5, kind="warmup").sets, *did("80", 8, 8, 8).sets)),), {}, "82.5", "double-up"),
    ((PastWork((*did("60", 5).sets, *did("80", 8, 8, 8).sets)),), {}, "82.5", "double-up"),
    # nor do drop sets
    ((PastWork((*did("80", 8, 8, 8).sets, *did("60", 12, kind="drop").sets)),), {}, "82.5", "double-up"),
    # a set that had to be lightened
    ((PastWork((*did("80", 8, 8).sets, *did("75", 8).sets)),), {}, "80", "beat"),
    # dumbbells go by 2 kg
    ((did("24", 8, 8, 8),), {"implement": Implement.DUMBBELL}, "26", "double-up"),
    # a step of one's own
    ((did("80", 8, 8, 8),), {"step": Decimal(5)}, "85", "double-up"),
    # pounds
    ((pounds("225", 8, 8, 8),), POUNDS, "104.33", "double-up"),  # 230 lb
    ((pounds("50", 8, 8, 8),), {**POUNDS, "implement": Implement.DUMBBELL}, "24.95", "double-up"),  # 55 lb
    # help that is taken off: less of it
    ((did("20", 8, 8, 8, load_mode="assisted"),), {"implement": Implement.STACK}, "17.5", "less-help"),
    ((did("20", 5, 5, 4, load_mode="assisted"),) * 2, {"implement": Implement.STACK}, "22.5", "less-after-misses"),
    # a load that hangs on the body
    ((did("10", 8, 8, 8, load_mode="added"),), {"implement": Implement.HUNG}, "12.5", "double-up"),
    # nothing done yet
    ((), {}, None, "start-light"),
    ((), {"targets": asked(3, 6, 8, weight_kg=Decimal(60))}, "60", "plan-load"),
    # an estimate from the record: 8 repetitions and 2 in reserve are three quarters of the maximum
    ((), {"best_kg": Decimal(100)}, "75", "estimate"),
    # Epley does not reach so far
    ((), {"best_kg": Decimal(100), "targets": asked(3, 12, 15)}, None, "start-light"),
]


@pytest.mark.parametrize(("history", "more", "load", "why"), DOUBLE)
def test_double_progression(history: tuple[PastWork, ...], more: dict[str, Any], load: str | None, why: str) -> None:
    targets = more.get("targets", SIX_TO_EIGHT)
    rest = {name: value for name, value in more.items() if name != "targets"}
    made = suggest_next(lift("double", targets, *history, **rest))
    assert (loads(made), key(made)) == ([load] * 3, why)


EFFORT = [
    # at the top within the effort asked for
    (("7", "8"), "82.5", "double-up"),
    # at the top, but too hard
    (("9", "8"), "80", "too-hard"),
    # not told: nothing speaks against it
    ((None, "8"), "82.5", "double-up"),
]


@pytest.mark.parametrize(("efforts", "load", "why"), EFFORT)
def test_double_progression_looks_at_the_effort(efforts: tuple[str | None, str], load: str, why: str) -> None:
    told, target = efforts
    made = suggest_next(lift("double", asked(3, 6, 8, rpe=Decimal(target)), did("80", 8, 8, 8, rpe=told)))
    assert (loads(made)[0], key(made)) == (load, why)


def test_double_progression_on_the_bare_body_is_one_repetition_more() -> None:
    pull_ups = {"is_bodyweight": True, "implement": Implement.HUNG}
    made = suggest_next(lift("double", asked(3, 6, 10), did(None, 10, 10, 10, load_mode="bodyweight"), **pull_ups))
    assert (made.sets[0].reps_min, made.sets[0].load_mode, key(made)) == (11, "bodyweight", "rep-more")


def test_help_ends_at_nothing() -> None:
    made = suggest_next(
        lift(
            "double",
            SIX_TO_EIGHT,
            did("2.5", 8, 8, 8, load_mode="assisted"),
            is_bodyweight=True,
            implement=Implement.STACK,
        )
    )
    assert {(one.weight_kg, one.load_mode) for one in made.sets} == {(None, "bodyweight")}


def test_sets_that_differ_are_held_against_their_own_targets() -> None:
    pyramid = (SetTarget(12, 12), SetTarget(10, 10), SetTarget(8, 8))
    done = PastWork((*did("60", 12).sets, *did("70", 10).sets, *did("80", 8).sets))
    assert loads(suggest_next(lift("double", pyramid, done))) == ["62.5", "72.5", "82.5"]
    short = PastWork((*did("60", 12).sets, *did("70", 9).sets, *did("80", 8).sets))
    assert loads(suggest_next(lift("double", pyramid, short))) == ["60", "70", "80"]


LINEAR = [
    ((did("100", 5, 5, 5),), {}, "102.5", "linear-up"),
    ((did("100", 5, 5, 4),), {}, "100", "missed"),
    ((did("100", 5, 5, 4),) * 2, {}, "100", "missed"),
    # three misses in a row
    ((did("100", 5, 4, 4),) * 3, {}, "90", "less-after-misses"),
    # the third but one was made
    ((did("100", 5, 5, 4), did("100", 5, 4, 4), did("97.5", 5, 5, 5)), {}, "100", "missed"),
    ((pounds("225", 5, 5, 5),), POUNDS, "104.33", "linear-up"),
    ((), {}, None, "start-light"),
    # a last set that goes on
    ((did("100", 5, 5, 9),), {"targets": asked(3, 5, is_amrap=True)}, "102.5", "linear-up"),
]


@pytest.mark.parametrize(("history", "more", "load", "why"), LINEAR)
def test_linear(history: tuple[PastWork, ...], more: dict[str, Any], load: str | None, why: str) -> None:
    targets = more.get("targets", FIVE)
    rest = {name: value for name, value in more.items() if name != "targets"}
    made = suggest_next(lift("linear", targets, *history, **rest))
    assert (loads(made), key(made)) == ([load] * 3, why)


FIRST = asked(5, 3, is_amrap=True)
SECOND = asked(3, 10)
THIRD = asked(3, 15, is_amrap=True)
GZCLP = [
    # first tier: made, and made by a squat
    (FIRST, (did("100", 3, 3, 3, 3, 5),), {}, 5, 3, "102.5", "gzclp-up"),
    (FIRST, (did("100", 3, 3, 3, 3, 5),), {"is_lower": True}, 5, 3, "105", "gzclp-up"),
    # missed: more sets of fewer
    (FIRST, (did("100", 3, 3, 3, 2, 2),), {}, 6, 2, "100", "gzclp-stage"),
    (FIRST, (did("100", 2, 2, 2, 2, 2, 1, planned=asked(6, 2)),), {}, 10, 1, "100", "gzclp-stage"),
    # a later stage that is made stays
    (FIRST, (did("100", 2, 2, 2, 2, 2, 3, planned=asked(6, 2)),), {}, 6, 2, "102.5", "gzclp-up"),
    # all stages missed: from the start with 85 %
    (FIRST, (did("100", *[1] * 9, 0, planned=asked(10, 1)),), {}, 5, 3, "85", "gzclp-restart"),
    # left early
    (FIRST, (did("100", 3, 3, 3),), {}, 5, 3, "100", "unfinished"),
    # second tier
    (SECOND, (did("60", 10, 10, 10),), {}, 3, 10, "62.5", "gzclp-up"),
    (SECOND, (did("60", 10, 10, 8),), {}, 3, 8, "60", "gzclp-stage"),
    (SECOND, (did("60", 6, 6, 5, planned=asked(3, 6)),), {}, 3, 10, "50", "gzclp-restart"),  # 51 is nearer to 50
    # third tier
    (THIRD, (did("20", 15, 15, 25),), {"implement": Implement.STACK}, 3, 15, "22.5", "gzclp-third-up"),
    (THIRD, (did("20", 15, 15, 24),), {"implement": Implement.STACK}, 3, 15, "20", "gzclp-third-again"),
    # what was logged without a plan says nothing about a tier
    (FIRST, (did("60", 10, 10, 10, is_same=False),), {}, 5, 3, None, "start-light"),
]


@pytest.mark.parametrize(("targets", "history", "more", "count", "reps", "load", "why"), GZCLP)
def test_gzclp(
    targets: tuple[SetTarget, ...],
    history: tuple[PastWork, ...],
    more: dict[str, Any],
    count: int,
    reps: int,
    load: str | None,
    why: str,
) -> None:
    made = suggest_next(lift("gzclp", targets, *history, **more))
    assert (len(made.sets), made.sets[0].reps_min, loads(made)[0], key(made)) == (count, reps, load, why)


WEEK_1 = wave_sets(SetTarget(), 0)
PERCENT = [
    # a training max that was set
    ({"training_max_kg": Decimal(140)}, ["90", "105", "120"], "training-max"),  # 91, 105, 119
    # nine tenths of the record
    ({"best_kg": Decimal(160)}, ["92.5", "107.5", "122.5"], "derived-max"),  # of 144: 93.6, 108, 122.4
    # percents of a maximum, where the plan does not go by a training max
    ({"best_kg": Decimal(160), "is_percent_of_training_max": False}, ["105", "120", "135"], "one-rep-max"),  # 104, 136
    # nothing to go by
    ({}, [None, None, None], "no-maximum"),
]


@pytest.mark.parametrize(("more", "made", "why"), PERCENT)
def test_percents(more: dict[str, Any], made: list[str | None], why: str) -> None:
    suggested = suggest_next(lift("percent_tm", WEEK_1, **more))
    assert (loads(suggested), key(suggested)) == (made, why)


def test_percents_in_pounds() -> None:
    suggested = suggest_next(lift("percent_tm", WEEK_1, training_max_kg=to_kg(Decimal(300), "lb"), **POUNDS))
    assert [one.weight_kg for one in suggested.sets] == [to_kg(Decimal(load), "lb") for load in ("195", "225", "255")]


def test_waves_follow_each_other() -> None:
    weeks = [did("100", 5, 5, 5, planned=wave_sets(SetTarget(), week)) for week in range(4)]
    assert [next_wave([week]) for week in weeks] == [1, 2, 3, 0]
    assert next_wave([did("100", 5)]) == 0
    made = suggest_next(lift("percent_tm", asked(3), weeks[0], training_max_kg=Decimal(100)))
    assert [(one.percent, one.reps_min, one.is_amrap) for one in made.sets] == [
        (70, 3, False),
        (80, 3, False),
        (90, 3, True),
    ]


TRAINING_MAX = [
    # the end of a cycle: 2.5 kg, or 5 kg for the legs
    ("100", "kg", {"ends_cycle": True}, "102.5"),
    ("140", "kg", {"ends_cycle": True, "is_lower": True}, "145"),
    ("300", "lb", {"ends_cycle": True, "is_lower": True}, "310"),
    ("200", "lb", {"ends_cycle": True}, "205"),
    # the lifter's own choice
    ("300", "lb", {"ends_cycle": True, "is_lower": True, "own_step": Decimal(5)}, "305"),
    # within one
    ("100", "kg", {}, None),
    # a miss is answered at once, and such a cycle ends without a rise
    ("100", "kg", {"missed": True}, "90"),
    ("102.5", "kg", {"missed": True, "ends_cycle": True}, "92.5"),
    ("90", "kg", {"cycle_missed": True, "ends_cycle": True}, None),
]


@pytest.mark.parametrize(("before", "unit", "more", "after"), TRAINING_MAX)
def test_training_max_after_a_session(before: str, unit: str, more: dict[str, Any], after: str | None) -> None:
    known = {"is_lower": False, "missed": False, "cycle_missed": False, "ends_cycle": False, **more}
    change = training_max_after(to_kg(Decimal(before), unit), unit, **known)
    assert (None if change is None else f"{change.after.normalize():f}") == after


MISSED = [
    ((5, 5, 5), False),
    ((5, 5, 4), True),
    ((5, 5, 9), False),
    # the lighter sets are no test
    ((5, 4, 5), False),
    # left early
    ((5, 5), False),
    # warm-ups that were not marked come first
    ((10, 5, 5, 4), True),
]


@pytest.mark.parametrize(("reps", "missed"), MISSED)
def test_a_miss_of_the_heaviest_percent(reps: tuple[int, ...], missed: bool) -> None:
    assert missed_percents(did("100", *reps, planned=WEEK_1)) is missed


BODY = {"is_bodyweight": True, "implement": Implement.HUNG}
PUSH_UPS = [
    # a repetition more than the weakest set had
    (asked(3, 8, 15), (10, 10, 9), {}, 3, 10, "rep-more"),
    (asked(3, 8, 15), (15, 15, 14), {}, 3, 15, "rep-more"),
    # below the bottom the bottom stays the goal
    (asked(3, 8, 15), (6, 5, 4), {}, 3, 8, "beat"),
    # at the top: a harder exercise, or a set, up to five
    (asked(3, 8, 15), (15, 15, 15), {"harder": "Archer Push-Up"}, 3, 8, "harder"),
    (asked(3, 8, 15), (15, 15, 15), {}, 4, 8, "set-more"),
    (asked(5, 8, 15), (15,) * 5, {}, 5, 8, "at-the-top"),
    # as many as possible
    (asked(3, is_amrap=True), (12, 10, 9), {}, 3, 10, "rep-more"),
    (asked(3, 8, 15), (10, 10), {}, 3, 8, "unfinished"),
    (asked(3, 8, 15), (), {}, 3, 8, "first-bodyweight"),
]


@pytest.mark.parametrize(("targets", "reps", "more", "count", "wanted", "why"), PUSH_UPS)
def test_bodyweight_repetitions(
    targets: tuple[SetTarget, ...], reps: tuple[int, ...], more: dict[str, Any], count: int, wanted: int, why: str
) -> None:
    history = (did(None, *reps, load_mode="bodyweight"),) if reps else ()
    made = suggest_next(lift("bodyweight_reps", targets, *history, **BODY, **more))
    assert (len(made.sets), made.sets[0].reps_min, key(made)) == (count, wanted, why)
    assert {one.load_mode for one in made.sets} == {"bodyweight"}


def held(*seconds: int, planned: int | None = None) -> PastWork:
    sets = tuple(PerformedSet(seconds=one, load_mode="bodyweight") for one in seconds)
    return PastWork(sets, () if planned is None else (SetTarget(seconds=planned),) * len(seconds))


HOLDS = [
    ((held(45, 45, 45),), 50, "hold-up"),
    # five seconds more than was held, not than was asked
    ((held(60, 60, 55),), 60, "hold-up"),
    ((held(45, 45, 40),), 45, "hold-again"),
    # what was planned last time counts, not what the plan began with
    ((held(50, 48, 45, planned=50),), 50, "hold-again"),
    ((held(50, 50, 50, planned=50),), 55, "hold-up"),
    # a set is missing
    ((held(45, 45),), 45, "hold-again"),
    ((), 45, "first-hold"),
]


@pytest.mark.parametrize(("history", "seconds", "why"), HOLDS)
def test_holds(history: tuple[PastWork, ...], seconds: int, why: str) -> None:
    made = suggest_next(lift("hold_time", (SetTarget(seconds=45),) * 3, *history, **BODY))
    assert ([one.seconds for one in made.sets], key(made)) == ([seconds] * 3, why)


RIR = [
    # 8 repetitions with 3 left are just what was aimed for
    (did("80", 8, 8, 8, rpe="7"), {}, "80", "rir-same"),
    # 9 with 3 left: room for a step
    (did("80", 9, 9, 9, rpe="7"), {}, "82.5", "rir-up"),
    # the effort was not told: it was the one asked for
    (did("80", 9, 9, 9), {}, "82.5", "rir-up"),
    # nothing left: lighter, at most by a tenth
    (did("80", 8, 7, 6, rpe="10"), {}, "72.5", "rir-down"),
    # so much lighter than it should be: a step all the same
    (did("60", 9, 9, 9, rpe="7"), {}, "62.5", "rir-up"),
    # too many repetitions for the formula: as in double progression
    (did("80", 15, 15, 15, rpe="7"), {}, "82.5", "double-up"),
    (did("20", 8, 8, 8, load_mode="assisted"), {"implement": Implement.STACK}, "20", "beat"),
]


@pytest.mark.parametrize(("past", "more", "load", "why"), RIR)
def test_reps_in_reserve(past: PastWork, more: dict[str, Any], load: str, why: str) -> None:
    made = suggest_next(lift("rir", asked(3, 6, 10, rpe=Decimal(7)), past, **more))
    assert (loads(made), key(made)) == ([load] * 3, why)


def test_what_the_lifter_settles_overrules_every_scheme() -> None:
    for scheme in RULES:
        made = suggest_next(lift(scheme, SIX_TO_EIGHT, did("80", 8, 8, 8), next_kg=Decimal("81.3")))
        assert (loads(made), key(made)) == (["81.3"] * 3, "overruled")


def test_sets_of_percents_follow_the_load_that_was_settled() -> None:
    made = suggest_next(lift("percent_tm", WEEK_1, next_kg=Decimal(102)))
    assert loads(made) == ["77.5", "90", "102"]  # 78 and 90 for 65 and 75 of 85 %


NAMED = [
    # what the lifter chose, what the plan says
    (asked(3, 8, 12), {"own": "linear", "prescribed": "double"}, "linear"),
    (asked(3, 8, 12), {"prescribed": "rir"}, "rir"),
    # a word that is none of ours says nothing
    (asked(3, 8, 12), {"prescribed": "wave"}, "double"),
    # what the targets look like
    (asked(3, 8, 12), {}, "double"),
    (asked(5, 5), {}, "linear"),
    (asked(3, 5, percent=Decimal(80)), {}, "percent_tm"),
    (asked(3, 8, 12), {"is_bodyweight": True}, "bodyweight_reps"),
    (asked(3, 8, 12), {"measure": "reps"}, "bodyweight_reps"),
    # with a load on it a pull-up is a lift
    (asked(3, 5, weight_kg=Decimal(10), load_mode="added"), {"is_bodyweight": True}, "linear"),
    ((SetTarget(seconds=45),) * 3, {"measure": "duration"}, "hold_time"),
]


@pytest.mark.parametrize(("targets", "known", "scheme"), NAMED)
def test_the_scheme_of_a_prescription(targets: tuple[SetTarget, ...], known: dict[str, Any], scheme: str) -> None:
    told = {"own": None, "prescribed": None, "is_bodyweight": False, "measure": "weight_reps", **known}
    assert scheme_of(targets, **told) == scheme


ELSEWHERE = [
    # planned with the same repetitions, in whichever copy of the plan
    (did("80", 8, 8, 8, planned=asked(3, 6, 8, weight_kg=Decimal(80)), is_same=False), True),
    # the same prescription, whose repetitions have been changed since
    (did("80", 12, 12, 12, planned=asked(3, 10, 12, weight_kg=Decimal(80))), False),
    # the same exercise on another day
    (did("100", 3, 3, 3, planned=asked(3, 3, 5, weight_kg=Decimal(100)), is_same=False), False),
    # without a plan: sets of the kind, or a test of the maximum
    (did("80", 8, 8, is_same=False), True),
    (did("120", 1, is_same=False), False),
]


@pytest.mark.parametrize(("past", "counts"), ELSEWHERE)
def test_which_past_work_counts(past: PastWork, counts: bool) -> None:
    assert bool(belonging("double", SIX_TO_EIGHT, [past])) is counts


def test_a_load_that_the_plan_names_stands_until_it_was_trained() -> None:
    targets = asked(3, 6, 8, weight_kg=Decimal(90))
    free = did("80", 8, 8, 8, is_same=False)
    assert belonging("double", targets, [free]) == ()
    assert len(belonging("double", targets, [did("90", 8, 8, 8, is_same=False)])) == 1
    planned = did("90", 8, 8, 8, planned=targets)
    assert [past.is_same for past in belonging("double", targets, [planned, free])] == [True, False]


sessions = st.lists(
    st.builds(
        lambda load, reps, rpe: did(str(load), *reps, rpe=rpe),
        st.integers(8, 200).map(lambda steps: steps * Decimal("2.5")),
        st.lists(st.integers(0, 20), min_size=1, max_size=6),
        st.sampled_from([None, "6", "8", "10"]),
    ),
    max_size=4,
)


@given(st.sampled_from(["double", "linear", "rir"]), sessions, st.integers(1, 12), st.integers(0, 5))
def test_a_suggestion_is_loadable_never_below_nothing_and_never_more_than_a_step_up(
    scheme: str, history: list[PastWork], low: int, width: int
) -> None:
    made = suggest_next(lift(scheme, asked(3, low, low + width, rpe=Decimal(8)), *history))
    heaviest = max((one.weight_kg for one in history[0].sets if one.weight_kg), default=None) if history else None
    for one in made.sets:
        if one.weight_kg is None:
            continue
        assert heaviest is not None
        assert Decimal(0) < one.weight_kg <= heaviest + Decimal("2.5")
        assert one.weight_kg >= min(heaviest, loadable(heaviest * Decimal("0.9"), DEFAULT_KITS["kg"], Implement.BAR))
        assert loadable(one.weight_kg, DEFAULT_KITS["kg"], Implement.BAR) == one.weight_kg


@given(st.sampled_from(sorted(RULES)), sessions, st.integers(1, 20))
def test_every_scheme_answers_every_history(scheme: str, history: list[PastWork], reps: int) -> None:
    made = suggest_next(lift(scheme, asked(3, reps), *history, best_kg=Decimal(120)))
    assert made.reason is not None
    assert made.sets
    bare = replace(lift(scheme, asked(3, reps), *history), is_bodyweight=True, implement=Implement.HUNG)
    assert all(one.weight_kg is None or one.weight_kg >= 0 for one in suggest_next(bare).sets)
