"""Row-level security: whose row it is, who may write it, who changed it, and the one door by which a user comes in.

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-21

Every transaction says for whom it works (``enter_user``); unset means no rows. The settings come back as '' on a pooled
connection after the transaction, hence NULLIF. They stand in a sub-select, so that they are read once a statement.

Row-level security is forced, so it binds the tables' owner as well. What the owner has to do across users (find due
work, clear delivery records, load the library) is allowed by policies for the owner alone, each as narrow as the job.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ME = "(SELECT NULLIF(current_setting('app.user_id', true), '')::uuid)"
MY_TELEGRAM_ID = "(SELECT NULLIF(current_setting('app.telegram_id', true), '')::bigint)"


def visible(table: str, column: str) -> str:
    """The parent is the library's or the user's own: the sub-select sees no other."""
    return f"({column} IS NULL OR EXISTS (SELECT FROM {table} parent WHERE parent.id = {column}))"


def own(table: str, column: str) -> str:
    """The parent is the user's own: nobody hangs rows onto the library's."""
    return f"EXISTS (SELECT FROM {table} parent WHERE parent.id = {column} AND parent.user_id = {ME})"


def source(table: str) -> str:
    """A copy's source can be seen. A policy may not query its own table, so a function looks."""
    return f"(source_id IS NULL OR {table}_is_visible(source_id))"


# Whatever belongs to one user. Parents that are always the user's own are held by composite foreign keys; what may also
# be the library's is asked for here.
OWNED_TABLES = {
    "user_equipment": "",
    "mesocycle": visible("workout_plan", "workout_plan_id"),
    "mesocycle_target": visible("workout_exercise", "workout_exercise_id"),
    "workout_session": f"{visible('workout_plan', 'workout_plan_id')} AND {visible('workout', 'workout_id')}",
    "session_exercise": (
        f"{visible('exercise', 'exercise_id')} AND {visible('workout_exercise', 'workout_exercise_id')}"
    ),
    "exercise_set": (
        "EXISTS (SELECT FROM exercise done WHERE done.id = exercise_id AND done.root_id = exercise_root_id)"
    ),
    "personal_record": visible("exercise", "exercise_root_id"),
    "muscle_group_feedback": "",
    "user_level": "",
    "exercise_mastery": visible("exercise", "exercise_root_id"),
    "daily_workout_summary": "",
    "workout_import_log": visible("workout_plan", "workout_plan_id"),
    "audit_log": "",
    "processed_update": "",
    "outbox": "",
    "dialogue": "",
}

# Tables that hold the library's rows too: everybody reads those, each writes only their own.
SHARED_TABLES = {
    "exercise": source("exercise"),
    "exercise_equipment": own("exercise", "exercise_id"),
    "exercise_alias": visible("exercise", "exercise_id"),
    "workout_plan": source("workout_plan"),
    "workout": f"{own('workout_plan', 'workout_plan_id')} AND {source('workout')}",
    "workout_exercise": f"{own('workout', 'workout_id')} AND {visible('exercise', 'exercise_id')}",
    "prescribed_set": own("workout_exercise", "workout_exercise_id"),
}

WITH_SOURCE = ("exercise", "workout_plan", "workout")

# The bot never deletes what a user made: it marks. These rows say nothing that could be missed.
MAY_DELETE = (
    "exercise_equipment",
    "prescribed_set",
    "mesocycle_target",
    "personal_record",
    "muscle_group_feedback",
    "daily_workout_summary",
    "dialogue",
)

# Who a user is and what they may do is not theirs to change.
USER_COLUMNS = (
    "username, full_name, email, unit_system, timezone, language, preferences, current_plan_id, onboarded_at, "
    "last_seen_at"
)

# The key by which the log names a row. Delivery (processed_update, outbox, dialogue) is left out: it is bookkeeping of
# the bot's own, changes several times a message and is cleared; the log does not log itself.
AUDITED_TABLES = {
    "user": "id",
    "user_equipment": "equipment_id",
    "exercise": "id",
    "exercise_equipment": "exercise_id, equipment_id",
    "exercise_alias": "id",
    "workout_plan": "id",
    "workout": "id",
    "workout_exercise": "id",
    "prescribed_set": "id",
    "mesocycle": "id",
    "mesocycle_target": "mesocycle_id, workout_exercise_id, week_number",
    "workout_session": "id",
    "session_exercise": "id",
    "exercise_set": "id",
    "personal_record": "id",
    "muscle_group_feedback": "id",
    "user_level": "category",
    "exercise_mastery": "exercise_root_id",
    "daily_workout_summary": "workout_date",
    "workout_import_log": "id",
}

