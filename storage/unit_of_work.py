"""What a transaction of one user offers: the user, and a repository for each aggregate."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from storage.direct import Direct, Driver
from storage.models import User
from storage.repositories.chart_jobs import ChartJobs
from storage.repositories.coached import CoachsDialogues, CoachsImports
from storage.repositories.coaching import Coaching
from storage.repositories.dialogues import Dialogues
from storage.repositories.equipment import UserKit
from storage.repositories.exercises import Exercises
from storage.repositories.imports import Imports
from storage.repositories.mastery import Mastery
from storage.repositories.mesocycles import Mesocycles
from storage.repositories.muscle_feedback import MuscleFeedback
from storage.repositories.outbox import Outbox
from storage.repositories.past_work import PastWork
from storage.repositories.plan_editing import PlanEditing
from storage.repositories.plan_library import PlanLibrary
from storage.repositories.plans import Plans
from storage.repositories.records import Records
from storage.repositories.reminders import Reminders
from storage.repositories.sessions import Sessions
from storage.repositories.sets import Sets
from storage.repositories.settings import ExerciseSettings
from storage.repositories.statistics import Statistics
from storage.repositories.substitutes import Substitutes
from storage.repositories.summaries import Summaries
from storage.repositories.updates import ProcessedUpdates
from storage.repositories.users import Users


class UnitOfWork:
    """Made by `Database.begin`, or by `as_coach_of`. Repositories are made when first asked for and share the session.

    `coach` is the coach's own unit of work, where this one is for an athlete of theirs. `is_new`: the user was made in
    this transaction.
    """

    def __init__(
        self,
        session: AsyncSession,
        driver: Driver,
        user: User,
        coach: UnitOfWork | None = None,
        *,
        is_new: bool = False,
    ) -> None:
        self.session = session
        self.driver = driver
        self.user = user
        self.user_id: UUID = user.id
        self.coach = coach
        self.is_new = is_new
        self.is_committing = False

    def as_coach_of(
        self, athlete_id: UUID, *, tell_at: datetime | None = None
    ) -> AbstractAsyncContextManager[UnitOfWork]:
        """Work for an athlete within this transaction, see `Coaching.as_coach_of`."""
        return self.coaching.as_coach_of(athlete_id, tell_at=tell_at)

    @cached_property
    def coaching(self) -> Coaching:
        return Coaching(self)

    async def ask(self, statement: Direct, parameters: Mapping[str, Any]) -> list[Any]:
        """Ask a statement of the driver itself, in this transaction."""
        return await statement.all(self.session, self.driver, parameters)

    async def finish(self) -> None:
        """Write what has not been written yet: the last thing before the commit."""
        await self.imports.write()
        await self.session.flush()

    @cached_property
    def users(self) -> Users:
        return Users(self)

    @cached_property
    def exercises(self) -> Exercises:
        return Exercises(self)

    @cached_property
    def plans(self) -> Plans:
        return Plans(self)

    @cached_property
    def plan_editing(self) -> PlanEditing:
        return PlanEditing(self)

    @cached_property
    def plan_library(self) -> PlanLibrary:
        return PlanLibrary(self)

    @cached_property
    def sessions(self) -> Sessions:
        return Sessions(self)

    @cached_property
    def past_work(self) -> PastWork:
        return PastWork(self)

    @cached_property
    def sets(self) -> Sets:
        return Sets(self)

    @cached_property
    def records(self) -> Records:
        return Records(self)

    @cached_property
    def statistics(self) -> Statistics:
        return Statistics(self)

    @cached_property
    def summaries(self) -> Summaries:
        return Summaries(self)

    @cached_property
    def equipment(self) -> UserKit:
        return UserKit(self)

    @cached_property
    def substitutes(self) -> Substitutes:
        return Substitutes(self)

    @cached_property
    def mastery(self) -> Mastery:
        return Mastery(self)

    @cached_property
    def imports(self) -> Imports:
        return Imports(self) if self.coach is None else CoachsImports(self.coach, self.user)

    @cached_property
    def dialogues(self) -> Dialogues:
        return Dialogues(self) if self.coach is None else CoachsDialogues(self.coach, self.user)

    @cached_property
    def exercise_settings(self) -> ExerciseSettings:
        return ExerciseSettings(self)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self)

    @cached_property
    def chart_jobs(self) -> ChartJobs:
        return ChartJobs(self)

    @cached_property
    def mesocycles(self) -> Mesocycles:
        return Mesocycles(self)

    @cached_property
    def muscle_feedback(self) -> MuscleFeedback:
        return MuscleFeedback(self)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self)

    @cached_property
    def updates(self) -> ProcessedUpdates:
        return ProcessedUpdates(self)
