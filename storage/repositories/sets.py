"""Performed sets: logged many at once, amended, deleted and restored; records and the day's summary follow each time.

Logging costs the same number of statements whatever the history and however many sets: the session (found and touched
at once), the exercises, the session's entries with their totals, the sets with the text that told of them, the records
that stand and the day's summary, with the records that were beaten in the same statement; one more where an exercise is
new to the session.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Uuid, any_, bindparam, case, func, select, update
from sqlalchemy.orm.attributes import set_committed_value
from uuid_utils.compat import uuid7

from storage.direct import Direct, made
from storage.drafts import SetDraft
from storage.models import (
    ConfidenceLevel,
    Exercise,
    ExerciseSet,
    LoadMode,
    SessionExercise,
    SetKind,
    WorkoutSession,
)
from storage.repositories.base import OWNER, Repository, found, insert_rows
from storage.repositories.records import RecordChange
from storage.repositories.session_entries import (
    ENTRIES,
    NEWEST,
    NEWEST_OF_SESSION,
    TOUCHED_ENTRIES,
    Entry,
    entry_for,
)

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

ENUMS = {"load_mode": LoadMode, "kind": SetKind, "confidence_level": ConfidenceLevel}
DRAFT_COLUMNS = tuple(
    field.name for field in fields(SetDraft) if field.name not in ("id", "exercise_id", "performed_at")
)


def _chosen(condition: Any, *order: Any) -> Direct:
    """Read the user's sets, deleted ones too, as they are now."""
    statement = select(ExerciseSet).where(ExerciseSet.user_id == OWNER, condition).order_by(*order, ExerciseSet.id)
    return Direct(statement.execution_options(populate_existing=True))


ONE: Final = bindparam("which", type_=Uuid())
MANY: Final = bindparam("which", type_=ARRAY(Uuid()))
THESE: Final = _chosen(ExerciseSet.id == any_(MANY))
OF_IMPORT: Final = _chosen(ExerciseSet.import_id == ONE)
OF_SESSION: Final = _chosen(
    (ExerciseSet.workout_session_id == ONE) & ExerciseSet.deleted_at.is_(None),
    ExerciseSet.set_number,
    ExerciseSet.performed_at,
)
MARK: Final = Direct(
    update(ExerciseSet)
    .where(ExerciseSet.user_id == OWNER, ExerciseSet.id == any_(MANY))
    .values(
        deleted_at=case((bindparam("deleted", type_=Boolean()), func.now()), else_=None),
        version=ExerciseSet.version + 1,
    )
    .returning(ExerciseSet)
    .execution_options(populate_existing=True),
    whole=ExerciseSet,
)


@dataclass(frozen=True, slots=True)
class Logged:
    """The sets that were written, in the order of what was asked for, and the records that are other than before."""

    sets: list[ExerciseSet]
    records: list[RecordChange]


