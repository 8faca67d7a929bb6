"""Coaching: who coaches whom, the invitations to it, and what both are to be told; what a coach may see and change.

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-21

A coach works on an athlete's rows in a transaction that says so: it is for the athlete (``app.user_id``), and another
acts in it (``app.actor_id``). Restrictive policies narrow such a transaction to what a coach may, on every table of a
user; where user and actor are the same they come down to one comparison a statement.

Nobody makes a coaching but its athlete, with the token of an invitation: the bot's role cannot insert into the table.
Functions that look at rows of several users run as the owner, and switch on a setting that only its policies know.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ME = "(SELECT NULLIF(current_setting('app.user_id', true), '')::uuid)"
ACTOR = "(SELECT NULLIF(current_setting('app.actor_id', true), '')::uuid)"
IS_SELF = "(SELECT current_setting('app.actor_id', true) IS NOT DISTINCT FROM current_setting('app.user_id', true))"
MAY_COACH = f"({IS_SELF} OR (SELECT may_coach()))"
ACROSS = "(SELECT current_setting('app.across_users', true) = 'on')"

TABLES = """
CREATE TABLE coach_invitation (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    token_hash TEXT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    accepted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_coach_invitation PRIMARY KEY (user_id, id),
    CONSTRAINT uq_coach_invitation_token_hash UNIQUE (token_hash),
    CONSTRAINT fk_coach_invitation_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id)
)

CREATE TABLE coaching (
    user_id UUID NOT NULL,
    coach_id UUID NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_coaching PRIMARY KEY (user_id, coach_id),
    CONSTRAINT ck_coaching_another CHECK (user_id <> coach_id),
    CONSTRAINT fk_coaching_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_coaching_coach_id_user FOREIGN KEY(coach_id) REFERENCES "user" (id)
)

CREATE INDEX ix_coaching_coach_id ON coaching (coach_id)

CREATE TABLE notice (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    sender_id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_notice PRIMARY KEY (user_id, id),
    CONSTRAINT uq_notice_user_id_sender_id_kind_subject_id UNIQUE (user_id, sender_id, kind, subject_id),
    CONSTRAINT ck_notice_kind CHECK (kind IN ('accepted', 'revoked', 'left', 'plan')),
    CONSTRAINT fk_notice_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_notice_sender_id_user FOREIGN KEY(sender_id) REFERENCES "user" (id)
)

CREATE INDEX ix_notice_due ON notice (due_at)

CREATE INDEX ix_notice_sender_id ON notice (sender_id)
"""

NEW_TABLES = ("coach_invitation", "coaching", "notice")

# What a coach may see and change of an athlete, and what they may see alone. All else is closed to them.
CHANGED_BY_COACHES = (
    "workout_plan", "workout", "workout_exercise", "prescribed_set", "exercise", "exercise_equipment",
)  # fmt: skip
SEEN_BY_COACHES = (
    "workout_session", "session_exercise", "exercise_set", "personal_record", "daily_workout_summary", "mesocycle",
    "mesocycle_target", "muscle_group_feedback",
)  # fmt: skip
CLOSED_TO_COACHES = (
    "user", "user_equipment", "exercise_alias", "user_level", "exercise_mastery", "exercise_setting",
    "workout_import_log", "audit_log", "processed_update", "outbox", "dialogue", "reminder", "chart_job",
    *NEW_TABLES,
)  # fmt: skip

# Each is for the owner alone, who is whoever a function below runs as.
OWNER_POLICIES = {
    "user": {"across": f"FOR SELECT TO CURRENT_USER USING ({ACROSS})"},
    "workout_import_log": {"across": f"FOR SELECT TO CURRENT_USER USING ({ACROSS})"},
    "exercise_set": {"across": f"FOR SELECT TO CURRENT_USER USING ({ACROSS})"},
    "coach_invitation": {
        "across": f"FOR SELECT TO CURRENT_USER USING ({ACROSS})",
        "accept": "FOR UPDATE TO CURRENT_USER USING (accepted_at IS NULL) WITH CHECK (accepted_at IS NOT NULL)",
    },
    "coaching": {
        "across": f"FOR SELECT TO CURRENT_USER USING ({ACROSS})",
        "coached": f"TO CURRENT_USER USING (coach_id = {ME}) WITH CHECK (coach_id = {ME})",
    },
    "notice": {
        "due": "FOR SELECT TO CURRENT_USER USING (true)",
        "sent": f"TO CURRENT_USER USING (sender_id = {ME}) WITH CHECK (sender_id = {ME})",
    },
    # The row belongs to one of the two, the other may be who changed it.
    "audit_log": {"coaching": "FOR INSERT TO CURRENT_USER WITH CHECK (table_name IN ('coaching', 'coach_invitation'))"},
}

# What stands for what in the functions.
WORDS = {
    "{ME}": ME,
    "{ACTOR}": ACTOR,
    "{IS_SELF}": IS_SELF,
    "{DEFINER}": "SECURITY DEFINER SET search_path = {schema}, pg_temp",
}

FUNCTIONS = {
    "may_coach()": """
