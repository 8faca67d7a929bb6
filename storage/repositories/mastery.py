"""Calisthenics: mastery of skills and the levels that follow from it, worked out anew from the sets.

Nothing is counted up: whoever corrects or deletes a set gets the mastery and the levels that the rest of the sets say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.models import (
    Exercise,
    ExerciseCategory,
    ExerciseMastery,
    ExerciseSet,
    UserLevel,
)
from storage.repositories.base import Repository
from training.calisthenics import CATEGORIES, Dose, Standing, level_of, standing
from training.performed import PerformedSet

# What of a set mastery looks at.
SEEN = (
    ExerciseSet.id,
    ExerciseSet.exercise_root_id,
    ExerciseSet.workout_session_id,
    ExerciseSet.weight,
    ExerciseSet.load_mode,
    ExerciseSet.reps,
    ExerciseSet.duration_seconds,
    ExerciseSet.kind,
    ExerciseSet.performed_at,
)


@dataclass(frozen=True, slots=True)
class SkillStanding:
    """A skill of the library, what it asks for, and where the user is with it."""

    exercise: Exercise
    dose: Dose
    standing: Standing

    @property
    def level(self) -> int:
        return self.exercise.level or 0


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A level that is another than before; up or down."""

    category: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class MasteryChanges:
    """What came of working it out anew."""

    mastered: tuple[SkillStanding, ...] = ()
    lost: tuple[SkillStanding, ...] = ()
    levels: tuple[LevelChange, ...] = ()


class Mastery(Repository):
    async def of(self, root_ids: Iterable[UUID]) -> dict[UUID, ExerciseMastery]:
        """Give what is kept of skills, by root."""
        statement = select(ExerciseMastery).where(
            ExerciseMastery.user_id == self.user_id, ExerciseMastery.exercise_root_id.in_(list(root_ids))
        )
        rows = await self.session.scalars(statement.execution_options(populate_existing=True))
        return {row.exercise_root_id: row for row in rows}

    async def levels(self) -> dict[str, int]:
        """Give the levels in push, pull and squat, as they were worked out last; 0 where nothing was trained."""
        rows = await self._level_rows()
        return {category: rows[category].level if category in rows else 0 for category in CATEGORIES}

    async def skills(self, category: str) -> list[SkillStanding]:
        """List the skills of a category by level and order, each with where the user is; two statements."""
        return await self._standings(Exercise.category == ExerciseCategory(category))

    async def refresh(self, root_ids: Iterable[UUID] | None = None) -> MasteryChanges:
        """Work out mastery and levels for the categories of these exercises; for all of them where none are named."""
        categories = await self._categories_of(root_ids)
        if not categories:
            return MasteryChanges()
        skills = await self._standings(Exercise.category.in_(categories))
        known = await self.of(one.exercise.id for one in skills)
        await self._keep([one for one in skills if one.standing.sessions or one.exercise.id in known], known)
        levels = await self._keep_levels(categories, skills)
        was = {root_id for root_id, row in known.items() if row.mastered_at is not None}
        return MasteryChanges(
            tuple(one for one in skills if one.standing.is_mastered and one.exercise.id not in was),
            tuple(one for one in skills if not one.standing.is_mastered and one.exercise.id in was),
            tuple(levels),
        )

    # ------------------------------------------------------------------ inside

    async def _categories_of(self, root_ids: Iterable[UUID] | None) -> Sequence[ExerciseCategory]:
        if root_ids is None:
            return [ExerciseCategory(category) for category in CATEGORIES]
        roots = list(dict.fromkeys(root_ids))
        if not roots:
            return []
        statement = select(Exercise.category).distinct().where(*_skills(), Exercise.id.in_(roots))
        return (await self.session.scalars(statement)).all()

    async def _standings(self, which: ColumnElement[bool]) -> list[SkillStanding]:
        ordered = select(Exercise).where(*_skills(), which).order_by(Exercise.level, Exercise.progression_order)
        skills = (await self.session.scalars(ordered)).all()
        history: defaultdict[UUID, list[PerformedSet]] = defaultdict(list)
        done = await self.session.execute(
            select(*SEEN)
            .where(
                ExerciseSet.user_id == self.user_id,
                ExerciseSet.exercise_root_id.in_([one.id for one in skills]),
                ExerciseSet.deleted_at.is_(None),
            )
            .order_by(ExerciseSet.performed_at, ExerciseSet.id)
        )
        for row in done:
            history[row.exercise_root_id].append(_performed(row))
        doses = [Dose(one.default_sets or 1, one.default_reps, one.default_duration_seconds) for one in skills]
        return [
            SkillStanding(one, dose, standing(history[one.id], dose)) for one, dose in zip(skills, doses, strict=True)
        ]

    async def _keep(self, skills: Sequence[SkillStanding], known: dict[UUID, ExerciseMastery]) -> None:
        """Write working targets and mastery, where they are other than what is kept."""
        moments = await self._moments(skills)
        values = [_columns(one, moments) for one in skills]
        changed = [one for one in values if not _is_kept(one, known.get(one["exercise_root_id"]))]
        if not changed:
            return
        statement = insert(ExerciseMastery)
        statement = statement.on_conflict_do_update(
            index_elements=["user_id", "exercise_root_id"],
            set_={name: statement.excluded[name] for name in changed[0] if name != "exercise_root_id"},
        )
        await self.session.execute(statement, [{"user_id": self.user_id, **one} for one in changed])

    async def _moments(self, skills: Sequence[SkillStanding]) -> dict[UUID, Any]:
        ids = [one.standing.mastered_in.set_id for one in skills if one.standing.mastered_in is not None]
        if not ids:
            return {}
        rows = await self.session.execute(
            select(ExerciseSet.id, ExerciseSet.performed_at).where(
                ExerciseSet.user_id == self.user_id, ExerciseSet.id.in_(ids)
            )
        )
        return {row.id: row.performed_at for row in rows}

    async def _level_rows(self) -> dict[str, UserLevel]:
        statement = select(UserLevel).where(UserLevel.user_id == self.user_id)
        rows = await self.session.scalars(statement.execution_options(populate_existing=True))
        return {row.category.value: row for row in rows}

    async def _keep_levels(
        self, categories: Sequence[ExerciseCategory], skills: Sequence[SkillStanding]
    ) -> list[LevelChange]:
        rows = await self._level_rows()
        changes = []
        for category in categories:
            by_level: defaultdict[int, list[Standing]] = defaultdict(list)
            for one in skills:
                if one.exercise.category is category:
                    by_level[one.level].append(one.standing)
            before = rows[category.value].level if category.value in rows else 0
            if (after := level_of(by_level)) != before:
                changes.append(LevelChange(category.value, before, after))
        for change in changes:
            columns = {"level": change.after, "reached_at": func.now()}
            statement = insert(UserLevel).values(
                user_id=self.user_id, category=ExerciseCategory(change.category), **columns
            )
            await self.session.execute(
                statement.on_conflict_do_update(index_elements=["user_id", "category"], set_=columns)
            )
        return changes


