"""A log becomes sets: what is sure is stored at once, the rest waits in the import's draft until it is answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from uuid_utils.compat import uuid7

from bot.usecases import sessions
from bot.usecases.log_draft import Item, LogDraft
from bot.usecases.logged_lines import LoggedLine, describe
from bot.usecases.performed import Performed, columns, from_reading
from bot.usecases.questions import Asked, ask_next
from bot.usecases.reading_context import unit_for
from bot.usecases.verdicts import Known, Verdict, judge
from parser import LoggedExercise, Reading, to_wire
from storage.drafts import SetDraft
from storage.models import ConfidenceLevel, ExerciseType, ImportStatus, RecordType

if TYPE_CHECKING:
    from bot.turn import Turn
    from storage.models import Exercise, ExerciseSet, WorkoutImportLog, WorkoutSession

SAYS_RESERVE: Final = re.compile(r"\brir\b|\drir\b|in reserve|in the tank|в запасе", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """One exercise of a text, weighed: the row it belongs to, its figures, and what is done with it."""

    read: LoggedExercise
    exercise: Exercise | None
    performed: tuple[Performed, ...]
    verdict: Verdict

    @property
    def item(self) -> Item:
        """Give the state in which it waits, before anything of it is stored."""
        exercise_id = None if self.exercise is None else self.exercise.id
        return Item("asked", self.verdict.question, self.verdict.mark, exercise_id)


@dataclass(frozen=True, slots=True)
class LogOutcome:
    """What has come of a text so far: what is stored, in which session, and what is asked next.

    `names` are the exercises' names by their places in the draft; `notes` name messages of the catalogue;
    `day` is the session's where it is another than today.
    """

    import_id: UUID
    draft: LogDraft
    lines: tuple[LoggedLine, ...] = ()
    session_id: UUID | None = None
    is_open: bool = False
    question: Asked | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    day: date | None = None
    notes: tuple[str, ...] = ()

    @property
    def about(self) -> dict[str, Any]:
        """Say what a message about this tells of, so that a reply to it finds the sets."""
        return {
            "import_id": str(self.import_id),
            "set_ids": [str(row_id) for line in self.lines for row_id in line.set_ids],
            "session_id": None if self.session_id is None else str(self.session_id),
        }


async def log_reading(turn: Turn, import_row: WorkoutImportLog, reading: Reading) -> LogOutcome:
    """Store what a log says, keep what is doubtful in the import's draft, and ask the first question there is."""
    heard = await weigh(turn, reading.exercises)
    draft = LogDraft(reading, tuple(one.item for one in heard), answer_id=uuid7())
    notes = ("future",) if reading.date is not None and reading.date > turn.today else ()
    return await store(turn, import_row, draft, dict(enumerate(heard)), notes)


async def weigh(turn: Turn, exercises: Sequence[LoggedExercise]) -> list[Heard]:
    """Find each exercise's row and decide what is done with it."""
    rows = await turn.work.exercises.find_by_keys({read.key for read in exercises if read.key is not None})
    await turn.work.records.of_many(row.root_id for row in rows.values())  # weighing each finds them in hand
    return [await weigh_one(turn, read, rows.get(read.key) if read.key is not None else None) for read in exercises]


async def weigh_one(turn: Turn, read: LoggedExercise, exercise: Exercise | None) -> Heard:
    """Decide what is done with one exercise, going by what the user has lifted in it before."""
    as_rir = SAYS_RESERVE.search(read.raw) is not None
    unit = await unit_for(turn, exercise)
    performed = tuple(from_reading(one, unit, as_rir) for one in read.sets)
    known = read if exercise is not None else replace(read, key=None)
    return Heard(known, exercise, performed, judge(known, performed, await known_of(turn, exercise)))


async def known_of(turn: Turn, exercise: Exercise | None) -> Known:
    """Look up what a load of this exercise is weighed against."""
    if exercise is None:
        return Known()
    records = await turn.work.records.of(exercise.root_id)
    best = next((one for one in records if one.record_type is RecordType.MAX_WEIGHT), None)
    open_session = await turn.work.sessions.find_open()
    return Known(
        None if best is None else best.value,
        best is not None and open_session is not None and best.workout_session_id == open_session.id,
        lifts_the_body(exercise),
    )


def lifts_the_body(exercise: Exercise) -> bool:
    """Tell whether a load of this exercise is added to the body or helps it; a machine that helps is one too."""
    return exercise.exercise_type is ExerciseType.BODYWEIGHT or "assisted" in exercise.name.casefold()


