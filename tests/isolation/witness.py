"""The witness: a superuser's view of the victim's rows. It tells what of them is shown, and whether they changed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from storage.models import Base

Connection = Any

TABLES = """
SELECT c.relname AS name, CASE c.relname WHEN 'user' THEN 'id' ELSE 'user_id' END AS owner
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
   AND (c.relname = 'user' OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'user_id'
                                                                   AND NOT a.attisdropped))
 ORDER BY c.relname
"""


class Witness:
    """Knows a victim's rows. `words` are words that stand in the victim's rows and nowhere else."""

    def __init__(self, connection: Connection, victim_id: UUID, words: Iterable[str]) -> None:
        self.connection = connection
        self.victim_id = victim_id
        self.words = frozenset(word.lower() for word in words)
        self.ids: frozenset[str] = frozenset()
        self.numbers: frozenset[Decimal] = frozenset()
        self.tables: dict[str, str] = {}
        self.state: Mapping[str, str] = {}
        self.is_thorough = True
        """Whether the victim's rows are looked at after every attempt, or once at the end of an area."""

    async def look(self) -> None:
        """Learn the victim's rows as they are now: ids, odd numbers, and the state that later ones are held against."""
        self.tables = {row["name"]: row["owner"] for row in await self.connection.fetch(TABLES)}
        ids, numbers, common = {str(self.victim_id)}, set[Decimal](), set[Decimal]()
        for table, owner in self.tables.items():
            for row in await self.connection.fetch(f'SELECT * FROM "{table}" WHERE {owner} = $1', self.victim_id):
                ids |= {str(row[key]) for key in ("id", "token") if key in row and len(str(row[key])) > 8}
                numbers |= odd_numbers(row)
                if table == "user":
                    ids.add(str(row["telegram_id"]))
            others = await self.connection.fetch(f'SELECT * FROM "{table}" WHERE {owner} <> $1', self.victim_id)
            common |= set().union(*map(odd_numbers, others))
        self.ids, self.numbers = frozenset(ids), frozenset(numbers - common)
        self.state = await self.states()

    async def states(self) -> Mapping[str, str]:
        """Give a digest of the victim's rows by table."""
        parts = (
            f"SELECT '{table}' AS name, md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest"
            f' FROM "{table}" t WHERE {owner} = $1'
            for table, owner in self.tables.items()
        )
        rows = await self.connection.fetch(" UNION ALL ".join(parts), self.victim_id)
        return {row["name"]: row["digest"] for row in rows}

    async def changed(self, *, at_last: bool = False) -> set[str]:
        """Tell what changed of the victim's since the last look; what changed is told once."""
        if not (self.is_thorough or at_last):
            return set()
        now, before = await self.states(), self.state
        self.state = now
        return {f"{table} was changed" for table in now if now[table] != before[table]}

    def seen_in(self, value: Any, given: Any = ()) -> set[str]:
        """Tell what of the victim's stands in a value; what the attacker had to give for it does not count."""
        known = {leaf.lower() for leaf in leaves(given)}
        spoken = " ".join(known)
        seen = set[str]()
        for leaf in leaves(value):
            text = leaf.lower()
            seen |= {word for word in self.words if word in text and word not in spoken}
            seen |= {one for one in UUIDS.findall(text) if one in self.ids and one not in spoken}
            if text in self.ids and text not in spoken:
                seen.add(text)
            for number in NUMBERS.findall(text):
                if Decimal(number) in self.numbers and number not in spoken:
                    seen.add(number)
        return seen


UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NUMBERS = re.compile(r"(?<![\d.])\d{1,7}\.\d{1,2}(?![\d.])")


def odd_numbers(row: Mapping[str, Any]) -> set[Decimal]:
    """Give the numbers of a row that can hardly be another's as well: 83.17, not 82.5."""
    return {one for one in row.values() if isinstance(one, Decimal) and one.is_finite() and one * 4 % 1 != 0}


def leaves(value: Any, depth: int = 0) -> Iterator[str]:
    """Give whatever can be read in a value: rows, dataclasses, mappings, lists, texts and numbers, all the way down."""
    if value is None or isinstance(value, bool) or depth > 9:
        return
    if isinstance(value, bytes | bytearray | memoryview):
        yield bytes(value).decode("utf-8", "replace")
    elif isinstance(value, str | UUID | int | float | Decimal):
        yield format(value, "f") if isinstance(value, Decimal) else str(value)
    elif isinstance(value, Base):
        yield from leaves(dict(inspect(value).dict), depth + 1)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name), depth + 1)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(key, depth + 1)
            yield from leaves(item, depth + 1)
    elif isinstance(value, Iterable):
        for item in value:
            yield from leaves(item, depth + 1)
