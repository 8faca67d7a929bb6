"""A row of the outbox that this process has claimed, with the message that it edits, if it edits one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.models import Outbox
from storage.unit_of_work import UnitOfWork

# A claim outlasts the slowest call (a picture, 20 s) with room to spare; a crashed process's rows wait that long.
LEASE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Owed:
    """`edits` is the row whose message is to be edited, with its message_id if it was sent."""

    row: Outbox
    edits: Outbox | None


async def claim_next(work: UnitOfWork) -> Owed | None:
    """Claim the user's next row that can be sent: the first of its chat, one at a time, so that order is kept."""
    rows = await work.outbox.claim(lease_seconds=LEASE_SECONDS, limit=1)
    return await _owed(work, rows[0]) if rows else None


async def owe(work: UnitOfWork, rows: Sequence[Outbox]) -> Owed | None:
    """Write rows, and claim the user's next one that can be sent."""
    claimed = await work.outbox.add_all(rows, LEASE_SECONDS)
    return await claim_next(work) if claimed is None else await _owed(work, claimed)


async def mark_sent(work: UnitOfWork, owed: Owed, message_id: int | None) -> Owed | None:
    """Note that a row was sent, as which message, and claim the user's next one."""
    if owed.edits is not None and message_id != owed.edits.message_id:
        # The edit had to go out as a new message: later edits shall find that one.
        await work.outbox.mark_sent(owed.edits.id, message_id)
    row = await work.outbox.mark_sent_and_claim(owed.row.id, message_id, LEASE_SECONDS)
    return None if row is None else await _owed(work, row)


async def _owed(work: UnitOfWork, row: Outbox) -> Owed:
    return Owed(row, await work.outbox.get(row.edits_id) if row.edits_id is not None else None)
