"""What can go wrong in storage, sorted by who can mend it."""

from __future__ import annotations

from typing import Any


class StorageError(Exception):
    """Anything that storage raises on purpose."""


class ConfigurationError(StorageError):
    """A setting is wrong; whoever runs the bot can mend it. The message is one sentence for a terminal (exit 2)."""


class DatabaseUnavailableError(StorageError):
    """The database cannot be reached now; trying again later may help. The cause is chained."""


class NotFoundError(StorageError):
    """There is no such row, or it is not this user's."""

    def __init__(self, what: str, key: object) -> None:
        super().__init__(f"no {what} {key}")
        self.what = what
        self.key = key


class StaleVersionError(StorageError):
    """Somebody changed the row first. ``current`` is its newest state, to be shown to the loser."""

    def __init__(self, what: str, current: Any) -> None:
        super().__init__(f"{what} was changed in the meantime")
        self.what = what
        self.current = current


class ExerciseNameTakenError(StorageError):
    """The user already has an exercise of that name. ``exercise`` is the one."""

    def __init__(self, exercise: Any) -> None:
        super().__init__(f"there is already an exercise named {exercise.name}")
        self.exercise = exercise


class MesocycleRunningError(StorageError):
    """A mesocycle is to start while another one is going on. ``mesocycle`` is the one."""

    def __init__(self, mesocycle: Any) -> None:
        super().__init__(f"the mesocycle {mesocycle.id} is going on")
        self.mesocycle = mesocycle
