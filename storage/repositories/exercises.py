"""Exercises: the library's and the user's own, copies with lineage, and the user's own words for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, any_, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from storage.direct import Direct, made
from storage.errors import ExerciseNameTakenError
from storage.models import (
    Exercise,
    ExerciseAlias,
    ExerciseCategory,
    ExerciseType,
    Measure,
    MuscleGroup,
)
from storage.repositories.base import OWNER, Repository, Row, found, insert_rows, live
from storage.repositories.own_words import SPOKEN, OwnName, OwnWords

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

# What a copy takes from its source: everything that a person would call the exercise.
COPIED = (
    "name",
    "primary_muscle_groups",
    "secondary_muscle_groups",
    "exercise_type",
    "category",
    "measure",
    "level",
    "progression_order",
    "default_sets",
    "default_reps",
    "default_duration_seconds",
    "default_weight",
    "default_rest_time_seconds",
    "default_tempo",
    "tags",
    "description",
    "media_url",
)


BY_ID: Final = select(Exercise.id).where(Exercise.id == any_(bindparam("ids", type_=ARRAY(Uuid()))))
BY_SLUG: Final = select(Exercise.id).where(Exercise.slug == any_(bindparam("slugs", type_=ARRAY(Text()))))
EXERCISES: Final = Direct(select(Exercise).where(Exercise.id.in_(BY_ID.union_all(BY_SLUG))))

COPIES: Final = Direct(
    live(Exercise)
    .where(Exercise.source_id == any_(bindparam("sources", type_=ARRAY(Uuid()))))
    .order_by(Exercise.id.desc())
)

OWN: Final = Direct(select(Exercise).where(Exercise.user_id == OWNER).order_by(Exercise.name))
COPY_KIT: Final = Direct(
    text("""
INSERT INTO exercise_equipment (exercise_id, equipment_id, user_id)
SELECT pairs.copy_id, kit.equipment_id, :owner
  FROM unnest(:sources, :copies) AS pairs (source_id, copy_id)
  JOIN exercise_equipment kit ON kit.exercise_id = pairs.source_id AND kit.user_id IS NULL
""").bindparams(OWNER, bindparam("sources", type_=ARRAY(Uuid())), bindparam("copies", type_=ARRAY(Uuid())))
)


@dataclass(frozen=True, slots=True)
class AliasView:
    """A word of the user's own and what it stands for."""

    id: UUID
    alias: str
    exercise: Exercise


def key_of(exercise: Exercise) -> str:
    """Name an exercise as the parser does: the slug of a library exercise, the id of a user's own."""
    return exercise.slug or str(exercise.id)


