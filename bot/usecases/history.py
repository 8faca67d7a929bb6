"""What was trained: by session, or one exercise through time."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from bot.usecases.performed import Performed, from_row
from bot.usecases.reading_context import vocabulary_of
from bot.usecases.sessions import SessionSummary, summarise
from bot.usecases.short_texts import SURE_NAME
from parser import Candidate
from storage.repositories.exercises import key_of

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise

PAGE: Final = 5
EXERCISE_PAGE: Final = 10
RECENT: Final = 6


@dataclass(frozen=True, slots=True)
class PastSession:
    """A session in a list."""

    session_id: UUID
    day: date
    name: str | None
    minutes: int | None
    exercises: tuple[str, ...]
    sets: int
    volume_kg: Decimal


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Sessions from the newest, from `offset` on."""

    sessions: tuple[PastSession, ...]
    offset: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """One exercise by session, the newest first. `others` are what the word might have meant besides."""

    exercise_id: UUID
    name: str
    days: tuple[tuple[date, tuple[Performed, ...]], ...]
    offset: int
    has_more: bool
    others: tuple[Candidate, ...] = ()


async def sessions_page(turn: Turn, offset: int = 0) -> HistoryPage:
    """Give a page of sessions that have at least one set."""
    page = await turn.work.sessions.history(limit=PAGE, offset=offset)
    past = tuple(
        PastSession(
            one.session.id,
            one.session.session_date,
            one.session.name,
            one.session.duration_minutes or None,
            tuple(one.exercises),
            one.sets,
            one.volume,
        )
        for one in page.items
        if one.sets
    )
    return HistoryPage(past, offset, page.has_more)


async def one_session(turn: Turn, session_id: UUID) -> SessionSummary | None:
    """Give a session with all its sets; None when it is gone."""
    session = await turn.work.sessions.find(session_id)
    return None if session is None else await summarise(turn, session_id)


async def find_exercise(turn: Turn, words: str) -> tuple[Exercise | None, tuple[Candidate, ...]]:
    """Find what exercise the words mean, and which others that were trained they might mean.

    Those are looked for among all that has records: "dips" is the dip, and an assisted dip may be all there is.
    """
    vocabulary = await vocabulary_of(turn)
    found = vocabulary.resolve(words)
    near = [one for one in vocabulary.search(words, 6) if shares_a_word(words, one.name)]
    candidates = dict.fromkeys([*([found.best] if found.best else []), *found.candidates, *near])
    rows = await turn.work.exercises.find_by_keys({one.key for one in candidates})
    trained = await turn.work.records.trained()
    known = [one for one in candidates if one.key in rows and rows[one.key].root_id in trained]
    best = None if found.best is None else rows.get(found.best.key)
    known += _related(words, best, trained, {rows[one.key].root_id for one in known})
    if best is not None:
        others = (one for one in known if rows.get(one.key) is not best)
        return best, tuple(one for one in others if found.best is None or one.key != found.best.key)
    return None, tuple(known or [one for one in candidates if one.key in rows])


async def find_named(turn: Turn, words: str) -> tuple[Exercise | None, tuple[Candidate, ...]]:
    """Find the exercise that the words mean for sure, for what is going to be changed; else what they may mean."""
    exercise, others = await find_exercise(turn, words)
    found = (await vocabulary_of(turn)).resolve(words)
    if exercise is None or found.best is None or found.score >= SURE_NAME:
        return exercise, others
    return None, tuple({one.key: one for one in (found.best, *others, *found.candidates)}.values())


def _related(words: str, best: Exercise | None, trained: Mapping[UUID, Exercise], known: Set[UUID]) -> list[Candidate]:
    """Name exercises that were trained and have the words, or the name that was found, in their own name."""
    wanted = [words, *([best.name] if best is not None else [])]
    taken = known | ({best.root_id} if best is not None else set())
    return [
        Candidate(key_of(exercise), exercise.name, 0.5)
        for root_id, exercise in trained.items()
        if root_id not in taken and any(_is_within(one, exercise.name) for one in wanted)
    ]


def _is_within(words: str, name: str) -> bool:
    return _stems(words) <= _stems(name)


def _stems(words: str) -> set[str]:
    """Give the words of a name, a plural like its singular: "Push-ups" is push and up."""
    plain = words.casefold().replace("-", " ").split()
    return {word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word for word in plain}


def shares_a_word(words: str, name: str) -> bool:
    """Tell whether a word that was written stands in a name."""
    return bool(_stems(words) & _stems(name))


async def exercise_page(
    turn: Turn, exercise: Exercise, offset: int = 0, others: tuple[Candidate, ...] = ()
) -> ExercisePage:
    """Give a page of the history of an exercise; it runs through every copy of it."""
    page = await turn.work.sessions.exercise_history(exercise.root_id, limit=EXERCISE_PAGE, offset=offset)
    days = tuple((one.session.session_date, tuple(from_row(row) for row in one.sets)) for one in page.items)
    return ExercisePage(exercise.id, exercise.name, days, offset, page.has_more, others)


async def recent_exercises(turn: Turn) -> tuple[Candidate, ...]:
    """Name exercises for figures that came without a name: those of the workout under way, then those trained last."""
    found: dict[UUID, Candidate] = {}
    session = await turn.work.sessions.find_open()
    if session is not None:
        for entry in (await turn.work.sessions.read(session.id)).exercises:
            found.setdefault(entry.exercise.root_id, Candidate(key_of(entry.exercise), entry.exercise.name, 1.0))
    page = await turn.work.sessions.history(limit=3)
    for one in page.items:
        tree = await turn.work.sessions.read(one.session.id)
        for entry in reversed(tree.exercises):
            found.setdefault(entry.exercise.root_id, Candidate(key_of(entry.exercise), entry.exercise.name, 1.0))
    return tuple(found.values())[:RECENT]
