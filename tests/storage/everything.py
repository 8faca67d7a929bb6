"""A user with at least one row in every table that belongs to users."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from storage.database import Database
from storage.drafts import PlanDraft, PrescribedSetDraft, PrescriptionDraft, SetDraft, WorkoutDraft
from storage.models import (
    Equipment,
    ExerciseCategory,
    ExerciseMastery,
    Mesocycle,
    MesocycleTarget,
    MuscleGroup,
    MuscleGroupFeedback,
    Outbox,
    PersonalRecord,
    UserEquipment,
    UserLevel,
)
from storage.unit_of_work import UnitOfWork
from tests.roles import appoint, take_coach
from training.library_types import exercise_id

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)
BENCH = exercise_id("barbell-bench-press")
LATER = datetime(2036, 1, 1, tzinfo=UTC)


async def make_everything(database: Database, telegram_id: int) -> UUID:
    """Write a row into every user-scoped table and give the user's id."""
    async with database.begin(telegram_id=telegram_id, username="lifter", seen_at=NOW) as work:
        text = await work.imports.receive("Push: bench 3x5 80kg", chat_id=telegram_id, message_id=1, kind="program")
        prescription = PrescriptionDraft(BENCH, sets=3, reps_min=5, reps_max=5, scheme=(PrescribedSetDraft(5, 5),) * 3)
        plan = await work.plans.save(PlanDraft("Push", (WorkoutDraft("Push", (prescription,)),), import_id=text.id))
        workout = (await work.plans.read(plan.id)).workouts[0]
        row = workout.prescriptions[0].row
        session = await work.sessions.open_workout(workout.workout.id, session_date=TODAY, started_at=NOW)
        await work.sets.log(session.id, [SetDraft(BENCH, 8, Decimal(80))], at=NOW, import_id=text.id)
        await work.exercises.learn_alias("benchie", BENCH)
        mesocycle = Mesocycle(
            user_id=work.user_id,
            id=uuid7(),
            workout_plan_id=plan.id,
            name="Winter",
            duration_weeks=4,
            days_per_week=3,
        )
        work.session.add(mesocycle)
        await work.session.flush()
        equipment = await work.session.scalar(select(Equipment.id).where(Equipment.slug == "barbell"))
        work.session.add_all(
            [
                MesocycleTarget(
                    user_id=work.user_id,
                    mesocycle_id=mesocycle.id,
                    workout_exercise_id=row.id,
                    week_number=1,
                    sets=3,
                    rir=Decimal(3),
                ),
                MuscleGroupFeedback(
                    user_id=work.user_id, workout_session_id=session.id, muscle_group=MuscleGroup.CHEST, soreness=1
                ),
                UserEquipment(user_id=work.user_id, equipment_id=equipment),
                UserLevel(user_id=work.user_id, category=ExerciseCategory.PUSH, level=1),
                ExerciseMastery(user_id=work.user_id, exercise_root_id=BENCH, mastered_session_id=session.id),
            ]
        )
        await work.outbox.add(Outbox(chat_id=telegram_id, method="sendMessage", payload={"text": "hi"}, token="t"))
        await work.dialogues.ask(telegram_id, "units", {})
        await work.exercise_settings.settle(BENCH, unit="lb", training_max=Decimal(100))
        await work.reminders.set("rest", NOW, chat_id=telegram_id, session_id=session.id)
        await work.chart_jobs.ask("volume", {"weeks": 8}, chat_id=telegram_id)
        await work.updates.arrive(1, telegram_id, telegram_id, NOW)
        user_id = work.user_id
    await coach_and_be_coached(database, telegram_id, user_id)
    return user_id


async def coach_and_be_coached(database: Database, telegram_id: int, user_id: UUID) -> None:
    """Leave an invitation of the user's, a coaching that has ended, and a notice of that which is not due yet."""
    coach = await appoint(database, telegram_id + 90_000_000)
    await take_coach(database, user_id, coach)
    async with database.begin(user_id=coach) as work:
        await work.coaching.end(athlete_id=user_id, coach_id=coach, at=LATER)
    await appoint(database, telegram_id)
    async with database.begin(user_id=user_id) as work:
        await work.coaching.invite(NOW)
    await appoint(database, telegram_id, "user")


async def all_records(work: UnitOfWork) -> list[PersonalRecord]:
    """List every record of the user."""
    return [record for one in (await work.records.page(limit=1000)).items for record in one.records]
