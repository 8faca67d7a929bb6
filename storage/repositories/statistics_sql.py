"""The statements of `storage.repositories.statistics`.

What is hard and what has a volume is said in `training.volume` and `training.records`. The SQL here says the same for
a whole table at once, and a test holds the two together.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Uuid, bindparam, text

from training.units import KILOGRAMS_PER_POUND
from training.volume import EASIEST_HARD_RPE

WAS_DONE = "(coalesce(s.reps, 0) > 0 OR coalesce(s.duration_seconds, 0) > 0 OR coalesce(s.distance_m, 0) > 0)"
IS_HARD = f"""(s.kind = 'failure' OR (s.kind = 'working' AND (s.rpe IS NULL OR s.rpe >= {EASIEST_HARD_RPE})))
              AND {WAS_DONE}"""
# A load typed in pounds counts by what was typed: stored kilograms are rounded, and a sum of them would show it.
LOAD = f"CASE WHEN s.typed_unit = 'lb' THEN s.typed_weight * {KILOGRAMS_PER_POUND} ELSE s.weight END"
HAS_VOLUME = "s.kind <> 'warmup' AND s.load_mode IN ('external', 'added')"

# The exercise behind a root, as the user has it: their own live copy, else the row itself.
NAMED = """
  JOIN exercise r ON r.id = {root}
  LEFT JOIN LATERAL (
       SELECT c.name, c.primary_muscle_groups, c.secondary_muscle_groups FROM exercise c
        WHERE c.user_id = :user_id AND c.root_id = {root} AND c.deleted_at IS NULL
        ORDER BY c.id DESC LIMIT 1) own ON true
"""
NAME = "coalesce(own.name, r.name)"
PRIMARY = "coalesce(own.primary_muscle_groups, r.primary_muscle_groups)::text[]"
SECONDARY = "coalesce(own.secondary_muscle_groups, r.secondary_muscle_groups)::text[]"

WORK = """
SELECT done.period, done.root_id, {name} AS name, {primary} AS primary_groups, {secondary} AS secondary_groups,
       done.sets, done.hard_sets, done.tonnage
  FROM (SELECT {period} AS period, s.exercise_root_id AS root_id,
               count(*) FILTER (WHERE s.kind <> 'warmup') AS sets,
               count(*) FILTER (WHERE {is_hard}) AS hard_sets,
               coalesce(sum({load} * s.reps) FILTER (WHERE {has_volume}), 0) AS tonnage
          FROM workout_session v
          JOIN exercise_set s ON s.user_id = v.user_id AND s.workout_session_id = v.id AND s.deleted_at IS NULL
         WHERE v.user_id = :user_id AND v.deleted_at IS NULL AND {where}
         GROUP BY 1, 2) done
{named}
 ORDER BY done.period, done.hard_sets DESC, name, done.root_id
"""


PARTS = {
    "name": NAME,
    "primary": PRIMARY,
    "secondary": SECONDARY,
    "is_hard": IS_HARD,
    "has_volume": HAS_VOLUME,
    "load": LOAD,
}


def _named(root: str) -> str:
    return NAMED.format(root=root)


def _work(period: str, where: str) -> Any:
    return text(WORK.format(period=period, where=where, named=_named("done.root_id"), **PARTS))


WEEKLY_WORK = _work("date_trunc('week', v.session_date)::date", "v.session_date BETWEEN :first AND :last")
MESOCYCLE_WORK = _work("v.week_number", "v.mesocycle_id = :mesocycle_id AND v.week_number IS NOT NULL")

WEEKS = text("""
SELECT date_trunc('week', v.session_date)::date AS week, count(*) AS sessions,
       count(DISTINCT v.session_date) AS days, coalesce(sum(v.duration_minutes), 0) AS minutes
  FROM workout_session v
 WHERE v.user_id = :user_id AND v.deleted_at IS NULL AND v.session_date BETWEEN :first AND :last
   AND EXISTS (SELECT FROM exercise_set s
                WHERE s.user_id = v.user_id AND s.workout_session_id = v.id AND s.deleted_at IS NULL)
 GROUP BY 1 ORDER BY 1
""")

TRAINED_DAYS = text("""
SELECT workout_date FROM daily_workout_summary
 WHERE user_id = :user_id AND workout_date <= :last AND total_sets > 0 ORDER BY workout_date
""")

BEST_LIFTS = text(
    """
SELECT p.exercise_root_id AS root_id, {name} AS name, p.value, p.achieved_at, s.weight, s.reps, s.typed_unit
  FROM personal_record p
  JOIN exercise_set s ON s.user_id = p.user_id AND s.id = p.exercise_set_id
{named}
 WHERE p.user_id = :user_id AND p.record_type = '1rm'
 ORDER BY p.value DESC, name LIMIT :limit
""".format(named=_named("p.exercise_root_id"), **PARTS)
)

# Lifts of the last weeks by their hard sets, for whoever is to choose one.
MOST_TRAINED = """
SELECT done.root_id, {name} AS name
  FROM (SELECT s.exercise_root_id AS root_id, count(*) AS sets FROM exercise_set s
         WHERE s.user_id = :user_id AND s.deleted_at IS NULL AND s.kind <> 'warmup' AND s.performed_at >= :since
         GROUP BY 1) done
{named}
 ORDER BY done.sets DESC, name LIMIT :limit
