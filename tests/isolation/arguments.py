"""What methods of repositories are called with: made from somebody's rows, by the names of the parameters.

A parameter that is not here has to be added: a method that nobody attacks is a hole in the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from uuid_utils.compat import uuid7

from storage.drafts import PlanDraft, PrescribedSetDraft, PrescriptionDraft, SetDraft, WorkoutDraft
from storage.models import Outbox, UnitSystem
from storage.repositories.mesocycles import MesocycleDraft
from tests.isolation.people import Person
from tests.storage.everything import NOW, TODAY

Maker = Callable[[Person], Any]


def of(table: str, **where: Any) -> Maker:
    """Make the id of the newest live row."""
    return lambda person: person.id(table, **where)


def some(table: str, **where: Any) -> Maker:
    return lambda person: [person.id(table, **where)]


def always(value: Any) -> Maker:
    return lambda person: value


def own_exercise(person: Person) -> UUID:
    return person.id("exercise", name=person.words.exercise)


def trained_session(person: Person) -> UUID:
    """The session that is going on; it belongs to the mesocycle and came of a plan."""
    return person.id("workout_session", status="in_progress", deleted_at=None)


def entry(person: Person) -> UUID:
    return person.id("session_exercise", workout_session_id=trained_session(person))


def own_set(person: Person) -> UUID:
    return person.id("exercise_set", workout_session_id=trained_session(person), deleted_at=None)


def live_plan(person: Person) -> UUID:
    return person.id("workout_plan", name=person.words.plan, deleted_at=None)


def workout(person: Person) -> UUID:
    return person.id("workout", workout_plan_id=live_plan(person), deleted_at=None)


def prescription(person: Person) -> UUID:
    return person.id("workout_exercise", workout_id=workout(person), exercise_id=own_exercise(person))


def claimed(person: Person, table: str) -> dict[str, Any]:
    return next(row for row in person.rows[table] if row["lease_token"] is not None)


def text(person: Person) -> UUID:
    return person.id("workout_import_log", raw_text=person.words.text)


BY_NAME: Final[Mapping[str, Maker]] = {
    "alias": always("taken"),
    "alias_id": lambda person: person.id("exercise_alias", alias=person.words.alias),
    "args": always({"weeks": 8}),
    "at": always(NOW + timedelta(days=1)),
    "athlete": lambda person: person,
    "athlete_id": lambda person: person.user_id,
    "before": trained_session,
    "bot_id": always(1),
    "by": always(1),
    "category": always("push"),
    "chat_id": lambda person: person.telegram_id,
    "coach_id": lambda person: person.row("coaching")["coach_id"],
    "data": always({}),
    "day": always(TODAY),
    "days": always([TODAY]),
    "draft": lambda person: PrescriptionDraft(own_exercise(person), sets=2),
    "drafts": lambda person: [SetDraft(own_exercise(person), 5, person.words.weight)],
    "due_at": always(NOW),
    "entry_id": entry,
    "entry_ids": lambda person: [
        row["id"] for row in person.rows["session_exercise"] if row["workout_session_id"] == trained_session(person)
    ],
    "error": always("an error"),
    "error_id": always("00000000"),
    "exercise_id": own_exercise,
    "exercise_ids": lambda person: [own_exercise(person)],
    "first": always(TODAY - timedelta(days=60)),
    "groups": always(["chest", "back"]),
    "import_id": text,
    "index": always(0),
    "into_plan_id": live_plan,
    "job_id": of("chart_job"),
    "key": always("told"),
    "keys": lambda person: [str(own_exercise(person)), person.words.exercise],
    "kind": always("rest"),
    "language": always("en"),
    "last": always(TODAY + timedelta(days=7)),
    "lease_seconds": always(30),
    "level": always(3),
    "mesocycle_id": of("mesocycle"),
    "mesocycle_ids": some("mesocycle"),
    "message_id": always(72),
    "monday": always(TODAY - timedelta(days=TODAY.weekday())),
    "muscle_group": always("chest"),
    "name": always("Taken"),
    "new_id": live_plan,
    "notes": always("taken"),
    "notice_id": lambda person: person.id("notice") if person.rows["notice"] else person.user_id,
    "now": always(NOW + timedelta(days=1)),
    "old_id": live_plan,
    "payload": always({}),
    "plan_id": live_plan,
    "plan_ids": lambda person: [live_plan(person)],
    "plan_version": always(None),
    "planned_session_id": of("workout_session", status="planned"),
    "prescription_id": prescription,
    "primary_muscle_groups": always(["chest"]),
    "question": always("pump"),
    "raw_text": always("taken"),
    "reminder_id": of("reminder"),
    "root_id": own_exercise,
    "root_ids": lambda person: [own_exercise(person)],
    "row_id": of("outbox"),
    "scheme": always([PrescribedSetDraft(5, 5)]),
    "seconds": always(5),
    "selected_at": always(NOW),
    "session_date": always(TODAY),
    "session_id": trained_session,
    "set_id": own_set,
    "set_ids": lambda person: [own_set(person)],
    "since": always(TODAY - timedelta(days=60)),
    "slugs": always(["barbell"]),
    "started_at": always(NOW),
    "timezone": always("UTC"),
    "today": always(TODAY),
    "token": lambda person: f"{person.words.alias}-token",
    "token_hash": lambda person: person.row("coach_invitation")["token_hash"],
    "unit": always("kg"),
    "unit_system": always(UnitSystem.METRIC),
    "update_id": lambda person: person.telegram_id + 1,
    "value": always(None),
    "version": always(None),
    "week": always(1),
    "weeks": always([1, 2]),
    "workout_id": workout,
    "workout_version": always(None),
}


class Loaded:
    """A row that the method is handed as an object: it is read as its owner first."""

    def __init__(self, repository: str, method: str, *makers: Maker, is_list: bool = False) -> None:
        self.repository, self.method, self.makers, self.is_list = repository, method, makers, is_list

    def __call__(self, person: Person) -> tuple[Loaded, list[Any]]:
        return self, [*(make(person) for make in self.makers), person]


def _targets(person: Person) -> list[Mapping[str, Any]]:
    keys = {"user_id": person.user_id, "mesocycle_id": person.id("mesocycle")}
    return [keys | {"workout_exercise_id": prescription(person), "week_number": 3, "sets": 2, "rir": 1}]


def _plan_draft(person: Person) -> PlanDraft:
    drafted = PrescriptionDraft(own_exercise(person), sets=3, scheme=(PrescribedSetDraft(5, 5),) * 3)
    return PlanDraft("Taken", (WorkoutDraft("Taken", (drafted,)),), import_id=text(person))


def _mesocycle_draft(person: Person) -> MesocycleDraft:
    return MesocycleDraft(
        live_plan(person), "Taken", 4, 3, TODAY,
        parent_id=person.id("mesocycle"), copied_from_week=1, first_sets={prescription(person): 2},
    )  # fmt: skip


def _message(person: Person) -> Outbox:
    return Outbox(
        user_id=person.user_id, id=uuid7(), chat_id=person.telegram_id, method="sendMessage", payload={},
        token=str(uuid7()), edits_id=person.id("outbox"),
    )  # fmt: skip


BY_METHOD: Final[Mapping[str, Maker]] = {
    # A chat's number is no secret, and where it is kept it is told to whoever gave it.
    "chart_jobs.ask.chat_id": always(1),
    "imports.receive.chat_id": always(1),
    "reminders.set.chat_id": always(1),
    "chart_jobs.ask.kind": always("volume"),
    "chart_jobs.finish.job_id": lambda person: claimed(person, "chart_job")["id"],
    "chart_jobs.finish.lease_token": lambda person: claimed(person, "chart_job")["lease_token"],
    "imports.finish.import_id": lambda person: claimed(person, "workout_import_log")["id"],
    "imports.finish.lease_token": lambda person: claimed(person, "workout_import_log")["lease_token"],
    "imports.renew.import_id": lambda person: claimed(person, "workout_import_log")["id"],
    "imports.renew.lease_token": lambda person: claimed(person, "workout_import_log")["lease_token"],
    "coaching.as_self.athlete": Loaded("users", "row"),
    "exercises.keep.rows": Loaded("exercises", "get", own_exercise, is_list=True),
    "mesocycles.put_targets.rows": _targets,
    "mesocycles.set_from.sets": lambda person: {prescription(person): (4, "taken")},
    "mesocycles.start.draft": _mesocycle_draft,
    "outbox.add.row": lambda person: _message(person),
    "outbox.add_all.rows": lambda person: [_message(person)],
    "outbox.press.row": Loaded("outbox", "get", of("outbox", message_id=72)),
    "outbox.find_newest_about.key": always("told"),
    "plan_library.times_trained.plan": Loaded("plans", "get", live_plan),
    "plans.read_tree.workout": Loaded("plans", "get_workout", workout),
    "plans.save.draft": _plan_draft,
    "records.take.sets": Loaded("sets", "get", own_set, is_list=True),
    "records.take.volumes": always({}),
    "sessions.know_open.session": Loaded("sessions", "get", trained_session),
    "sets.know_newest.row": Loaded("sets", "get", own_set),
    "substitutes.amend_sets.columns": lambda person: {person.id("prescribed_set"): {"reps_min": 1}},
    "substitutes.insert_after.entry": Loaded("sessions", "find_entry", entry),
}  # fmt: skip

# What is handed over as **columns.
COLUMNS: Final[Mapping[str, Maker]] = {
    "exercise_settings.settle": always({"cycle": 3}),
    "exercises.amend": always({"description": "taken"}),
    "exercises.create": always({}),
    "imports.finish": lambda person: {"workout_plan_id": live_plan(person)},
    "imports.receive": lambda person: {"workout_plan_id": live_plan(person)},
    "imports.update": lambda person: {"workout_plan_id": live_plan(person)},
    "mesocycles.amend": lambda person: {"workout_plan_id": live_plan(person)},
    "plan_editing.amend": lambda person: {"exercise_id": own_exercise(person)},
    "plan_editing.amend_plan": always({"description": "taken"}),
    "plan_editing.amend_workout": lambda person: {"workout_plan_id": live_plan(person)},
    "plan_editing.retarget": lambda person: {"exercise_id": own_exercise(person)},
    "plans.amend_prescription": lambda person: {"workout_id": workout(person)},
    "sessions.amend_entry": lambda person: {"exercise_id": own_exercise(person)},
    "sessions.reschedule": lambda person: {"workout_id": workout(person)},
    "sets.amend": lambda person: {"exercise_id": own_exercise(person)},
    "substitutes.insert_after": lambda person: {"exercise_id": own_exercise(person)},
}
