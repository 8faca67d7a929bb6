"""Erasure: the one hard delete there is, of everything that belongs to one user, in an order that keys allow.

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-21

The function runs as the tables' owner, because the bot's own role may delete next to nothing. Row-level security binds
the owner too: it erases the user for whom the transaction works, and can erase nobody else.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Children stand before their parents. The log of changes comes last, because every deletion writes into it.
ORDER = (
    "chart_job", "reminder", "dialogue", "outbox", "processed_update", "personal_record", "exercise_mastery",
    "exercise_setting", "user_level", "daily_workout_summary", "muscle_group_feedback", "exercise_set",
    "session_exercise", "workout_import_log", "workout_session", "mesocycle_target", "mesocycle", "prescribed_set",
    "workout_exercise", "workout", "workout_plan", "exercise_alias", "exercise_equipment", "exercise", "user_equipment",
)  # fmt: skip

ERASE = """
CREATE FUNCTION erase_account() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    me uuid := NULLIF(current_setting('app.user_id', true), '')::uuid;
BEGIN
    IF me IS NULL THEN
        RAISE EXCEPTION 'an account is erased in a transaction of its user';
    END IF;
    UPDATE "user" SET current_plan_id = NULL WHERE id = me;
    UPDATE workout_session SET import_id = NULL WHERE user_id = me;
    UPDATE workout_exercise SET import_id = NULL WHERE user_id = me;
    {deletes}
    DELETE FROM "user" WHERE id = me;
    DELETE FROM audit_log WHERE user_id = me;
    -- The key of a row that is gone, and nothing else: that it happened, and when.
    INSERT INTO audit_log (user_id, table_name, row_id, action) VALUES (me, 'user', me, 'erase');
END
$$
"""

DUE = """
CREATE FUNCTION due_erasures(asked_before timestamptz, max_rows integer) RETURNS TABLE (user_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
    SELECT u.id, u.id FROM "user" u
     WHERE u.preferences ? 'erasing_since'
       AND (NOT EXISTS (SELECT FROM outbox o WHERE o.user_id = u.id AND o.status = 'pending')
            OR (u.preferences ->> 'erasing_since')::timestamptz <= asked_before)
     LIMIT max_rows
$$
"""

FUNCTIONS = {"erase_account()": ERASE, "due_erasures(timestamptz, integer)": DUE}


def upgrade() -> None:
    schema = quoted(op.get_bind().scalar(sa.text("SELECT current_schema()")))
    role = quoted(str(context.config.attributes.get("bot_role") or "repscribe_bot"))
    deletes = "\n    ".join(f"DELETE FROM {table} WHERE user_id = me;" for table in ORDER)  # noqa: S608 - constants
    op.execute(
        "CREATE POLICY user_erasing ON \"user\" FOR SELECT TO CURRENT_USER USING (preferences ? 'erasing_since')"
    )
    op.execute("CREATE INDEX ix_user_erasing ON \"user\" (id) WHERE preferences ? 'erasing_since'")
    for signature, body in FUNCTIONS.items():
        op.execute(body.replace("{schema}", schema).replace("{deletes}", deletes))
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}")


def downgrade() -> None:
    for signature in FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    op.execute("DROP INDEX ix_user_erasing")
    op.execute('DROP POLICY user_erasing ON "user"')


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
