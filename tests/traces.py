"""Looking for somebody in every column of every table, as whoever sees all rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import asyncpg

# Partitions are looked through by way of their table.
TABLES = """
SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema)' ORDER BY 1
"""


async def find_traces(connection: asyncpg.Connection[Any], words: Iterable[str]) -> list[str]:
    """Give each row that has one of the words in any of its columns, whatever their types: "table: row"."""
    asked = list(words)
    assert all(asked), "an empty word is everywhere"
    found = []
    for (table,) in await connection.fetch(TABLES):
        rows = await connection.fetch(
            f"SELECT to_jsonb(t)::text AS row FROM {table} t"
            " WHERE EXISTS (SELECT FROM unnest($1::text[]) w WHERE strpos(lower(to_jsonb(t)::text), lower(w)) > 0)",
            asked,
        )
        found += [f"{table}: {row['row']}" for row in rows]
    return found
