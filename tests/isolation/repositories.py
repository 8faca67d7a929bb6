"""Every public method of every repository, called by an attacker with the victim's ids.

The methods are found by introspection, their arguments are made by tests/isolation/arguments.py. Where a method takes
several, every mixture is tried: the attacker's own session with the victim's exercise, and the other way round.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import inspect as inspect_row
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import NotFoundError, StaleVersionError
from storage.models import Base
from storage.unit_of_work import UnitOfWork
from tests.isolation.arguments import BY_METHOD, BY_NAME, COLUMNS, Loaded, Maker
from tests.isolation.people import Person
from tests.isolation.tally import Tally
from tests.isolation.witness import Connection, Witness

# Paging and leases: what a default says is as good.
BY_DEFAULT = (
    "limit", "offset", "lease_seconds", "entries", "deleted", "source", "status", "completed_at", "planned",
    "exercise_type", "category", "measure", "expires_at", "asked_at", "tell_at", "scheduled_time", "week_number",
    "day_of_week", "data",
)  # fmt: skip

# This is done by somebody else: the attacker is needed on.
GOING = {"users.erase": 7_000_000}


TABLES_IN_SIGHT = """
SELECT c.relname, bool_or(a.attname = 'user_id')
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')
 GROUP BY c.relname HAVING bool_or(a.attname = 'user_id') OR c.relname = 'user'
"""


class UnknownParameterError(Exception):
    """A parameter that nobody makes: the method would go without an attack."""


@dataclass(frozen=True)
class Method:
    """A public method of a repository, with whatever makes its arguments."""

    repository: str
    name: str
    makers: Mapping[str, Maker]
    columns: Maker | None

    @property
    def label(self) -> str:
        return f"{self.repository}.{self.name}"

    def arguments(self, victim: Person, attacker: Person) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give every mixture of the victim's and the attacker's arguments, the victim's alone first."""
        makers = dict(self.makers) | ({"**": self.columns} if self.columns else {})
        whose = {name for name, make in makers.items() if tells(make, victim, attacker)}
        for mixture in itertools.product((victim, attacker), repeat=len(whose)):
            if whose and all(person is attacker for person in mixture):
                continue
            owners = dict(zip(sorted(whose), mixture, strict=True))
            said = ", ".join(f"{name}: {'victim' if who is victim else 'own'}" for name, who in owners.items())
            yield f"{self.label}({said})", {name: make(owners.get(name, attacker)) for name, make in makers.items()}

    def own(self, owner: Person) -> dict[str, Any]:
        """Give the owner's own arguments."""
        arguments = {name: make(owner) for name, make in self.makers.items()}
        return arguments | ({"**": self.columns(owner)} if self.columns else {})

    def stale(self, owner: Person) -> dict[str, Any] | None:
        """Give the owner's own arguments with a version that is long past; None where no version is asked for."""
        versions = [name for name in self.makers if name in VERSIONS]
        return self.own(owner) | dict.fromkeys(versions, 99) if versions else None


VERSIONS = ("version", "plan_version", "workout_version")


def tells(make: Maker, victim: Person, attacker: Person) -> bool:
    """Say whether an argument depends on whose rows it is made of."""
    return isinstance(make, Loaded) or repr(make(victim)) != repr(make(attacker))


def all_methods() -> list[Method]:
    """Find every public method of every repository of a unit of work.

    Raises:
        UnknownParameterError: there is a parameter that arguments.py cannot make.
    """
    found = []
    for name, attribute in vars(UnitOfWork).items():
        if isinstance(attribute, cached_property):
            repository = inspect.get_annotations(attribute.func, eval_str=True)["return"]
            for method_name, function in inspect.getmembers(repository, inspect.isfunction):
                if not method_name.startswith("_"):
                    found.append(_method(name, method_name, function))
    return sorted(found, key=lambda method: method.label)


def _method(repository: str, name: str, function: Any) -> Method:
    makers, columns, missing = {}, None, []
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        label = f"{repository}.{name}.{parameter.name}"
        maker = BY_METHOD.get(label) or BY_NAME.get(parameter.name)
        if parameter.kind is parameter.VAR_KEYWORD:
            columns = COLUMNS.get(f"{repository}.{name}")
            missing += [label] if columns is None else []
        elif parameter.default is not parameter.empty and (parameter.name in BY_DEFAULT or parameter.name in VERSIONS):
            if parameter.name in VERSIONS:
                makers[parameter.name] = BY_NAME[parameter.name]
        elif maker is None:
            missing.append(label)
        else:
            makers[parameter.name] = maker
    if missing:
        raise UnknownParameterError(f"add to tests/isolation/arguments.py: {', '.join(missing)}")
    return Method(repository, name, makers, columns)


