"""Several processes: one pace of sending for all of them, and the tables of the job library that says who sweeps when.

Revision ID: 0012
Revises: 0009
Create Date: 2026-11-21

``sending_pace`` is a notepad: a row a chat that was written to in the last minutes, and row 0 for all chats together.
It is not in the write-ahead log; a crash of the server empties it, and no harm is done. The bot's role reaches it by
functions alone.

The log of changes names a table by its own name where the table has been partitioned (`python -m storage partition`):
a trigger of a partition is called in the partition's name.

The schema ``jobs`` has those tables of pgqueuer 1.6 that its scheduler uses, made here because the bot's role makes no
tables. There is no user in them: a row is a name, how often, and when next.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0012"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLE = """
CREATE UNLOGGED TABLE sending_pace (
    chat_id BIGINT NOT NULL,
    due TIMESTAMP WITH TIME ZONE NOT NULL,
    paused_until TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_sending_pace PRIMARY KEY (chat_id)
)
"""

# Row 0 is locked first, so bookings come one after the other, and a chat's row is safe with it. The time is asked for
# with the lock in hand: a booking that waited for it starts from when it got it.
#
# A place is the next of thirty a second, and it is given only where the chat may be written to by then. One who has to
# wait longer gets no place, so that nobody's place stays empty, and asks again.
FUNCTIONS = {
    "begin_pacing(timestamptz)": """
CREATE FUNCTION begin_pacing(p_at timestamptz) RETURNS timestamptz
LANGUAGE plpgsql {DEFINER} AS $$
BEGIN
    PERFORM FROM sending_pace WHERE chat_id = 0 FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO sending_pace (chat_id, due) VALUES (0, '-infinity') ON CONFLICT (chat_id) DO NOTHING;
        PERFORM FROM sending_pace WHERE chat_id = 0 FOR UPDATE;
    END IF;
    RETURN coalesce(p_at, clock_timestamp());
END
$$
""",
    "book_sending(bigint[], double precision, timestamptz)": """
CREATE FUNCTION book_sending(p_chats bigint[], p_horizon double precision, p_at timestamptz)
RETURNS TABLE (seconds double precision, is_booked boolean)
LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    moment timestamptz := begin_pacing(p_at);
    place timestamptz := (SELECT greatest(s.due, moment) FROM sending_pace s WHERE s.chat_id = 0);
    free_from timestamptz;
    chat_due timestamptz;
    paused timestamptz;
    chat bigint;
    step interval;
BEGIN
    FOREACH chat IN ARRAY p_chats LOOP
        step := CASE WHEN chat > 0 THEN interval '1 second' ELSE interval '3 seconds' END;
        chat_due := NULL;
        paused := NULL;
        SELECT s.due, s.paused_until INTO chat_due, paused FROM sending_pace s WHERE s.chat_id = chat;
        chat_due := greatest(chat_due, moment);
        -- Four may go at once; a chat's due time runs ahead of the clock by what it has had.
        free_from := greatest(chat_due - 3 * step, paused, moment);
        is_booked := free_from <= place AND place <= moment + p_horizon * interval '1 second';
        seconds := extract(epoch FROM greatest(free_from, place) - moment);
        IF is_booked THEN
            INSERT INTO sending_pace AS s (chat_id, due) VALUES (chat, chat_due + step)
            ON CONFLICT (chat_id) DO UPDATE SET due = chat_due + step;
            place := place + interval '33334 microseconds';  -- rounded up: the thirty-first comes in the next second
        END IF;
        RETURN NEXT;
    END LOOP;
    UPDATE sending_pace SET due = place WHERE chat_id = 0;
END
$$
""",
    # Telegram does not say whether a pause is for the chat or for the bot. A second chat that is told to wait while the
    # first one's pause lasts says that it is for the bot.
    "pause_sending(bigint, double precision, timestamptz)": """
CREATE FUNCTION pause_sending(p_chat bigint, p_seconds double precision, p_at timestamptz) RETURNS boolean
LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    moment timestamptz := begin_pacing(p_at);
    until_then timestamptz := moment + p_seconds * interval '1 second';
