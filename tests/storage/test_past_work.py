"""What was done lately in exercises, beside what had been planned for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from storage.database import Database
from storage.drafts import SetDraft
from storage.unit_of_work import UnitOfWork
from training.library_types import exercise_id

SQUAT, BENCH = exercise_id("barbell-back-squat"), exercise_id("barbell-bench-press")
START = datetime(2026, 3, 2, 18, tzinfo=UTC)


async def train(work: UnitOfWork, day: int, *reps: int) -> None:
    at = START + timedelta(days=day)
    session = await work.sessions.open_free(session_date=at.date(), started_at=at)
    drafts = [SetDraft(one, reps=count, weight=Decimal(80 + day)) for count in reps for one in (SQUAT, BENCH)]
    await work.sets.log(session.id, drafts, at=at)
    await work.sessions.close(session.id, at)


async def test_the_newest_sessions_come_first_and_no_more_than_asked_for(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        for day in range(5):
            await train(work, day, 8, 7)
        found = await work.past_work.recent([SQUAT, BENCH], entries=3)
    assert set(found) == {SQUAT, BENCH}
    assert [work.sets[0].weight for work in found[SQUAT]] == [84, 83, 82]
    assert [one.reps for one in found[BENCH][0].sets] == [8, 7]
    assert {work.planned for work in found[SQUAT]} == {()}


async def test_a_session_under_way_is_left_out(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await train(work, 0, 8)
        running = await work.sessions.open_free(session_date=START.date(), started_at=START + timedelta(days=3))
        at = START + timedelta(days=3)
        await work.sets.log(running.id, [SetDraft(SQUAT, reps=3, weight=Decimal(120))], at=at)
        assert [work.sets[0].reps for work in (await work.past_work.recent([SQUAT]))[SQUAT]] == [3, 8]
        before = await work.past_work.recent([SQUAT], before=running.id)
        assert [work.sets[0].reps for work in before[SQUAT]] == [8]


async def test_many_exercises_take_one_statement(database: Database, telegram_id: int, statements: list[str]) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await train(work, 0, 8)
        statements.clear()
        await work.past_work.recent([SQUAT, BENCH, exercise_id("overhead-press")])
        assert len(statements) == 1


async def test_another_user_s_work_is_not_seen(database: Database, telegram_id: int, other_telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await train(work, 0, 8)
    async with database.begin(telegram_id=other_telegram_id) as work:
        assert await work.past_work.recent([SQUAT]) == {}
