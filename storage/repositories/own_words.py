"""What a reader has to know of a user: exercises and words of their own, and the loads and units they are used to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from storage.direct import Direct

# All of it in one statement: the live exercises of a user and their words for exercises, and the
# newest load of each exercise that has records (one look into an index for each, however many sets there are) with the
# unit that was settled for it; those keys are the ones of the root and of the user's copies of it.
SPOKEN = Direct(
    text("""
SELECT 'name' AS tells, CAST(NULL AS text) AS alias, e.id, e.slug, e.name, CAST(e.measure AS text) AS measure,
       CAST(NULL AS numeric) AS weight, CAST(NULL AS text) AS unit, CAST(NULL AS text[]) AS known_as
  FROM exercise e WHERE e.user_id = :user_id AND e.deleted_at IS NULL
UNION ALL
SELECT 'alias', a.alias, e.id, e.slug, e.name, CAST(e.measure AS text), NULL, NULL, NULL
  FROM exercise_alias a JOIN exercise e ON e.id = a.exercise_id
 WHERE a.user_id = :user_id AND a.deleted_at IS NULL AND e.deleted_at IS NULL
UNION ALL
SELECT 'load', NULL, roots.exercise_root_id, NULL, NULL, NULL, last.weight, setting.unit,
       (SELECT array_agg(coalesce(named.slug, CAST(named.id AS text)))
          FROM (SELECT e.id, e.slug FROM exercise e WHERE e.id = roots.exercise_root_id
                UNION ALL
                SELECT e.id, e.slug FROM exercise e
                 WHERE e.user_id = :user_id AND e.root_id = roots.exercise_root_id AND e.id <> e.root_id) named)
  FROM (SELECT exercise_root_id FROM personal_record WHERE user_id = :user_id
        UNION
        SELECT exercise_root_id FROM exercise_setting WHERE user_id = :user_id AND unit IS NOT NULL) roots
  LEFT JOIN exercise_setting setting
    ON setting.user_id = :user_id AND setting.exercise_root_id = roots.exercise_root_id
  LEFT JOIN LATERAL (
       SELECT s.weight FROM exercise_set s
        WHERE s.user_id = :user_id AND s.exercise_root_id = roots.exercise_root_id
          AND s.deleted_at IS NULL AND s.weight IS NOT NULL AND s.kind <> 'warmup'
        ORDER BY s.performed_at DESC LIMIT 1) last ON true
 ORDER BY alias, name
""")
)


@dataclass(frozen=True, slots=True)
class OwnName:
    """An exercise of the user's own, by what a reader has to know of it."""

    id: UUID
    name: str
    measure: str


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a user calls things: their live exercises, and aliases as (word, key of the exercise)."""

    exercises: tuple[OwnName, ...]
    aliases: tuple[tuple[str, str], ...]
