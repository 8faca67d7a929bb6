"""Guidance: what a user has settled for an exercise, what is to be said later, and where a guided session stands.

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-21
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ME = "(SELECT NULLIF(current_setting('app.user_id', true), '')::uuid)"

TABLES = """
CREATE TABLE exercise_setting (
    user_id UUID NOT NULL,
    exercise_root_id UUID NOT NULL,
    unit TEXT,
    progression TEXT,
    training_max NUMERIC(10, 2),
    training_max_typed NUMERIC,
    training_max_unit TEXT,
    cycle INTEGER DEFAULT 1 NOT NULL,
    load_step NUMERIC(10, 2),
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_exercise_setting PRIMARY KEY (user_id, exercise_root_id),
    CONSTRAINT ck_exercise_setting_unit CHECK (unit IN ('kg', 'lb')),
    CONSTRAINT ck_exercise_setting_training_max CHECK (training_max > 0),
    CONSTRAINT ck_exercise_setting_training_max_unit CHECK (training_max_unit IN ('kg', 'lb')),
    CONSTRAINT ck_exercise_setting_cycle CHECK (cycle >= 1),
    CONSTRAINT ck_exercise_setting_load_step CHECK (load_step > 0),
    CONSTRAINT fk_exercise_setting_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_exercise_setting_exercise_root_id_exercise FOREIGN KEY(exercise_root_id) REFERENCES exercise (id)
)

CREATE TABLE reminder (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    chat_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    workout_session_id UUID,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    data JSONB DEFAULT '{}'::jsonb NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_reminder PRIMARY KEY (user_id, id),
    CONSTRAINT fk_reminder_user_id_workout_session_id_workout_session FOREIGN KEY(user_id, workout_session_id)
        REFERENCES workout_session (user_id, id),
    CONSTRAINT fk_reminder_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id)
)

CREATE INDEX ix_reminder_due ON reminder (due_at) WHERE done_at IS NULL

CREATE INDEX ix_reminder_session ON reminder (user_id, workout_session_id)

ALTER TABLE session_exercise ADD COLUMN planned_reason TEXT

ALTER TABLE session_exercise ADD COLUMN selected_at TIMESTAMP WITH TIME ZONE

ALTER TABLE session_exercise ADD COLUMN swapped_from_id UUID

ALTER TABLE session_exercise ADD CONSTRAINT fk_session_exercise_swapped_from_id_exercise
    FOREIGN KEY(swapped_from_id) REFERENCES exercise (id)
"""

DUE_REMINDERS = """
CREATE FUNCTION due_reminders(as_of timestamptz, max_rows integer) RETURNS TABLE (user_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
    SELECT r.user_id, r.id FROM reminder r
     WHERE r.done_at IS NULL AND r.due_at <= as_of
     ORDER BY r.due_at
     LIMIT max_rows
$$
"""


def upgrade() -> None:
    schema = quoted(op.get_bind().scalar(sa.text("SELECT current_schema()")))
    role = quoted(str(context.config.attributes.get("bot_role") or "repscribe_bot"))
    for statement in TABLES.strip().split("\n\n"):
        op.execute(statement)
    op.execute(
        "CREATE TRIGGER touch_updated_at BEFORE UPDATE ON exercise_setting "
        "FOR EACH ROW EXECUTE FUNCTION touch_updated_at()"
    )
    for table, check in (
        ("exercise_setting", "EXISTS (SELECT FROM exercise parent WHERE parent.id = exercise_root_id)"),
        ("reminder", "true"),
    ):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_own ON {table} USING (user_id = {ME}) WITH CHECK (user_id = {ME} AND {check})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}")
    op.execute("CREATE POLICY reminder_due ON reminder FOR SELECT TO CURRENT_USER USING (done_at IS NULL)")
    op.execute(DUE_REMINDERS.replace("{schema}", schema))
    op.execute("REVOKE ALL ON FUNCTION due_reminders(timestamptz, integer) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION due_reminders(timestamptz, integer) TO {role}")
    for name, events in (("write_audit", "INSERT OR UPDATE"), ("write_audit_of_delete", "DELETE")):
        op.execute(
            f"CREATE TRIGGER {name} AFTER {events} ON exercise_setting FOR EACH ROW "
            "EXECUTE FUNCTION write_audit('exercise_root_id')"
        )
    swapped = (
        "(exercise_id IS NULL OR EXISTS (SELECT FROM exercise parent WHERE parent.id = exercise_id)) AND "
        "(workout_exercise_id IS NULL OR "
        "EXISTS (SELECT FROM workout_exercise parent WHERE parent.id = workout_exercise_id)) AND (swapped_from_id "
        "IS NULL OR EXISTS (SELECT FROM exercise parent WHERE parent.id = swapped_from_id))"
    )
    op.execute(f"ALTER POLICY session_exercise_own ON session_exercise WITH CHECK (user_id = {ME} AND {swapped})")


def downgrade() -> None:
    before = (
        "(exercise_id IS NULL OR EXISTS (SELECT FROM exercise parent WHERE parent.id = exercise_id)) AND "
        "(workout_exercise_id IS NULL OR "
        "EXISTS (SELECT FROM workout_exercise parent WHERE parent.id = workout_exercise_id))"
    )
    op.execute(f"ALTER POLICY session_exercise_own ON session_exercise WITH CHECK (user_id = {ME} AND {before})")
    for column in ("swapped_from_id", "selected_at", "planned_reason"):
        op.execute(f"ALTER TABLE session_exercise DROP COLUMN {column}")
    op.execute("DROP FUNCTION due_reminders(timestamptz, integer)")
    op.execute("DROP TABLE reminder")
    op.execute("DROP TABLE exercise_setting")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
