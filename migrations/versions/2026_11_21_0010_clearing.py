"""Clearing delivery records leaves the last week alone, whatever time it is given.

Revision ID: 0010
Revises: 0013
Create Date: 2026-11-21

``purge_delivery`` clears what was done with, of all users, and the bot's role may call it with any time: one wrong call
would have taken the buttons and the once-only keys of what everybody said a moment ago. What is repeated comes within a
day (Telegram keeps an update no longer), so a week is safe.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0013"
branch_labels = None
depends_on = None

BEGIN = "\nBEGIN\n"
BOUND = "    made_before := LEAST(made_before, now() - interval '7 days');\n"


def upgrade() -> None:
    rewrite(BEGIN, BEGIN + BOUND)


def downgrade() -> None:
    rewrite(BEGIN + BOUND, BEGIN)


def rewrite(old: str, new: str) -> None:
    """Put other lines into the function."""
    signature = "purge_delivery(timestamptz)"
    defined = str(op.get_bind().scalar(sa.text(f"SELECT pg_get_functiondef('{signature}'::regprocedure)")))
    if defined.count(old) != 1:
        raise RuntimeError("purge_delivery() is not as this revision knows it")
    op.execute(defined.replace(old, new))