# An insert is told whole, a change by the columns that changed. What only says "seen just now" is not told. The
# function runs as the owner, so that the bot can read the log and not write it.
WRITE_AUDIT = """
CREATE FUNCTION write_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    noise text[] := '{updated_at,last_seen_at,last_activity_at,notes_search,lease_until,lease_token}';
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - noise END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - noise END;
    any_row jsonb := coalesce(new_row, old_row);
    owner uuid := any_row ->> CASE TG_TABLE_NAME WHEN 'user' THEN 'id' ELSE 'user_id' END;
    key text;
BEGIN
    IF old_row = new_row THEN
        RETURN NULL;
    END IF;
    SELECT string_agg(any_row ->> name, ' ' ORDER BY position) INTO key
      FROM unnest(TG_ARGV) WITH ORDINALITY AS keys (name, position);
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(was.key, was.value), jsonb_object_agg(was.key, new_row -> was.key)
          INTO old_row, new_row
          FROM jsonb_each(old_row) was
         WHERE was.value IS DISTINCT FROM new_row -> was.key;
    END IF;
    INSERT INTO audit_log (user_id, actor_id, table_name, row_id, action, before, after)
    VALUES (
        owner, NULLIF(current_setting('app.actor_id', true), '')::uuid, TG_TABLE_NAME, key, lower(TG_OP),
        CASE TG_OP WHEN 'DELETE' THEN jsonb_strip_nulls(old_row) ELSE old_row END,
        CASE TG_OP WHEN 'INSERT' THEN jsonb_strip_nulls(new_row) ELSE new_row END
    );
    RETURN NULL;
END
$$
"""

# One statement that opens a transaction's door: find or make the user, take the user's turn, say for whom all that
# follows works. The turn is taken before the row is read: what is read is the state that the turn before left.
ENTER_USER = """
CREATE FUNCTION enter_user(
    p_telegram_id bigint, p_user_id uuid, p_actor_id uuid, p_new_id uuid, p_lock boolean,
    p_username text, p_full_name text, p_language text, p_seen_at timestamptz
) RETURNS SETOF "user" LANGUAGE plpgsql AS $$
DECLARE
    me uuid := p_user_id;
BEGIN
    PERFORM set_config('app.telegram_id', coalesce(p_telegram_id::text, ''), true),
            set_config('app.user_id', coalesce(p_user_id::text, ''), true),
            set_config('app.actor_id', coalesce(p_actor_id::text, ''), true);
    IF p_telegram_id IS NOT NULL THEN
        SELECT u.id INTO me FROM "user" u WHERE u.telegram_id = p_telegram_id;
        IF me IS NULL AND p_new_id IS NOT NULL THEN
            PERFORM set_config('app.user_id', p_new_id::text, true),
                    set_config('app.actor_id', coalesce(p_actor_id, p_new_id)::text, true);
            INSERT INTO "user" (id, telegram_id, username, full_name, language, last_seen_at)
            VALUES (p_new_id, p_telegram_id, p_username, p_full_name, coalesce(p_language, 'en'), p_seen_at)
            ON CONFLICT (telegram_id) DO NOTHING;
            SELECT u.id INTO me FROM "user" u WHERE u.telegram_id = p_telegram_id;
        END IF;
    END IF;
    PERFORM set_config('app.user_id', me::text, true),
            set_config('app.actor_id', coalesce(p_actor_id, me)::text, true);
    IF p_lock THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(me::text, 0));
    END IF;
    IF p_seen_at IS NOT NULL THEN
        UPDATE "user" u
           SET username = p_username, full_name = p_full_name, last_seen_at = p_seen_at
         WHERE u.id = me
           AND (u.username IS DISTINCT FROM p_username OR u.full_name IS DISTINCT FROM p_full_name
                OR u.last_seen_at IS NULL OR u.last_seen_at < p_seen_at - interval '1 minute');
    END IF;
    RETURN QUERY SELECT * FROM "user" u WHERE u.id = me;
END
$$
"""

