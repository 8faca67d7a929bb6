"""Commands for whoever runs the bot: ``python -m storage --help`` lists them.

Wrong settings end with one sentence and exit code 2, an unknown user with exit code 1.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from storage import embedded
from storage.backup import back_up, restore
from storage.checking import check_distribution, check_migrations
from storage.distribution import described
from storage.embedded import EmbeddedPostgres
from storage.errors import ConfigurationError, DatabaseUnavailableError, NotFoundError
from storage.export import export_user, to_json
from storage.migrating import bring_up_to_date
from storage.models import UserRole
from storage.opening import addresses_of, migration_target, open_database
from storage.partitioning import partition
from storage.roles import set_role
from storage.set_table import csv_of
from storage.settings import StorageSettings, load_settings


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return asyncio.run(_run(options, load_settings()))
    except (ConfigurationError, DatabaseUnavailableError) as error:
        print(error, file=sys.stderr)
        return 2
    except NotFoundError as error:
        print(f"There is {error}.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m storage", description="The database of Repscribe.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="bring the database and the exercise library up to date")
    export = commands.add_parser("export", help="print everything stored of a user as one JSON document")
    export.add_argument("--user", type=int, required=True, metavar="TELEGRAM_ID")
    kind = export.add_mutually_exclusive_group()
    kind.add_argument("--csv", action="store_true", help="the sets alone, as a table with one row a set")
    kind.add_argument("--all", action="store_true", help="with the audit log, the messages and the updates")
    role = commands.add_parser("role", help="say what a user is: user, coach or admin")
    role.add_argument("--user", type=int, required=True, metavar="TELEGRAM_ID")
    role.add_argument("role", choices=[role.value for role in UserRole])
    commands.add_parser("url", help="print a URL for psql; the embedded server is started and runs until stop")
    commands.add_parser("stop", help="stop the embedded server")
    commands.add_parser("backup", help="write the whole database to a file").add_argument("file", type=Path)
    commands.add_parser("restore", help="put a backup in the database's place").add_argument("file", type=Path)
    check = commands.add_parser("check", help="migrate a throwaway database and compare it with the models")
    check.add_argument("--distribution", action="store_true", help="only look whether each key says whose the row is")
    split = commands.add_parser("partition", help="split a large table in place (docs/scaling.md)")
    split.add_argument("--table", choices=["exercise_set", "audit_log"], required=True)
    split.add_argument("--parts", type=int, choices=range(2, 257), default=16, metavar="N", help="of exercise_set (16)")
    return parser


async def _run(options: argparse.Namespace, settings: StorageSettings) -> int:
    match options.command:
        case "migrate":
            async with migration_target(settings) as (address, bot_role):
                await bring_up_to_date(address, bot_role)
        case "export":
            await _export(settings, options.user, options.all, options.csv)
        case "role":
            async with migration_target(settings) as (address, _):
                await set_role(address, options.user, UserRole(options.role))
            print(f"User {options.user} is now: {options.role}.")
        case "url":
            print(_url(settings))
        case "stop":
            stopped = EmbeddedPostgres(settings.repscribe_home).stop()
            print("The embedded server is stopped." if stopped else "The embedded server was not running.")
        case "backup":
            await back_up(settings, options.file)
        case "restore":
            before = await restore(settings, options.file)
            print("Restored." if before is None else f"Restored; what was there before is the database {before}.")
        case "check" if options.distribution:
            distribution = await check_distribution(settings)
            print(described(distribution))
            return 1 if distribution.problems else 0
        case "check":
            await check_migrations(settings)
        case "partition":
            async with migration_target(settings) as (address, _):
                print(await partition(address, options.table, options.parts, datetime.now(UTC)))
    return 0


async def _export(settings: StorageSettings, telegram_id: int, with_delivery: bool, as_table: bool) -> None:
    async with (
        open_database(settings) as database,
        database.begin(telegram_id=telegram_id, create=False, lock=False) as work,
    ):
        if as_table:
            async for piece in csv_of(work):
                sys.stdout.write(piece)
            return
        document = await export_user(work, with_delivery=with_delivery)
    sys.stdout.write(to_json(document))


def _url(settings: StorageSettings) -> str:
    addresses = addresses_of(settings)
    if addresses is not None:
        return addresses.owner
    server = EmbeddedPostgres(settings.repscribe_home)
    server.start()
    server.stay()
    server.release()
    return server.address(embedded.DATABASE, embedded.SUPERUSER)


if __name__ == "__main__":
    sys.exit(main())
