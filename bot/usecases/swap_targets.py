"""What /swap is about: an exercise of the session that is going on, or one of the current plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from bot.usecases.plan_swapping import Planned
from bot.usecases.plan_trees import current_plan
from bot.usecases.reading_context import vocabulary_of
from bot.usecases.substitute_choices import best_for
from bot.usecases.substitutes import current_entry
from storage.models import Exercise
from storage.repositories.plans import PlanTree, Prescription, WorkoutTree
from training.substitution import Lift, missing_kit

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.repositories.sessions import SessionEntry


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be swapped: an exercise of the session, some of the plan to choose from, or nothing that was found.

    With a plan and no prescriptions the whole plan is to choose from.
    """

    entry: SessionEntry | None = None
    plan: PlanTree | None = None
    prescriptions: tuple[Prescription, ...] = ()
    unknown: str | None = None


async def find_subject(turn: Turn, words: str) -> Subject:
    """Find what the user means: what is named, or what they are doing now."""
    roots = await _roots_of(turn, words) if words else ()
    session = await turn.work.sessions.find_open()
    if session is not None:
        tree = await turn.work.sessions.read(session.id)
        entry = _named(tree.exercises, words, roots) if words else current_entry(tree)
        if entry is not None:
            return Subject(entry)
    plan = await current_plan(turn)
    if plan is None:
        return Subject(unknown=words or None)
    if not words:
        return Subject(plan=plan)
    found = _all_named([one for tree in plan.workouts for one in tree.prescriptions], words, roots)
    return Subject(plan=plan, prescriptions=found, unknown=None if found else words)


def planned(subject: Subject) -> Planned:
    """Give the only prescription that is meant, with its workout."""
    assert subject.plan is not None
    (prescription,) = subject.prescriptions
    workout = next(tree.workout for tree in subject.plan.workouts if prescription in tree.prescriptions)
    return Planned(prescription, workout)


async def _roots_of(turn: Turn, words: str) -> Sequence[UUID]:
    """Give the exercises that the words may mean, by root, the likeliest first."""
    keys = [one.key for one in (await vocabulary_of(turn)).resolve(words).candidates]
    rows = await turn.work.exercises.find_by_keys(keys)
    return [rows[key].root_id for key in keys if key in rows]


def _named(entries: Iterable[SessionEntry], words: str, roots: Sequence[UUID]) -> SessionEntry | None:
    """Choose of a session's exercises the one that is meant; of two entries the one that is not done."""
    fitting = [one for one in entries if _fits(one.exercise, words, roots)]
    return min(fitting, key=lambda one: (_place(one.exercise, roots), one.row.is_completed), default=None)


def _all_named(prescriptions: Sequence[Prescription], words: str, roots: Sequence[UUID]) -> tuple[Prescription, ...]:
    fitting = [one for one in prescriptions if _fits(one.exercise, words, roots)]
    best = min((_place(one.exercise, roots) for one in fitting), default=0)
    return tuple(one for one in fitting if _place(one.exercise, roots) == best)


def _fits(exercise: Exercise, words: str, roots: Sequence[UUID]) -> bool:
    return exercise.root_id in roots or words.casefold() in exercise.name.casefold()


def _place(exercise: Exercise, roots: Sequence[UUID]) -> int:
    return roots.index(exercise.root_id) if exercise.root_id in roots else len(roots)


async def lacking(turn: Turn, exercise_ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Name, by exercise, the equipment that the user lacks for it; nothing where they have told no kit."""
    kit = await turn.work.equipment.slugs()
    if kit is None:
        return {}
    lifts = await turn.work.substitutes.lifts(exercise_ids)
    missing = {key: slugs for key, one in lifts.items() if (slugs := missing_kit(one.kit, kit))}
    if not missing:
        return {}
    names = {one.slug: one.name for one in await turn.work.equipment.all()}
    return {key: tuple(names[slug] for slug in slugs) for key, slugs in missing.items()}


@dataclass(frozen=True, slots=True)
class Ready:
    """A prescription that the kit does not allow, and the substitute that is one tap away."""

    prescription: Prescription
    substitute: Lift


async def ready_swaps(turn: Turn, plan: PlanTree) -> tuple[Ready, ...]:
    """Find what of a plan the kit does not allow, once for each exercise, with the first substitute of each."""
    missing = await lacking_in(turn, plan.workouts)
    best = await best_for(turn, missing)
    first: dict[UUID, Prescription] = {}
    for tree in plan.workouts:
        for one in tree.prescriptions:
            first.setdefault(one.exercise.id, one)
    return tuple(Ready(one, best[key]) for key, one in first.items() if key in best)


async def lacking_in(turn: Turn, workouts: Iterable[WorkoutTree]) -> dict[UUID, tuple[str, ...]]:
    """Do what `lacking` does for all exercises of workouts."""
    return await lacking(turn, {one.exercise.id for tree in workouts for one in tree.prescriptions})
