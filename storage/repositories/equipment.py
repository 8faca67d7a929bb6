"""A user's kit: what of the library's equipment they can train with. Removing keeps the row, so it can be put back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.direct import Direct
from storage.models import Equipment, UserEquipment
from storage.repositories.base import OWNER, Repository


def _of_user(condition: ColumnElement[bool]) -> Direct:
    statement = select(Equipment).join(UserEquipment, UserEquipment.equipment_id == Equipment.id)
    theirs = statement.where(UserEquipment.user_id == OWNER, Equipment.deleted_at.is_(None), condition)
    return Direct(theirs.order_by(Equipment.name))


KIT: Final = _of_user(UserEquipment.deleted_at.is_(None))
REMOVED: Final = _of_user(UserEquipment.deleted_at.is_not(None))


class UserKit(Repository):
    """Slugs name the equipment. Rows once read are kept for as long as the unit of work."""

    _library: list[Equipment] | None = None
    _own: list[Equipment] | None = None

    async def all(self) -> list[Equipment]:
        """List all equipment of the library by name."""
        if self._library is None:
            statement = select(Equipment).where(Equipment.deleted_at.is_(None)).order_by(Equipment.name)
            self._library = list((await self.session.scalars(statement)).all())
        return self._library

    async def own(self) -> list[Equipment]:
        """List what the user has, by name. An empty list says that they have not told."""
        if self._own is None:
            self._own = [row.Equipment for row in await self.work.ask(KIT, {"owner": self.user_id})]
        return self._own

    async def removed(self) -> list[Equipment]:
        """List what the user had once and can put back, by name."""
        return [row.Equipment for row in await self.work.ask(REMOVED, {"owner": self.user_id})]

    async def slugs(self) -> frozenset[str] | None:
        """Give the user's kit by slug; None where they have told none, which means that everything is allowed."""
        own = await self.own()
        return frozenset(one.slug for one in own) if own else None

    async def add(self, slugs: Iterable[str]) -> None:
        """Add equipment, also what was removed before; what is not known is left out."""
        wanted = set(slugs)
        ids = [one.id for one in await self.all() if one.slug in wanted]
        if not ids:
            return
        self._own = None
        statement = insert(UserEquipment).values([{"user_id": self.user_id, "equipment_id": one} for one in ids])
        await self.session.execute(
            statement.on_conflict_do_update(
                index_elements=["user_id", "equipment_id"],
                set_={"deleted_at": None},
                where=UserEquipment.deleted_at.is_not(None),
            )
        )

    async def remove(self, slugs: Iterable[str]) -> None:
        """Mark equipment as no longer there."""
        await self._mark(slugs, deleted=True)

    async def restore(self, slugs: Iterable[str]) -> None:
        """Bring back what was removed; what the user never had stays away."""
        await self._mark(slugs, deleted=False)

    async def replace(self, slugs: Iterable[str]) -> None:
        """Make this the whole kit."""
        wanted = set(slugs)
        await self.remove({one.slug for one in await self.own()} - wanted)
        await self.add(wanted)

    # ------------------------------------------------------------------ inside

    async def _mark(self, slugs: Iterable[str], *, deleted: bool) -> None:
        wanted = list(set(slugs))
        if not wanted:
            return
        self._own = None
        is_other = UserEquipment.deleted_at.is_(None) if deleted else UserEquipment.deleted_at.is_not(None)
        ids = select(Equipment.id).where(Equipment.slug.in_(wanted))
        await self.session.execute(
            update(UserEquipment)
            .where(UserEquipment.user_id == self.user_id, UserEquipment.equipment_id.in_(ids), is_other)
            .values(deleted_at=func.now() if deleted else None)
            .execution_options(synchronize_session=False)
        )
