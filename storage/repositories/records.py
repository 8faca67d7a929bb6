"""Personal records: one row a user, root exercise and kind, kept in the transaction of the set.

A new set is compared with the rows that stand, which costs the same after ten sets and after ten thousand. When a set
is edited, deleted or restored the records of its exercise are worked out anew from all its sets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Integer,
    Select,
    Uuid,
    any_,
    bindparam,
    case,
    delete,
    func,
    select,
    text,
    tuple_,
)
from uuid_utils.compat import uuid7

from storage.direct import Direct
from storage.models import Exercise, ExerciseSet, LoadMode, PersonalRecord, RecordType
from storage.paging import Page, page_of
from storage.repositories.base import OWNER, Repository
from storage.repositories.summaries import DAYS, REFRESH_SQL
from training.performed import PerformedSet
from training.records import RECORD_UNITS, as_record, best_records, is_better, set_values, set_volume
from training.units import exact_kg

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

# What of a set the records look at.
SEEN = (
    ExerciseSet.id,
    ExerciseSet.exercise_root_id,
    ExerciseSet.workout_session_id,
    ExerciseSet.weight,
    ExerciseSet.typed_weight,
    ExerciseSet.typed_unit,
    ExerciseSet.load_mode,
    ExerciseSet.reps,
    ExerciseSet.duration_seconds,
    ExerciseSet.distance_m,
    ExerciseSet.kind,
    ExerciseSet.performed_at,
)


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is another than before. ``value`` is None where none is left; ``previous`` where there was none.

    ``unit`` is kg, reps or s. Greater is better everywhere: the best of assisted work is below zero.
    """

    root_id: UUID
    record_type: RecordType
    value: Decimal | None
    unit: str
    previous: Decimal | None
    set_id: UUID | None
    session_id: UUID | None
    is_better: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """The records of an exercise: of the user's own copy where there is one, else of the library's row."""

    exercise: Exercise
    records: tuple[PersonalRecord, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The best of its kind and the set that reached it."""

    value: Decimal
    set_id: UUID
    session_id: UUID
    achieved_at: datetime


Kind = tuple[UUID, str]

STANDING = Direct(
    select(PersonalRecord)
    .where(
        PersonalRecord.user_id == OWNER,
        PersonalRecord.exercise_root_id == any_(bindparam("roots", type_=ARRAY(Uuid()))),
    )
    .execution_options(populate_existing=True)
)

PAGE = (
    select(PersonalRecord.exercise_root_id, func.max(PersonalRecord.achieved_at).label("beaten_at"))
    .where(PersonalRecord.user_id == OWNER)
    .group_by(PersonalRecord.exercise_root_id)
    .order_by(func.max(PersonalRecord.achieved_at).desc(), PersonalRecord.exercise_root_id)
    .limit(bindparam("limit", type_=Integer()))
    .offset(bindparam("offset", type_=Integer()))
    .cte("page")
    .prefix_with("MATERIALIZED")
)
OF_PAGE = Direct(
    select(PersonalRecord)
    .join(PAGE, PAGE.c.exercise_root_id == PersonalRecord.exercise_root_id)
    .where(PersonalRecord.user_id == OWNER)
    .order_by(PAGE.c.beaten_at.desc(), PersonalRecord.exercise_root_id, PersonalRecord.record_type)
)


def _named(roots: Select[UUID]) -> Direct:
    """Select the rows of roots: the root itself and the user's own copies, the one that names it last.

    That is the user's newest live one, else the library's.
    """
    is_own = (Exercise.user_id == OWNER, Exercise.root_id.in_(roots))
    rows = select(Exercise.id).where(Exercise.id.in_(roots)).union_all(select(Exercise.id).where(*is_own))
    rank = case((Exercise.user_id.is_(None), 1), (Exercise.deleted_at.is_(None), 2), else_=0)
    return Direct(select(Exercise).where(Exercise.id.in_(rows)).order_by(rank, Exercise.id))


NAMED = _named(select(func.unnest(bindparam("roots", type_=ARRAY(Uuid())))))
TRAINED = _named(select(PersonalRecord.exercise_root_id).where(PersonalRecord.user_id == OWNER))

# One shape of statement however many records there are.
UPSERT_SQL = """
INSERT INTO personal_record (
    id, user_id, exercise_root_id, record_type, value, unit, exercise_set_id, workout_session_id, achieved_at)
SELECT better.id, :user_id, better.root_id, CAST(better.record_type AS record_type_enum), better.value, better.unit,
       better.set_id, better.session_id, better.achieved_at
  FROM unnest(CAST(:ids AS uuid[]), CAST(:roots AS uuid[]), CAST(:kinds AS text[]), CAST(:values AS numeric[]),
              CAST(:units AS text[]), CAST(:set_ids AS uuid[]), CAST(:session_ids AS uuid[]),
              CAST(:times AS timestamptz[]))
       AS better (id, root_id, record_type, value, unit, set_id, session_id, achieved_at)
ON CONFLICT (user_id, exercise_root_id, record_type) DO UPDATE
   SET value = excluded.value, unit = excluded.unit, exercise_set_id = excluded.exercise_set_id,
       workout_session_id = excluded.workout_session_id, achieved_at = excluded.achieved_at
RETURNING user_id, id, exercise_root_id, record_type, value, unit, exercise_set_id, workout_session_id, achieved_at,
          created_at, updated_at
"""


def _upsert(statement: str, *parameters: BindParameter[Any]) -> Direct:
    written = text(statement).bindparams(bindparam("user_id", type_=Uuid), *parameters)
    rows = written.columns(*PersonalRecord.__table__.columns).execution_options(populate_existing=True)
    return Direct(rows, whole=PersonalRecord)


UPSERT = _upsert(UPSERT_SQL)
UPSERT_AND_SUM_UP = _upsert(f"WITH summed_up AS ({REFRESH_SQL}) {UPSERT_SQL}", DAYS)


class Records(Repository):
    """The records of exercises that were asked for are kept, and kept true, for as long as the unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work)
        self._kept: dict[UUID, dict[str, PersonalRecord]] = {}

    async def of(self, root_id: UUID) -> list[PersonalRecord]:
        """List the records in an exercise, by its root."""
        return await self.of_many([root_id])

    async def of_many(self, root_ids: Iterable[UUID]) -> list[PersonalRecord]:
        """List the records in exercises, by their roots, in one statement."""
        return list((await self._rows(root_ids)).values())

    async def of_session(self, session_id: UUID) -> list[PersonalRecord]:
        """List the records that a session holds."""
        statement = select(PersonalRecord).where(
            PersonalRecord.user_id == self.user_id, PersonalRecord.workout_session_id == session_id
        )
        rows = await self.session.scalars(
            statement.order_by(PersonalRecord.exercise_root_id, PersonalRecord.record_type)
        )
        return list(rows.all())

    async def page(self, *, limit: int = 10, offset: int = 0) -> Page[Recorded]:
        """List exercises with their records, the one in which one was beaten last first, in two statements."""
        parameters = {"owner": self.user_id, "limit": limit + 1, "offset": offset}
        by_root: dict[UUID, list[PersonalRecord]] = {}
        for row in await self.work.ask(OF_PAGE, parameters):
            by_root.setdefault(row.PersonalRecord.exercise_root_id, []).append(row.PersonalRecord)
        named = await self._named(by_root)
        return page_of([Recorded(named[root_id], tuple(rows)) for root_id, rows in by_root.items()], limit)

    async def trained(self) -> dict[UUID, Exercise]:
        """Give the exercises that have records, by root, as `page` names them; one statement."""
        return {row.Exercise.root_id: row.Exercise for row in await self.work.ask(TRAINED, {"owner": self.user_id})}

    async def take(self, sets: Sequence[ExerciseSet], volumes: Mapping[UUID, Decimal]) -> list[RecordChange]:
        """Compare new sets, all of one session, with the records that stand; write the ones that they beat.

        ``volumes`` are what the session's sets came to before these, by root exercise.
        """
        if not sets:
            return []
        self.work.exercises.forget_loads()
        roots = {row.exercise_root_id for row in sets}
        before = {key: _standing(row) for key, row in (await self._rows(roots)).items()}
        if any(_knows_first_assistance(row, before) for row in sets):
            return await self.recalculate(roots)
        after = dict(before)
        for row in sets:
            for record_type, value in set_values(_performed(row)).items():
                _improve(after, (row.exercise_root_id, record_type), value, row)
        totals = dict(volumes)
        for row in sets:
            volume = set_volume(_performed(row)) or Decimal(0)
            totals[row.exercise_root_id] = totals.get(row.exercise_root_id, Decimal(0)) + volume
        for row in sets:
            total = totals[row.exercise_root_id]
            if total:
                _improve(after, (row.exercise_root_id, "total_volume"), as_record(total), row)
        return await self._write_changes(before, after)

    async def recalculate(self, root_ids: Iterable[UUID]) -> list[RecordChange]:
        """Work the records of exercises out anew, from all their sets that are not deleted."""
        roots = set(root_ids)
        if not roots:
            return []
        self.work.exercises.forget_loads()
        before = {key: _standing(row) for key, row in (await self._rows(roots)).items()}
        done = await self.session.execute(
            select(*SEEN)
            .where(
                ExerciseSet.user_id == self.user_id,
                ExerciseSet.exercise_root_id.in_(roots),
                ExerciseSet.deleted_at.is_(None),
            )
            .order_by(ExerciseSet.performed_at, ExerciseSet.id)
        )
        return await self._write_changes(before, best_of(done.all()))

    async def _rows(self, root_ids: Iterable[UUID]) -> dict[Kind, PersonalRecord]:
        roots = list(dict.fromkeys(root_ids))
        missing = [root_id for root_id in roots if root_id not in self._kept]
        if missing:
            self._kept |= {root_id: {} for root_id in missing}
            asked = await self.work.ask(STANDING, {"owner": self.user_id, "roots": missing})
            self._keep(row.PersonalRecord for row in asked)
        return {(root_id, kind): row for root_id in roots for kind, row in self._kept[root_id].items()}

    def _keep(self, rows: Iterable[PersonalRecord]) -> None:
        for row in rows:
            self._kept[row.exercise_root_id][row.record_type.value] = row

    async def _named(self, root_ids: Iterable[UUID]) -> dict[UUID, Exercise]:
        """Find the exercise to call a root by: the newest live copy of the user's own before the library's row."""
        rows = await self.work.ask(NAMED, {"owner": self.user_id, "roots": list(root_ids)})
        return {row.Exercise.root_id: row.Exercise for row in rows}

    async def _write_changes(
        self, before: Mapping[Kind, Standing], after: Mapping[Kind, Standing]
    ) -> list[RecordChange]:
        changed = {key: best for key, best in after.items() if before.get(key) != best}
        lost = [key for key in before if key not in after]
        if changed:
            await self._upsert(changed)
        if lost:
            kinds = [(root_id, RecordType(record_type)) for root_id, record_type in lost]
            await self.session.execute(
                delete(PersonalRecord).where(
                    PersonalRecord.user_id == self.user_id,
                    tuple_(PersonalRecord.exercise_root_id, PersonalRecord.record_type).in_(kinds),
                )
            )
            for root_id, record_type in lost:
                del self._kept[root_id][record_type]
        return [_change(key, before.get(key), after.get(key)) for key in (*changed, *lost)]

    async def _upsert(self, changed: Mapping[Kind, Standing]) -> None:
        best, days = changed.values(), self.work.summaries.take_owed()
        parameters = {
            "user_id": self.user_id,
            "ids": [uuid7() for _ in changed],
            "roots": [root_id for root_id, _ in changed],
            "kinds": [record_type for _, record_type in changed],
            "values": [one.value for one in best],
            "units": [RECORD_UNITS[record_type] for _, record_type in changed],
            "set_ids": [one.set_id for one in best],
            "session_ids": [one.session_id for one in best],
            "times": [one.achieved_at for one in best],
            "days": days,
        }
        written = await self.work.ask(UPSERT_AND_SUM_UP if days else UPSERT, parameters)
        self._keep(row.PersonalRecord for row in written)