async def attack(database: Database, admin: Connection, witness: Witness, victim: Person, attacker: Person) -> Tally:
    """Call every method in every mixture as the attacker, in transactions that commit."""
    tally = Tally("repository methods")
    for method in all_methods():
        for label, arguments in method.arguments(victim, attacker):
            prepared = await load(database, arguments)
            answer: Any = None
            was_refused = False
            try:
                async with database.begin(telegram_id=attacker.telegram_id + GOING.get(method.label, 0)) as work:
                    answer = await call(work, method, prepared)
            except Exception as error:
                was_refused = True
                answer = str(error) if not is_refusal(error) else None
            seen = witness.seen_in(answer, prepared) | await witness.changed()
            tally.note(label, seen, was_refused=was_refused)
    return tally


def is_refusal(error: Exception) -> bool:
    """Tell whether an error says no more than that there is no such thing, or that it may not be."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return isinstance(error, NotFoundError | StaleVersionError) or state in ("42501", "23503")


async def load(database: Database, arguments: dict[str, Any]) -> dict[str, Any]:
    """Read the rows that are handed over as objects, each as its owner."""
    ready = {}
    for name, value in arguments.items():
        if isinstance(value, tuple) and value and isinstance(value[0], Loaded):
            loaded, keys, owner = value[0], value[1][:-1], value[1][-1]
            async with database.begin(user_id=owner.user_id) as work:
                if loaded.repository == "users":
                    row = work.user
                else:
                    row = await getattr(getattr(work, loaded.repository), loaded.method)(*keys)
            ready[name] = [row] if loaded.is_list else row
        else:
            ready[name] = value
    return ready


async def call(work: UnitOfWork, method: Method, arguments: Mapping[str, Any]) -> Any:
    """Call a method; a context is entered, and everything is looked at in it and after it."""
    if method.label in FIRST:
        await FIRST[method.label](work)
    plain = {name: value for name, value in arguments.items() if name != "**"}
    _hold(work, plain.values())
    result = getattr(getattr(work, method.repository), method.name)(**plain, **arguments.get("**", {}))
    if isinstance(result, AbstractAsyncContextManager):
        async with result as inner:
            answer = [await everything(inner or work)]
        return [*answer, await everything(work)]
    if inspect.isawaitable(result):
        result = await result
    await work.session.flush()
    return result


def _hold(work: UnitOfWork, values: Iterable[Any]) -> None:
    """Have the session take rows for its own that were read elsewhere: what is set on them would be written."""
    for value in values:
        for row in value if isinstance(value, list) else [value]:
            state = inspect_row(row, raiseerr=False)
            if isinstance(row, Base) and state.detached and state.key not in work.session.identity_map:
                work.session.add(row)


async def everything(work: UnitOfWork) -> list[Any]:
    """Look at all rows there are to be seen, as an attacker would who has got hold of a transaction."""
    seen: list[Any] = []
    tables = await work.session.execute(text(TABLES_IN_SIGHT))
    for table, has_owner in tables.all():
        which = "WHERE user_id IS NOT NULL" if has_owner else ""
        rows = await work.session.execute(text(f'SELECT to_jsonb(t)::text FROM "{table}" t {which}'))
        seen += [row[0] for row in rows]
    return seen


async def _end_mesocycle(work: UnitOfWork) -> None:
    running = await work.mesocycles.active()
    if running is not None:
        await work.mesocycles.archive(running.id)


# What stands in the way of a method whosoever's the arguments are.
FIRST = {"mesocycles.start": _end_mesocycle}


class _UndoneError(Exception):
    """Rolls a control back."""


async def control(database: Database, victim: Person) -> dict[str, str]:
    """Call every method as the victim with the victim's own arguments, undone each time; give what failed and how.

    An attack that fails for its owner too would prove nothing.
    """
    failed = {}
    for method in all_methods():
        prepared = await load(database, method.own(victim))
        try:
            async with database.begin(user_id=victim.user_id) as work:
                await call(work, method, prepared)
                raise _UndoneError
        except _UndoneError:
            continue
        except Exception as error:
            failed[method.label] = f"{type(error).__name__}: {str(error)[:200]}"
    return failed


async def stale_versions(database: Database, victim: Person) -> dict[str, str]:
    """Call every method that takes a version with one that is past, as the owner; give what came of it."""
    outcome = {}
    for method in all_methods():
        arguments = method.stale(victim)
        if arguments is None:
            continue
        try:
            async with database.begin(user_id=victim.user_id) as work:
                await call(work, method, arguments)
                raise _UndoneError
        except StaleVersionError:
            outcome[method.label] = "refused"
        except (_UndoneError, DBAPIError, NotFoundError) as error:
            outcome[method.label] = type(error).__name__
    return outcome
