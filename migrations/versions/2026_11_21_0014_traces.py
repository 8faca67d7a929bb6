"""Erasing takes along what others' rows know of the erased, and leaves no way for what they said to come again.

Revision ID: 0014
Revises: 0010
Create Date: 2026-11-21

A coach and an athlete are in each other's log of changes: as who acted, and as the key of the coaching. Those entries
stay, because they tell the other what happened; in the place of the erased stands nobody, the id of zeros. What the bot
has said to one about the other loses its words and its buttons.

Telegram brings an update again for a day where the answer to it was lost. The numbers of the updates that had taken
effect are kept for a week in ``erased_update``, without a user, a chat or a word, so that none of them takes effect for
whoever starts anew.

Accounts that were erased before this revision are looked up by the one entry that was left of each.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0014"
down_revision = "0010"
branch_labels = None
depends_on = None

ACROSS = "(SELECT current_setting('app.across_users', true) = 'on')"

TABLE = """
CREATE TABLE erased_update (
    bot_id BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    erased_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_erased_update PRIMARY KEY (bot_id, update_id)
)
"""

# For the owner alone, who is whoever erase_account() runs as.
POLICIES = ("audit_log", "outbox", "dialogue")

# What is put into the functions stands before or after a line that they have.
DECLARED = "    me uuid := NULLIF(current_setting('app.user_id', true), '')::uuid;\n"
OTHERS = """    others uuid[] := ARRAY(SELECT c.user_id FROM coaching c WHERE c.coach_id = me
                           UNION SELECT c.coach_id FROM coaching c WHERE c.user_id = me);
    nobody text := '00000000-0000-0000-0000-000000000000';
"""

FIRST = "    DELETE FROM notice WHERE user_id = me OR sender_id = me;\n"
KEPT = """    INSERT INTO erased_update (bot_id, update_id)
    SELECT p.bot_id, p.update_id FROM processed_update p WHERE p.user_id = me
    ON CONFLICT DO NOTHING;
    DELETE FROM sending_pace WHERE chat_id = (SELECT u.telegram_id FROM "user" u WHERE u.id = me);
"""

LAST = "    DELETE FROM audit_log WHERE user_id = me;\n"
TRACES = """    PERFORM set_config('app.across_users', 'on', true);
    UPDATE outbox SET payload = '{}', actions = NULL, about = NULL, file = NULL, error = 'erased',
                      status = CASE status WHEN 'pending' THEN 'failed' ELSE status END
     WHERE user_id = ANY (others) AND strpos(concat(actions, about), me::text) > 0;
    DELETE FROM dialogue WHERE user_id = ANY (others) AND strpos(data::text, me::text) > 0;
    UPDATE audit_log SET actor_id = CASE actor_id WHEN me THEN nobody::uuid ELSE actor_id END,
                         row_id = replace(row_id, me::text, nobody),
                         before = replace(before::text, me::text, nobody)::jsonb,
                         after = replace(after::text, me::text, nobody)::jsonb
     WHERE user_id = ANY (others) AND (actor_id = me OR strpos(concat(row_id, before, after), me::text) > 0);
    PERFORM set_config('app.across_users', '', true);
"""

CLEARED = "    RETURN updates + messages;\n"
CLEARING = "    DELETE FROM erased_update WHERE erased_at < made_before;\n"

REWRITTEN = (
    ("erase_account()", DECLARED, DECLARED + OTHERS),
    ("erase_account()", FIRST, KEPT + FIRST),
    ("erase_account()", LAST, LAST + TRACES),
    ("purge_delivery(timestamptz)", CLEARED, CLEARING + CLEARED),
)

# Two statements, so that each goes through the log once, whatever number of accounts was erased.
ERASED_BEFORE = (
    """
    UPDATE audit_log a SET actor_id = '00000000-0000-0000-0000-000000000000'
      FROM (SELECT user_id FROM audit_log WHERE table_name = 'user' AND action = 'erase') gone
     WHERE a.actor_id = gone.user_id AND a.user_id <> gone.user_id
    """,
    """
    UPDATE audit_log a
       SET row_id = n.nobody,
           before = replace(a.before::text, a.row_id, n.nobody)::jsonb,
           after = replace(a.after::text, a.row_id, n.nobody)::jsonb
      FROM (SELECT row_id FROM audit_log WHERE table_name = 'user' AND action = 'erase') gone,
           (SELECT '00000000-0000-0000-0000-000000000000' AS nobody) n
     WHERE a.table_name = 'coaching' AND a.row_id = gone.row_id
    """,
)


def upgrade() -> None:
    role = quoted(str(context.config.attributes.get("bot_role") or "repscribe_bot"))
    op.execute(TABLE)
    op.execute(f"GRANT SELECT ON erased_update TO {role}")
    for table in POLICIES:
        op.execute(f"CREATE POLICY {table}_erasing ON {table} TO CURRENT_USER USING ({ACROSS}) WITH CHECK ({ACROSS})")
    for signature, old, new in REWRITTEN:
        rewrite(signature, old, new)
    op.execute("SELECT set_config('app.across_users', 'on', true)")
    for statement in ERASED_BEFORE:
        op.execute(statement)
    op.execute("SELECT set_config('app.across_users', '', true)")


def rewrite(signature: str, old: str, new: str) -> None:
    """Put other lines into a function."""
    defined = str(op.get_bind().scalar(sa.text(f"SELECT pg_get_functiondef('{signature}'::regprocedure)")))
    if defined.count(old) != 1:
        raise RuntimeError(f"{signature} is not as this revision knows it")
    # A colon begins a parameter for SQLAlchemy's text, and the functions are full of them.
    op.get_bind().exec_driver_sql(defined.replace(old, new))


def downgrade() -> None:
    for signature, old, new in reversed(REWRITTEN):
        rewrite(signature, new, old)
    for table in POLICIES:
        op.execute(f"DROP POLICY {table}_erasing ON {table}")
    op.execute("DROP TABLE erased_update")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