# What is due, of all users: keys and nothing else, for workers that then work as that user. They run as the owner.
OWNER_FUNCTIONS = {
    "due_outbox(integer)": """
CREATE FUNCTION due_outbox(max_rows integer) RETURNS TABLE (user_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
    SELECT o.user_id, o.id
      FROM (SELECT DISTINCT ON (p.chat_id, p.user_id) p.user_id, p.id, p.sequence, p.lease_until, p.not_before
              FROM outbox p
             WHERE p.status = 'pending'
             ORDER BY p.chat_id, p.user_id, p.sequence) o
     WHERE (o.lease_until IS NULL OR o.lease_until <= now())
       AND (o.not_before IS NULL OR o.not_before <= now())
     ORDER BY o.sequence
     LIMIT max_rows
$$
""",
    "due_imports(integer)": """
CREATE FUNCTION due_imports(max_rows integer) RETURNS TABLE (user_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
    SELECT i.user_id, i.id
      FROM workout_import_log i
     WHERE i.status IN ('received', 'reading')
       AND (i.lease_until IS NULL OR i.lease_until <= now())
     ORDER BY i.lease_until NULLS FIRST, i.created_at
     LIMIT max_rows
$$
""",
    "idle_sessions(timestamptz, integer)": """
CREATE FUNCTION idle_sessions(idle_since timestamptz, max_rows integer) RETURNS TABLE (user_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
    SELECT s.user_id, s.id
      FROM workout_session s
     WHERE s.status = 'in_progress' AND s.deleted_at IS NULL AND s.last_activity_at <= idle_since
     ORDER BY s.last_activity_at
     LIMIT max_rows
$$
""",
    "purge_delivery(timestamptz)": """
CREATE FUNCTION purge_delivery(made_before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    updates bigint;
    messages bigint;
BEGIN
    -- An update that failed holds what the user said, and nothing else does.
    DELETE FROM processed_update WHERE processed_at < made_before AND error_id IS NULL;
    GET DIAGNOSTICS updates = ROW_COUNT;
    -- A message that a younger one edits is kept as long as that one.
    DELETE FROM outbox o
     WHERE o.created_at < made_before AND o.status <> 'pending'
       AND NOT EXISTS (
           SELECT FROM outbox e
            WHERE e.user_id = o.user_id AND e.edits_id = o.id
              AND (e.created_at >= made_before OR e.status = 'pending'));
    GET DIAGNOSTICS messages = ROW_COUNT;
    RETURN updates + messages;
END
$$
""",
}

# What those functions may see and clear; each is for the owner alone.
OWNER_POLICIES = {
    "outbox": (
        "CREATE POLICY outbox_due ON outbox FOR SELECT TO CURRENT_USER USING (true)",
        "CREATE POLICY outbox_purge ON outbox FOR DELETE TO CURRENT_USER USING (status <> 'pending')",
    ),
    "processed_update": (
        "CREATE POLICY processed_update_find ON processed_update FOR SELECT TO CURRENT_USER USING (true)",
        "CREATE POLICY processed_update_purge ON processed_update FOR DELETE TO CURRENT_USER USING (true)",
    ),
    "workout_import_log": (
        "CREATE POLICY workout_import_log_due ON workout_import_log FOR SELECT TO CURRENT_USER "
        "USING (status IN ('received', 'reading'))",
    ),
    "workout_session": (
        "CREATE POLICY workout_session_idle ON workout_session FOR SELECT TO CURRENT_USER "
        "USING (status = 'in_progress')",
    ),
}

MAKE_ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {literal}) THEN
        BEGIN
            CREATE ROLE {role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;  -- another database of this cluster was quicker
            WHEN insufficient_privilege THEN
                RAISE EXCEPTION 'the bot''s role is missing and % may not make it; run as a superuser: '
                    'CREATE ROLE {role} NOLOGIN; GRANT {role} TO %', current_user, quote_ident(current_user);
        END;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = {literal} AND (rolsuper OR rolbypassrls)) THEN
        RAISE EXCEPTION 'the role % of the bot must neither be a superuser nor bypass row-level security', {literal};
    END IF;
    IF {literal} = current_user THEN
        RAISE EXCEPTION 'the role % of the bot must not own the tables', {literal};
    END IF;
    -- A bot that is given the owner's address takes on its own role at every connection.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        BEGIN
            GRANT {role} TO CURRENT_USER;
        EXCEPTION
            WHEN insufficient_privilege THEN NULL;  -- then the bot has an address of its own
        END;
    END IF;
