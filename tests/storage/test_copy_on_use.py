"""Copy-on-use: the library is trained and copied, never changed; history and records run on through a customisation."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from storage.database import Database
from storage.drafts import PlanDraft, PrescriptionDraft, SetDraft, WorkoutDraft
from storage.errors import ExerciseNameTakenError, NotFoundError, StaleVersionError
from storage.models import ExerciseSet, RecordType
from storage.unit_of_work import UnitOfWork
from tests.storage.everything import BENCH

START = datetime(2026, 9, 1, 18, tzinfo=UTC)


async def train(work: UnitOfWork, workout_id: UUID, exercise_id: UUID, day: int, weight: int) -> ExerciseSet:
    """Train a workout on a day: one set of one exercise."""
    at = START + timedelta(days=day)
    session = await work.sessions.open_workout(workout_id, session_date=at.date(), started_at=at)
    logged = await work.sets.log(session.id, [SetDraft(exercise_id, 5, Decimal(weight))], at=at)
    await work.sessions.close(session.id, at + timedelta(hours=1))
    return logged.sets[0]


async def test_push_day(database: Database, telegram_id: int) -> None:
    """A library workout is trained ten times, then customised: nothing moves, and everything runs on."""
    async with database.begin(telegram_id=telegram_id) as work:
        library_plan = next(s.plan for s in await work.plans.library() if s.plan.slug == "push-pull-legs-3-days")
        await work.users.set_current_plan(library_plan.id)
        push = (await work.plans.read(library_plan.id)).workouts[0]
        bench = push.prescriptions[0].exercise
        before = [await train(work, push.workout.id, bench.id, day, 60 + day) for day in range(10)]

    async with database.begin(telegram_id=telegram_id) as work:
        own_plan = await work.plans.own_copy(library_plan.id)
        await work.users.set_current_plan(own_plan.id)
        own_push = (await work.plans.read(own_plan.id)).workouts[0]
        prescription = own_push.prescriptions[0]
        # The copy is the user's own, whole, and remembers where it came from.
        assert (own_plan.user_id, own_plan.source_id) == (work.user_id, library_plan.id)
        assert (own_push.workout.source_id, own_push.workout.root_id) == (push.workout.id, push.workout.id)
        assert (prescription.exercise.source_id, prescription.exercise.root_id) == (bench.id, bench.id)
        assert len(own_push.prescriptions) == len(push.prescriptions)
        await work.plans.amend_prescription(prescription.row.id, prescription.row.version, sets=5)
        await work.exercises.amend(prescription.exercise.id, None, name="My bench")

    async with database.begin(telegram_id=telegram_id) as work:
        after = await train(work, own_push.workout.id, prescription.exercise.id, 20, 75)

    async with database.begin(telegram_id=telegram_id) as work:
        # Old records still point at what was trained then, new ones at the copy.
        rows = {row.id: row for row in (await work.sets.get_many([*(s.id for s in before), after.id])).values()}
        assert {rows[s.id].exercise_id for s in before} == {bench.id}
        assert rows[after.id].exercise_id == prescription.exercise.id
        # History and records follow the root, straight through the customisation.
        history = await work.sessions.exercise_history(bench.root_id, limit=20)
        assert [page.sets[0].weight for page in history.items] == [75, *(60 + day for day in range(9, -1, -1))]
        (recorded,) = (await work.records.page()).items
        best = {one.record_type: one.value for one in recorded.records}[RecordType.MAX_WEIGHT]
        assert (best, recorded.exercise.name) == (75, "My bench")
        # The library is as it was, and the next workout comes after the one trained before the copy was made.
        assert (await work.exercises.get(bench.id)).name == bench.name
        assert len((await work.plans.read(library_plan.id)).workouts[0].prescriptions) == len(push.prescriptions)
        coming = await work.sessions.next_workout()
        assert coming is not None
        assert (coming.workout.workout.position, coming.last_trained) == (2, date(2026, 9, 21))


async def test_a_copy_of_a_copy_keeps_the_library_row_as_its_source(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        library_plan = (await work.plans.library())[0].plan
        first = await work.plans.copy(library_plan.id)
        second = await work.plans.copy(first.id, "Again")
        trees = [await work.plans.read(plan_id) for plan_id in (library_plan.id, first.id, second.id)]
        assert [plan.source_id for plan in (first, second)] == [library_plan.id] * 2
        roots = [[workout.workout.root_id for workout in tree.workouts] for tree in trees]
        assert roots[0] == roots[1] == roots[2]
        exercises = [[p.exercise.id for w in tree.workouts for p in w.prescriptions] for tree in trees]
        assert exercises[1] == exercises[2]  # the user's rows are not copied again
        assert exercises[0] != exercises[1]
        schemes = [[len(p.sets) for w in tree.workouts for p in w.prescriptions] for tree in trees]
        assert schemes[0] == schemes[1] == schemes[2]


async def test_copies_are_made_once(database: Database, telegram_id: int, statements: list[str]) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        statements.clear()
        made = await work.exercises.own_copy(BENCH)
        assert len(statements) <= 7
        assert (await work.exercises.own_copy(BENCH)).id == made.id
        assert (await work.exercises.own_copy(made.id)).id == made.id
        plan = (await work.plans.library())[0].plan
        assert (await work.plans.own_copy(plan.id)).id == (await work.plans.own_copy(plan.id)).id


async def test_saving_a_plan_copies_the_library_exercises_it_uses(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        library = await work.exercises.get(BENCH)
        twice = (PrescriptionDraft(BENCH, 3, 5, 5), PrescriptionDraft(BENCH, 1, 10, 12))
        plan = await work.plans.save(PlanDraft("Mine", (WorkoutDraft("A", twice), WorkoutDraft("B", twice[:1]))))
        tree = await work.plans.read(plan.id)
        used = {p.exercise.id for workout in tree.workouts for p in workout.prescriptions}
        assert len(used) == 1
        own = await work.exercises.get(used.pop())
        assert (own.user_id, own.root_id, own.name) == (work.user_id, BENCH, library.name)
        assert own.primary_muscle_groups == library.primary_muscle_groups


async def test_a_namesake_of_another_root_gets_a_number(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        library = await work.exercises.get(BENCH)
        own = await work.exercises.create(f"  {library.name.upper()} ", primary_muscle_groups=["chest"])
        copy = await work.exercises.own_copy(BENCH)
        assert own.root_id == own.id
        assert (copy.name, copy.root_id) == (f"{library.name} (2)", BENCH)


async def test_a_name_is_given_once(database: Database, telegram_id: int, other_telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        press = await work.exercises.create("Cable thing", primary_muscle_groups=["chest"])
        with pytest.raises(ExerciseNameTakenError) as caught:
            await work.exercises.create("cable  THING", primary_muscle_groups=["back"])
        assert caught.value.exercise.id == press.id
        await work.exercises.delete(press.id)
        again = await work.exercises.create("Cable thing", primary_muscle_groups=["chest"])
        with pytest.raises(ExerciseNameTakenError):
            await work.exercises.restore(press.id)
        await work.exercises.amend(again.id, None, name="Another thing")
        assert (await work.exercises.restore(press.id)).deleted_at is None
    async with database.begin(telegram_id=other_telegram_id) as work:
        await work.exercises.create("Cable thing", primary_muscle_groups=["chest"])


async def test_words_are_learned_moved_and_forgotten(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        own = await work.exercises.create("Wall press", primary_muscle_groups=["chest"])
        await work.exercises.learn_alias("The  Press", BENCH)
        assert (await work.exercises.own_words()).aliases == (("The Press", "barbell-bench-press"),)
        learned = await work.exercises.learn_alias("the press", own.id)
        words = await work.exercises.own_words()
        assert words.aliases == (("the press", str(own.id)),)
        assert [exercise.id for exercise in words.exercises] == [own.id]
        assert await work.exercises.forget_alias(learned.id) is True
        assert await work.exercises.forget_alias(learned.id) is False
        assert await work.exercises.aliases() == []
        await work.exercises.learn_alias("the press", BENCH)
        assert [view.exercise.id for view in await work.exercises.aliases()] == [BENCH]


async def test_keys_of_the_parser_find_rows(database: Database, telegram_id: int, statements: list[str]) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        own = await work.exercises.create("Wall press", primary_muscle_groups=["chest"])
        statements.clear()
        found = await work.exercises.find_by_keys(["barbell-bench-press", str(own.id), "no-such-thing"])
        assert len(statements) == 1
        assert {key: row.id for key, row in found.items()} == {"barbell-bench-press": BENCH, str(own.id): own.id}


# ------------------------------------------------------------------ plans of one's own


async def test_a_stale_change_is_told_and_shows_the_new_state(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan = await work.plans.save(PlanDraft("Mine", (WorkoutDraft("A", (PrescriptionDraft(BENCH, 3),)),)))
        renamed = await work.plans.rename(plan.id, "Ours", plan.version)
        assert (renamed.name, renamed.version) == ("Ours", 2)
        with pytest.raises(StaleVersionError) as caught:
            await work.plans.rename(plan.id, "Yours", 1)
        assert (caught.value.current.name, caught.value.current.version) == ("Ours", 2)


async def test_a_deleted_plan_can_be_restored(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan = await work.plans.save(PlanDraft("Mine", (WorkoutDraft("A", (PrescriptionDraft(BENCH, 3),)),)))
        await work.users.set_current_plan(plan.id)
        await work.plans.delete(plan.id)
        assert work.user.current_plan_id is None
        assert await work.plans.own() == []
        assert await work.sessions.next_workout(plan.id) is None
        assert [summary.plan.id for summary in await work.plans.own(deleted=True)] == [plan.id]
        await work.plans.restore(plan.id)
        assert [(s.plan.id, s.workouts, s.prescriptions) for s in await work.plans.own()] == [(plan.id, 1, 1)]


async def test_library_plans_are_not_renamed_or_deleted(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan = (await work.plans.library())[0].plan
        prescription = (await work.plans.read(plan.id)).workouts[0].prescriptions[0].row
        with pytest.raises(NotFoundError):
            await work.plans.rename(plan.id, "Mine")
        with pytest.raises(NotFoundError):
            await work.plans.delete(plan.id)
        with pytest.raises(NotFoundError):
            await work.plans.amend_prescription(prescription.id, None, sets=1)
        with pytest.raises(NotFoundError):
            await work.plans.copy_workout((await work.plans.workouts_of(plan.id))[0].id, plan.id)


async def test_a_workout_is_copied_to_the_end_of_ones_own_plan(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        library = (await work.plans.library())[0].plan
        source = (await work.plans.workouts_of(library.id))[0]
        plan = await work.plans.save(PlanDraft("Mine", (WorkoutDraft("A"),)))
        copy = await work.plans.copy_workout(source.id, plan.id)
        assert (copy.position, copy.root_id) == (2, source.id)
        assert [w.name for w in await work.plans.workouts_of(plan.id)] == ["A", source.name]
        await work.plans.mark_used(plan.id)
        await work.session.refresh(plan)
        assert plan.times_used == 1


async def test_statements_for_a_plan_do_not_grow_with_it(
    database: Database, telegram_id: int, statements: list[str]
) -> None:
    prescriptions = tuple(PrescriptionDraft(BENCH, 3, 5, 5) for _ in range(8))
    big = PlanDraft("Big", tuple(WorkoutDraft(f"Day {n}", prescriptions) for n in range(6)))
    async with database.begin(telegram_id=telegram_id) as work:
        await work.exercises.own_copy(BENCH)
        statements.clear()
        plan = await work.plans.save(big)
        assert len(statements) <= 5
        statements.clear()
        tree = await work.plans.read(plan.id)
        assert len(statements) == 4
        assert [len(workout.prescriptions) for workout in tree.workouts] == [8] * 6
