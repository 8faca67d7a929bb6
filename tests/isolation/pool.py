"""A pool of a few connections, many users at once: nobody is carried over from one transaction to the next."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.isolation.tally import Tally

LOOK = text(
    'SELECT id FROM "user" UNION SELECT user_id FROM outbox WHERE user_id IS NOT NULL'
    " UNION SELECT NULLIF(current_setting('app.user_id', true), '')::uuid"
)
NOBODY = text("SELECT count(*) + (coalesce(current_setting('app.user_id', true), '') <> '')::integer FROM \"user\"")


class _BrokenOffError(Exception):
    pass


async def interleave(database: Database, telegram_ids: Sequence[int], tasks: int = 1000, seed: int = 11) -> Tally:
    """Run tasks of all users at once; each looks at what it sees, some fail, some are cancelled in the middle."""
    tally = Tally("pooled connections, interleaved")
    users: dict[int, UUID] = {}
    for telegram_id in telegram_ids:
        async with database.begin(telegram_id=telegram_id) as work:
            users[telegram_id] = work.user_id
    chance = random.Random(seed)

    async def task(number: int, telegram_id: int, fate: str) -> None:
        try:
            async with asyncio.timeout(0.003 if fate == "cancelled" else 60):
                async with database.begin(telegram_id=telegram_id) as work:
                    await _look(work, users[telegram_id], tally, number)
                    if fate == "failed":
                        raise _BrokenOffError
        except (TimeoutError, _BrokenOffError):
            pass

    fates = [chance.choices(("done", "failed", "cancelled"), (8, 1, 1))[0] for _ in range(tasks)]
    await asyncio.gather(
        *(task(number, telegram_ids[number % len(telegram_ids)], fates[number]) for number in range(tasks))
    )
    for number in range(20):
        async with database._engine.connect() as connection:
            count = await connection.scalar(NOBODY)
            tally.note(f"connection {number} without a user", {f"{count} users"} if count else (), was_refused=False)
    return tally


async def _look(work: UnitOfWork, me: UUID, tally: Tally, number: int) -> None:
    for _ in range(2):
        seen = {row[0] for row in await work.session.execute(LOOK)}
        tally.note(f"task {number}", {str(one) for one in seen - {me}}, was_refused=False)
        await asyncio.sleep(0)
