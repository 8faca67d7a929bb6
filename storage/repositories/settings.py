"""What a user has settled for single exercises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.direct import Direct
from storage.models import ExerciseSetting
from storage.repositories.base import OWNER, Repository

SETTINGS: Final = Direct(
    select(ExerciseSetting)
    .where(
        ExerciseSetting.user_id == OWNER,
        ExerciseSetting.exercise_root_id == any_(bindparam("roots", type_=ARRAY(Uuid()))),
    )
    .execution_options(populate_existing=True)
)


class ExerciseSettings(Repository):
    async def find(self, root_id: UUID) -> ExerciseSetting | None:
        return (await self.of([root_id])).get(root_id)

    async def of(self, root_ids: Iterable[UUID]) -> dict[UUID, ExerciseSetting]:
        """Give what is settled for these exercises, by root; one statement."""
        rows = await self.work.ask(SETTINGS, {"owner": self.user_id, "roots": list(root_ids)})
        return {row.ExerciseSetting.exercise_root_id: row.ExerciseSetting for row in rows}

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
