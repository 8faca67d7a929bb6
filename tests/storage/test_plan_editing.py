"""A plan changed piece by piece: versions, places, sets that differ, what is put back, and history that stays true."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.drafts import PlanDraft, PrescribedSetDraft, PrescriptionDraft, SetDraft, WorkoutDraft
from storage.errors import NotFoundError, StaleVersionError
from storage.models import Mesocycle, MesocycleTarget, SessionExercise, SessionStatus, WorkoutPlan, WorkoutSession
from storage.plan_summary import spread, summary_of
from storage.repositories.base import found
from storage.repositories.plans import PlanTree
from storage.unit_of_work import UnitOfWork
from training.library_types import exercise_id

BENCH, ROW, SQUAT, DIP = (
    exercise_id(slug) for slug in ("barbell-bench-press", "barbell-row", "barbell-back-squat", "dip")
)
START = datetime(2026, 9, 1, 18, tzinfo=UTC)
WAVE = tuple(PrescribedSetDraft(reps, reps, target_percent=Decimal(percent)) for reps, percent in ((5, 75), (3, 85)))


async def make_plan(work: UnitOfWork) -> PlanTree:
    """Save a plan: A has bench, row and squat in waves, B has a dip."""
    a = (PrescriptionDraft(BENCH, 3, 5, 8), PrescriptionDraft(ROW, 3, 8, 8), PrescriptionDraft(SQUAT, 2, scheme=WAVE))
    b = (PrescriptionDraft(DIP, 3, 10, 10),)
    draft = PlanDraft("Mine", (WorkoutDraft("A", a), WorkoutDraft("B", b)), days_per_week=2)
    plan = await work.plans.save(draft)
    return await work.plans.read(plan.id)


async def order_of(work: UnitOfWork, workout_id: UUID) -> list[str]:
    return [one.exercise.name for one in (await work.plans.read_workout(workout_id)).prescriptions]


async def test_prescriptions_are_added_moved_removed_and_put_back(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        workout = (await make_plan(work)).workouts[0].workout
        added = await work.plan_editing.add_prescription(workout.id, workout.version, PrescriptionDraft(DIP, 3, 6, 10))
        assert (await work.exercises.get(added.exercise_id)).user_id == work.user_id
        names = ["Barbell Bench Press", "Barbell Row", "Barbell Back Squat", "Dip"]
        assert await order_of(work, workout.id) == names
        for by, order in ((-1, [0, 1, 3, 2]), (-9, [3, 0, 1, 2]), (1, [0, 3, 1, 2]), (9, [0, 1, 2, 3])):
            workout = await work.plan_editing.move_prescription(added.id, workout.version, by)
            assert await order_of(work, workout.id) == [names[at] for at in order]
        row = (await work.plans.read_workout(workout.id)).prescriptions[1].row
        await work.plan_editing.remove_prescription(row.id, row.version)
        squat = (await work.plans.read_workout(workout.id)).prescriptions[1].row
        await work.plan_editing.move_prescription(squat.id, None, -1)
        assert [one.exercise.name for one in await work.plan_editing.removed_prescriptions(workout.id)] == [names[1]]
        await work.plan_editing.restore_prescription(row.id)
        assert await order_of(work, workout.id) == [names[2], names[1], names[0], names[3]]
        assert await work.plan_editing.removed_prescriptions(workout.id) == []


async def test_the_later_of_two_edits_is_told_and_loses_nothing(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        tree = await make_plan(work)
        workout, bench = tree.workouts[0].workout, tree.workouts[0].prescriptions[0].row
        seen = (tree.plan.version, workout.version, bench.version)
        await work.plan_editing.amend(bench.id, seen[2], sets=4)
        with pytest.raises(StaleVersionError) as caught:
            await work.plan_editing.amend(bench.id, seen[2], sets=5)
        assert caught.value.current.sets == 4
        with pytest.raises(StaleVersionError):
            await work.plan_editing.remove_prescription(bench.id, seen[2])
        await work.plan_editing.move_prescription(bench.id, seen[1], 1)
        with pytest.raises(StaleVersionError):
            await work.plan_editing.move_prescription(bench.id, seen[1], 1)
        with pytest.raises(StaleVersionError):
            await work.plan_editing.add_prescription(workout.id, seen[1], PrescriptionDraft(DIP))
        await work.plan_editing.add_workout(tree.plan.id, seen[0], "C")
        with pytest.raises(StaleVersionError):
            await work.plan_editing.move_workout(workout.id, seen[0], 1)
        again = await work.plans.read(tree.plan.id)
        assert [one.workout.name for one in again.workouts] == ["A", "B", "C"]
        assert [one.exercise.name for one in again.workouts[0].prescriptions][:2] == [
            "Barbell Row",
            "Barbell Bench Press",
        ]


async def test_the_summary_of_sets_that_differ_stays_true(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        squat = (await make_plan(work)).workouts[0].prescriptions[2].row
        longer = await work.plans.amend_prescription(squat.id, squat.version, sets=4)
        read = await work.plan_editing.read_prescription(squat.id)
        assert [one.target_percent for one in read.sets] == [75, 85, 85, 85]
        assert (longer.sets, longer.reps_min, longer.reps_max, longer.target_percent) == (4, 3, 5, None)
        same = await work.plan_editing.amend(squat.id, longer.version, target_percent=Decimal(80), sets=2)
        read = await work.plan_editing.read_prescription(squat.id)
        assert [(one.set_number, one.reps_min) for one in read.sets] == [(1, 5), (2, 3)]
        assert {one.target_percent for one in read.sets} == {Decimal(80)}
        assert (same.sets, same.target_percent) == (2, Decimal(80))
        equal = await work.plan_editing.retarget(squat.id, same.version, (), sets=5, reps_min=5, reps_max=5)
        assert (equal.sets, (await work.plan_editing.read_prescription(squat.id)).sets) == (5, ())
        noted = await work.plan_editing.amend(squat.id, equal.version, notes="deep")
        assert (noted.notes, noted.sets) == ("deep", 5)


def test_what_sets_share_is_in_the_summary_and_nothing_else() -> None:
    kilos = PrescribedSetDraft(5, 5, Decimal(100), Decimal(100), "kg")
    pounds = PrescribedSetDraft(3, 3, Decimal(100), Decimal("220.46"), "lb", is_amrap=True)
    mixed = summary_of((kilos, pounds))
    assert (mixed["sets"], mixed["reps_min"], mixed["reps_max"], mixed["is_amrap"]) == (2, 3, 5, True)
    assert (mixed["target_weight_typed"], mixed["target_weight_unit"]) == (None, None)
    assert summary_of((kilos, kilos))["target_weight_typed"] == 100
    assert summary_of((kilos, PrescribedSetDraft(is_amrap=True)))["reps_min"] is None
    assert spread((kilos, pounds), {"sets": 1, "reps_min": 0}) == (PrescribedSetDraft(0, 5, *_load(kilos)),)


def _load(one: PrescribedSetDraft) -> tuple[Decimal | None, Decimal | None, str | None]:
    return one.target_weight, one.target_weight_typed, one.target_weight_unit


async def test_workouts_are_added_copied_moved_removed_and_put_back(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan, a = (tree := await make_plan(work)).plan, tree.workouts[0].workout
        await work.plan_editing.add_workout(plan.id, plan.version, "C", day_of_week=4)
        copy = await work.plan_editing.copy_workout(a.id, None, "A again")
        assert (copy.root_id, len((await work.plans.read_workout(copy.id)).prescriptions)) == (copy.id, 3)

        async def names() -> list[str]:
            return [one.name for one in await work.plans.workouts_of(plan.id)]

        assert await names() == ["A", "A again", "B", "C"]
        assert (await work.plans.get(plan.id)).days_per_week == 4
        await work.plan_editing.move_workout(a.id, None, 2)
        assert await names() == ["A again", "B", "A", "C"]
        removed = await work.plan_editing.remove_workout(copy.id, None)
        await work.plan_editing.move_workout(a.id, None, -1)
        assert await names() == ["A", "B", "C"]
        assert (await work.plan_editing.removed_workouts(plan.id))[0].id == removed.id
        await work.plan_editing.restore_workout(copy.id)
        assert await names() == ["A again", "A", "B", "C"]
        renamed = await work.plan_editing.amend_workout(copy.id, None, name="First", day_of_week=0)
        assert (renamed.name, renamed.day_of_week) == ("First", 0)
        assert (await work.plan_editing.amend_plan(plan.id, None, description="Four days")).description == "Four days"


async def test_two_days_that_are_alike_take_turns(database: Database, telegram_id: int) -> None:
    """A copy within a plan is a day of its own: after it comes the next one, not the copy again."""
    async with database.begin(telegram_id=telegram_id) as work:
        library_plan = (await work.plans.library())[0].plan
        plan = await work.plans.own_copy(library_plan.id)
        await work.users.set_current_plan(plan.id)
        first = (await work.plans.workouts_of(plan.id))[0]
        await work.plan_editing.copy_workout(first.id, None, "Again")
        seen = []
        for day in range(4):
            coming = await work.sessions.next_workout()
            assert coming is not None
            seen.append(coming.workout.workout.position)
            await work.sessions.skip(coming.workout.workout.id, session_date=date(2026, 9, 1 + day), at=START)
        assert seen[:3] == [1, 2, 3]


async def test_the_library_is_nobodys_to_edit(database: Database, telegram_id: int, other_telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        library = await work.plans.read((await work.plans.library())[0].plan.id)
        tree = await make_plan(work)
        workout, row = library.workouts[0].workout, library.workouts[0].prescriptions[0].row
        for refused in (
            work.plan_editing.add_prescription(workout.id, None, PrescriptionDraft(DIP)),
            work.plan_editing.amend(row.id, None, sets=9),
            work.plan_editing.remove_workout(workout.id, None),
            work.plan_editing.amend_plan(library.plan.id, None, description="x"),
        ):
            with pytest.raises(NotFoundError):
                await refused
    async with database.begin(telegram_id=other_telegram_id) as work:
        with pytest.raises(NotFoundError):
            await work.plan_editing.amend(tree.workouts[0].prescriptions[0].row.id, None, sets=9)
        with pytest.raises(NotFoundError):
            await work.plan_editing.restore_workout(tree.workouts[0].workout.id)


async def test_a_running_session_keeps_what_was_planned_when_it_began(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        tree = (await make_plan(work)).workouts[0]
        session = await work.sessions.open_workout(tree.workout.id, session_date=START.date(), started_at=START)
        bench = tree.prescriptions[0]
        await work.plan_editing.amend(bench.row.id, None, sets=5, reps_min=1, reps_max=1, notes="singles")
        await work.plan_editing.amend(bench.row.id, None, exercise_id=DIP)
        await work.plan_editing.remove_prescription(tree.prescriptions[1].row.id, None)
        await work.plan_editing.remove_workout(tree.workout.id, None)
    async with database.begin(telegram_id=telegram_id) as work:
        entries = (await work.sessions.read(session.id)).exercises
        assert [one.exercise.name for one in entries] == ["Barbell Bench Press", "Barbell Row", "Barbell Back Squat"]
        assert [(one["reps_min"], one["reps_max"]) for one in entries[0].row.planned_sets or ()] == [(5, 8)] * 3
        assert entries[0].row.planned_notes is None
        logged = await work.sets.log(session.id, [SetDraft(bench.exercise.id, 5, Decimal(80))], at=START)
        entry = await work.session.get(SessionExercise, (work.user_id, logged.sets[0].session_exercise_id))
        assert entry is not None
        assert entry.workout_exercise_id == bench.row.id


async def block_over(work: UnitOfWork, tree: PlanTree) -> Mesocycle:
    """Begin a block over a plan, with a target for the first prescription."""
    block = Mesocycle(
        user_id=work.user_id, workout_plan_id=tree.plan.id, name="Block", duration_weeks=5, days_per_week=3
    )
    work.session.add(block)
    await work.session.flush()
    target = MesocycleTarget(
        user_id=work.user_id,
        mesocycle_id=block.id,
        workout_exercise_id=tree.workouts[0].prescriptions[0].row.id,
        week_number=1,
        sets=4,
        rir=Decimal(3),
    )
    work.session.add(target)
    await work.session.flush()
    return block


async def test_going_on_with_a_copy_moves_what_is_to_come_and_nothing_else(
    database: Database, telegram_id: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan = next(one.plan for one in await work.plans.library() if one.plan.slug == "push-pull-legs-3-days")
        await work.users.set_current_plan(plan.id)
        tree = await work.plans.read(plan.id)
        push, pull = tree.workouts[0].workout, tree.workouts[1].workout
        done = await work.sessions.open_workout(push.id, session_date=START.date(), started_at=START)
        await work.sets.log(done.id, [SetDraft(BENCH, 5, Decimal(80))], at=START)
        await work.sessions.close(done.id, START + timedelta(hours=1))
        planned = WorkoutSession(
            user_id=work.user_id,
            workout_plan_id=plan.id,
            workout_id=pull.id,
            session_date=date(2026, 9, 9),
            status=SessionStatus.PLANNED,
        )
        work.session.add(planned)
        block = await block_over(work, tree)
    async with database.begin(telegram_id=telegram_id) as work:
        copy = await work.plans.copy(plan.id)
        await work.plan_library.go_on_with(plan.id, copy.id)
    async with database.begin(telegram_id=telegram_id) as work:
        own = await work.plans.read(copy.id)
        assert work.user.current_plan_id == copy.id
        moved, stayed = await work.sessions.get(planned.id), await work.sessions.get(done.id)
        assert (moved.workout_plan_id, moved.workout_id) == (copy.id, own.workouts[1].workout.id)
        assert (stayed.workout_plan_id, stayed.workout_id) == (plan.id, push.id)
        # The next workout, last time and records run on from what was trained by the library's rows.
        coming = await work.sessions.next_workout()
        assert coming is not None
        assert (coming.workout.workout.id, coming.last_trained) == (own.workouts[1].workout.id, START.date())
        bench = own.workouts[0].prescriptions[0].exercise
        last = await work.sessions.last_time(bench.root_id)
        assert last is not None
        assert [one.weight for one in last.sets] == [80]
        assert {one.exercise.id for one in (await work.records.page()).items} == {bench.id}
        assert await work.plan_library.times_trained(own.plan) == 1
        (target,) = await work.session.scalars(select(MesocycleTarget).where(MesocycleTarget.user_id == work.user_id))
        assert target.workout_exercise_id == own.workouts[0].prescriptions[0].row.id
        kept = found(await work.session.get(Mesocycle, (work.user_id, block.id)), "mesocycle", block.id)
        assert kept.workout_plan_id == copy.id


async def test_kit_and_copies_of_library_plans(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plans: dict[str | None, WorkoutPlan] = {one.plan.slug: one.plan for one in await work.plans.library()}
        kit = await work.plan_library.kit_of([plans["calisthenics-foundation"].id, plans["beginner-3x5"].id])
        assert {"Barbell", "Power Rack"} <= set(kit[plans["beginner-3x5"].id].values())
        assert "Bodyweight" not in kit[plans["calisthenics-foundation"].id].values()
        assert await work.plan_library.own_kit() == frozenset()
        copy = await work.plans.copy(plans["beginner-3x5"].id)
        assert [one.id for one in await work.plan_library.copies_of(plans["beginner-3x5"].id)] == [copy.id]
        await work.plans.delete(copy.id)
        assert await work.plan_library.copies_of(plans["beginner-3x5"].id) == []