def _skills() -> tuple[ColumnElement[bool], ...]:
    """Pick the library's skills: what has a level and belongs to nobody."""
    categories = [ExerciseCategory(category) for category in CATEGORIES]
    return Exercise.user_id.is_(None), Exercise.level.is_not(None), Exercise.category.in_(categories)


def _performed(row: Any) -> PerformedSet:
    return PerformedSet(
        weight_kg=row.weight,
        reps=row.reps,
        seconds=row.duration_seconds,
        load_mode=row.load_mode.value,
        kind=row.kind.value,
        set_id=row.id,
        session_id=row.workout_session_id,
    )


def _columns(one: SkillStanding, moments: dict[UUID, Any]) -> dict[str, Any]:
    """Give the row of a skill: the working targets, and when and where it was mastered."""
    working, mastered = one.standing.working, one.standing.mastered_in
    return {
        "exercise_root_id": one.exercise.id,
        "current_sets": working.sets,
        "current_reps": working.reps,
        "current_duration_seconds": working.seconds,
        "current_tempo": one.exercise.default_tempo,
        "current_rest_time_seconds": one.exercise.default_rest_time_seconds,
        "mastered_at": None if mastered is None or mastered.set_id is None else moments[mastered.set_id],
        "mastered_session_id": None if mastered is None else mastered.session_id,
    }


def _is_kept(columns: dict[str, Any], row: ExerciseMastery | None) -> bool:
    return row is not None and all(getattr(row, name) == value for name, value in columns.items())
