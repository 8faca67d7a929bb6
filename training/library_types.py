"""The library as values: exercises, kit and plans that belong to nobody.

Enum words (muscle groups, types, categories, measures) are the words of the database's enums. Identifiers follow from
the slugs, so that every database holds the same library under the same ids and loading it twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from uuid import UUID, uuid5

NAMESPACE = UUID("6f1d2c1e-6a55-5b0e-9c38-0a7d3c1f4be2")
"""The one namespace of all library ids. Changing it would orphan every reference to the library."""

MUSCLE_GROUPS = frozenset(
    (
        "chest",
        "back",
        "shoulders",
        "biceps",
        "triceps",
        "forearms",
        "legs",
        "glutes",
        "core",
        "traps",
        "lats",
        "quads",
        "hamstrings",
        "calves",
    )
)
EXERCISE_TYPES = frozenset(("freeweight", "machine", "bodyweight", "cable", "band"))
CATEGORIES = frozenset(
    (
        "push",
        "pull",
        "squat",
        "hinge",
        "lunge",
        "core",
        "carry",
        "isolation",
        "olympic",
        "plyometric",
        "cardio",
        "mobility",
    )
)
MEASURES = frozenset(("weight_reps", "reps", "duration", "distance"))
LANGUAGES = ("en", "ru", "es", "de", "pt", "fr")
LEVEL_NAMES = ("Foundation", "Beginner", "Novice", "Intermediate", "Advanced", "Expert")
PROGRESSIONS = frozenset(("linear", "double", "gzclp", "percent_tm", "bodyweight_reps", "hold_time", "rir"))


def exercise_id(slug: str) -> UUID:
    """Name the library exercise of this slug."""
    return uuid5(NAMESPACE, f"exercise:{slug}")


def equipment_id(slug: str) -> UUID:
    """Name the piece of equipment of this slug."""
    return uuid5(NAMESPACE, f"equipment:{slug}")


def plan_id(slug: str) -> UUID:
    """Name the library plan of this slug."""
    return uuid5(NAMESPACE, f"plan:{slug}")


def workout_id(plan_slug: str, position: int) -> UUID:
    """Name a workout of a library plan by its position, counted from 1."""
    return uuid5(NAMESPACE, f"workout:{plan_slug}:{position}")


def prescription_id(plan_slug: str, position: int, sequence: int) -> UUID:
    """Name a prescription by its workout's position and its own place in it, both counted from 1."""
    return uuid5(NAMESPACE, f"prescription:{plan_slug}:{position}:{sequence}")


def prescribed_set_id(plan_slug: str, position: int, sequence: int, set_number: int) -> UUID:
    """Name one set of a prescription whose sets differ."""
    return uuid5(NAMESPACE, f"set:{plan_slug}:{position}:{sequence}:{set_number}")


def alias_id(exercise_slug: str, language: str, alias: str) -> UUID:
    """Name a library alias by the exercise, the language and the word itself."""
    return uuid5(NAMESPACE, f"alias:{exercise_slug}:{language}:{alias}")


@dataclass(frozen=True)
class LibraryAlias:
    """Another word for an exercise. ``language`` is empty for words of no one language.

    A generic word ("curls", "flyes") names a whole family: it stands at the family's most common exercise, and a
    reader should take it with less than full confidence.
    """

    exercise: str
    language: str
    alias: str
    is_generic: bool = False

    @property
    def id(self) -> UUID:
        return alias_id(self.exercise, self.language, self.alias)


@dataclass(frozen=True)
class LibraryEquipment:
    slug: str
    name: str
    description: str

    @property
    def id(self) -> UUID:
        return equipment_id(self.slug)


@dataclass(frozen=True)
class LibraryExercise:
    """One exercise. Only bodyweight skills have a ``level`` (0 Foundation to 5 Expert) and a ``progression_order``."""

    slug: str
    name: str
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    exercise_type: str
    category: str
    measure: str
    equipment: tuple[str, ...]
    level: int | None = None
    progression_order: int | None = None
    default_sets: int | None = None
    default_reps: int | None = None
    default_duration_seconds: int | None = None
    default_weight: Decimal | None = None
    default_rest_time_seconds: int | None = None
    default_tempo: str | None = None
    tags: tuple[str, ...] = ()
    description: str | None = None
    aliases: tuple[LibraryAlias, ...] = ()

    @property
    def id(self) -> UUID:
        return exercise_id(self.slug)

    @property
    def is_skill(self) -> bool:
        return self.level is not None


@dataclass(frozen=True)
class LibrarySet:
    """One set of a scheme. Percents are of the training max."""

    set_number: int
    reps_min: int | None = None
    reps_max: int | None = None
    target_percent: Decimal | None = None
    target_rpe: Decimal | None = None
    target_duration_seconds: int | None = None
    is_amrap: bool = False


@dataclass(frozen=True)
class LibraryPrescription:
    """An exercise of a workout with its targets; the fields are the columns of ``workout_exercise``."""

    plan: str
    position: int
    sequence: int
    exercise: str
    sets: int | None = None
    reps_min: int | None = None
    reps_max: int | None = None
    target_percent: Decimal | None = None
    target_rpe: Decimal | None = None
    effort_as_rir: bool = False
    target_duration_seconds: int | None = None
    target_distance_m: Decimal | None = None
    rest_time_seconds: int | None = None
    tempo: str | None = None
    superset_group: str | None = None
    is_amrap: bool = False
    is_per_side: bool = False
    progression: str | None = None
    notes: str | None = None
    scheme: tuple[LibrarySet, ...] = ()

    @property
    def id(self) -> UUID:
        return prescription_id(self.plan, self.position, self.sequence)

    def set_id(self, set_number: int) -> UUID:
        return prescribed_set_id(self.plan, self.position, self.sequence, set_number)


@dataclass(frozen=True)
class LibraryWorkout:
    plan: str
    position: int
    name: str
    prescriptions: tuple[LibraryPrescription, ...]
    description: str | None = None
    week_number: int | None = None
    day_of_week: int | None = None

    @property
    def id(self) -> UUID:
        return workout_id(self.plan, self.position)


@dataclass(frozen=True)
class LibraryPlan:
    slug: str
    name: str
    description: str
    days_per_week: int
    duration_weeks: int
    tags: tuple[str, ...]
    workouts: tuple[LibraryWorkout, ...]

    @property
    def id(self) -> UUID:
        return plan_id(self.slug)


@dataclass(frozen=True)
class Library:
    """Everything that belongs to nobody. ``version`` is the SHA-256 of the files it was read from."""

    version: str
    exercises: tuple[LibraryExercise, ...]
    equipment: tuple[LibraryEquipment, ...]
    plans: tuple[LibraryPlan, ...]

    @cached_property
    def by_slug(self) -> dict[str, LibraryExercise]:
        return {exercise.slug: exercise for exercise in self.exercises}

    @cached_property
    def skills(self) -> tuple[LibraryExercise, ...]:
        """Calisthenics skills, by category, level and order."""
        skills = [exercise for exercise in self.exercises if exercise.is_skill]
        return tuple(sorted(skills, key=lambda s: (s.category, s.level, s.progression_order)))