END
$$
"""


def upgrade() -> None:
    schema = quoted(op.get_bind().scalar(sa.text("SELECT current_schema()")))
    for table in WITH_SOURCE:
        op.execute(
            f"CREATE FUNCTION {table}_is_visible(key uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS "
            f"$$ BEGIN RETURN EXISTS (SELECT FROM {table} t WHERE t.id = key); END $$"
        )
    protect_user()
    for table, check in OWNED_TABLES.items():
        protect(table, f"user_id = {ME}", check)
    for table, check in SHARED_TABLES.items():
        protect(table, f"user_id = {ME}", check)
        op.execute(f"CREATE POLICY {table}_library ON {table} FOR SELECT USING (user_id IS NULL)")
        op.execute(
            f"CREATE POLICY {table}_release ON {table} TO CURRENT_USER "
            "USING (user_id IS NULL) WITH CHECK (user_id IS NULL)"
        )
    for statement in (statement for policies in OWNER_POLICIES.values() for statement in policies):
        op.execute(statement)
    audit(schema)
    op.execute(ENTER_USER)
    for body in OWNER_FUNCTIONS.values():
        op.execute(body.replace("{schema}", schema))
    grant(schema)


def protect_user() -> None:
    """A user is found by the Telegram id before their own id is known."""
    mine = f"id = {ME} OR telegram_id = {MY_TELEGRAM_ID}"
    switch_on("user")
    op.execute(
        f'CREATE POLICY user_own ON "user" USING ({mine}) '
        f"WITH CHECK (({mine}) AND {visible('workout_plan', 'current_plan_id')})"
    )


def protect(table: str, mine: str, check: str) -> None:
    switch_on(table)
    checked = f"{mine} AND {check}" if check else mine
    op.execute(f"CREATE POLICY {table}_own ON {table} USING ({mine}) WITH CHECK ({checked})")


def switch_on(table: str) -> None:
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')


def audit(schema: str) -> None:
    op.execute(WRITE_AUDIT.replace("{schema}", schema))
    op.execute("REVOKE ALL ON FUNCTION write_audit() FROM PUBLIC")
    for table, key in AUDITED_TABLES.items():
        arguments = ", ".join(f"'{column.strip()}'" for column in key.split(","))
        # Rows of the library have no user, and a release is their log: for them the trigger is not even called.
        written, removed = ("NEW", "OLD") if table in SHARED_TABLES else (None, None)
        for name, events, row in (
            ("write_audit", "INSERT OR UPDATE", written),
            ("write_audit_of_delete", "DELETE", removed),
        ):
            condition = f"WHEN ({row}.user_id IS NOT NULL) " if row else ""
            op.execute(
                f'CREATE TRIGGER {name} AFTER {events} ON "{table}" FOR EACH ROW {condition}'
                f"EXECUTE FUNCTION write_audit({arguments})"
            )


def grant(schema: str) -> None:
    """Give the bot's role what it needs and no more."""
    role = quoted(bot_role())
    op.execute(MAKE_ROLE.replace("{role}", role).replace("{literal}", "'" + bot_role().replace("'", "''") + "'"))
    op.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
    op.execute(f"GRANT SELECT ON equipment, library_release, alembic_version, audit_log TO {role}")
    op.execute(f'GRANT SELECT, INSERT, UPDATE ({USER_COLUMNS}) ON "user" TO {role}')
    for table in (*OWNED_TABLES, *SHARED_TABLES):
        if table != "audit_log":
            op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO {role}")
    op.execute(f"GRANT DELETE ON {', '.join(MAY_DELETE)} TO {role}")
    op.execute(f"GRANT USAGE ON SEQUENCE outbox_sequence TO {role}")
    for signature in OWNER_FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}")


def downgrade() -> None:
    """Take it all back. The role stays: other databases of the cluster may use it."""
    role = quoted(bot_role())
    schema = quoted(op.get_bind().scalar(sa.text("SELECT current_schema()")))
    for signature in OWNER_FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    op.execute("DROP FUNCTION enter_user(bigint, uuid, uuid, uuid, boolean, text, text, text, timestamptz)")
    op.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}")
    op.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {role}")
    op.execute(f"REVOKE ALL ON SCHEMA {schema} FROM {role}")
    for table in AUDITED_TABLES:
        op.execute(f'DROP TRIGGER write_audit ON "{table}"')
        op.execute(f'DROP TRIGGER write_audit_of_delete ON "{table}"')
    op.execute("DROP FUNCTION write_audit()")
    policies = sa.text("SELECT tablename, policyname FROM pg_policies WHERE schemaname = current_schema()")
    for table, policy in op.get_bind().execute(policies).all():
        op.execute(f'DROP POLICY {policy} ON "{table}"')
    for table in ("user", *OWNED_TABLES, *SHARED_TABLES):
        op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
    for table in WITH_SOURCE:
        op.execute(f"DROP FUNCTION {table}_is_visible(uuid)")


def bot_role() -> str:
    """The role that the settings name; handed over by the environment of the migrations."""
    return str(context.config.attributes.get("bot_role") or "repscribe_bot")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