def best_of(done: Sequence[Any]) -> dict[Kind, Standing]:
    """Find the best of each exercise and kind among sets in the order in which they were performed."""
    by_root: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in done:
        by_root[row.exercise_root_id].append(row)
    rows = {row.id: row for row in done}
    best: dict[Kind, Standing] = {}
    for root_id, history in by_root.items():
        for record_type, record in best_records(_performed(row) for row in history).items():
            assert record.performed.set_id is not None
            row = rows[record.performed.set_id]
            best[root_id, record_type] = Standing(record.value, row.id, row.workout_session_id, row.performed_at)
    return best


def _knows_first_assistance(row: ExerciseSet, standing: Mapping[Kind, Standing]) -> bool:
    """Tell whether a set is the first assisted one: it makes the earlier ones without assistance count as 0 kg."""
    return row.load_mode is LoadMode.ASSISTED and (row.exercise_root_id, "max_weight") not in standing


def _improve(best: dict[Kind, Standing], key: Kind, value: Decimal, row: ExerciseSet) -> None:
    standing = best.get(key)
    if standing is None and value == 0:
        return  # the bare body counts as 0 kg only where assistance is known, and that has a record already
    if is_better(value, None if standing is None else standing.value):
        best[key] = Standing(value, row.id, row.workout_session_id, row.performed_at)


def _performed(row: Any) -> PerformedSet:
    return PerformedSet(
        weight_kg=row.weight,
        reps=row.reps,
        seconds=row.duration_seconds,
        distance_m=row.distance_m,
        load_mode=row.load_mode.value,
        kind=row.kind.value,
        set_id=row.id,
        session_id=row.workout_session_id,
        exact_kg=exact_kg(row.typed_weight, "lb") if row.typed_unit == "lb" else None,
    )


def _standing(row: PersonalRecord) -> Standing:
    return Standing(row.value, row.exercise_set_id, row.workout_session_id, row.achieved_at)


def _change(key: Kind, before: Standing | None, after: Standing | None) -> RecordChange:
    root_id, record_type = key
    previous = None if before is None else before.value
    return RecordChange(
        root_id=root_id,
        record_type=RecordType(record_type),
        value=None if after is None else after.value,
        unit=RECORD_UNITS[record_type],
        previous=previous,
        set_id=None if after is None else after.set_id,
        session_id=None if after is None else after.session_id,
        is_better=after is not None and is_better(after.value, previous),
    )
