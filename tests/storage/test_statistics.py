"""Figures over many sessions, on a real database: against the rules in Python, and with few statements."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from storage.database import Database
from storage.drafts import PlanDraft, PrescriptionDraft, SetDraft, WorkoutDraft
from storage.models import Mesocycle, MesocycleTarget, MuscleGroup, MuscleGroupFeedback, SessionStatus
from storage.unit_of_work import UnitOfWork
from training.feedback_review import averages, performance_by_week
from training.library_types import exercise_id
from training.performed import PerformedSet
from training.records import total_volume
from training.statistics import Kept, monday_of, session_bests, volume_by_muscle, week_kept
from training.volume import TrainedExercise, hard_sets_by_muscle

BENCH, SQUAT, PULL_UP = (exercise_id(slug) for slug in ("barbell-bench-press", "barbell-back-squat", "pull-up"))
MONDAY = date(2026, 11, 16)
TODAY = date(2026, 11, 21)


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)


async def log(work: UnitOfWork, day: date, drafts: Sequence[SetDraft], minutes: int = 60) -> UUID:
    """Write a session of a past day."""
    session = await work.sessions.open_free(
        session_date=day,
        started_at=noon(day),
        completed_at=noon(day) + timedelta(minutes=minutes),
        status=SessionStatus.COMPLETED,
    )
    await work.sets.log(session.id, drafts, at=noon(day))
    return session.id


def as_performed(draft: SetDraft) -> PerformedSet:
    return PerformedSet(draft.weight, draft.reps, rpe=draft.rpe, load_mode=str(draft.load_mode), kind=str(draft.kind))


def any_set(chance: random.Random) -> SetDraft:
    mode = chance.choice(["external", "external", "added", "assisted", "bodyweight"])
    return SetDraft(
        chance.choice([BENCH, SQUAT, PULL_UP]),
        chance.choice([0, 1, 5, 8, 12, 20]),
        None if mode == "bodyweight" else chance.choice([None, Decimal(0), Decimal("62.5"), Decimal(100)]),
        load_mode=mode,
        kind=chance.choice(["warmup", "working", "working", "drop", "failure"]),
        rpe=chance.choice([None, Decimal(4), Decimal(6), Decimal(9)]),
    )


async def test_the_statement_counts_as_the_rules_do(database: Database, telegram_id: int) -> None:
    chance = random.Random(4)
    drafts = [any_set(chance) for _ in range(120)]
    async with database.begin(telegram_id=telegram_id) as work:
        await log(work, MONDAY, drafts)
        await log(work, MONDAY - timedelta(days=1), [SetDraft(BENCH, 5, Decimal(80))])
        exercises = await work.exercises.get_many([BENCH, SQUAT, PULL_UP])
        found = await work.statistics.work_by_week(MONDAY, TODAY)
    trained = [
        TrainedExercise(
            [str(one) for one in row.primary_muscle_groups],
            [str(one) for one in row.secondary_muscle_groups],
            [as_performed(draft) for draft in drafts if draft.exercise_id == exercise],
        )
        for exercise, row in exercises.items()
    ]
    assert {muscle: volume.sets for muscle, volume in volume_by_muscle(found).items() if volume.sets} == dict(
        hard_sets_by_muscle(trained)
    )
    for one in found:
        mine = [as_performed(draft) for draft in drafts if draft.exercise_id == one.root_id]
        assert one.tonnage_kg == (total_volume(mine) or 0)
        assert one.sets == sum(not performed.is_warmup for performed in mine)
    assert {one.period for one in found} == {MONDAY}


async def test_deleted_sets_and_sessions_do_not_count(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        session_id = await log(work, MONDAY, [SetDraft(BENCH, 5, Decimal(80))] * 2)
        gone = await log(work, TODAY, [SetDraft(SQUAT, 5, Decimal(100))])
        await work.sets.delete([(await work.sets.of_session(session_id))[0].id])
        await work.sessions.delete(gone)
        (only,) = await work.statistics.work_by_week(MONDAY, TODAY)
        assert (only.root_id, only.sets, only.tonnage_kg) == (BENCH, 1, 400)
        assert [week.sessions for week in await work.statistics.weeks(MONDAY, TODAY)] == [1]
        assert await work.statistics.trained_days(TODAY) == [MONDAY]


async def test_weeks_count_sessions_days_and_minutes(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        for day in (MONDAY - timedelta(days=3), MONDAY, MONDAY, TODAY):
            await log(work, day, [SetDraft(BENCH, 5, Decimal(80))], minutes=50)
        await work.sessions.open_free(session_date=TODAY, started_at=noon(TODAY))  # begun, and nothing done
        before, this = await work.statistics.weeks(MONDAY - timedelta(days=7), TODAY)
    assert (before.week, before.sessions, before.minutes) == (MONDAY - timedelta(days=7), 1, 50)
    assert (this.week, this.sessions, this.days, this.minutes) == (MONDAY, 3, 2, 150)


async def test_history_runs_through_a_copy_and_names_it_as_the_user_does(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await log(work, MONDAY, [SetDraft(BENCH, 5, Decimal(80))])
        copy = await work.exercises.own_copy(BENCH)
        await work.exercises.amend(copy.id, copy.version, name="Жим лёжа", primary_muscle_groups=[MuscleGroup.TRICEPS])
        await log(work, TODAY, [SetDraft(copy.id, 5, Decimal(90))])
        (one,) = await work.statistics.work_by_week(MONDAY, TODAY)
        bests = session_bests(await work.statistics.sets_of(BENCH))
        (lift,) = await work.statistics.best_lifts()
        (favourite,) = await work.statistics.favourites(noon(MONDAY))
        assert await work.statistics.sets_of(BENCH, TODAY + timedelta(days=1)) == []
    assert (one.name, one.primary, one.hard_sets) == ("Жим лёжа", ("triceps",), 2)
    assert [(best.day, best.top.weight_kg, best.estimate_kg) for best in bests] == [
        (MONDAY, 80, Decimal("93.33")),
        (TODAY, 90, 105),
    ]
    assert (lift.name, lift.estimate_kg, lift.weight_kg, lift.reps) == ("Жим лёжа", 105, 90, 5)
    assert favourite.name == "Жим лёжа"


async def test_a_week_planned_against_done(database: Database, telegram_id: int) -> None:
    days = (("Push", 0, BENCH), ("Pull", 2, PULL_UP), ("Legs", 4, SQUAT), ("Push B", 6, BENCH))
    async with database.begin(telegram_id=telegram_id) as work:
        plan = await work.plans.save(
            PlanDraft(
                "Split",
                tuple(
                    WorkoutDraft(name, (PrescriptionDraft(one, sets=3, reps_min=5),), day_of_week=day)
                    for name, day, one in days
                ),
            )
        )
        await work.users.set_current_plan(plan.id)
        assert {one.kept for one in week_kept(MONDAY, await work.statistics.planned_week(MONDAY, TODAY), TODAY)} == {
            Kept.PLANNED,
            Kept.REST,
        }, "a plan that nobody has begun has been missed by nobody"
        push, pull, *_ = (tree.workout for tree in (await work.plans.read(plan.id)).workouts)
        session = await work.sessions.open_workout(push.id, session_date=MONDAY, started_at=noon(MONDAY))
        await work.sets.log(session.id, [SetDraft(BENCH, 5, Decimal(80))] * 2, at=noon(MONDAY))
        await work.sessions.close(session.id, noon(MONDAY))
        thursday = MONDAY + timedelta(days=3)
        late = await work.sessions.open_workout(pull.id, session_date=thursday, started_at=noon(thursday))
        await work.sets.log(late.id, [SetDraft(PULL_UP, 5)] * 3, at=noon(thursday))
        await work.sessions.close(late.id, noon(thursday))
        week = week_kept(MONDAY, await work.statistics.planned_week(MONDAY, TODAY), TODAY)
    assert [(one.names, one.planned, one.done, one.kept) for one in week] == [
        (("Push",), 3, 2, Kept.DONE),
        ((), 0, 0, Kept.REST),
        ((), 0, 0, Kept.REST),  # Wednesday's workout was done on Thursday
        (("Pull",), 3, 3, Kept.DONE),
        (("Legs",), 3, 0, Kept.MISSED),
        ((), 0, 0, Kept.REST),
        (("Push B",), 3, 0, Kept.PLANNED),
    ]


async def begin_mesocycle(work: UnitOfWork) -> Mesocycle:
    """Start four weeks of bench and squat: 3 sets of each in the first week, 4 and 2 in the second."""
    prescriptions = (PrescriptionDraft(BENCH, sets=3), PrescriptionDraft(SQUAT, sets=3))
    plan = await work.plans.save(PlanDraft("Full", (WorkoutDraft("Full", prescriptions, day_of_week=0),)))
    tree = (await work.plans.read(plan.id)).workouts[0]
    mesocycle = Mesocycle(
        user_id=work.user_id,
        id=uuid7(),
        workout_plan_id=plan.id,
        name="Winter",
        duration_weeks=4,
        days_per_week=1,
        start_date=MONDAY - timedelta(days=7),
    )
    work.session.add(mesocycle)
    await work.session.flush()
    for week, sets in ((1, (3, 3)), (2, (4, 2))):
        for prescription, count in zip(tree.prescriptions, sets, strict=True):
            target = MesocycleTarget(
                user_id=work.user_id,
                mesocycle_id=mesocycle.id,
                workout_exercise_id=prescription.row.id,
                week_number=week,
                sets=count,
                rir=Decimal(3),
            )
            work.session.add(target)
    first = MONDAY - timedelta(days=7)
    session = await work.sessions.open_workout(
        tree.workout.id, session_date=first, started_at=noon(first), week_number=1, mesocycle_id=mesocycle.id
    )
    done = [SetDraft(BENCH, 8, Decimal(80))] * 3 + [SetDraft(SQUAT, 5, Decimal(100))] * 3
    await work.sets.log(session.id, done, at=noon(first))
    await work.sessions.close(session.id, noon(first))
    answers = {MuscleGroup.CHEST: (0, 2, 1), MuscleGroup.QUADS: (3, None, 3)}
    for muscle, (soreness, pump, challenge) in answers.items():
        feedback = MuscleGroupFeedback(
            user_id=work.user_id,
            workout_session_id=session.id,
            muscle_group=muscle,
            soreness=soreness,
            pump=pump,
            challenge=challenge,
        )
        work.session.add(feedback)
    await work.session.flush()
    return mesocycle


async def test_feedback_against_next_weeks_sets(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        mesocycle = await begin_mesocycle(work)
        found = {one.muscle: one for one in await work.statistics.feedback([mesocycle.id])}
        assert await work.statistics.feedback([uuid7()]) == []
        by_week = await work.statistics.work_by_mesocycle_week(mesocycle.id)
        sets = await work.statistics.sets_of_mesocycle(mesocycle.id)
        this_week = await work.statistics.planned_week(MONDAY, TODAY)
    chest, quads = found["chest"], found["quads"]
    assert (chest.soreness, chest.pump, chest.challenge, chest.sets, chest.next_sets) == (0, 2, 1, 3, 4)
    assert (quads.soreness, quads.pump, quads.challenge, quads.change) == (3, None, 3, -1)
    assert [(one.muscle, one.soreness) for one in averages(found.values())] == [("chest", 0), ("quads", 3)]
    assert {(one.period, one.root_id, one.hard_sets) for one in by_week} == {(1, BENCH, 3), (1, SQUAT, 3)}
    assert [(one.week_number, one.hard_sets) for one in performance_by_week(sets[BENCH])] == [(1, 3)]
    assert [(visit.day, visit.planned) for visit in this_week] == [(MONDAY, 6)]


async def test_volume_trends(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await log(work, MONDAY, [SetDraft(BENCH, 8, Decimal(80)), SetDraft(BENCH, 6, Decimal(90))])
        await log(work, MONDAY - timedelta(days=7), [SetDraft(BENCH, 5, Decimal(60), kind="warmup")])
        trends = await work.statistics.volume_trends(MONDAY - timedelta(days=180), TODAY)
    assert [one.muscle for one in trends] == ["chest"]
    assert (trends[0].week, trends[0].sessions, trends[0].sets, trends[0].volume_kg) == (MONDAY, 1, 2, 1180)
    assert (trends[0].mean_weight_kg, trends[0].mean_reps) == (85, 7)


async def test_nothing_of_somebody_else_is_counted(
    database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    async with database.begin(telegram_id=other_telegram_id) as work:
        mesocycle = await begin_mesocycle(work)
    async with database.begin(telegram_id=telegram_id) as work:
        statistics = work.statistics
        assert await statistics.work_by_week(date(2026, 1, 1), TODAY) == []
        assert await statistics.work_by_mesocycle_week(mesocycle.id) == []
        assert await statistics.weeks(date(2026, 1, 1), TODAY) == []
        assert await statistics.trained_days(TODAY) == []
        assert await statistics.best_lifts() == []
        assert await statistics.favourites(noon(date(2026, 1, 1))) == []
        assert await statistics.sets_of(BENCH) == []
        assert await statistics.sets_of_mesocycle(mesocycle.id) == {}
        assert await statistics.feedback([mesocycle.id]) == []
        assert await statistics.planned_week(MONDAY, TODAY) == []
        assert await statistics.volume_trends(date(2026, 1, 1), TODAY) == []


@pytest.mark.parametrize("sessions", [1, 12])
async def test_statements_do_not_grow_with_the_data(
    database: Database, telegram_id: int, statements: list[str], sessions: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        for number in range(sessions):
            await log(work, TODAY - timedelta(days=7 * number), [SetDraft(BENCH, 5, Decimal(80)), SetDraft(SQUAT, 5)])
        statements.clear()
        await work.statistics.work_by_week(date(2026, 1, 1), TODAY)
        await work.statistics.weeks(date(2026, 1, 1), TODAY)
        await work.statistics.trained_days(TODAY)
        await work.statistics.best_lifts()
        await work.statistics.sets_of(BENCH)
        await work.statistics.planned_week(monday_of(TODAY), TODAY)
        assert len(statements) == 7


async def test_chart_jobs_are_taken_once_and_forgotten_later(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        job = await work.chart_jobs.ask("volume", {"weeks": 8}, chat_id=telegram_id)
        user_id = work.user_id
    assert (user_id, job.id) in await database.due_charts()
    async with database.begin(user_id=user_id) as work:
        first = await work.chart_jobs.claim(job.id, lease_seconds=-1)
        assert first is not None
        assert first.lease_token is not None
        lost = first.lease_token
        second = await work.chart_jobs.claim(job.id)
        assert second is not None
        assert second.lease_token is not None
        assert second.attempts == 2
        assert await work.chart_jobs.claim(job.id) is None
        assert not await work.chart_jobs.finish(job.id, lost)
        assert await work.chart_jobs.finish(job.id, second.lease_token)
        assert not await work.chart_jobs.finish(job.id, second.lease_token)
    assert (user_id, job.id) not in await database.due_charts()
