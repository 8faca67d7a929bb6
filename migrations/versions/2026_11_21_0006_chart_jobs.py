"""Charts that were asked for: drawn beside the turns, by whichever process takes them.

Revision ID: 0006
Revises: 0004
Create Date: 2026-11-21
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None

ME = "(SELECT NULLIF(current_setting('app.user_id', true), '')::uuid)"

TABLE = """
CREATE TABLE chart_job (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    chat_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    args JSONB DEFAULT '{}'::jsonb NOT NULL,
    attempts INTEGER DEFAULT 0 NOT NULL,
    lease_token UUID,
    lease_until TIMESTAMP WITH TIME ZONE,
    done_at TIMESTAMP WITH TIME ZONE,
    error TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_chart_job PRIMARY KEY (user_id, id),
    CONSTRAINT fk_chart_job_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id)
)
"""

DUE_CHARTS = """
CREATE FUNCTION due_charts(max_rows integer) RETURNS TABLE (user_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
    SELECT c.user_id, c.id FROM chart_job c
     WHERE c.done_at IS NULL AND (c.lease_until IS NULL OR c.lease_until <= now())
     ORDER BY c.created_at
     LIMIT max_rows
$$
"""


def upgrade() -> None:
    schema = quoted(op.get_bind().scalar(sa.text("SELECT current_schema()")))
    role = quoted(str(context.config.attributes.get("bot_role") or "repscribe_bot"))
    op.execute(TABLE)
    op.execute("CREATE INDEX ix_chart_job_due ON chart_job (created_at) WHERE done_at IS NULL")
    op.execute("ALTER TABLE chart_job ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE chart_job FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY chart_job_own ON chart_job USING (user_id = {ME}) WITH CHECK (user_id = {ME})")
    op.execute("CREATE POLICY chart_job_due ON chart_job FOR SELECT TO CURRENT_USER USING (done_at IS NULL)")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON chart_job TO {role}")
    op.execute(DUE_CHARTS.replace("{schema}", schema))
    op.execute("REVOKE ALL ON FUNCTION due_charts(integer) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION due_charts(integer) TO {role}")


def downgrade() -> None:
    op.execute("DROP FUNCTION due_charts(integer)")
    op.execute("DROP TABLE chart_job")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
