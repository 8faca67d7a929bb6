"""The library: which release is loaded, and a guard that only the tables' owner writes rows that belong to nobody.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-21

The rows themselves are loaded from data files right after the migrations (docs/decisions/0003-library-loading.md).
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RELEASE = """
CREATE TABLE library_release (
    version TEXT NOT NULL,
    loaded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    is_current BOOLEAN DEFAULT true NOT NULL,
    CONSTRAINT pk_library_release PRIMARY KEY (version)
)
"""

ONE_CURRENT = "CREATE UNIQUE INDEX uq_library_release_current ON library_release (is_current) WHERE is_current"

# Tables in which rows without an owner are the library's; children stand before their parents.
SHARED_TABLES = (
    "prescribed_set",
    "workout_exercise",
    "workout",
    "workout_plan",
    "exercise_alias",
    "exercise_equipment",
    "exercise",
)

GUARD = """
CREATE FUNCTION guard_library() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touches_library boolean := false;
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        touches_library := OLD.user_id IS NULL;
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        touches_library := touches_library OR NEW.user_id IS NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.user_id IS DISTINCT FROM OLD.user_id THEN
        RAISE EXCEPTION 'a row of % cannot change its owner', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF touches_library AND NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RAISE EXCEPTION 'the library rows of % are immutable', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$
"""

# Going back takes the library out again, but never what somebody's plan or history stands on.
REMOVE_UNUSED = """
DO $$
DECLARE
    shared text;
    unused record;
BEGIN
    FOREACH shared IN ARRAY ARRAY['{tables}'] LOOP
        FOR unused IN EXECUTE format('SELECT ctid AS place FROM %I WHERE user_id IS NULL', shared) LOOP
            BEGIN
                EXECUTE format('DELETE FROM %I WHERE ctid = $1', shared) USING unused.place;
            EXCEPTION WHEN foreign_key_violation THEN
                NULL;
            END;
        END LOOP;
    END LOOP;
    DELETE FROM equipment e
     WHERE NOT EXISTS (SELECT FROM exercise_equipment x WHERE x.equipment_id = e.id)
       AND NOT EXISTS (SELECT FROM user_equipment x WHERE x.equipment_id = e.id);
END
$$
"""


def upgrade() -> None:
    op.execute(RELEASE)
    op.execute(ONE_CURRENT)
    op.execute(GUARD)
    for table in SHARED_TABLES:
        op.execute(
            f"CREATE TRIGGER guard_library BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION guard_library()"
        )


def downgrade() -> None:
    for table in SHARED_TABLES:
        op.execute(f"DROP TRIGGER guard_library ON {table}")
    op.execute("DROP FUNCTION guard_library()")
    op.execute("DROP TABLE library_release")
    op.execute(REMOVE_UNUSED.replace("{tables}", "','".join(SHARED_TABLES)))