"""
FAVOURITES = text(MOST_TRAINED.format(named=_named("done.root_id"), **PARTS))

WEEK_SESSIONS = text("""
SELECT v.session_date AS day, v.status::text AS status, coalesce(v.name, w.name) AS name, w.root_id AS workout_root,
       (SELECT sum(jsonb_array_length(x.planned_sets)) FROM session_exercise x
         WHERE x.user_id = v.user_id AND x.workout_session_id = v.id
           AND jsonb_typeof(x.planned_sets) = 'array') AS planned,
       (SELECT coalesce(sum(coalesce(p.sets, 1)), 0) FROM workout_exercise p
         WHERE p.workout_id = v.workout_id AND p.deleted_at IS NULL) AS prescribed,
       (SELECT count(*) FROM exercise_set s
         WHERE s.user_id = v.user_id AND s.workout_session_id = v.id AND s.deleted_at IS NULL
           AND s.kind <> 'warmup') AS done
  FROM workout_session v LEFT JOIN workout w ON w.id = v.workout_id
 WHERE v.user_id = :user_id AND v.deleted_at IS NULL AND v.session_date BETWEEN :first AND :last
 ORDER BY v.session_date, v.started_at NULLS LAST, v.id
""")

# Workouts of the current plan that have a day of the week, from the day on which the plan was begun.
PLANNED_WORKOUTS = text("""
SELECT w.root_id, w.name, w.day_of_week, begun.day AS since,
       (SELECT coalesce(sum(coalesce(t.sets, p.sets, 1)), 0)
          FROM workout_exercise p
          LEFT JOIN mesocycle_target t ON t.user_id = :user_id AND t.mesocycle_id = :mesocycle_id
               AND t.week_number = :week_number AND t.workout_exercise_id = p.id
         WHERE p.workout_id = w.id AND p.deleted_at IS NULL) AS planned
  FROM workout_plan l
  JOIN workout w ON w.workout_plan_id = l.id AND w.deleted_at IS NULL AND w.day_of_week IS NOT NULL
 CROSS JOIN LATERAL (
       SELECT coalesce(min(v.session_date), :today) AS day FROM workout_session v
        WHERE v.user_id = :user_id AND v.deleted_at IS NULL AND v.workout_plan_id IN (l.id, l.source_id)) begun
 WHERE l.id = :plan_id AND l.deleted_at IS NULL
   AND (w.week_number IS NULL OR w.week_number = :week_number)
 ORDER BY w.day_of_week, w.position
""").bindparams(bindparam("mesocycle_id", type_=Uuid))

# What was said of a muscle group after a workout of a mesocycle, and the sets that its prescriptions of the same
# workout have in that week and in the next.
FEEDBACK = text("""
SELECT f.muscle_group::text AS muscle, v.week_number, f.soreness, f.pump, f.challenge,
       sum(t.sets) AS sets, sum(n.sets) AS next_sets
  FROM workout_session v
  JOIN muscle_group_feedback f ON f.user_id = v.user_id AND f.workout_session_id = v.id
  JOIN workout_exercise p ON p.workout_id = v.workout_id
  JOIN exercise e ON e.id = p.exercise_id AND f.muscle_group = ANY (e.primary_muscle_groups)
  JOIN mesocycle_target t ON t.user_id = v.user_id AND t.mesocycle_id = v.mesocycle_id
       AND t.workout_exercise_id = p.id AND t.week_number = v.week_number
  LEFT JOIN mesocycle_target n ON n.user_id = v.user_id AND n.mesocycle_id = v.mesocycle_id
       AND n.workout_exercise_id = p.id AND n.week_number = v.week_number + 1
 WHERE v.user_id = :user_id AND v.deleted_at IS NULL AND v.mesocycle_id = ANY (:mesocycles)
 GROUP BY f.id, muscle, v.week_number, f.soreness, f.pump, f.challenge, v.session_date
 ORDER BY v.week_number, v.session_date, muscle
""")

VOLUME_TRENDS = text(
    """
SELECT date_trunc('week', v.session_date)::date AS week, muscle::text AS muscle,
       count(DISTINCT v.id) AS sessions, count(*) AS sets,
       coalesce(sum({load} * s.reps) FILTER (WHERE {has_volume}), 0) AS volume,
       avg(s.weight) FILTER (WHERE s.load_mode = 'external') AS mean_weight, avg(s.reps) AS mean_reps
  FROM workout_session v
  JOIN exercise_set s ON s.user_id = v.user_id AND s.workout_session_id = v.id AND s.deleted_at IS NULL
  JOIN exercise e ON e.id = s.exercise_id
 CROSS JOIN LATERAL unnest(e.primary_muscle_groups) AS muscle
 WHERE v.user_id = :user_id AND v.deleted_at IS NULL AND v.session_date BETWEEN :first AND :last AND s.kind <> 'warmup'
 GROUP BY 1, 2 ORDER BY 1 DESC, 2
""".format(**PARTS)
)
