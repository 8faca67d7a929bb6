"""What a reader is told about the user before it reads: unit, language, day, names, habits, the exercise under way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, cast

from parser import Candidate, Habits, ReadingContext
from parser.reading import NumberOrder, WeightUnit
from parser.vocabulary import OwnExercise, Vocabulary
from storage.models import UnitSystem
from storage.repositories.exercises import key_of

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, ExerciseSet, User

THREE_NUMBER_ORDER: Final = "three_number_order"
"""The preference that holds how the user writes three numbers."""
NUMBER_ORDERS: Final[tuple[NumberOrder, ...]] = ("weight_reps_sets", "sets_reps_weight", "weight_sets_reps")
FRESH: Final = timedelta(hours=3)
"""How long a set is "the last one" that a short answer can speak of, and a session stays open by itself."""


def unit_of(user: User) -> WeightUnit:
    """Give the unit that a load without one is in."""
    return "lb" if user.unit_system is UnitSystem.IMPERIAL else "kg"


async def unit_for(turn: Turn, exercise: Exercise | None) -> WeightUnit:
    """Give the unit that a load of this exercise without one is in: the one settled for it, else the user's."""
    settled = (await turn.work.exercises.units()).get(exercise.root_id) if exercise is not None else None
    return unit_of(turn.user) if settled is None else "lb" if settled == "lb" else "kg"


async def _units(turn: Turn) -> dict[str, WeightUnit]:
    return {key: "lb" if unit == "lb" else "kg" for key, unit in (await turn.work.exercises.units_by_key()).items()}


def order_of(user: User) -> NumberOrder | None:
    """Give the order in which this user writes three numbers, once they have told."""
    order = user.preferences.get(THREE_NUMBER_ORDER)
    return cast("NumberOrder", order) if order in NUMBER_ORDERS else None


async def vocabulary_of(turn: Turn) -> Vocabulary:
    """Lay the user's exercises and learned words over the library's."""
    own = await turn.work.exercises.own_words()
    exercises = [OwnExercise(str(one.id), one.name, one.measure) for one in own.exercises]
    if not exercises and not own.aliases:
        return Vocabulary.library()
    return Vocabulary.library().with_user(exercises, own.aliases)


async def reading_context(turn: Turn, current: Exercise | None) -> ReadingContext:
    """Put together what the reader needs. `current` is the exercise of the set that was just logged."""
    return ReadingContext(
        unit=unit_of(turn.user),
        language=turn.user.language,
        today=turn.today,
        vocabulary=await vocabulary_of(turn),
        habits=Habits(order_of(turn.user), await turn.work.exercises.last_loads_by_key(), await _units(turn)),
        current=None if current is None else Candidate(key_of(current), current.name, 1.0),
    )


async def find_last_set(turn: Turn) -> ExerciseSet | None:
    """Find the set that was logged last, if it is fresh enough for a short answer to speak of it."""
    session = await turn.work.sessions.find_open()
    if session is None:
        return None
    last = await turn.work.sets.newest(session.id)
    return last if last is not None and is_fresh(turn, last) else None


def is_fresh(turn: Turn, performed: ExerciseSet) -> bool:
    return turn.said_at - performed.performed_at <= FRESH