async def store(
    turn: Turn,
    import_row: WorkoutImportLog,
    draft: LogDraft,
    heard: Mapping[int, Heard],
    notes: tuple[str, ...] = (),
) -> LogOutcome:
    """Store those of the exercises (by their places in the draft) that are sure enough, and say what has come of it."""
    for index, one in heard.items():
        draft = draft.with_item(index, one.item)
    stored = [(index, one) for index, one in heard.items() if one.verdict.question is None]
    session, drafts = None, []
    if stored:
        session = await sessions.session_for(turn, draft.reading.date, import_row.id)
        at = sessions.moment_of(turn, session)
        for index, one in stored:
            own = set_drafts(one, draft.reading.reader, at)
            drafts += own
            set_ids = tuple(row.id for row in own if row.id is not None)
            draft = draft.with_item(index, replace(one.item, state="saved", set_ids=set_ids))
    # The text goes first, with all that was made of it: its sets point at it, and it is written once.
    await keep(turn, import_row, draft, session)
    if session is not None:
        await turn.work.sets.log(session.id, drafts, at=at, import_id=import_row.id)
    return await outcome_of(turn, import_row, draft, notes)


def set_drafts(heard: Heard, reader: str, at: datetime) -> list[SetDraft]:
    """Give the sets of one exercise as storage takes them, each with its receipt."""
    assert heard.exercise is not None
    level = ConfidenceLevel.HIGH if heard.verdict.mark is None else ConfidenceLevel.MEDIUM
    return [
        SetDraft(
            exercise_id=heard.exercise.id,
            confidence_level=level,
            span_start=one.span[0] if one.span else None,
            span_end=one.span[1] if one.span else None,
            read_by=reader,
            performed_at=at,
            id=uuid7(),
            **columns(one),
        )
        for one in heard.performed
    ]


async def keep(
    turn: Turn, import_row: WorkoutImportLog, draft: LogDraft, session: WorkoutSession | None = None
) -> None:
    """Write the state of the draft, and what was read with its evidence, into the import's row."""
    status = ImportStatus.PREVIEW if draft.asked else ImportStatus.SAVED
    if import_row.status is ImportStatus.READING:
        status = ImportStatus.READING
    elif draft.items and all(item.state == "left_out" for item in draft.items):
        status = ImportStatus.DISCARDED
    await turn.work.imports.update(
        import_row.id,
        kind="log",
        status=status,
        draft={**(import_row.draft or {}), **draft.to_json()},
        parsed_exercises=to_wire(draft.reading),
        confidence_scores=_evidence(draft.reading),
        reader=draft.reading.reader,
        workout_session_id=session.id if session is not None else import_row.workout_session_id,
    )


def _evidence(reading: Reading) -> dict[str, Any]:
    return {
        "exercises": [
            {
                "name": one.name,
                "level": one.confidence.value,
                "name_score": one.scores.name,
                "numbers_score": one.scores.numbers,
            }
            for one in reading.exercises
        ]
    }


async def outcome_of(
    turn: Turn, import_row: WorkoutImportLog, draft: LogDraft, notes: tuple[str, ...] = ()
) -> LogOutcome:
    """Tell how a log stands now, from what is stored of it."""
    rows = await live_sets(turn, draft)
    exercise_ids = {item.exercise_id for item in draft.items if item.exercise_id is not None}
    exercises = await turn.work.exercises.get_many(exercise_ids)
    names = {i: exercises[item.exercise_id].name for i, item in enumerate(draft.items) if item.exercise_id in exercises}
    open_session = await turn.work.sessions.find_open()
    session = await turn.work.sessions.find(rows[0].workout_session_id) if rows else None
    is_open = open_session is not None and session is not None and open_session.id == session.id
    return LogOutcome(
        import_row.id,
        draft,
        await describe(turn, rows),
        None if session is None else session.id,
        is_open,
        await ask_next(turn, import_row, draft),
        names,
        None if session is None or is_open or session.session_date == turn.today else session.session_date,
        notes,
    )


async def live_sets(turn: Turn, draft: LogDraft) -> list[ExerciseSet]:
    """Find the sets of a draft that have not been deleted, in the order of the text."""
    rows = await turn.work.sets.get_many(draft.set_ids)
    return [rows[row_id] for row_id in draft.set_ids if row_id in rows and rows[row_id].deleted_at is None]