CREATE FUNCTION may_coach() RETURNS boolean
LANGUAGE plpgsql STABLE {DEFINER} AS $$
DECLARE
    is_coach boolean;
BEGIN
    PERFORM set_config('app.across_users', 'on', true);
    is_coach := EXISTS (
        SELECT FROM coaching c JOIN "user" u ON u.id = c.coach_id AND u.role = 'coach'
         WHERE c.user_id = {ME} AND c.coach_id = {ACTOR} AND c.revoked_at IS NULL);
    PERFORM set_config('app.across_users', '', true);
    RETURN is_coach;
END
$$
""",
    "coached_athlete()": """
CREATE FUNCTION coached_athlete() RETURNS TABLE (
    id uuid, full_name text, username text, unit_system text, timezone text, current_plan_id uuid)
LANGUAGE sql STABLE {DEFINER} AS $$
    SELECT u.id, u.full_name, u.username, u.unit_system::text, u.timezone, u.current_plan_id
      FROM "user" u WHERE u.id = {ME} AND may_coach()
$$
""",
    "my_athletes()": """
CREATE FUNCTION my_athletes() RETURNS TABLE (id uuid, full_name text, username text, since timestamptz)
LANGUAGE plpgsql STABLE {DEFINER} AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.across_users', 'on', true);
    RETURN QUERY SELECT a.id, a.full_name, a.username, c.since
      FROM coaching c
      JOIN "user" u ON u.id = c.coach_id AND u.role = 'coach'
      JOIN "user" a ON a.id = c.user_id
     WHERE c.coach_id = {ME} AND c.revoked_at IS NULL AND {IS_SELF}
     ORDER BY a.full_name, c.since;
    PERFORM set_config('app.across_users', '', true);
END
$$
""",
    "my_coaches()": """
CREATE FUNCTION my_coaches() RETURNS TABLE (id uuid, full_name text, username text, since timestamptz)
LANGUAGE plpgsql STABLE {DEFINER} AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.across_users', 'on', true);
    RETURN QUERY SELECT u.id, u.full_name, u.username, c.since
      FROM coaching c JOIN "user" u ON u.id = c.coach_id
     WHERE c.user_id = {ME} AND c.revoked_at IS NULL AND {IS_SELF}
     ORDER BY c.since;
    PERFORM set_config('app.across_users', '', true);
END
$$
""",
    "find_invitation(text, timestamptz)": """
CREATE FUNCTION find_invitation(p_hash text, p_at timestamptz)
RETURNS TABLE (state text, coach_id uuid, full_name text, username text)
LANGUAGE plpgsql STABLE {DEFINER} AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.across_users', 'on', true);
    RETURN QUERY
    SELECT f.state, f.coach_id, CASE WHEN f.is_told THEN f.full_name END, CASE WHEN f.is_told THEN f.username END
      FROM (
        SELECT g.*, g.state IN ('open', 'already') AS is_told
          FROM (
            SELECT CASE
                       WHEN i.user_id = {ME} THEN 'own'
                       WHEN u.role <> 'coach' THEN 'closed'
                       WHEN EXISTS (SELECT FROM coaching c WHERE c.user_id = {ME} AND c.coach_id = i.user_id
                                       AND c.revoked_at IS NULL) THEN 'already'
                       WHEN i.accepted_at IS NOT NULL THEN 'used'
                       WHEN i.expires_at <= p_at THEN 'expired'
                       ELSE 'open'
                   END AS state, i.user_id AS coach_id, u.full_name, u.username
              FROM coach_invitation i JOIN "user" u ON u.id = i.user_id
             WHERE i.token_hash = p_hash AND {IS_SELF}) g) f;
    PERFORM set_config('app.across_users', '', true);
