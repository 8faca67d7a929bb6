"""Find what is wrong with a library: words outside the enums, slugs that lead nowhere, aliases that mean two things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from training.library_files import fold
from training.library_types import (
    CATEGORIES,
    EXERCISE_TYPES,
    MEASURES,
    MUSCLE_GROUPS,
    PROGRESSIONS,
    Library,
    LibraryExercise,
    LibraryPlan,
    LibraryPrescription,
)

MOST_SETS = 15
SKILL_CATEGORIES = frozenset(("push", "pull", "squat"))


def check_library(library: Library) -> list[str]:
    """List every problem as a sentence that names its place; an empty list means that the library is sound."""
    kit = {piece.slug for piece in library.equipment}
    problems = list(_doubles("equipment", [piece.slug for piece in library.equipment]))
    problems += _doubles("equipment name", [piece.name for piece in library.equipment])
    problems += _doubles("exercise", [exercise.slug for exercise in library.exercises])
    problems += _doubles("plan", [plan.slug for plan in library.plans])
    problems += [f"equipment {e.slug} lacks a name or description" for e in library.equipment if not e.description]
    for exercise in library.exercises:
        problems += [f"{exercise.name}: {problem}" for problem in _exercise_problems(exercise, kit)]
    problems += _alias_problems(library)
    problems += _skill_problems(library)
    for plan in library.plans:
        problems += [f"plan {plan.slug}: {problem}" for problem in _plan_problems(plan, library)]
    return problems


def _doubles(what: str, words: Iterable[str]) -> Iterable[str]:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            yield f"{what} {word!r} stands twice"
        seen.add(word)


def _exercise_problems(exercise: LibraryExercise, kit: set[str]) -> Iterable[str]:
    muscles = (*exercise.primary, *exercise.secondary)
    if not exercise.primary:
        yield "no primary muscle group"
    if len(set(muscles)) < len(muscles):
        yield "a muscle group stands twice"
    yield from (f"muscle group {word!r} is unknown" for word in muscles if word not in MUSCLE_GROUPS)
    for word, known in (
        (exercise.exercise_type, EXERCISE_TYPES),
        (exercise.category, CATEGORIES),
        (exercise.measure, MEASURES),
    ):
        if word not in known:
            yield f"{word!r} is unknown"
    if not exercise.equipment:
        yield "no equipment, not even bodyweight"
    yield from (f"equipment {slug!r} is unknown" for slug in exercise.equipment if slug not in kit)
    if exercise.default_sets is not None and not 1 <= exercise.default_sets <= MOST_SETS:
        yield f"{exercise.default_sets} sets"


def _alias_problems(library: Library) -> Iterable[str]:
    """A word, however it is spelled and in whatever language, may mean one exercise only."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for exercise in library.exercises:
        meanings[fold(exercise.name)].add(exercise.name)
        for alias in exercise.aliases:
            meanings[fold(alias.alias)].add(exercise.name)
    for word, names in meanings.items():
        if len(names) > 1:
            yield f"alias {word!r} means {' and '.join(sorted(names))}"


def _skill_problems(library: Library) -> Iterable[str]:
    """Skills lie in push, pull or squat, know their dose, and are listed from the lowest level to the highest."""
    level_so_far: dict[str, int] = {}
    for skill in library.exercises:
        if skill.level is None:
            continue
        if skill.category not in SKILL_CATEGORIES:
            yield f"{skill.name}: a skill of category {skill.category}"
        if not 0 <= skill.level <= 5:
            yield f"{skill.name}: level {skill.level}"
        if skill.level < level_so_far.get(skill.category, 0):
            yield f"{skill.name}: level {skill.level} after a higher one"
        level_so_far[skill.category] = skill.level
        if skill.default_reps is None and skill.default_duration_seconds is None:
            yield f"{skill.name}: a skill without reps or a hold"
        if None in (skill.default_sets, skill.default_rest_time_seconds, skill.default_tempo, skill.description):
            yield f"{skill.name}: a skill without sets, rest, tempo or description"


def _plan_problems(plan: LibraryPlan, library: Library) -> Iterable[str]:
    if not (plan.name and plan.description and plan.tags and plan.workouts):
        yield "name, description, tags or workouts are missing"
    if not 1 <= plan.days_per_week <= 7 or not 1 <= plan.duration_weeks <= 52:
        yield f"{plan.days_per_week} days a week for {plan.duration_weeks} weeks"
    for workout in plan.workouts:
        if not workout.prescriptions:
            yield f"{workout.name} is empty"
        if workout.day_of_week is not None and not 0 <= workout.day_of_week <= 6:
            yield f"{workout.name}: day {workout.day_of_week}"
        for prescription in workout.prescriptions:
            place = f"{workout.name}, {prescription.exercise}"
            yield from (f"{place}: {problem}" for problem in _prescription_problems(prescription, library))


def _prescription_problems(prescription: LibraryPrescription, library: Library) -> Iterable[str]:
    if prescription.exercise not in library.by_slug:
        yield "no such exercise"
    if prescription.sets is None or not 1 <= prescription.sets <= MOST_SETS:
        yield f"{prescription.sets} sets"
    targets = (prescription.reps_min, prescription.target_duration_seconds, prescription.target_distance_m)
    if all(target is None for target in targets) and not prescription.is_amrap:
        yield "nothing to do"
    if prescription.reps_min is not None and not 0 <= prescription.reps_min <= (prescription.reps_max or 0):
        yield f"reps {prescription.reps_min} to {prescription.reps_max}"
    if prescription.progression is not None and prescription.progression not in PROGRESSIONS:
        yield f"progression {prescription.progression!r} is unknown"
    if prescription.target_rpe is not None and not 0 <= prescription.target_rpe <= 10:
        yield f"RPE {prescription.target_rpe}"
