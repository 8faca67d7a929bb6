"""A row of the outbox that this process has claimed, with the message that it edits, if it edits one."""

from __future__ import annotations

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
    if not rows:
        return None
    (row,) = rows
    return Owed(row, await work.outbox.get(row.edits_id) if row.edits_id is not None else None)
