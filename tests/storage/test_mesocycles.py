"""Mesocycles as rows: started with all their targets, amended by version, ended, repeated; and feedback beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import pytest_asyncio

from storage.database import Database
from storage.drafts import PlanDraft, PrescriptionDraft, SetDraft, WorkoutDraft
from storage.errors import MesocycleRunningError, NotFoundError, StaleVersionError
from storage.models import Mesocycle, MesocycleStatus, SessionStatus
from storage.repositories.mesocycles import MesocycleDraft
from storage.repositories.plans import PlanTree
from storage.unit_of_work import UnitOfWork
from training.library_types import exercise_id, plan_id

MONDAY = date(2026, 11, 2)
EVENING = datetime(2026, 11, 2, 18, tzinfo=UTC)
BENCH, ROW = exercise_id("barbell-bench-press"), exercise_id("barbell-row")
LIBRARY_PLAN = plan_id("machine-full-body-2-days")


@pytest_asyncio.fixture
async def work(database: Database, telegram_id: int) -> AsyncIterator[UnitOfWork]:
    async with database.begin(telegram_id=telegram_id, seen_at=EVENING) as work:
        yield work


async def save_plan(work: UnitOfWork) -> PlanTree:
    prescriptions = (PrescriptionDraft(BENCH, sets=3), PrescriptionDraft(ROW, sets=2))
    plan = await work.plans.save(PlanDraft("Two lifts", (WorkoutDraft("Push and pull", prescriptions),)))
    return await work.plans.read(plan.id)


async def start(work: UnitOfWork, tree: PlanTree, weeks: int = 5, **more: Any) -> Mesocycle:
    draft = MesocycleDraft(tree.plan.id, "Winter", weeks, 1, MONDAY, **more)
    return await work.mesocycles.start(draft)


async def train(work: UnitOfWork, tree: PlanTree, mesocycle: Mesocycle, week: int, weight: int = 80) -> None:
    at = EVENING + timedelta(weeks=week - 1)
    session = await work.sessions.open_workout(
        tree.workouts[0].workout.id,
        session_date=at.date(),
        started_at=at,
        week_number=week,
        mesocycle_id=mesocycle.id,
    )
    await work.sets.log(session.id, [SetDraft(BENCH, 8, Decimal(weight)), SetDraft(ROW, 8, Decimal(60))], at=at)
    await work.sessions.close(session.id, at + timedelta(hours=1))


async def test_all_weeks_and_prescriptions_have_targets(work: UnitOfWork) -> None:
    tree = await save_plan(work)
    mesocycle = await start(work, tree)
    assert (mesocycle.end_date, mesocycle.current_week) == (date(2026, 12, 6), 1)
    bench, row = (one.row.id for one in tree.workouts[0].prescriptions)
    targets = await work.mesocycles.targets(mesocycle.id)
    of = {(one.workout_exercise_id, one.week_number): (one.sets, one.rir, one.load_factor) for one in targets}
    assert len(of) == 10
    assert [of[bench, week] for week in (1, 4, 5)] == [(3, 3, 1), (3, 0, 1), (2, 4, Decimal("0.6"))]
    assert of[row, 5][0] == 1
    assert set(await work.mesocycles.week(mesocycle.id, 2)) == {bench, row}


async def test_a_library_plan_is_trained_without_being_copied(work: UnitOfWork) -> None:
    tree = await work.plans.read(LIBRARY_PLAN)
    mesocycle = await start(work, tree, weeks=3)
    assert len(await work.mesocycles.targets(mesocycle.id)) == 12 * 3
    assert await work.plans.own() == []


async def test_only_one_is_active(work: UnitOfWork) -> None:
    tree = await save_plan(work)
    first = await start(work, tree)
    with pytest.raises(MesocycleRunningError) as refused:
        await start(work, tree)
    assert refused.value.mesocycle.id == first.id
    ended = await work.mesocycles.finish(first.id, first.version, at=EVENING, day=MONDAY)
    assert (ended.status, ended.end_date, ended.completed_at) == (MesocycleStatus.COMPLETED, MONDAY, EVENING)
    assert await work.mesocycles.active() is None
    second = await start(work, tree, parent_id=first.id, copied_from_week=4)
    assert [one.id for one in await work.mesocycles.children(first.id)] == [second.id]
    assert (await work.mesocycles.past()).items == (ended,)


async def test_a_repeated_week_gives_its_sets_to_week_one(work: UnitOfWork) -> None:
    tree = await save_plan(work)
    bench, row = (one.row.id for one in tree.workouts[0].prescriptions)
    mesocycle = await start(work, tree, first_sets={bench: 6})
    first, deload = await work.mesocycles.week(mesocycle.id, 1), await work.mesocycles.week(mesocycle.id, 5)
    assert (first[bench].sets, first[row].sets, deload[bench].sets) == (6, 2, 3)


async def test_later_weeks_get_other_sets_with_a_reason(work: UnitOfWork) -> None:
    tree = await save_plan(work)
    mesocycle = await start(work, tree)
    bench = tree.workouts[0].prescriptions[0].row.id
    for _ in range(2):
        await work.mesocycles.set_from(mesocycle.id, range(2, 5), {bench: (4, "chest: easy")})
    targets = [one for one in await work.mesocycles.targets(mesocycle.id) if one.workout_exercise_id == bench]
    assert [(one.sets, one.reason) for one in targets] == [(3, None), *[(4, "chest: easy")] * 3, (2, None)]
    assert [one.rir for one in targets] == [3, 2, 1, 0, 4]


async def test_the_loser_of_two_changes_is_told(work: UnitOfWork) -> None:
    mesocycle = await start(work, await save_plan(work))
    changed = await work.mesocycles.amend(mesocycle.id, 1, current_week=2)
    assert (changed.current_week, changed.version) == (2, 2)
    with pytest.raises(StaleVersionError):
        await work.mesocycles.amend(mesocycle.id, 1, current_week=3)


async def test_deleted_ones_are_gone_from_the_lists_and_come_back(work: UnitOfWork) -> None:
    tree = await save_plan(work)
    mesocycle = await start(work, tree)
    await work.mesocycles.delete(mesocycle.id)
    assert await work.mesocycles.active() is None
    assert (await work.mesocycles.past()).items == ()
    other = await start(work, tree)
    assert (await work.mesocycles.restore(mesocycle.id)).status is MesocycleStatus.COMPLETED
    assert (await work.mesocycles.active()) == other
    archived = await work.mesocycles.archive(mesocycle.id)
    assert archived.status is MesocycleStatus.ARCHIVED


async def test_what_was_done_is_found_by_week(work: UnitOfWork) -> None:
    tree = await save_plan(work)
    mesocycle = await start(work, tree, weeks=3)
    await train(work, tree, mesocycle, 1)
    await train(work, tree, mesocycle, 2, 85)
    sessions = await work.mesocycles.sessions(mesocycle.id)
    assert [(one.week, one.status) for one in sessions] == [(1, SessionStatus.COMPLETED), (2, SessionStatus.COMPLETED)]
    assert {one.root_id for one in sessions} == {tree.workouts[0].workout.root_id}
    sets = await work.mesocycles.block_sets(mesocycle.id)
    assert [(one.week, one.muscle_group) for one in sets] == [(1, "chest"), (1, "back"), (2, "chest"), (2, "back")]
    records = {(one.exercise, str(one.record.record_type)) for one in await work.mesocycles.records(mesocycle.id)}
    assert ("Barbell Bench Press", "1rm") in records


async def test_answers_are_kept_once_a_session_and_group(work: UnitOfWork) -> None:
    tree = await save_plan(work)
    mesocycle = await start(work, tree)
    await train(work, tree, mesocycle, 1)
    session = (await work.mesocycles.sessions(mesocycle.id))[0]
    assert await work.muscle_feedback.note_asked(session.id, "chest")
    assert not await work.muscle_feedback.note_asked(session.id, "chest")
    later = EVENING + timedelta(minutes=40)
    await work.muscle_feedback.record(session.id, "chest", "soreness", 3, EVENING)
    await work.muscle_feedback.record(session.id, "chest", "soreness", 0, EVENING)
    await work.muscle_feedback.record(session.id, "chest", "pump", 2, later)
    unanswered = await work.muscle_feedback.last_unanswered(session.id)
    assert unanswered is not None
    assert unanswered.challenge is None
    row = await work.muscle_feedback.record(session.id, "chest", "challenge", 1, later)
    assert (row.soreness, row.pump, row.challenge) == (0, 2, 1)
    assert (row.soreness_recorded_at, row.performance_recorded_at) == (EVENING, later)
    assert await work.muscle_feedback.last_unanswered(session.id) is None
    assert set(await work.muscle_feedback.of_session(session.id)) == {"chest"}
    (means,) = await work.muscle_feedback.means(mesocycle.id)
    assert (means.soreness, means.pump, means.challenge, means.sessions) == (0, 2, 1, 1)


async def test_a_muscle_group_was_trained_last_in_another_session(work: UnitOfWork) -> None:
    tree = await save_plan(work)
    mesocycle = await start(work, tree)
    await train(work, tree, mesocycle, 1)
    await train(work, tree, mesocycle, 2)
    first, second = await work.mesocycles.sessions(mesocycle.id)
    since = MONDAY - timedelta(days=14)
    assert await work.muscle_feedback.last_trained("chest", before=second.id, since=since) == MONDAY
    assert await work.muscle_feedback.last_trained("quads", before=second.id, since=since) is None
    since = MONDAY + timedelta(days=1)
    assert await work.muscle_feedback.last_trained("chest", before=second.id, since=since) is None
    assert first.week == 1


async def test_another_user_sees_nothing_of_it(database: Database, telegram_id: int, other_telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id, seen_at=EVENING) as work:
        mesocycle = await start(work, await save_plan(work))
    async with database.begin(telegram_id=other_telegram_id, seen_at=EVENING) as work:
        assert await work.mesocycles.active() is None
        assert await work.mesocycles.targets(mesocycle.id) == []
        with pytest.raises(NotFoundError):
            await work.mesocycles.archive(mesocycle.id)
