"""Run the migrations: one run at a time, and never long in the way of a bot that is serving.

Called by `storage.migrating`, which hands over an open connection and the name of the bot's role, or by the ``alembic``
command, which goes by the same settings as the bot.
"""

from __future__ import annotations

import logging
from logging.config import fileConfig
from typing import Any

from alembic import context
from sqlalchemy import Connection, text

from storage.models import Base

# Any number will do, as long as all runs take the same one.
MIGRATION_LOCK = 7_305_118_204
LOCK_TIMEOUT = "5s"


def is_compared(thing: Any, name: str | None, kind: str, is_reflected: bool, compared_to: Any) -> bool:
    """Leave out what PostgreSQL adds by itself: a key to a table that was split has a twin for each of the parts."""
    if kind != "foreign_key_constraint" or not is_reflected:
        return True
    return not thing.elements[0].target_fullname.startswith("parts.")


def run_migrations(connection: Connection) -> None:
    # Waiting for another run comes before the lock timeout is set: it may take as long as that run takes.
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
    # A statement that cannot have its table soon gives up, instead of making every query of the bot queue behind it.
    connection.execute(text("SELECT set_config('lock_timeout', :timeout, false)"), {"timeout": LOCK_TIMEOUT})
    connection.commit()
    try:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            transaction_per_migration=True,
            include_object=is_compared,
        )
        with context.begin_transaction():
            context.run_migrations()
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()


def run_from_command_line() -> None:
    from storage.opening import with_migration_connection

    if context.config.config_file_name is not None and not logging.getLogger().handlers:
        fileConfig(context.config.config_file_name, disable_existing_loggers=False)

    def migrate(connection: Connection, bot_role: str) -> None:
        context.config.attributes["bot_role"] = bot_role
        run_migrations(connection)

    with_migration_connection(migrate)


attributes: dict[str, Any] = context.config.attributes
if context.is_offline_mode():
    raise SystemExit("The migrations look at the database as they go: --sql is not to be had.")
if "connection" in attributes:
    run_migrations(attributes["connection"])
else:
    run_from_command_line()
