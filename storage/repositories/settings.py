"""What a user has settled for single exercises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from storage.models import ExerciseSetting
from storage.repositories.base import Repository


class ExerciseSettings(Repository):
    async def find(self, root_id: UUID) -> ExerciseSetting | None:
        return (await self.of([root_id])).get(root_id)

    async def of(self, root_ids: Iterable[UUID]) -> dict[UUID, ExerciseSetting]:
        """Give what is settled for these exercises, by root; one statement."""
        statement = select(ExerciseSetting).where(
            ExerciseSetting.user_id == self.user_id, ExerciseSetting.exercise_root_id.in_(list(root_ids))
        )
        rows = await self.session.scalars(statement.execution_options(populate_existing=True))
        return {row.exercise_root_id: row for row in rows}

    async def all(self) -> list[ExerciseSetting]:
        statement = select(ExerciseSetting).where(ExerciseSetting.user_id == self.user_id)
        return list((await self.session.scalars(statement.execution_options(populate_existing=True))).all())

    async def settle(self, root_id: UUID, **columns: Any) -> ExerciseSetting:
        """Write some columns of an exercise's settings; the others stay as they are."""
        statement = insert(ExerciseSetting).values(user_id=self.user_id, exercise_root_id=root_id, **columns)
        statement = statement.on_conflict_do_update(index_elements=["user_id", "exercise_root_id"], set_=columns)
        rows = await self.session.scalars(
            statement.returning(ExerciseSetting), execution_options={"populate_existing": True}
        )
        return rows.one()
