"""What the user settles for an exercise: its scheme, its step, its training max, the load of next time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.usecases import history, training_maxima
from bot.usecases.logging_sets import lifts_the_body
from bot.usecases.plan_trees import current_plan
from bot.usecases.reading_context import unit_of
from bot.usecases.suggestions import NEXT_LOADS, Known, is_progressed, lift_of, look_up
from parser import Candidate
from storage.models import WorkoutExercise
from storage.repositories.plans import Prescription
from training.lift import Lift
from training.loading import loadable
from training.progression import RULES, suggest_next
from training.targets import Suggestion
from training.training_max import maximum_of
from training.units import from_kg, plain, to_kg

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, ExerciseSetting, WorkoutPlan
    from storage.repositories.plans import PlanTree

DIALOGUE: Final = "progression_typed"
STAYS_OPEN: Final = timedelta(minutes=30)
MOST_KEPT: Final = 60
"""So many loads for next time are remembered; the oldest are forgotten first."""
PAGE: Final = 8
SCHEMES: Final = tuple(RULES)
STEPS: Final = {
    "kg": tuple(Decimal(step) for step in ("1", "1.25", "2", "2.5", "5")),
    "lb": tuple(Decimal(step) for step in ("1", "2.5", "5", "10")),
}
HEAVIEST_KG: Final = 1000
LOAD: Final = re.compile(
    r"^(?P<name>.*?)[\s:]*(?P<sign>[+\-−]?)\s*(?P<weight>\d{1,4}(?:[.,]\d{1,3})?)\s*"
    r"(?P<unit>kg|kgs|lb|lbs|pounds?|кг)?\.?$",
    re.IGNORECASE,
)
OFF: Final = re.compile(r"^(?P<name>.*?)\s+(?:off|none|clear|reset|-)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedLoad:
    """A name and a load as they were typed: "squat 140", "dips -20 kg". Without a unit it is in the exercise's own."""

    name: str
    weight: Decimal
    unit: str | None
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An exercise and how it progresses. `source` tells who says so: "own", "plan", or nobody ("derived", and "alone"
    without a plan).

    `suggestion` is None where no plan asks for the exercise. `maximum` is what percents are of, in the lift's unit.
    """

    exercise: Exercise
    lift: Lift
    source: str
    setting: ExerciseSetting | None
    suggestion: Suggestion | None
    maximum: Decimal | None
    workout: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """The exercises of the current plan with what comes next; `plan` is None where none is current."""

    plan: WorkoutPlan | None
    cards: tuple[Card, ...]
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Unsure:
    """Words that name no exercise for sure, what they might mean, and the load that was typed with them."""

    words: str
    candidates: tuple[Candidate, ...]
    typed: TypedLoad | None = None


def parse_load(text: str) -> TypedLoad | None:
    """Take a name and a load apart; None where there is no load, or one that nobody lifts."""
    match = LOAD.match(" ".join(text.split()))
    if match is None:
        return None
    weight = Decimal(match["weight"].replace(",", "."))
    said = (match["unit"] or "").casefold()
    unit = None if not said else "kg" if said.startswith(("kg", "кг")) else "lb"
    if weight <= 0 or to_kg(weight, unit or "kg") > HEAVIEST_KG:
        return None
    return TypedLoad(match["name"].strip(" :"), weight, unit, "-" if match["sign"] in ("-", "−") else match["sign"])


def names_load(text: str) -> bool:
    """Tell whether a load is written at the end, be it one that nobody lifts."""
    return LOAD.match(" ".join(text.split())) is not None


def parse_off(text: str) -> str | None:
    """Give the name in "squat off"; None where nothing is to be forgotten."""
    match = OFF.match(" ".join(text.split()))
    return None if match is None else match["name"]


async def find_exercise(turn: Turn, words: str, typed: TypedLoad | None = None) -> Exercise | Unsure:
    """Find the exercise that is named for sure: what follows may change its loads."""
    exercise, others = await history.find_named(turn, words)
    return exercise if exercise is not None else Unsure(words, others, typed)


async def overview(turn: Turn, page: int = 0) -> Overview:
    """List the exercises of the current plan, each once, in the order of the plan."""
    tree = await current_plan(turn)
    if tree is None:
        return Overview(None, ())
    roots = dict.fromkeys(one.exercise.root_id for workout in tree.workouts for one in workout.prescriptions)
    coming = await _coming(turn, tree)
    once = {root_id: coming[root_id] for root_id in roots}
    pages = max(1, -(-len(once) // PAGE))
    page = max(0, min(page, pages - 1))
    shown = list(once.values())[page * PAGE : (page + 1) * PAGE]
    known = await look_up(turn, [one.exercise.root_id for one, _ in shown])
    cards = tuple(_card(turn, one.exercise, one, known, name) for one, name in shown)
    return Overview(tree.plan, cards, page, pages)


async def card(turn: Turn, exercise: Exercise) -> Card:
    """Show one exercise: as the current plan asks for it, or on its own."""
    tree = await current_plan(turn)
    found = None if tree is None else (await _coming(turn, tree)).get(exercise.root_id)
    known = await look_up(turn, [exercise.root_id])
    prescription, workout = found if found is not None else (None, None)
    return _card(turn, exercise, prescription, known, workout)


async def _coming(turn: Turn, tree: PlanTree) -> dict[UUID, tuple[Prescription, str]]:
    """Find how each exercise is asked for next, by root, and in which workout: weeks of a plan may differ."""
    following = await turn.work.sessions.next_workout(tree.plan.id)
    next_id = None if following is None else following.workout.workout.id
    at = next((index for index, one in enumerate(tree.workouts) if one.workout.id == next_id), 0)
    first: dict[UUID, tuple[Prescription, str]] = {}
    for workout in (*tree.workouts[at:], *tree.workouts[:at]):
        for one in workout.prescriptions:
            first.setdefault(one.exercise.root_id, (one, workout.workout.name))
    return first


def _card(turn: Turn, exercise: Exercise, prescription: Prescription | None, known: Known, workout: str | None) -> Card:
    setting = known.settings.get(exercise.root_id)
    lift = lift_of(turn, prescription or _without_plan(exercise), known)
    own = None if setting is None else setting.progression
    planned = None if prescription is None else prescription.row.progression
    source = "own" if own in RULES else "plan" if planned in RULES else "alone" if prescription is None else "derived"
    suggestion = None
    if prescription is not None and is_progressed(prescription, lift):
        suggestion = suggest_next(lift)
    percents = replace(lift, is_percent_of_training_max=True)
    return Card(exercise, lift, source, setting, suggestion, maximum_of(percents), workout)


def _without_plan(exercise: Exercise) -> Prescription:
    """Give a prescription that asks for nothing, so that an exercise without a plan can be looked at like any other."""
    flags = {"is_amrap": False, "effort_as_rir": False, "is_per_side": False}
    return Prescription(WorkoutExercise(id=exercise.id, exercise_id=exercise.id, **flags), exercise, ())


async def set_scheme(turn: Turn, exercise: Exercise, scheme: str | None) -> None:
    """Choose how an exercise progresses; None goes by the plan again."""
    await turn.work.exercise_settings.settle(exercise.root_id, progression=scheme if scheme in RULES else None)


async def set_step(turn: Turn, exercise: Exercise, step: Decimal | None, unit: str) -> None:
    """Choose by how much the loads of an exercise go up; None is the usual step."""
    await turn.work.exercise_settings.settle(exercise.root_id, load_step=None if step is None else to_kg(step, unit))


async def set_training_max(turn: Turn, exercise: Exercise, typed: TypedLoad) -> None:
    await training_maxima.set_training_max(turn, exercise.root_id, typed.weight, await _unit(turn, exercise, typed))


async def forget_training_max(turn: Turn, exercise: Exercise) -> None:
    await training_maxima.forget(turn, exercise.root_id)


async def set_next(turn: Turn, exercise: Exercise, typed: TypedLoad) -> tuple[Decimal, Decimal, str]:
    """Settle the load of next time, and give it with the nearest that can be loaded, and the unit.

    What hangs on the body is above zero, help is below it: "-20" and "assisted" say so.
    """
    unit = await _unit(turn, exercise, typed)
    is_help = typed.sign == "-" or re.search(r"\bassist", typed.name, re.IGNORECASE) is not None
    kilograms = to_kg(typed.weight, unit)
    settled = -kilograms if is_help and lifts_the_body(exercise) else kilograms
    document = {"kg": plain(settled), "at": turn.said_at.isoformat()}
    running = await turn.work.sessions.find_open()
    if running is not None:
        document["session"] = str(running.id)
    await _keep_next(turn, exercise.root_id, document)
    lift = (await card(turn, exercise)).lift
    return typed.weight, loadable(typed.weight, lift.kit, lift.implement) if lift.unit == unit else typed.weight, unit


async def forget_next(turn: Turn, exercise: Exercise) -> None:
    """Go by the scheme again."""
    await _keep_next(turn, exercise.root_id, None)


async def _keep_next(turn: Turn, root_id: UUID, settled: dict[str, str] | None) -> None:
    kept = {root: one for root, one in turn.user.preferences.get(NEXT_LOADS, {}).items() if root != str(root_id)}
    if settled is not None:
        kept[str(root_id)] = settled
    newest = sorted(kept.items(), key=lambda item: item[1]["at"])[-MOST_KEPT:]
    await turn.work.users.set_preference(NEXT_LOADS, dict(newest) or None)


async def _unit(turn: Turn, exercise: Exercise, typed: TypedLoad) -> str:
    if typed.unit is not None:
        return typed.unit
    setting = await turn.work.exercise_settings.find(exercise.root_id)
    return setting.unit if setting is not None and setting.unit is not None else unit_of(turn.user)


async def ask(turn: Turn, exercise: Exercise, what: str) -> None:
    """Take the next text for a load: of next time ("next") or as the training max ("tm")."""
    data = {"id": str(exercise.id), "what": what}
    await turn.work.dialogues.ask(turn.chat_id, DIALOGUE, data, expires_at=turn.now + STAYS_OPEN, asked_at=turn.now)


async def take_told(turn: Turn) -> tuple[str, Exercise, TypedLoad] | None:
    """Take a text for the load that was asked for; None where it is something else."""
    if turn.dialogue is None:
        return None
    typed = parse_load(turn.text)
    if typed is None or (typed.name and typed.name.casefold() not in ("assisted", "tm", "next")):
        return None
    exercise = await turn.work.exercises.find(UUID(turn.dialogue.data["id"]))
    if exercise is None:
        return None
    await turn.work.dialogues.close(turn.chat_id)
    return turn.dialogue.data["what"], exercise, typed


async def all_training_maxima(turn: Turn) -> Sequence[tuple[Exercise, ExerciseSetting]]:
    """List the training maxima that are set, by the exercises' names."""
    settings = [one for one in await turn.work.exercise_settings.all() if one.training_max is not None]
    exercises = await turn.work.exercises.get_many([one.exercise_root_id for one in settings])
    known = [(exercises[one.exercise_root_id], one) for one in settings if one.exercise_root_id in exercises]
    return sorted(known, key=lambda pair: pair[0].name)


def shown_training_max(setting: ExerciseSetting) -> tuple[Decimal, str]:
    """Give a training max as it was typed."""
    assert setting.training_max is not None
    unit = setting.training_max_unit or "kg"
    typed = setting.training_max_typed
    return (from_kg(setting.training_max, unit) if typed is None else typed), unit
