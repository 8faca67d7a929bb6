"""How long the queues are, for whoever keeps the bot: numbers over all users, and nothing of any.

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-21
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Both tables have an index of just these rows, and policies of the owner that show just these.
QUEUE_LENGTHS = """
CREATE FUNCTION queue_lengths() RETURNS TABLE (queue text, waiting bigint, oldest_seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
    SELECT 'outbox', count(*), coalesce(extract(epoch FROM now() - min(o.created_at)), 0)
      FROM outbox o WHERE o.status = 'pending'
    UNION ALL
    SELECT 'imports', count(*), coalesce(extract(epoch FROM now() - min(i.updated_at)), 0)
      FROM workout_import_log i WHERE i.status IN ('received', 'reading')
$$
"""


def upgrade() -> None:
    schema = quoted(op.get_bind().scalar(sa.text("SELECT current_schema()")))
    role = quoted(str(context.config.attributes.get("bot_role") or "repscribe_bot"))
    op.execute(QUEUE_LENGTHS.replace("{schema}", schema))
    op.execute("REVOKE ALL ON FUNCTION queue_lengths() FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION queue_lengths() TO {role}")


def downgrade() -> None:
    op.execute("DROP FUNCTION queue_lengths()")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
