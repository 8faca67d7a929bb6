"""The victim and the attackers: people with rows in every table, and words that are theirs alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from storage.database import Database
from storage.drafts import PlanDraft, PrescribedSetDraft, PrescriptionDraft, SetDraft, WorkoutDraft
from storage.models import Outbox, OutboxStatus
from tests.isolation.witness import TABLES
from tests.storage.everything import NOW, TODAY, make_everything

Connection = Any


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody calls their things."""

    exercise: str = "Zorbex press"
    second: str = "Krontal hold"
    plan: str = "Quilfang winter"
    workout: str = "Drexol day"
    note: str = "vumpin under the ribs"
    alias: str = "smorgel"
    text: str = "brunzik 3x5, then home"
    told: str = "plimsow at eight"
    weight: Decimal = Decimal("83.17")

    @property
    def secrets(self) -> frozenset[str]:
        """Give the word of each that nobody else has."""
        said = (self.exercise, self.second, self.plan, self.workout, self.note, self.alias, self.text, self.told)
        return frozenset(text.partition(" ")[0].lower() for text in said)


VICTIMS = Words()
ATTACKERS = Words(
    "Mine press", "Own hold", "Usual winter", "First day", "nothing", "pressie", "plain 3x5", "again", Decimal("61.29")
)


@dataclass
class Person:
    """Somebody with rows. `rows` are as a superuser sees them, by table, those that are not deleted first."""

    user_id: UUID
    telegram_id: int
    words: Words
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def row(self, table: str, **where: Any) -> dict[str, Any]:
        """Give the newest live row of a table, or the newest that looks like this."""
        for row in self.rows[table]:
            if all(row[column] == value for column, value in where.items()):
                return row
        raise LookupError(f"{table} {where} is missing: add it to tests/isolation/people.py")

    def id(self, table: str, **where: Any) -> UUID:
        found: UUID = self.row(table, **where)["id"]
        return found

    async def look(self, admin: Connection) -> Person:
        """Read the rows anew."""
        for table in await admin.fetch(TABLES):
            name, owner = table["name"], table["owner"]
            rows = await admin.fetch(f'SELECT * FROM "{name}" WHERE {owner} = $1', self.user_id)
            self.rows[name] = sorted(map(dict, rows), key=_newest_live_first)
        return self


def _newest_live_first(row: dict[str, Any]) -> tuple[bool, float]:
    made = row.get("created_at")
    return row.get("deleted_at") is not None, -made.timestamp() if made else 0


async def make_person(database: Database, admin: Connection, telegram_id: int, words: Words) -> Person:
    """Make somebody with a row in every table of a user, and their own words and numbers wherever there can be any."""
    user_id = await make_everything(database, telegram_id)
    async with database.begin(user_id=user_id) as work:
        text = await work.imports.receive(words.text, chat_id=telegram_id, message_id=71, kind="program")
        hold = await work.exercises.create(words.second, primary_muscle_groups=["back"], measure="duration")
        own = await work.exercises.create(words.exercise, primary_muscle_groups=["chest"], description=words.note)
        await work.exercises.learn_alias(words.alias, own.id)
        await work.exercise_settings.settle(own.root_id, training_max=words.weight, unit="kg")
        plan = await work.plans.save(_plan(words, own.id, hold.id, text.id))
        await work.plans.delete((await work.plans.save(_plan(words, own.id, hold.id, text.id))).id)
        await work.users.set_current_plan(plan.id)
        await work.users.set_preference("told", words.told)
        workouts = (await work.plans.read(plan.id)).workouts
        await work.plan_editing.remove_workout(workouts[1].workout.id, None)
        block = await work.mesocycles.active()
        assert block is not None
        await work.mesocycles.amend(block.id, None, name=words.plan)
        await _train(work, words, workouts[0].workout.id, own.id, text.id, block.id)
        await work.reminders.set("rest", NOW + timedelta(hours=1), chat_id=telegram_id, data={"told": words.told})
        chart = await work.chart_jobs.ask("lift", {"name": words.told}, chat_id=telegram_id)
        await work.chart_jobs.claim(chart.id)
        await work.imports.claim((await work.imports.receive(words.text, chat_id=telegram_id, message_id=73)).id)
        await work.dialogues.ask(telegram_id, "units", {"told": words.told})
        await work.outbox.add(
            Outbox(
                chat_id=telegram_id, method="sendMessage", payload={"text": words.told}, token=f"{words.alias}-token",
                message_id=72, status=OutboxStatus.SENT, about={"told": words.told},
                actions=[{"action": "plan.open", "args": {"plan": str(plan.id)}, "once": False}],
            )
        )  # fmt: skip
        await work.updates.record_failure(1, telegram_id + 1, words.alias, words.told, {"text": words.text})
    return await Person(user_id, telegram_id, words).look(admin)


def _plan(words: Words, exercise: UUID, hold: UUID, import_id: UUID) -> PlanDraft:
    scheme = tuple(PrescribedSetDraft(5, 5, target_weight=words.weight + step) for step in range(3))
    press = PrescriptionDraft(
        exercise, sets=3, reps_min=5, reps_max=5, target_weight=words.weight, notes=words.note, scheme=scheme
    )
    second = PrescriptionDraft(hold, sets=2, target_duration_seconds=47, notes=words.note)
    days = (WorkoutDraft(words.workout, (press, second)), WorkoutDraft(f"{words.workout} again", (second,)))
    return PlanDraft(words.plan, days, description=words.note, import_id=import_id)


async def _train(work: Any, words: Words, workout: UUID, exercise: UUID, import_id: UUID, mesocycle: UUID) -> None:
    """Leave a session that was done, one that was deleted, one that is planned, and one that is going on."""
    draft = SetDraft(exercise, 8, words.weight, notes=words.note)
    for day in (9, 7):
        at = NOW - timedelta(days=day)
        session = await work.sessions.open_free(session_date=at.date(), started_at=at, name=words.workout)
        await work.sets.log(session.id, [draft, SetDraft(exercise, 6, words.weight + 1)], at=at)
        await work.sessions.close(session.id, at)
    await work.sessions.delete(session.id)
    await work.sessions.plan_workout(workout, session_date=TODAY + timedelta(days=2))
    open_now = await work.sessions.find_open()
    if open_now is not None:
        await work.sessions.close(open_now.id, NOW)
    session = await work.sessions.open_workout(
        workout, session_date=TODAY, started_at=NOW, week_number=1, mesocycle_id=mesocycle
    )
    logged = await work.sets.log(session.id, [draft, draft], at=NOW, import_id=import_id)
    await work.sets.delete([logged.sets[1].id])
    await work.sessions.note(session.id, words.note)
    await work.muscle_feedback.record(session.id, "chest", "pump", 2, NOW)