class Sets(Repository):
    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work)
        self._written: dict[UUID, ExerciseSet] = {}
        self._newest: dict[UUID | None, Any] = {}
        self.logged: list[ExerciseSet] = []
        """The sets that this unit of work has added."""
        self.changed: list[ExerciseSet] = []
        """Those it has amended, deleted or restored."""
        self.turned_to_id: UUID | None = None
        """The exercise that the user has turned to since the set that `newest` found, in the session of that set."""

    async def find(self, set_id: UUID) -> ExerciseSet | None:
        return await self._find(ExerciseSet, self.user_id, set_id)

    async def get(self, set_id: UUID) -> ExerciseSet:
        return found(await self.find(set_id), "set", set_id)

    async def get_many(self, set_ids: Iterable[UUID]) -> dict[UUID, ExerciseSet]:
        """Look up sets, deleted ones too; those that are not there are missing from the answer."""
        wanted = list(set_ids)
        if all(set_id in self._written for set_id in wanted):
            return {set_id: self._written[set_id] for set_id in sorted(wanted)}
        return {row.id: row for row in await self._rows(THESE, wanted)}

    async def newest(self, session_id: UUID | None = None) -> ExerciseSet | None:
        """Find the set that was logged last, in a session where one is named."""
        row = self._newest.pop(session_id, None) if not self.logged and not self.changed else None
        if row is None:
            statement = NEWEST if session_id is None else NEWEST_OF_SESSION
            row = next(iter(await self.work.ask(statement, {"owner": self.user_id, "of_session": session_id})), None)
        self.turned_to_id = None if row is None else row.turned_to_id
        if row is None or row.ExerciseSet is None:
            return None
        self.work.exercises.keep([row.Exercise])
        performed: ExerciseSet = row.ExerciseSet
        return performed

    def know_newest(self, session_id: UUID, row: Any) -> None:
        """Have the newest set of a session in hand, once, as `newest` would fetch it: it came along with others."""
        self._newest = {session_id: row}

    def forget_newest(self) -> None:
        """Look the newest set up when it is asked for: the user has turned to another exercise."""
        self._newest.clear()

    async def of_session(self, session_id: UUID) -> list[ExerciseSet]:
        """List the live sets of a session as they were counted."""
        return await self._rows(OF_SESSION, session_id)

    async def of_import(self, import_id: UUID, *, deleted: bool = False) -> list[ExerciseSet]:
        """List the live sets that came from a text, in its order; with ``deleted`` those that were taken back."""
        rows = await self._rows(OF_IMPORT, import_id)
        return [row for row in rows if (row.deleted_at is not None) is deleted]

    # ------------------------------------------------------------------ writing

    async def log(
        self, session_id: UUID, drafts: Sequence[SetDraft], *, at: datetime, import_id: UUID | None = None
    ) -> Logged:
        """Write sets into a session, number them, and keep records and summary.

        Raises:
            NotFoundError: there is no such session, or no such exercise.
        """
        if not drafts:
            return Logged([], [])
        session = await self.work.sessions.get(session_id)
        is_newer = session.last_activity_at is None or session.last_activity_at < at
        entries = await self._entries(session.id, at if is_newer else None)
        if is_newer:
            set_committed_value(session, "last_activity_at", at)
        volumes = {entry.root_id: entry.volume for entry in entries}
        rows = await self._insert(session, entries, drafts, at, import_id)
        self.work.summaries.owe(session.session_date)
        records = await self.work.records.take(rows, volumes)
        await self.work.summaries.settle()
        return Logged(rows, records)

    async def amend(self, set_id: UUID, version: int | None, **columns: Any) -> Logged:
        """Change what a set says; another ``exercise_id`` moves it to that exercise.

        Raises:
            NotFoundError: there is no such set.
            StaleVersionError: it was changed meanwhile; the error holds it as it is now.
        """
        row = await self.get(set_id)
        roots = {row.exercise_root_id}
        row = await self._amend(row, version, await self._moved(row, _typed(columns)), "set")
        return await self._settled([row], roots | {row.exercise_root_id})

    async def delete(self, set_ids: Iterable[UUID]) -> Logged:
        """Take sets back. They stay, marked, and can be restored."""
        return await self._mark((await self.get_many(set_ids)).values(), deleted=True)

    async def restore(self, set_ids: Iterable[UUID]) -> Logged:
        """Bring deleted sets back."""
        return await self._mark((await self.get_many(set_ids)).values(), deleted=False)

    async def undo_import(self, import_id: UUID) -> Logged:
        """Take back whatever a text has logged, weeks later too."""
        return await self._mark(await self.of_import(import_id), deleted=True)

    async def restore_import(self, import_id: UUID) -> Logged:
        """Bring back the sets of a text that were taken back last; ones deleted earlier on their own stay deleted."""
        gone = await self.of_import(import_id, deleted=True)
        last = max((row.deleted_at for row in gone if row.deleted_at is not None), default=None)
        if last is None:
            return Logged([], [])
        return await self.restore(row.id for row in gone if row.deleted_at == last)

    async def replace_import(
        self, import_id: UUID, session_id: UUID, drafts: Sequence[SetDraft], *, at: datetime
    ) -> Logged:
        """Make the sets of a text what the edited text says.

        The first set stays the first, with its id and its time; what the text no longer has is deleted, what is new
        is added.
        """
        before = await self.of_import(import_id)
        roots = {row.exercise_root_id for row in before}
        kept, surplus = before[: len(drafts)], before[len(drafts) :]
        for row, draft in zip(kept, drafts, strict=False):
            columns = _columns(draft) | {"exercise_id": draft.exercise_id}
            for name, value in (await self._moved(row, columns)).items():
                setattr(row, name, value)
            row.version += 1
        await self.session.flush()
        if surplus:
            await self._mark_rows([row.id for row in surplus], deleted=True)
        rows = list(kept)
        if len(drafts) > len(before):
            session = await self.work.sessions.get(session_id)
            entries = await self._entries(session.id)
            rows += await self._insert(session, entries, drafts[len(before) :], at, import_id)
        settled = await self._settled(rows, roots | {row.exercise_root_id for row in rows})
        if surplus:
            self.changed += surplus
            await self._sum_up({row.workout_session_id for row in surplus})
        return settled

    # ------------------------------------------------------------------ inside

    async def _rows(self, statement: Direct, which: Any) -> list[ExerciseSet]:
        return [row.ExerciseSet for row in await self.work.ask(statement, {"owner": self.user_id, "which": which})]

    async def _insert(
        self,
        session: WorkoutSession,
        entries: list[Entry],
        drafts: Sequence[SetDraft],
        at: datetime,
        import_id: UUID | None,
    ) -> list[ExerciseSet]:
        exercises = await self.work.exercises.get_many(dict.fromkeys(draft.exercise_id for draft in drafts))
        rows = []
        for draft in drafts:
            exercise = found(exercises.get(draft.exercise_id), "exercise", draft.exercise_id)
            entry = entry_for(exercise, entries) or self._new_entry(session.id, exercise, entries)
            entry.last_number += 1
            entry.done += draft.kind != SetKind.WARMUP
            rows.append(
                made(
                    ExerciseSet,
                    id=draft.id or uuid7(),
                    user_id=self.user_id,
                    workout_session_id=session.id,
                    session_exercise_id=entry.row.id,
                    exercise_id=exercise.id,
                    exercise_root_id=exercise.root_id,
                    set_number=entry.last_number,
                    performed_at=draft.performed_at or at,
                    import_id=import_id,
                    **_columns(draft),
                )
            )
        await self.session.flush()  # new entries go before their sets
        await insert_rows(self.work, rows)
        self._written |= {row.id: row for row in rows}
        self.logged += rows
        return rows

    async def _entries(self, session_id: UUID, active_at: datetime | None = None) -> list[Entry]:
        """Read the exercises of a session; in the same statement note when something happened in it."""
        parameters: dict[str, Any] = {"owner": self.user_id, "of_session": session_id}
        statement = ENTRIES
        if active_at is not None:
            statement, parameters = TOUCHED_ENTRIES, parameters | {"active_at": active_at}
        rows = await self.work.ask(statement, parameters)
        return [
            Entry(row, root_id, number or 0, done or 0, volume or Decimal(0))
            for row, root_id, number, done, volume in rows
        ]

    def _new_entry(self, session_id: UUID, exercise: Exercise, entries: list[Entry]) -> Entry:
        order = max((entry.row.exercise_order for entry in entries), default=0) + 1
        row = SessionExercise(
            id=uuid7(),
            user_id=self.user_id,
            workout_session_id=session_id,
            exercise_id=exercise.id,
            exercise_order=order,
        )
        self.session.add(row)
        entries.append(Entry(row, exercise.root_id))
        return entries[-1]

    async def _moved(self, row: ExerciseSet, columns: dict[str, Any]) -> dict[str, Any]:
        """Complete the columns of a set that goes to another exercise: its root, its entry and its number there."""
        exercise_id = columns.get("exercise_id")
        if exercise_id is None or exercise_id == row.exercise_id:
            return columns
        exercise = await self.work.exercises.get(exercise_id)
        if exercise.root_id == row.exercise_root_id:
            return columns
        entries = await self._entries(row.workout_session_id)
        entry = entry_for(exercise, entries) or self._new_entry(row.workout_session_id, exercise, entries)
        await self.session.flush()
        place = {"session_exercise_id": entry.row.id, "set_number": entry.last_number + 1}
        return columns | place | {"exercise_root_id": exercise.root_id}

    async def _mark(self, rows: Iterable[ExerciseSet], *, deleted: bool) -> Logged:
        """Mark those of the rows that are not marked so already."""
        others = [row for row in rows if (row.deleted_at is None) is deleted]
        if not others:
            return Logged([], [])
        await self._mark_rows([row.id for row in others], deleted=deleted)
        return await self._settled(others, {row.exercise_root_id for row in others})

    async def _mark_rows(self, set_ids: Sequence[UUID], *, deleted: bool) -> None:
        await self.work.ask(MARK, {"owner": self.user_id, "which": set_ids, "deleted": deleted})

    async def _settled(self, rows: list[ExerciseSet], roots: Iterable[UUID]) -> Logged:
        """Bring records and summaries in line with sets that were changed."""
        self.changed += [row for row in rows if row not in self.logged and row not in self.changed]
        records = await self.work.records.recalculate(roots)
        await self._sum_up({row.workout_session_id for row in rows})
        return Logged(rows, records)

    async def _sum_up(self, session_ids: Iterable[UUID]) -> None:
        sessions = [await self.work.sessions.get(session_id) for session_id in session_ids]
        await self.work.summaries.refresh(session.session_date for session in sessions)


def _columns(draft: SetDraft) -> dict[str, Any]:
    return _typed({name: getattr(draft, name) for name in DRAFT_COLUMNS})


def _typed(columns: dict[str, Any]) -> dict[str, Any]:
    """Take the words of enums as well as the enums."""
    return {name: ENUMS[name](value) if name in ENUMS else value for name, value in columns.items()}
