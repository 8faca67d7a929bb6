"""What the bot owes to chats: written with the effects, sent after the commit, in order, and found again later.

Times of delivery (leases, waiting) go by the database's clock: several processes may send.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Integer,
    Interval,
    Table,
    Text,
    Uuid,
    all_,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate
from sqlalchemy.types import TypeEngine

from storage.direct import Direct
from storage.models import Outbox as OutboxRow
from storage.models import OutboxStatus
from storage.repositories.base import OWNER, Repository, found, stands_at

TABLE: Final = cast("Table", OutboxRow.__table__)
ADDED: Final = ("id", "user_id", "chat_id", "method", "payload", "file", "token", "actions", "edits_id", "about")
"""The columns that a new row says; the database fills in the others."""


def _add_statement() -> ReturningInsert[Any]:
    """Insert a row, claimed where a lease is given and nothing is owed to the user."""
    owed = TABLE.alias("owed")
    is_owed = select(literal(1)).where(owed.c.user_id == OWNER, stands_at(owed.c.status, OutboxStatus.PENDING)).exists()
    lease = bindparam("lease", type_=Interval())
    is_claimed = lease.is_not(None) & ~is_owed
    return (
        insert(TABLE)
        .values(
            {name: bindparam(f"new_{name}", type_=_type_of(name)) for name in ADDED}
            | {"lease_until": case((is_claimed, func.now() + lease)), "attempts": case((is_claimed, 1), else_=0)}
        )
        .returning(*(column for column in TABLE.columns if column.name not in ADDED))
    )


def _type_of(name: str) -> TypeEngine[Any]:
    own = TABLE.c[name].type
    return JSONB(none_as_null=True) if isinstance(own, JSONB) else own


ADD: Final = Direct(_add_statement())


def _newest(*conditions: ColumnElement[bool]) -> Direct:
    statement = select(OutboxRow).where(OutboxRow.user_id == OWNER, *conditions)
    return Direct(statement.order_by(OutboxRow.sequence.desc()).limit(1))


BY_TOKEN: Final = _newest(OutboxRow.token == bindparam("token", type_=Text()))
BY_MESSAGE: Final = _newest(
    OutboxRow.chat_id == bindparam("chat", type_=BigInteger()),
    OutboxRow.message_id == bindparam("message", type_=BigInteger()),
    OutboxRow.edits_id.is_(None),
)


class Outbox(Repository):
    async def add(self, row: OutboxRow) -> OutboxRow:
        """Owe a message to a chat. Messages of a chat are sent in the order in which they were added."""
        row.user_id = self.user_id
        return await self._write(row)

    async def add_all(self, rows: Sequence[OutboxRow], lease_seconds: float) -> OutboxRow | None:
        """Owe messages, and claim the first where nothing else is owed to the user: then it is the next to be sent.

        Gives the row that was claimed. None does not say that nothing can be sent, only that `claim` has to look.
        """
        claimed = None
        for number, row in enumerate(rows):
            row.user_id = self.user_id
            lease = timedelta(seconds=lease_seconds) if number == 0 else None
            given = {f"new_{name}": getattr(row, name) for name in ADDED}
            parameters = given | {"owner": self.user_id, "lease": lease}
            (filled_in,) = await self.work.ask(ADD, parameters)
            row.__dict__.update(filled_in._asdict())
            claimed = row if row.lease_until is not None else claimed
        return claimed

    async def find(self, row_id: UUID) -> OutboxRow | None:
        """Find a row; one that this unit of work has read already is not asked for again."""
        return await self._find(OutboxRow, self.user_id, row_id)

    async def get(self, row_id: UUID) -> OutboxRow:
        return found(await self.find(row_id), "message", row_id)

    async def find_by_token(self, token: str) -> OutboxRow | None:
        """Find the message under which a button was pressed."""
        return await self._one(BY_TOKEN, token=token)

    async def find_by_message(self, chat_id: int, message_id: int) -> OutboxRow | None:
        """Find the row that is a message of the bot's in a chat; later edits of it are other rows."""
        return await self._one(BY_MESSAGE, chat=chat_id, message=message_id)

    async def find_newest_about(self, chat_id: int, key: str) -> OutboxRow | None:
        """Find the newest message in a chat whose ``about`` has this key; it is hardly ever far back."""
        statement = (
            select(OutboxRow)
            .where(
                OutboxRow.user_id == self.user_id,
                OutboxRow.chat_id == chat_id,
                OutboxRow.edits_id.is_(None),
                OutboxRow.about.has_key(key),
            )
            .order_by(OutboxRow.message_id.desc().nulls_first(), OutboxRow.sequence.desc())
            .limit(1)
        )
        return (await self.session.scalars(statement)).one_or_none()

    async def press(self, row: OutboxRow, index: int) -> bool:
        """Note that a button has acted; False where it had before."""
        statement = (
            update(OutboxRow)
            .where(self._mine(row.id), literal(index) != all_(OutboxRow.pressed))
            .values(pressed=func.array_append(OutboxRow.pressed, index))
            .returning(OutboxRow.id)
        )
        if await self.session.scalar(statement) is None:
            return False
        await self.session.refresh(row, ["pressed"])
        return True

    async def claim(self, chat_id: int | None = None, lease_seconds: float = 30, limit: int = 20) -> list[OutboxRow]:
        """Take the user's next messages for sending, in order, so that nobody else sends them meanwhile.

        Nothing of a chat is given out while an earlier message of that chat is being sent or has to wait.
        """
        statement = claim_statement(of_one_chat=chat_id is not None)
        parameters = {"owner": self.user_id, "lease": timedelta(seconds=lease_seconds), "most": limit, "chat": chat_id}
        claimed = [row.Outbox for row in await self.work.ask(statement, parameters)]
        return sorted(claimed, key=lambda row: row.sequence)

    async def mark_sent_and_claim(self, row_id: UUID, message_id: int | None, lease_seconds: float) -> OutboxRow | None:
        """Note that a message was sent, and take the user's next one for sending, in one statement."""
        parameters = {
            "owner": self.user_id,
            "lease": timedelta(seconds=lease_seconds),
            "most": 1,
            "sent": row_id,
            "sent_as": message_id,
        }
        statement = claim_statement(of_one_chat=False, after_sent=True)
        return next((row.Outbox for row in await self.work.ask(statement, parameters)), None)

    async def mark_sent(self, row_id: UUID, message_id: int | None = None) -> None:
        await self._set(
            row_id, status=OutboxStatus.SENT, message_id=message_id, sent_at=func.now(), lease_until=None, error=None
        )

    async def mark_failed(self, row_id: UUID, error: str) -> None:
        """Give a message up: it will never be sent."""
        await self._set(row_id, status=OutboxStatus.FAILED, error=error, lease_until=None)

    async def postpone(self, row_id: UUID, seconds: float, error: str | None = None) -> None:
        """Hold a message, and with it all later ones of its chat, for a while."""
        wait = func.now() + timedelta(seconds=seconds)
        await self._set(row_id, not_before=wait, lease_until=None, error=error)

    async def put_back(self, row_id: UUID, seconds: float) -> None:
        """Hold a message that was claimed and not tried: that was no attempt."""
        wait = func.now() + timedelta(seconds=seconds)
        await self._set(row_id, not_before=wait, lease_until=None, attempts=OutboxRow.attempts - 1)

    async def fail_pending(self, chat_id: int, error: str) -> int:
        """Give up everything owed to a chat, because it cannot be written to; tells how many."""
        statement = (
            update(OutboxRow)
            .where(
                OutboxRow.user_id == self.user_id,
                OutboxRow.chat_id == chat_id,
                stands_at(OutboxRow.status, OutboxStatus.PENDING),
            )
            .values(status=OutboxStatus.FAILED, error=error, lease_until=None)
            .returning(OutboxRow.id)
        )
        return len((await self.session.scalars(statement)).all())

    def _mine(self, row_id: UUID) -> Any:
        return and_(OutboxRow.user_id == self.user_id, OutboxRow.id == row_id)

    async def _one(self, statement: Direct, **parameters: Any) -> OutboxRow | None:
        rows = await self.work.ask(statement, {"owner": self.user_id, **parameters})
        return rows[0].Outbox if rows else None

    async def _set(self, row_id: UUID, **columns: Any) -> None:
        await self.session.execute(update(OutboxRow).where(self._mine(row_id)).values(**columns))


