"""A user's kit, kept with soft delete, and the candidates to take an exercise's place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import func, select, text

from storage.database import Database
from storage.drafts import PlanDraft, PrescribedSetDraft, PrescriptionDraft, SetDraft, WorkoutDraft
from storage.models import UserEquipment
from storage.unit_of_work import UnitOfWork
from tests.storage.everything import BENCH
from training.library_types import exercise_id
from training.substitution import Strength, rank

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
DUMBBELL_BENCH = exercise_id("dumbbell-bench-press")


async def own(work: UnitOfWork) -> list[str]:
    return [one.slug for one in await work.equipment.own()]


async def test_the_library_s_equipment_is_there_for_all(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        slugs = [one.slug for one in await work.equipment.all()]
        assert len(slugs) > 70
        assert {"bodyweight", "barbell", "cable"} <= set(slugs)
        assert await work.equipment.own() == []
        assert await work.equipment.slugs() is None


async def test_adding_removing_and_putting_back_keeps_one_row(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await work.equipment.add(["dumbbells", "bench", "no-such-thing"])
        assert await own(work) == ["dumbbells", "bench"]
        await work.equipment.remove(["bench"])
        assert await own(work) == ["dumbbells"]
        assert [one.slug for one in await work.equipment.removed()] == ["bench"]
    async with database.begin(telegram_id=telegram_id) as work:
        await work.equipment.restore(["bench", "barbell"])  # the barbell was never there
        assert await work.equipment.slugs() == frozenset(("dumbbells", "bench"))
        rows = select(func.count()).select_from(UserEquipment).where(UserEquipment.user_id == work.user_id)
        assert await work.session.scalar(rows) == 2


async def test_a_preset_replaces_the_kit_and_what_it_lacks_can_be_put_back(
    database: Database, telegram_id: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await work.equipment.add(["barbell", "rack"])
        await work.equipment.replace(["rack", "bodyweight"])
        assert await own(work) == ["bodyweight", "rack"]
        assert [one.slug for one in await work.equipment.removed()] == ["barbell"]
        await work.equipment.replace([])
        assert await work.equipment.slugs() is None


async def test_nobody_sees_or_changes_another_s_kit(
    database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        await work.equipment.add(["barbell", "rack"])
    async with database.begin(telegram_id=other_telegram_id) as work:
        assert await work.equipment.own() == []
        await work.equipment.remove(["barbell"])
        await work.equipment.replace(["dumbbells"])
        assert await work.session.scalar(select(func.count()).select_from(UserEquipment)) == 1
    async with database.begin(telegram_id=telegram_id) as work:
        assert await own(work) == ["barbell", "rack"]


async def test_candidates_share_a_group_and_carry_their_kit(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        candidates = await work.substitutes.candidates(["chest"])
        assert all("chest" in one.primary for one in candidates)
        by_id = {one.id: one for one in candidates}
        assert by_id[DUMBBELL_BENCH].kit == {"dumbbells", "bench"}
        assert by_id[DUMBBELL_BENCH].commonness > 0
        bench = (await work.substitutes.lifts([BENCH]))[BENCH]
        assert rank(bench, candidates, {"dumbbells", "bench"})[0].id == DUMBBELL_BENCH


async def test_a_copy_stands_for_its_library_row_and_others_copies_are_not_seen(
    database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    async with database.begin(telegram_id=other_telegram_id) as work:
        await work.exercises.create("Their press", primary_muscle_groups=["chest"])
        await work.exercises.own_copy(DUMBBELL_BENCH)
    async with database.begin(telegram_id=telegram_id) as work:
        copy = await work.exercises.own_copy(DUMBBELL_BENCH)
        mine = await work.exercises.create("My press", primary_muscle_groups=["chest"])
        found = {one.id: one for one in await work.substitutes.candidates(["chest"])}
        assert DUMBBELL_BENCH not in found
        assert (found[copy.id].root_id, found[copy.id].kit) == (
            DUMBBELL_BENCH,
            frozenset(("dumbbells", "bench")),
        )
        assert mine.id in found
        assert "Their press" not in {one.name for one in found.values()}
        await work.exercises.delete(copy.id)
        assert DUMBBELL_BENCH in {one.id for one in await work.substitutes.candidates(["chest"])}


async def test_the_plan_reads_no_other_user_s_exercises(database: Database, telegram_id: int) -> None:
    """The rows are found by their owner, so that a million copies of other users cost nothing."""
    from storage.repositories.substitutes import LIFTS

    statement = LIFTS.replace(":user_id", "'{user}'") + " AND e.primary_muscle_groups && '{{chest}}'"
    async with database.begin(telegram_id=telegram_id) as work:
        explained = await work.session.execute(text("EXPLAIN " + statement.format(user=work.user_id)))
        plan = "\n".join(row[0] for row in explained)
        assert "Seq Scan on exercise" not in plan
        assert "Index Cond: (user_id =" in plan


async def test_strengths_are_the_records(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        session = await work.sessions.open_free(session_date=date(2026, 11, 21), started_at=NOW)
        await work.sets.log(session.id, [SetDraft(BENCH, 10, Decimal(90))], at=NOW)
        strengths = await work.substitutes.strengths([BENCH, DUMBBELL_BENCH])
        assert strengths[BENCH] == Strength(Decimal(120), Decimal(90))
        assert DUMBBELL_BENCH not in strengths


async def test_an_exercise_is_put_behind_another_in_a_session(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        session = await work.sessions.open_free(session_date=date(2026, 11, 21), started_at=NOW)
        roots = [BENCH, exercise_id("pull-up"), exercise_id("dip")]
        await work.sets.log(session.id, [SetDraft(root, 8) for root in roots], at=NOW)
        before = (await work.sessions.read(session.id)).exercises
        await work.substitutes.insert_after(before[0].row, NOW, exercise_id=DUMBBELL_BENCH, swapped_from_id=BENCH)
    async with database.begin(telegram_id=telegram_id) as work:
        after = (await work.sessions.read(session.id)).exercises
        assert [one.row.exercise_id for one in after] == [BENCH, DUMBBELL_BENCH, *roots[1:]]
        assert [one.row.exercise_order for one in after] == [1, 2, 3, 4]
        assert [len(one.sets) for one in after] == [1, 0, 1, 1]


async def test_another_s_session_and_plan_are_out_of_reach(
    database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        scheme = (PrescribedSetDraft(5, 5, Decimal(80)), PrescribedSetDraft(5, 5, Decimal(90)))
        bench = PrescriptionDraft(BENCH, sets=2, scheme=scheme)
        plan = await work.plans.save(PlanDraft("Push", (WorkoutDraft("Push", (bench,)),)))
        (prescription,) = (await work.plans.read(plan.id)).workouts[0].prescriptions
        session = await work.sessions.open_workout(prescription.row.workout_id, session_date=NOW.date(), started_at=NOW)
        (entry,) = (await work.sessions.read(session.id)).exercises
    async with database.begin(telegram_id=other_telegram_id) as work:
        assert await work.substitutes.find_prescription(prescription.row.id) is None
        assert await work.sessions.find_entry(entry.row.id) is None
        assert await work.substitutes.lifts([prescription.exercise.id]) == {}
        await work.substitutes.amend_sets({one.id: {"target_weight": Decimal(1)} for one in prescription.sets})
    async with database.begin(telegram_id=telegram_id) as work:
        (kept,) = (await work.plans.read(plan.id)).workouts[0].prescriptions
        assert [one.target_weight for one in kept.sets] == [80, 90]
        await work.substitutes.amend_sets({one.id: {"target_weight": Decimal(30)} for one in kept.sets})
        (changed,) = (await work.plans.read(plan.id)).workouts[0].prescriptions
        assert [one.target_weight for one in changed.sets] == [30, 30]