END
$$
""",
    "accept_invitation(text, timestamptz)": """
CREATE FUNCTION accept_invitation(p_hash text, p_at timestamptz)
RETURNS TABLE (state text, coach_id uuid, full_name text, username text)
LANGUAGE plpgsql {DEFINER} AS $$
#variable_conflict use_column
DECLARE
    me uuid := {ME};
    asked record;
BEGIN
    SELECT * INTO asked FROM find_invitation(p_hash, p_at);
    PERFORM set_config('app.across_users', 'on', true);
    IF asked.state = 'open' THEN
        UPDATE coach_invitation SET accepted_at = p_at WHERE token_hash = p_hash AND accepted_at IS NULL;
        IF NOT FOUND THEN  -- another was quicker
            asked.state := 'used';
        ELSE
            INSERT INTO coaching (user_id, coach_id, since) VALUES (me, asked.coach_id, p_at)
            ON CONFLICT (user_id, coach_id) DO UPDATE SET since = p_at, revoked_at = NULL;
            INSERT INTO notice (user_id, id, sender_id, kind, subject_id, due_at)
            VALUES (asked.coach_id, gen_random_uuid(), me, 'accepted', me, p_at)
            ON CONFLICT (user_id, sender_id, kind, subject_id) DO NOTHING;
            asked.state := 'accepted';
        END IF;
    END IF;
    PERFORM set_config('app.across_users', '', true);
    IF asked.state IS NOT NULL THEN
        RETURN QUERY SELECT asked.state, asked.coach_id, asked.full_name, asked.username;
    END IF;
END
$$
""",
    "end_coaching(uuid, uuid, timestamptz)": """
CREATE FUNCTION end_coaching(p_athlete uuid, p_coach uuid, p_at timestamptz) RETURNS boolean
LANGUAGE plpgsql {DEFINER} AS $$
DECLARE
    me uuid := {ME};
    other uuid := CASE me WHEN p_athlete THEN p_coach ELSE p_athlete END;
BEGIN
    IF NOT {IS_SELF} OR me NOT IN (p_athlete, p_coach) THEN
        RETURN false;
    END IF;
    UPDATE coaching SET revoked_at = p_at WHERE user_id = p_athlete AND coach_id = p_coach AND revoked_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO notice (user_id, id, sender_id, kind, subject_id, due_at)
    VALUES (other, gen_random_uuid(), me, CASE me WHEN p_athlete THEN 'revoked' ELSE 'left' END, me, p_at)
    ON CONFLICT (user_id, sender_id, kind, subject_id) DO NOTHING;
    RETURN true;
END
$$
""",
    # What a coach has changed in this transaction, as the log of changes knows it: nobody has to remember to tell.
    "note_plan_changes(timestamptz)": """
CREATE FUNCTION note_plan_changes(p_due_at timestamptz) RETURNS void
LANGUAGE sql {DEFINER} AS $$
    WITH changed AS MATERIALIZED (
        SELECT a.table_name, a.row_id FROM audit_log a
         WHERE a.user_id = {ME} AND a.actor_id = {ACTOR} AND a.changed_at >= now()
           AND a.table_name IN ('workout_plan', 'workout', 'workout_exercise')
    ), plans AS (
        SELECT p.id FROM changed c JOIN workout_plan p ON p.id::text = c.row_id WHERE c.table_name = 'workout_plan'
        UNION
        SELECT w.workout_plan_id FROM changed c JOIN workout w ON w.id = c.row_id::uuid WHERE c.table_name = 'workout'
        UNION
        SELECT w.workout_plan_id FROM changed c JOIN workout_exercise x ON x.id = c.row_id::uuid
          JOIN workout w ON w.id = x.workout_id WHERE c.table_name = 'workout_exercise'
    )
    INSERT INTO notice (user_id, id, sender_id, kind, subject_id, due_at)
    SELECT {ME}, gen_random_uuid(), {ACTOR}, 'plan', p.id, p_due_at FROM plans p
     WHERE {ACTOR} IS DISTINCT FROM {ME} AND may_coach()
    ON CONFLICT (user_id, sender_id, kind, subject_id) DO UPDATE SET due_at = excluded.due_at