@cache
def claim_statement(*, of_one_chat: bool, after_sent: bool = False) -> Direct:
    """Make the statement of `Outbox.claim`.

    With `after_sent` it also marks a row as sent, which then is in nobody's way any more.
    """
    row, earlier = OutboxRow, aliased(OutboxRow)
    blocked = select(earlier.id).where(
        earlier.user_id == row.user_id,
        earlier.chat_id == row.chat_id,
        stands_at(earlier.status, OutboxStatus.PENDING),
        earlier.sequence <= row.sequence,
        or_(earlier.lease_until > func.now(), earlier.not_before > func.now()),
    )
    owner, sent = OWNER, bindparam("sent", type_=Uuid())
    if after_sent:
        blocked = blocked.where(earlier.id != sent)
    free = select(row.id).where(row.user_id == owner, stands_at(row.status, OutboxStatus.PENDING), ~blocked.exists())
    if after_sent:
        free = free.where(row.id != sent)
    if of_one_chat:
        free = free.where(row.chat_id == bindparam("chat", type_=BigInteger()))
    first = free.order_by(row.sequence).limit(bindparam("most", type_=Integer()))
    claim = (
        update(row)
        .where(row.user_id == owner, row.id.in_(first))
        .values(lease_until=func.now() + bindparam("lease", type_=Interval()), attempts=row.attempts + 1)
        .returning(row)
        .execution_options(populate_existing=True, synchronize_session=False)
    )
    return Direct(claim.add_cte(_mark_sent(owner, sent).cte("marked")) if after_sent else claim, whole=OutboxRow)


def _mark_sent(owner: BindParameter[UUID], sent: BindParameter[UUID]) -> ReturningUpdate[UUID]:
    marked = {
        "status": OutboxStatus.SENT,
        "message_id": bindparam("sent_as", type_=BigInteger()),
        "sent_at": func.now(),
        "lease_until": null(),
        "error": null(),
    }
    return update(TABLE).where(TABLE.c.user_id == owner, TABLE.c.id == sent).values(marked).returning(TABLE.c.id)
