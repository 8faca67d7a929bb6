"""A session that is open or planned is found among few rows, however many a user has.

Revision ID: 0015
Revises: 0014
Create Date: 2026-11-21

Under row-level security a condition on an enum is none of an index, because PostgreSQL does not hold the equality of
enums for leakproof. So the index by status was of no use to the bot, and every turn looked at all sessions of its user.
Indexes of the rows with one status are taken.
"""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OPEN = """
CREATE INDEX ix_workout_session_open ON workout_session (user_id, created_at DESC, id DESC)
 WHERE status = 'in_progress' AND deleted_at IS NULL
"""
PLANNED = """
CREATE INDEX ix_workout_session_planned ON workout_session (user_id, session_date)
 WHERE status = 'planned' AND deleted_at IS NULL
"""
BY_STATUS = """
CREATE INDEX ix_workout_session_user_id_status ON workout_session (user_id, status, created_at DESC)
 WHERE deleted_at IS NULL
"""


def upgrade() -> None:
    op.execute(OPEN)
    op.execute(PLANNED)
    op.execute("DROP INDEX ix_workout_session_user_id_status")


def downgrade() -> None:
    op.execute(BY_STATUS)
    op.execute("DROP INDEX ix_workout_session_planned")
    op.execute("DROP INDEX ix_workout_session_open")