$$
""",
    "my_notice(uuid)": """
CREATE FUNCTION my_notice(p_id uuid)
RETURNS TABLE (kind text, subject_id uuid, sender_id uuid, full_name text, username text)
LANGUAGE plpgsql STABLE {DEFINER} AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.across_users', 'on', true);
    RETURN QUERY SELECT n.kind, n.subject_id, n.sender_id, u.full_name, u.username
      FROM notice n JOIN "user" u ON u.id = n.sender_id
     WHERE n.user_id = {ME} AND n.id = p_id AND {IS_SELF};
    PERFORM set_config('app.across_users', '', true);
END
$$
""",
    "due_notices(timestamptz, integer)": """
CREATE FUNCTION due_notices(as_of timestamptz, max_rows integer) RETURNS TABLE (user_id uuid, id uuid)
LANGUAGE sql STABLE {DEFINER} AS $$
    SELECT n.user_id, n.id FROM notice n WHERE n.due_at <= as_of ORDER BY n.due_at LIMIT max_rows
$$
""",
    # Counts and sizes, nothing of anybody's. The number of sets is the planner's estimate where there are many.
    "operations_figures(timestamptz)": """
CREATE FUNCTION operations_figures(p_at timestamptz) RETURNS TABLE (name text, value bigint)
LANGUAGE plpgsql STABLE {DEFINER} AS $$
#variable_conflict use_column
DECLARE
    sets bigint := (SELECT reltuples FROM pg_class WHERE oid = 'exercise_set'::regclass);
BEGIN
    IF NOT {IS_SELF} OR NOT EXISTS (SELECT FROM "user" u WHERE u.id = {ME} AND u.role = 'admin') THEN
        RAISE EXCEPTION 'figures of operation are for admins' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.across_users', 'on', true);
    IF sets < 100000 THEN
        sets := (SELECT count(*) FROM exercise_set);
    END IF;
    RETURN QUERY
    SELECT 'users', count(*) FROM "user"
    UNION ALL SELECT 'active_day', count(*) FROM "user" u WHERE u.last_seen_at > p_at - interval '1 day'
    UNION ALL SELECT 'active_week', count(*) FROM "user" u WHERE u.last_seen_at > p_at - interval '7 days'
    UNION ALL SELECT 'updates_day', count(*) FROM processed_update p WHERE p.processed_at > now() - interval '1 day'
    UNION ALL SELECT 'failures_day', count(*) FROM processed_update p
                      WHERE p.processed_at > now() - interval '1 day' AND p.error_id IS NOT NULL
    UNION ALL SELECT 'sets', sets
    UNION ALL SELECT 'imports_' || i.status, count(*) FROM workout_import_log i GROUP BY i.status
    UNION ALL SELECT 'outbox_pending', count(*) FROM outbox o WHERE o.status = 'pending'
    UNION ALL SELECT 'outbox_failed', count(*) FROM outbox o WHERE o.status = 'failed'
    UNION ALL SELECT 'tokens_day',
                     coalesce(sum(coalesce(i.prompt_tokens, 0) + coalesce(i.completion_tokens, 0)), 0)::bigint
                      FROM workout_import_log i WHERE i.created_at > now() - interval '1 day'
    UNION ALL SELECT 'database_bytes', pg_database_size(current_database());
    PERFORM set_config('app.across_users', '', true);
END
$$
""",
}

# The athlete's turn is taken before it is asked whether the coach may: what is asked is the state that was left.
ENTER_ATHLETE = """
CREATE FUNCTION enter_athlete(p_athlete uuid) RETURNS TABLE (
    id uuid, full_name text, username text, unit_system text, timezone text, current_plan_id uuid)
LANGUAGE plpgsql AS $$
DECLARE
    coach text := current_setting('app.user_id', true);
BEGIN
    IF coach IS DISTINCT FROM current_setting('app.actor_id', true) OR coach = p_athlete::text THEN
        RETURN;
    END IF;
    PERFORM set_config('app.user_id', p_athlete::text, true), set_config('app.telegram_id', '', true);
    IF may_coach() THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(p_athlete::text, 0));
    END IF;
    RETURN QUERY SELECT * FROM coached_athlete();
