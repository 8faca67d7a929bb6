"""What is owed is looked for by its user, on every turn: an index that begins with them.

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-21

The index of before began with the chat, so that a turn read past whatever was owed to all the others.
"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX ix_outbox_owed ON outbox (user_id, chat_id, sequence) WHERE status = 'pending'")
    op.execute("DROP INDEX ix_outbox_pending")


def downgrade() -> None:
    op.execute("CREATE INDEX ix_outbox_pending ON outbox (chat_id, sequence) WHERE status = 'pending'")
    op.execute("DROP INDEX ix_outbox_owed")