class Exercises(Repository):
    """Rows, words and loads that were fetched are kept for as long as the unit of work: a turn asks for them often."""

    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work)
        self._rows: dict[UUID, Exercise] = {}
        self._spoken: Sequence[Any] | None = None

    async def find(self, exercise_id: UUID) -> Exercise | None:
        return (await self.get_many([exercise_id])).get(exercise_id)

    async def get(self, exercise_id: UUID) -> Exercise:
        return found(await self.find(exercise_id), "exercise", exercise_id)

    async def get_many(self, exercise_ids: Iterable[UUID]) -> dict[UUID, Exercise]:
        """Look up exercises by id; those that are not there are missing from the answer."""
        wanted = list(exercise_ids)
        missing = [one for one in wanted if one not in self._rows]
        if missing:
            self.keep(row.Exercise for row in await self.work.ask(EXERCISES, {"ids": missing, "slugs": []}))
        return {one: self._rows[one] for one in wanted if one in self._rows}

    def keep(self, rows: Iterable[Exercise]) -> None:
        """Have rows in hand that were fetched along with others."""
        self._rows |= {row.id: row for row in rows}

    def forget_loads(self) -> None:
        """Look the last loads up anew when they are asked for: sets have changed."""
        self._spoken = None

    async def find_by_keys(self, keys: Iterable[str]) -> dict[str, Exercise]:
        """Look up exercises by the parser's keys; those that are not there are missing from the answer."""
        wanted_keys = set(keys)
        answer = {key_of(row): row for row in self._rows.values() if key_of(row) in wanted_keys}
        slugs: list[str] = []
        ids: list[UUID] = []
        for key in wanted_keys - answer.keys():
            own = _as_id(key)
            if own is None:
                slugs.append(key)
            else:
                ids.append(own)
        if not slugs and not ids:
            return answer
        rows = [row.Exercise for row in await self.work.ask(EXERCISES, {"ids": ids, "slugs": slugs})]
        self.keep(rows)
        return answer | {key_of(row): row for row in rows}

    async def own(self, *, deleted: bool = False) -> list[Exercise]:
        """List the user's own exercises by name; with ``deleted`` those that can be restored."""
        rows = [row.Exercise for row in await self.work.ask(OWN, {"owner": self.user_id})]
        return [row for row in rows if (row.deleted_at is not None) is deleted]

    async def own_words(self) -> OwnWords:
        """Gather what the user's vocabulary has beyond the library."""
        rows = await self._told()
        return OwnWords(
            tuple(OwnName(row.id, row.name, row.measure) for row in rows if row.tells == "name"),
            tuple((row.alias, row.slug or str(row.id)) for row in rows if row.tells == "alias"),
        )

    # ------------------------------------------------------------------ making and changing

    async def create(
        self,
        name: str,
        *,
        primary_muscle_groups: Sequence[MuscleGroup | str],
        exercise_type: ExerciseType | str = ExerciseType.FREEWEIGHT,
        category: ExerciseCategory | str = ExerciseCategory.ISOLATION,
        measure: Measure | str = Measure.WEIGHT_REPS,
        **columns: Any,
    ) -> Exercise:
        """Make an exercise of the user's own.

        Raises:
            ExerciseNameTakenError: the user has one of that name already.
        """
        name = " ".join(name.split())
        taken = await self._find_own_named(name)
        if taken is not None:
            raise ExerciseNameTakenError(taken)
        return await self._write(
            Exercise(
                user_id=self.user_id,
                name=name,
                primary_muscle_groups=[MuscleGroup(group) for group in primary_muscle_groups],
                exercise_type=ExerciseType(exercise_type),
                category=ExerciseCategory(category),
                measure=Measure(measure),
                **columns,
            )
        )

    async def own_copy(self, exercise_id: UUID) -> Exercise:
        """Give the user's own row for an exercise: itself, a copy made before, or a new copy of the library's row."""
        copies = await self.own_copies([exercise_id])
        return found(copies.get(exercise_id), "exercise", exercise_id)

    async def own_copies(self, exercise_ids: Iterable[UUID]) -> dict[UUID, Exercise]:
        """Do what `own_copy` does for many exercises, in at most five statements."""
        rows = await self.get_many(dict.fromkeys(exercise_ids))
        shared = {row.id: row for row in rows.values() if row.user_id is None}
        answer = {row.id: row for row in rows.values() if row.user_id is not None}
        if not shared:
            return answer
        made_before = await self.work.ask(COPIES, {"owner": self.user_id, "sources": list(shared)})
        answer |= {row.Exercise.source_id: row.Exercise for row in made_before}
        missing = [row for key, row in shared.items() if key not in answer]
        return answer | await self._copy(missing)

    async def amend(self, exercise_id: UUID, version: int | None, **columns: Any) -> Exercise:
        """Change an exercise; one of the library is copied first, so look at the id of what comes back.

        Raises:
            StaleVersionError: it was changed meanwhile.
            ExerciseNameTakenError: the user has another one of the new name.
        """
        exercise = await self.get(exercise_id)
        if exercise.user_id is None:
            exercise, version = await self.own_copy(exercise_id), None
        if "name" in columns:
            taken = await self._find_own_named(columns["name"])
            if taken is not None and taken.id != exercise.id:
                raise ExerciseNameTakenError(taken)
        return await self._amend(exercise, version, columns, "exercise")

    async def delete(self, exercise_id: UUID) -> Exercise:
        """Mark an exercise of the user's own; what was done with it stays."""
        return await self._amend(await self._get_own(exercise_id), None, {"deleted_at": func.now()}, "exercise")

    async def restore(self, exercise_id: UUID) -> Exercise:
        """Bring a deleted exercise back.

        Raises:
            ExerciseNameTakenError: another one has its name by now.
        """
        exercise = await self._get_own(exercise_id)
        taken = await self._find_own_named(exercise.name)
        if taken is not None and taken.id != exercise.id:
            raise ExerciseNameTakenError(taken)
        return await self._amend(exercise, None, {"deleted_at": None}, "exercise")

    # ------------------------------------------------------------------ words

    async def learn_alias(self, alias: str, exercise_id: UUID) -> ExerciseAlias:
        """Remember what the user calls an exercise; the same word for another one takes the word along."""
        self._forget_words()
        word = " ".join(alias.split())
        statement = insert(ExerciseAlias).values(
            id=uuid7(), user_id=self.user_id, exercise_id=exercise_id, alias=word, times_used=1
        )
        statement = statement.on_conflict_do_update(
            index_elements=[ExerciseAlias.user_id, func.lower(ExerciseAlias.alias)],
            index_where=text("deleted_at IS NULL AND user_id IS NOT NULL"),
            set_={"exercise_id": exercise_id, "alias": word, "times_used": ExerciseAlias.times_used + 1},
        )
        rows = await self.session.scalars(
            statement.returning(ExerciseAlias), execution_options={"populate_existing": True}
        )
        return rows.one()

    async def aliases(self) -> list[AliasView]:
        """List the user's own words, by the alphabet."""
        rows = await self.session.execute(
            select(ExerciseAlias, Exercise)
            .join(Exercise, Exercise.id == ExerciseAlias.exercise_id)
            .where(ExerciseAlias.user_id == self.user_id, ExerciseAlias.deleted_at.is_(None))
            .order_by(func.lower(ExerciseAlias.alias))
        )
        return [AliasView(alias.id, alias.alias, exercise) for alias, exercise in rows]

    async def forget_alias(self, alias_id: UUID) -> bool:
        """Forget a word of the user's own; False where it was forgotten before."""
        statement = select(ExerciseAlias).where(ExerciseAlias.user_id == self.user_id, ExerciseAlias.id == alias_id)
        alias = (await self.session.scalars(statement)).one_or_none()
        if alias is None or alias.deleted_at is not None:
            return False
        self._forget_words()
        alias.deleted_at = await self.session.scalar(select(func.now()))
        await self.session.flush()
        return True

    # ------------------------------------------------------------------ habits

    async def last_loads(self) -> dict[UUID, Decimal]:
        """Tell the newest load in kilograms of every exercise trained, by root id."""
        return {row.id: row.weight for row in await self._loads() if row.weight is not None}

    async def last_loads_by_key(self) -> dict[str, Decimal]:
        """Tell the newest load in kilograms by the parser's key, for the library's row and the user's copies of it."""
        loads = [row for row in await self._loads() if row.weight is not None]
        return {key: row.weight for row in loads for key in row.known_as or ()}

    async def units(self) -> dict[UUID, str]:
        """Tell the unit that was settled for exercises, by root id."""
        return {row.id: row.unit for row in await self._loads() if row.unit is not None}

    async def units_by_key(self) -> dict[str, str]:
        """Tell the unit that was settled for exercises, by the parser's key, as `last_loads_by_key` does."""
        settled = [row for row in await self._loads() if row.unit is not None]
        return {key: row.unit for row in settled for key in row.known_as or ()}

    async def settle_unit(self, root_id: UUID, unit: str | None) -> None:
        """Note the unit that figures of an exercise are in where they state none; None forgets it."""
        await self.work.exercise_settings.settle(root_id, unit=unit)
        self._spoken = None

    # ------------------------------------------------------------------ inside

    async def _loads(self) -> list[Any]:
        return [row for row in await self._told() if row.tells == "load"]

    async def _told(self) -> Sequence[Any]:
        if self._spoken is None:
            self._spoken = await self.work.ask(SPOKEN, {"user_id": self.user_id})
        return self._spoken

    async def _write(self, row: Row) -> Row:
        self._forget_words()
        return await super()._write(row)

    async def _amend(self, row: Row, version: int | None, columns: Mapping[str, Any], what: str) -> Row:
        self._forget_words()
        return await super()._amend(row, version, columns, what)

    def _forget_words(self) -> None:
        """Gather words and keys anew when they are asked for: an exercise or an alias has changed."""
        self._spoken = None

    async def _get_own(self, exercise_id: UUID) -> Exercise:
        exercise = await self.find(exercise_id)
        return found(exercise if exercise is not None and exercise.user_id else None, "own exercise", exercise_id)

    async def _find_own_named(self, name: str) -> Exercise | None:
        statement = select(Exercise).where(
            Exercise.user_id == self.user_id,
            func.lower(Exercise.name) == func.lower(" ".join(name.split())),
            Exercise.deleted_at.is_(None),
        )
        return (await self.session.scalars(statement)).one_or_none()

    async def _copy(self, sources: Sequence[Exercise]) -> dict[UUID, Exercise]:
        """Copy library rows whole, with their equipment."""
        if not sources:
            return {}
        self._forget_words()
        taken = {exercise.name.lower() for exercise in await self.own()}
        copies: dict[UUID, Exercise] = {}
        for source in sources:
            columns = {column: getattr(source, column) for column in COPIED}
            columns["name"] = _free_name(source.name, taken)
            lineage = {"source_id": source.source_id or source.id, "user_id": self.user_id}
            copies[source.id] = made(Exercise, id=uuid7(), **lineage, **columns)
        await insert_rows(self.work, list(copies.values()))
        pairs = {"sources": list(copies), "copies": [copy.id for copy in copies.values()]}
        await self.work.ask(COPY_KIT, {"owner": self.user_id, **pairs})
        return copies


def _free_name(name: str, taken: set[str]) -> str:
    """Find a name that the user has not given away: a namesake of another root gets a number."""
    number = 1
    free = name
    while free.lower() in taken:
        number += 1
        free = f"{name} ({number})"
    taken.add(free.lower())
    return free


def _as_id(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
