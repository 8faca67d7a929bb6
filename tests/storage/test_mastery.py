"""Mastery and levels are what the sets say: reached, kept through a copy, lost with a deleted set; nobody else's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from storage.database import Database
from storage.drafts import SetDraft
from storage.models import LoadMode, SessionStatus
from storage.unit_of_work import UnitOfWork
from training.calisthenics import Dose
from training.library_types import exercise_id

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
PUSH_UP, KNEE = exercise_id("push-up"), exercise_id("knee-push-up")
HANG = exercise_id("dead-hang")
BENCH = exercise_id("barbell-bench-press")


async def train(work: UnitOfWork, exercise: UUID, *reps: int, day: int = 0, mode: str = "bodyweight") -> list[UUID]:
    """Do sets of an exercise in a session of their own and give their ids."""
    at = NOW + timedelta(days=day)
    session = await work.sessions.open_free(
        session_date=at.date(), started_at=at, completed_at=at, status=SessionStatus.COMPLETED
    )
    drafts = [SetDraft(exercise, one, load_mode=LoadMode(mode)) for one in reps]
    return [one.id for one in (await work.sets.log(session.id, drafts, at=at)).sets]


async def test_mastery_and_a_level_are_reached(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await train(work, KNEE, 12, 12, 12)
        first = await work.mastery.refresh([KNEE])
        assert [one.exercise.id for one in first.mastered] == [KNEE]
        assert first.levels == ()
        assert await work.mastery.levels() == {"push": 0, "pull": 0, "squat": 0}
        await train(work, PUSH_UP, 10, 10, 8, day=1)
        assert (await work.mastery.refresh([PUSH_UP])).mastered == ()
        kept = (await work.mastery.of([PUSH_UP]))[PUSH_UP]
        assert (kept.current_sets, kept.current_reps, kept.current_tempo) == (3, 9, "2-1-2-1")
        assert kept.mastered_at is None
        ids = await train(work, PUSH_UP, 10, 10, 10, day=2)
        last = await work.mastery.refresh([PUSH_UP])
        assert [(one.category, one.before, one.after) for one in last.levels] == [("push", 0, 2)]
        kept = (await work.mastery.of([PUSH_UP]))[PUSH_UP]
        session_id = (await work.sets.get(ids[0])).workout_session_id
        assert (kept.mastered_at, kept.mastered_session_id) == (NOW + timedelta(days=2), session_id)
        assert await work.mastery.levels() == {"push": 2, "pull": 0, "squat": 0}


async def test_the_same_again_changes_nothing(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await train(work, KNEE, 12, 12, 12)
        await work.mastery.refresh([KNEE])
        again = await work.mastery.refresh()
        assert (again.mastered, again.lost, again.levels) == ((), (), ())


async def test_a_deleted_set_takes_mastery_and_level_back_and_a_restored_one_brings_them(
    database: Database, telegram_id: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await train(work, KNEE, 12, 12, 12)
        ids = await train(work, PUSH_UP, 10, 10, 10)
        await work.mastery.refresh([KNEE, PUSH_UP])
        await work.sets.delete(ids[:1])
        lost = await work.mastery.refresh([PUSH_UP])
        assert [one.exercise.id for one in lost.lost] == [PUSH_UP]
        # Two sets in one session: it was tried, and holds nobody back; but one mastered skill makes no level.
        assert [(one.before, one.after) for one in lost.levels] == [(2, 0)]
        assert (await work.mastery.of([PUSH_UP]))[PUSH_UP].mastered_at is None
        await work.sets.restore(ids[:1])
        back = await work.mastery.refresh([PUSH_UP])
        assert [(one.before, one.after) for one in back.levels] == [(0, 2)]


async def test_history_runs_on_through_a_copy(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        copy = await work.exercises.own_copy(PUSH_UP)
        await train(work, copy.id, 10, 10, 10)
        assert [one.exercise.id for one in (await work.mastery.refresh([PUSH_UP])).mastered] == [PUSH_UP]


async def test_assisted_sets_do_not_count(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await train(work, exercise_id("pull-up"), 6, 6, 6, mode="assisted")
        assert (await work.mastery.refresh()).mastered == ()


async def test_holds_are_counted_in_seconds(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        session = await work.sessions.open_free(session_date=NOW.date(), started_at=NOW)
        drafts = [SetDraft(HANG, duration_seconds=one, load_mode=LoadMode.BODYWEIGHT) for one in (30, 22)]
        await work.sets.log(session.id, drafts, at=NOW)
        await work.mastery.refresh([HANG])
        kept = (await work.mastery.of([HANG]))[HANG]
        assert (kept.current_sets, kept.current_duration_seconds, kept.current_reps) == (3, 22, None)
        hang = next(one for one in await work.mastery.skills("pull") if one.exercise.id == HANG)
        assert (hang.dose, hang.standing.best) == (Dose(3, None, 30), Dose(2, None, 22))


async def test_other_exercises_are_none_of_its_business(
    database: Database, telegram_id: int, statements: list[str]
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await train(work, BENCH, 8)
        before = len(statements)
        changes = await work.mastery.refresh([BENCH])
        assert (changes.mastered, changes.levels) == ((), ())
        assert len(statements) - before == 1


async def test_nobody_sees_another_s_mastery(database: Database, telegram_id: int, other_telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await train(work, KNEE, 12, 12, 12)
        await train(work, PUSH_UP, 10, 10, 10)
        await work.mastery.refresh()
    async with database.begin(telegram_id=other_telegram_id) as work:
        assert (await work.mastery.refresh()).mastered == ()
        assert await work.mastery.of([KNEE, PUSH_UP]) == {}
        assert await work.mastery.levels() == {"push": 0, "pull": 0, "squat": 0}
        assert all(one.standing.sessions == 0 for one in await work.mastery.skills("push"))


async def test_what_was_planned_and_left_out_is_listed_by_day(
    database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan = next(one.plan for one in await work.plans.library() if one.plan.slug == "push-pull-legs-3-days")
        workouts = await work.plans.workouts_of(plan.id)
        await work.sessions.plan_workout(workouts[0].id, session_date=date(2026, 11, 25))
        await work.sessions.skip(workouts[1].id, session_date=date(2026, 11, 23), at=NOW)
        await work.sessions.plan_workout(workouts[2].id, session_date=date(2026, 12, 1))
        found = await work.summaries.not_done(date(2026, 11, 23), date(2026, 11, 29))
        assert [(one.session_date.day, str(one.status)) for one in found] == [(23, "skipped"), (25, "planned")]
    async with database.begin(telegram_id=other_telegram_id) as work:
        assert await work.summaries.not_done(date(2026, 11, 1), date(2026, 12, 31)) == []
