"""Sessions: opened, closed, found again, and what comes next."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from storage.database import Database
from storage.drafts import PlanDraft, PrescribedSetDraft, PrescriptionDraft, SetDraft, WorkoutDraft
from storage.errors import NotFoundError
from storage.models import Outbox, SessionStatus
from storage.planned_sets import PlannedExercise, PlannedSet, from_json
from storage.unit_of_work import UnitOfWork
from tests.storage.everything import BENCH, NOW, TODAY
from tests.storage.test_sets_and_records import SQUAT

HOUR = timedelta(hours=1)


def two_days() -> PlanDraft:
    scheme = (
        PrescribedSetDraft(5, 5, target_percent=Decimal(65)),
        PrescribedSetDraft(5, target_percent=Decimal(85), is_amrap=True),
    )
    top_and_back_off = (
        PrescriptionDraft(BENCH, 2, 5, 5, scheme=scheme, rest_time_seconds=180, tempo="3-1-1"),
        PrescriptionDraft(BENCH, 3, 8, 10, target_weight=Decimal("61.23"), target_weight_typed=Decimal(135)),
    )
    return PlanDraft("Mine", (WorkoutDraft("A", top_and_back_off), WorkoutDraft("B", (PrescriptionDraft(SQUAT, 3),))))


async def test_a_free_session_opens_and_closes(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        assert await work.sessions.find_open() is None
        session = await work.sessions.open_free(session_date=TODAY, started_at=NOW, name="Garage")
        assert (await work.sessions.find_open()) is session
        closed = await work.sessions.close(session.id, NOW + timedelta(minutes=61))
        assert (closed.status, closed.duration_minutes, closed.version) == (SessionStatus.COMPLETED, 61, 2)
        assert await work.sessions.find_open() is None
        reopened = await work.sessions.reopen(session.id)
        assert (reopened.status, reopened.completed_at) == (SessionStatus.IN_PROGRESS, None)
        assert (await work.sessions.abandon(session.id, NOW - HOUR)).completed_at == NOW  # never before its start


async def test_a_workout_is_copied_into_its_session(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan = await work.plans.save(two_days())
        workout = (await work.plans.workouts_of(plan.id))[0]
        session = await work.sessions.open_workout(workout.id, session_date=TODAY, started_at=NOW, week_number=2)
        tree = await work.sessions.read(session.id)
        top, back_off = (entry.row for entry in tree.exercises)
        assert (session.name, session.week_number, session.workout_plan_id) == ("A", 2, plan.id)
        assert top.planned_sets == [
            {"set_number": 1, "reps_min": 5, "reps_max": 5, "target_percent": "65"},
            {"set_number": 2, "reps_min": 5, "target_percent": "85", "is_amrap": True},
        ]
        assert (top.planned_rest_time_seconds, top.planned_tempo) == (180, "3-1-1")
        assert back_off.planned_sets is not None
        assert [planned["target_weight"] for planned in back_off.planned_sets] == ["61.23"] * 3
        # The plan changes; what was planned for this session does not.
        row = (await work.plans.read_workout(workout.id)).prescriptions[1].row
        await work.plans.amend_prescription(row.id, row.version, sets=9)
        tree = await work.sessions.read(session.id)
        assert len(tree.exercises[1].row.planned_sets or []) == 3


async def test_sets_fill_the_first_entry_of_their_exercise_before_the_second(
    database: Database, telegram_id: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan = await work.plans.save(two_days())
        workout = (await work.plans.workouts_of(plan.id))[0]
        session = await work.sessions.open_workout(workout.id, session_date=TODAY, started_at=NOW)
        for _ in range(6):
            await work.sets.log(session.id, [SetDraft(BENCH, 5, Decimal(60))], at=NOW)
        entries = (await work.sessions.read(session.id)).exercises
        assert [[one.set_number for one in entry.sets] for entry in entries] == [[1, 2], [1, 2, 3, 4]]
        await work.sessions.close(session.id, NOW + HOUR)
        entries = (await work.sessions.read(session.id)).exercises
        assert [entry.row.is_completed for entry in entries] == [True, True]


async def test_an_entry_with_sets_missing_is_not_completed(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan = await work.plans.save(two_days())
        session = await work.sessions.open_workout(
            (await work.plans.workouts_of(plan.id))[1].id, session_date=TODAY, started_at=NOW
        )
        await work.sets.log(session.id, [SetDraft(SQUAT, 5, Decimal(60))], at=NOW)
        await work.sessions.close(session.id, NOW + HOUR)
        assert [entry.row.is_completed for entry in (await work.sessions.read(session.id)).exercises] == [False]


async def trained_on(work: UnitOfWork, day: int, *weights: int) -> None:
    at = NOW + timedelta(days=day)
    session = await work.sessions.open_free(session_date=at.date(), started_at=at)
    warm_up = SetDraft(BENCH, 10, Decimal(20), kind="warmup")
    await work.sets.log(session.id, [warm_up, *(SetDraft(BENCH, 5, Decimal(w)) for w in weights)], at=at)
    await work.sessions.close(session.id, at + HOUR)


async def test_history_is_paged_newest_first(database: Database, telegram_id: int, statements: list[str]) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        for day in (2, 0, 1):  # diaries are not told in order
            await trained_on(work, day, 60 + day, 70 + day)
        statements.clear()
        page = await work.sessions.history(limit=2)
        assert len(statements) == 2
        assert [item.session.session_date for item in page.items] == [TODAY + timedelta(days=d) for d in (2, 1)]
        assert page.has_more
        assert (page.items[0].exercises, page.items[0].sets, page.items[0].volume) == (
            ("Barbell Bench Press",),
            3,
            Decimal(5 * 62 + 5 * 72),
        )
        rest = await work.sessions.history(limit=2, offset=2)
        assert ([item.session.session_date for item in rest.items], rest.has_more) == ([TODAY], False)
        of_bench = await work.sessions.exercise_history(BENCH, limit=2)
        assert [[one.weight for one in item.sets] for item in of_bench.items] == [[20, 62, 72], [20, 61, 71]]
        assert of_bench.has_more


async def test_last_time_is_before_this_session(database: Database, telegram_id: int, statements: list[str]) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        for day in (0, 1):
            await trained_on(work, day, 60 + day)
        at = NOW + timedelta(days=2)
        session = await work.sessions.open_free(session_date=at.date(), started_at=at)
        await work.sets.log(session.id, [SetDraft(BENCH, 5, Decimal(99))], at=at)
        statements.clear()
        times = await work.sessions.last_times([BENCH, SQUAT], before=session.id)
        assert len(statements) == 1
        assert list(times) == [BENCH]
        assert [one.weight for one in times[BENCH].sets] == [20, 61]
        newest = await work.sessions.last_time(BENCH)
        assert newest is not None
        assert newest.session.id == session.id
        assert await work.exercises.last_loads() == {BENCH: 99}
        assert await work.exercises.last_loads_by_key() == {"barbell-bench-press": 99}


async def test_the_next_workout_goes_round(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        assert await work.sessions.next_workout() is None
        plan = await work.plans.save(two_days())
        await work.users.set_current_plan(plan.id)
        first, second = await work.plans.workouts_of(plan.id)

        async def coming() -> tuple[str, date | None]:
            found = await work.sessions.next_workout()
            assert found is not None
            return found.workout.workout.name, found.last_trained

        assert await coming() == ("A", None)
        session = await work.sessions.open_workout(first.id, session_date=TODAY, started_at=NOW)
        assert await coming() == ("B", TODAY)
        await work.sessions.abandon(session.id, NOW)
        assert await coming() == ("A", None)
        await work.sessions.skip(first.id, session_date=TODAY, at=NOW)
        assert await coming() == ("B", TODAY)
        done = await work.sessions.open_workout(second.id, session_date=TODAY, started_at=NOW + HOUR / 2)
        await work.sessions.close(done.id, NOW + HOUR)
        assert await coming() == ("A", TODAY)
        await work.sessions.delete(done.id)
        assert await coming() == ("B", TODAY)


async def test_sessions_of_a_day(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        morning = await work.sessions.open_free(
            session_date=TODAY, started_at=NOW, completed_at=NOW + HOUR, status=SessionStatus.COMPLETED
        )
        evening = await work.sessions.open_free(session_date=TODAY, started_at=NOW + 8 * HOUR)
        await work.sessions.note(morning.id, "slept badly")
        assert [session.id for session in await work.sessions.find_on(TODAY)] == [evening.id, morning.id]
        assert await work.sessions.find_on(TODAY - timedelta(days=1)) == []


async def test_idle_sessions_are_found_across_users(
    database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    idle = []
    for user in (telegram_id, other_telegram_id):
        async with database.begin(telegram_id=user) as work:
            session = await work.sessions.open_free(session_date=TODAY, started_at=NOW - 30 * 24 * HOUR)
            idle.append((work.user_id, session.id))
            busy = await work.sessions.open_free(session_date=TODAY, started_at=NOW - 30 * 24 * HOUR)
            await work.sessions.touch(busy.id, NOW)
            await work.sessions.touch(busy.id, NOW - HOUR)  # a late message does not set the clock back
    found = await database.idle_sessions(NOW - 29 * 24 * HOUR)
    assert set(idle) <= set(found)
    assert not set(idle) & set(await database.idle_sessions(NOW - 30 * 24 * HOUR, hours=3))
    assert len(await database.idle_sessions(NOW + 4 * HOUR, limit=1)) == 1


async def test_a_workout_set_down_for_a_day_becomes_the_session(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan = await work.plans.save(two_days())
        first, second = await work.plans.workouts_of(plan.id)
        later = await work.sessions.plan_workout(second.id, session_date=TODAY + timedelta(days=2))
        sooner = await work.sessions.plan_workout(first.id, session_date=TODAY, scheduled_time=time(18, 30))
        assert [one.id for one in await work.sessions.planned()] == [sooner.id, later.id]
        assert await work.sessions.find_open() is None
        begun = await work.sessions.open_workout(
            first.id, session_date=TODAY, started_at=NOW, planned_session_id=sooner.id
        )
        assert (begun.id, begun.status, begun.started_at) == (sooner.id, SessionStatus.IN_PROGRESS, NOW)
        assert len((await work.sessions.read(begun.id)).exercises) == 2
        assert (await work.sessions.find_open()) is begun
        assert [one.id for one in await work.sessions.planned()] == [later.id]
        moved = await work.sessions.reschedule(later.id, session_date=TODAY + timedelta(days=3))
        assert moved.version == later.version
        assert moved.session_date == TODAY + timedelta(days=3)


async def test_what_is_planned_may_be_other_than_what_is_prescribed(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan = await work.plans.save(two_days())
        workout = (await work.plans.workouts_of(plan.id))[0]
        first = (await work.plans.read_workout(workout.id)).prescriptions[0].row
        wanted = (PlannedSet(5, 5, Decimal("102.06"), Decimal(225), "lb", rpe=Decimal(8), as_rir=True),) * 2
        planned = {first.id: PlannedExercise(wanted, "one step up")}
        session = await work.sessions.open_workout(workout.id, session_date=TODAY, started_at=NOW, planned=planned)
        top, back_off = (await work.sessions.read(session.id)).exercises
        assert from_json(top.row.planned_sets) == wanted
        assert top.row.planned_reason == "one step up"
        assert len(from_json(back_off.row.planned_sets)) == 3


async def test_the_exercises_of_a_session_are_added_skipped_and_put_in_order(
    database: Database, telegram_id: int, other_telegram_id: int
) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        plan = await work.plans.save(two_days())
        workout = (await work.plans.workouts_of(plan.id))[0]
        session = await work.sessions.open_workout(workout.id, session_date=TODAY, started_at=NOW)
        added = await work.sessions.add_entry(session.id, SQUAT, selected_at=NOW)
        assert added.exercise_order == 3
        ids = [one.row.id for one in (await work.sessions.read(session.id)).exercises]
        await work.sessions.reorder(session.id, [ids[2], ids[0], ids[1]])
        await work.sessions.amend_entry(ids[0], skipped_at=NOW, notes="shoulder")
        entries = [one.row for one in (await work.sessions.read(session.id)).exercises]
        assert [one.id for one in entries] == [ids[2], ids[0], ids[1]]
        assert (entries[1].skipped_at, entries[1].notes) == (NOW, "shoulder")
        # A skipped entry gives way to the other of the same exercise.
        await work.sets.log(session.id, [SetDraft(BENCH, reps=8)], at=NOW)
        tree = await work.sessions.read(session.id)
        assert [len(one.sets) for one in tree.exercises] == [0, 0, 1]
        assert [one.reps for one in work.sets.logged] == [8]
        await work.sets.delete([work.sets.logged[0].id])
        assert work.sets.changed == []
    async with database.begin(telegram_id=other_telegram_id) as work:
        assert await work.sessions.find_entry(ids[0]) is None
        with pytest.raises(NotFoundError):
            await work.sessions.amend_entry(ids[0], notes="mine now")


async def test_abandoned_sessions_with_sets_stay_in_the_history(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        for reps in ((8,), ()):
            session = await work.sessions.open_free(session_date=TODAY, started_at=NOW)
            await work.sets.log(session.id, [SetDraft(BENCH, reps=one) for one in reps], at=NOW)
            await work.sessions.abandon(session.id, NOW + HOUR)
        assert [one.sets for one in (await work.sessions.history()).items] == [1]


async def test_the_newest_message_about_something_is_found(database: Database, telegram_id: int) -> None:
    async with database.begin(telegram_id=telegram_id) as work:
        for number, about in enumerate(({"card": 1}, {"card": 2}, {"sets": []}, None)):
            row = Outbox(chat_id=7, method="sendMessage", payload={}, about=about)
            await work.outbox.add(row)
            if number == 0:
                await work.outbox.mark_sent(row.id, 41)
        found = await work.outbox.find_newest_about(7, "card")
        assert found is not None
        assert found.about == {"card": 2}
        assert await work.outbox.find_newest_about(8, "card") is None