BEGIN
    INSERT INTO sending_pace AS s (chat_id, due, paused_until) VALUES (p_chat, moment, until_then)
    ON CONFLICT (chat_id) DO UPDATE SET paused_until = greatest(s.paused_until, until_then);
    UPDATE sending_pace a SET due = greatest(a.due, until_then)
     WHERE a.chat_id = 0
       AND EXISTS (SELECT FROM sending_pace o WHERE o.chat_id NOT IN (0, p_chat) AND o.paused_until > moment);
    RETURN FOUND;
END
$$
""",
    "forget_pace(timestamptz)": """
CREATE FUNCTION forget_pace(p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    moment timestamptz := begin_pacing(p_at);
    forgotten bigint;
BEGIN
    DELETE FROM sending_pace WHERE chat_id <> 0 AND due <= moment AND coalesce(paused_until, moment) <= moment;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$$
""",
}

JOBS = """
CREATE SCHEMA jobs

CREATE TYPE jobs.pgqueuer_status AS ENUM (
    'queued', 'picked', 'successful', 'exception', 'canceled', 'deleted', 'failed'
)

CREATE TABLE jobs.pgqueuer_schedules (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    expression TEXT NOT NULL,
    entrypoint TEXT NOT NULL,
    heartbeat TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    created TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    next_run TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    last_run TIMESTAMP WITH TIME ZONE,
    status jobs.pgqueuer_status DEFAULT 'queued',
    UNIQUE (expression, entrypoint)
)

CREATE TABLE jobs.pgqueuer_log (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    created TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    job_id BIGINT NOT NULL,
    status jobs.pgqueuer_status NOT NULL,
    priority INTEGER NOT NULL,
    entrypoint TEXT NOT NULL,
    traceback JSONB,
    aggregated BOOLEAN DEFAULT false
)
"""


AUDITED_NAME = "app.actor_id', true), '')::uuid, TG_TABLE_NAME, key,"
AUDITED_ROOT = "app.actor_id', true), '')::uuid, coalesce(pg_partition_root(TG_RELID)::text, TG_TABLE_NAME), key,"


def upgrade() -> None:
    schema = quoted(op.get_bind().scalar(sa.text("SELECT current_schema()")))
    role = quoted(str(context.config.attributes.get("bot_role") or "repscribe_bot"))
    op.execute(TABLE)
    for signature, body in FUNCTIONS.items():
        op.execute(body.replace("{DEFINER}", f"SECURITY DEFINER SET search_path = {schema}, pg_temp"))
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        if not signature.startswith("begin_pacing"):
            op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}")
    for statement in JOBS.strip().split("\n\n"):
        op.execute(statement)
    op.execute(f"GRANT USAGE ON SCHEMA jobs TO {role}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON jobs.pgqueuer_schedules TO {role}")
    # The scheduler asks whether the log is there, and leaves it alone.
    op.execute(f"GRANT SELECT ON jobs.pgqueuer_log TO {role}")
    rewrite_audit(AUDITED_NAME, AUDITED_ROOT)


def rewrite_audit(old: str, new: str) -> None:
    """Put other words into the trigger that writes the log of changes."""
    defined = str(op.get_bind().scalar(sa.text("SELECT pg_get_functiondef('write_audit()'::regprocedure)")))
    if defined.count(old) != 1:
        raise RuntimeError("write_audit() is not as this revision knows it")
    op.execute(defined.replace(old, new))


def downgrade() -> None:
    rewrite_audit(AUDITED_ROOT, AUDITED_NAME)
    for table in ("pgqueuer_log", "pgqueuer_schedules"):
        op.execute(f"DROP TABLE jobs.{table}")
    op.execute("DROP TYPE jobs.pgqueuer_status")
    op.execute("DROP SCHEMA jobs")
    for signature in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {signature}")
    op.execute("DROP TABLE sending_pace")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