END
$$
"""

# An erased coach's coachings are rows of their athletes: they go too.
ERASING_FIRST = "    DELETE FROM chart_job WHERE user_id = me;"
ERASING = """    IF me::text IS DISTINCT FROM current_setting('app.actor_id', true) THEN
        RAISE EXCEPTION 'an account is erased by its user' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM notice WHERE user_id = me OR sender_id = me;
    DELETE FROM coaching WHERE user_id = me OR coach_id = me;
    DELETE FROM coach_invitation WHERE user_id = me;
"""


def upgrade() -> None:
    schema = quoted(op.get_bind().scalar(sa.text("SELECT current_schema()")))
    role = quoted(str(context.config.attributes.get("bot_role") or "repscribe_bot"))
    for statement in TABLES.strip().split("\n\n"):
        op.execute(statement)
    protect_new_tables(role)
    for table, policies in OWNER_POLICIES.items():
        for name, policy in policies.items():
            op.execute(f'CREATE POLICY {table}_{name} ON "{table}" {policy}')
    for signature, body in FUNCTIONS.items():
        op.execute(filled(body).replace("{schema}", schema))
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}")
    op.execute(ENTER_ATHLETE)
    for table in CHANGED_BY_COACHES:
        op.execute(
            f"CREATE POLICY {table}_actor ON {table} AS RESTRICTIVE TO {role} USING {MAY_COACH} WITH CHECK {MAY_COACH}"
        )
    for table in SEEN_BY_COACHES:
        op.execute(
            f"CREATE POLICY {table}_actor ON {table} AS RESTRICTIVE TO {role} USING {MAY_COACH} WITH CHECK ({IS_SELF})"
        )
        op.execute(f"CREATE POLICY {table}_keep ON {table} AS RESTRICTIVE FOR DELETE TO {role} USING ({IS_SELF})")
    for table in CLOSED_TO_COACHES:
        op.execute(
            f'CREATE POLICY {table}_actor ON "{table}" AS RESTRICTIVE TO {role} USING ({IS_SELF}) '
            f"WITH CHECK ({IS_SELF})"
        )
    rewrite_erasing(ERASING_FIRST, ERASING + ERASING_FIRST)


def protect_new_tables(role: str) -> None:
    """An invitation is made by a coach; a coaching and a notice are made by the functions alone."""
    coach = f"EXISTS (SELECT FROM \"user\" u WHERE u.id = {ME} AND u.role = 'coach')"
    for table, check in (("coach_invitation", f"AND {coach}"), ("coaching", ""), ("notice", "")):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_own ON {table} USING (user_id = {ME}) WITH CHECK (user_id = {ME} {check})")
    op.execute(f"GRANT SELECT, INSERT ON coach_invitation TO {role}")
    op.execute(f"GRANT SELECT ON coaching TO {role}")
    op.execute(f"GRANT SELECT, DELETE ON notice TO {role}")
    for table, key in (("coaching", "coach_id"), ("coach_invitation", "id")):
        for name, events in (("write_audit", "INSERT OR UPDATE"), ("write_audit_of_delete", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {name} AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION write_audit('{key}')"
            )


def filled(body: str) -> str:
    for word, meaning in WORDS.items():
        body = body.replace(word, meaning)
    return body


def rewrite_erasing(old: str, new: str) -> None:
    """Put other lines into the function that erases an account."""
    defined = str(op.get_bind().scalar(sa.text("SELECT pg_get_functiondef('erase_account()'::regprocedure)")))
    if defined.count(old) != 1:
        raise RuntimeError("erase_account() is not as this revision knows it")
    op.execute(defined.replace(old, new))


def downgrade() -> None:
    rewrite_erasing(ERASING + ERASING_FIRST, ERASING_FIRST)
    for table in (*CHANGED_BY_COACHES, *SEEN_BY_COACHES, *CLOSED_TO_COACHES):
        op.execute(f'DROP POLICY {table}_actor ON "{table}"')
    for table in SEEN_BY_COACHES:
        op.execute(f"DROP POLICY {table}_keep ON {table}")
    for table, policies in OWNER_POLICIES.items():
        for name in policies:
            op.execute(f'DROP POLICY {table}_{name} ON "{table}"')
    op.execute("DROP FUNCTION enter_athlete(uuid)")
    for signature in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {signature}")
    for table in reversed(NEW_TABLES):
        op.execute(f"DROP TABLE {table}")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
