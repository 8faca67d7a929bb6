"""The schema: enums, tables, indexes, and the triggers that keep updated_at.

Revision ID: 0001
Revises:
Create Date: 2026-11-21

Nothing cascades. Row-level security comes in revision 0003.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ENUMS = {
    "unit_system_enum": "metric imperial",
    "user_role_enum": "user coach admin",
    "muscle_group_enum": "chest back shoulders biceps triceps forearms legs glutes "
    "core traps lats quads hamstrings calves",
    "exercise_type_enum": "freeweight machine bodyweight cable band",
    "exercise_category_enum": "push pull squat hinge lunge core carry isolation olympic plyometric cardio mobility",
    "measure_enum": "weight_reps reps duration distance",
    "confidence_level_enum": "high medium low",
    "session_status_enum": "planned in_progress completed abandoned skipped",
    "load_mode_enum": "external added assisted bodyweight",
    "set_kind_enum": "warmup working drop failure",
    "record_type_enum": "1rm set_volume total_volume max_weight max_reps max_duration",
    "mesocycle_status_enum": "active completed archived",
    "import_status_enum": "received reading preview saved discarded failed undone",
    "import_source_enum": "text file voice photo",
    "outbox_status_enum": "pending sent failed",
}

# One statement a paragraph; parents stand before their children.
TABLES = """
CREATE TABLE audit_log (
    user_id UUID NOT NULL,
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    actor_id UUID,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    action TEXT NOT NULL,
    before JSONB,
    after JSONB,
    changed_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_audit_log PRIMARY KEY (user_id, id)
)

CREATE INDEX ix_audit_log_changed_at ON audit_log (user_id, changed_at DESC)

CREATE INDEX ix_audit_log_row ON audit_log (user_id, table_name, row_id)

CREATE TABLE equipment (
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    deleted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_equipment PRIMARY KEY (id),
    CONSTRAINT uq_equipment_slug UNIQUE (slug),
    CONSTRAINT uq_equipment_name UNIQUE (name)
)

CREATE TABLE "user" (
    id UUID NOT NULL,
    telegram_id BIGINT NOT NULL,
    username TEXT,
    full_name TEXT,
    email TEXT,
    role user_role_enum DEFAULT 'user' NOT NULL,
    unit_system unit_system_enum DEFAULT 'metric' NOT NULL,
    timezone TEXT DEFAULT 'UTC' NOT NULL,
    language TEXT DEFAULT 'en' NOT NULL,
    preferences JSONB DEFAULT '{}'::jsonb NOT NULL,
    current_plan_id UUID,
    onboarded_at TIMESTAMP WITH TIME ZONE,
    last_seen_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_user PRIMARY KEY (id),
    CONSTRAINT uq_user_telegram_id UNIQUE (telegram_id)
)

CREATE TABLE daily_workout_summary (
    user_id UUID NOT NULL,
    workout_date DATE NOT NULL,
    total_exercises INTEGER DEFAULT 0 NOT NULL,
    completed_exercises INTEGER DEFAULT 0 NOT NULL,
    total_sets INTEGER DEFAULT 0 NOT NULL,
    total_volume NUMERIC(14, 2) DEFAULT 0 NOT NULL,
    total_duration_minutes INTEGER DEFAULT 0 NOT NULL,
    categories exercise_category_enum[] DEFAULT '{}' NOT NULL,
    is_completed BOOLEAN DEFAULT false NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_daily_workout_summary PRIMARY KEY (user_id, workout_date),
    CONSTRAINT fk_daily_workout_summary_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id)
)

CREATE TABLE dialogue (
    user_id UUID NOT NULL,
    chat_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    data JSONB DEFAULT '{}'::jsonb NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_dialogue PRIMARY KEY (user_id, chat_id),
    CONSTRAINT fk_dialogue_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id)
)

CREATE TABLE exercise (
    id UUID NOT NULL,
    user_id UUID,
    slug TEXT,
    name TEXT NOT NULL,
    source_id UUID,
    root_id UUID GENERATED ALWAYS AS (coalesce(source_id, id)) STORED NOT NULL,
    primary_muscle_groups muscle_group_enum[] NOT NULL,
    secondary_muscle_groups muscle_group_enum[] DEFAULT '{}' NOT NULL,
    exercise_type exercise_type_enum NOT NULL,
    category exercise_category_enum NOT NULL,
    measure measure_enum DEFAULT 'weight_reps' NOT NULL,
    level SMALLINT,
    progression_order SMALLINT,
    default_sets INTEGER,
    default_reps INTEGER,
    default_duration_seconds INTEGER,
    default_weight NUMERIC(10, 2),
    default_rest_time_seconds INTEGER,
    default_tempo TEXT,
    tags TEXT[] DEFAULT '{}' NOT NULL,
    description TEXT,
    media_url TEXT,
    version INTEGER DEFAULT 1 NOT NULL,
    deleted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_exercise PRIMARY KEY (id),
    CONSTRAINT ck_exercise_primary_muscle_groups CHECK (cardinality(primary_muscle_groups) > 0),
    CONSTRAINT ck_exercise_level CHECK (level BETWEEN 0 AND 5),
    CONSTRAINT ck_exercise_slug_of_library CHECK ((user_id IS NULL) = (slug IS NOT NULL)),
    CONSTRAINT fk_exercise_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT uq_exercise_slug UNIQUE (slug),
    CONSTRAINT fk_exercise_source_id_exercise FOREIGN KEY(source_id) REFERENCES exercise (id)
)

CREATE INDEX ix_exercise_category_level ON exercise (category, level, progression_order)

CREATE INDEX ix_exercise_name_trgm ON exercise USING gin (name gin_trgm_ops)

CREATE INDEX ix_exercise_primary_muscle_groups ON exercise USING gin (primary_muscle_groups)

CREATE INDEX ix_exercise_secondary_muscle_groups ON exercise USING gin (secondary_muscle_groups)

CREATE INDEX ix_exercise_source_id ON exercise (source_id)

CREATE INDEX ix_exercise_tags ON exercise USING gin (tags)

CREATE INDEX ix_exercise_user_id_root_id ON exercise (user_id, root_id)

CREATE UNIQUE INDEX uq_exercise_user_id_name ON exercise (user_id, lower(name)) NULLS NOT DISTINCT
    WHERE deleted_at IS NULL

CREATE TABLE outbox (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    sequence BIGINT DEFAULT nextval('outbox_sequence') NOT NULL,
    chat_id BIGINT NOT NULL,
    method TEXT NOT NULL,
    payload JSONB NOT NULL,
    file BYTEA,
    token TEXT,
    actions JSONB,
    pressed INTEGER[] DEFAULT '{}' NOT NULL,
    edits_id UUID,
    about JSONB,
    message_id BIGINT,
    status outbox_status_enum DEFAULT 'pending' NOT NULL,
    attempts INTEGER DEFAULT 0 NOT NULL,
    error TEXT,
    lease_until TIMESTAMP WITH TIME ZONE,
    not_before TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_outbox PRIMARY KEY (user_id, id),
    CONSTRAINT fk_outbox_edits FOREIGN KEY(user_id, edits_id) REFERENCES outbox (user_id, id),
    CONSTRAINT uq_outbox_token UNIQUE (user_id, token),
    CONSTRAINT fk_outbox_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id)
)

CREATE INDEX ix_outbox_edits ON outbox (user_id, edits_id) WHERE edits_id IS NOT NULL

CREATE INDEX ix_outbox_message ON outbox (user_id, chat_id, message_id)

CREATE INDEX ix_outbox_pending ON outbox (chat_id, sequence) WHERE status = 'pending'

CREATE TABLE processed_update (
    user_id UUID NOT NULL,
    bot_id BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    error_id TEXT,
    error TEXT,
    payload JSONB,
    processed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_processed_update PRIMARY KEY (user_id, bot_id, update_id),
    CONSTRAINT fk_processed_update_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id)
)

CREATE INDEX ix_processed_update_processed_at ON processed_update (processed_at)

CREATE TABLE user_equipment (
    user_id UUID NOT NULL,
    equipment_id UUID NOT NULL,
    deleted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_user_equipment PRIMARY KEY (user_id, equipment_id),
    CONSTRAINT fk_user_equipment_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_user_equipment_equipment_id_equipment FOREIGN KEY(equipment_id) REFERENCES equipment (id)
)

CREATE INDEX ix_user_equipment_user_id ON user_equipment (user_id) WHERE deleted_at IS NULL

CREATE TABLE user_level (
    user_id UUID NOT NULL,
    category exercise_category_enum NOT NULL,
    level SMALLINT DEFAULT 0 NOT NULL,
    reached_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_user_level PRIMARY KEY (user_id, category),
    CONSTRAINT ck_user_level_level CHECK (level BETWEEN 0 AND 5),
    CONSTRAINT ck_user_level_category CHECK (category IN ('push', 'pull', 'squat')),
    CONSTRAINT fk_user_level_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id)
)

CREATE TABLE workout_plan (
    id UUID NOT NULL,
    user_id UUID,
    slug TEXT,
    name TEXT NOT NULL,
    description TEXT,
    source_id UUID,
    days_per_week SMALLINT,
    duration_weeks SMALLINT,
    tags TEXT[] DEFAULT '{}' NOT NULL,
    times_used INTEGER DEFAULT 0 NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    deleted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_workout_plan PRIMARY KEY (id),
    CONSTRAINT ck_workout_plan_slug_of_library CHECK ((user_id IS NULL) = (slug IS NOT NULL)),
    CONSTRAINT ck_workout_plan_days_per_week CHECK (days_per_week BETWEEN 1 AND 7),
    CONSTRAINT ck_workout_plan_duration_weeks CHECK (duration_weeks BETWEEN 1 AND 52),
    CONSTRAINT fk_workout_plan_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT uq_workout_plan_slug UNIQUE (slug),
    CONSTRAINT fk_workout_plan_source_id_workout_plan FOREIGN KEY(source_id) REFERENCES workout_plan (id)
)

CREATE INDEX ix_workout_plan_tags ON workout_plan USING gin (tags)

CREATE INDEX ix_workout_plan_user_id ON workout_plan (user_id) WHERE deleted_at IS NULL

CREATE INDEX ix_workout_plan_user_id_created_at ON workout_plan (user_id, created_at DESC)

CREATE INDEX ix_workout_plan_user_id_name ON workout_plan (user_id, name) WHERE deleted_at IS NULL

CREATE TABLE exercise_alias (
    id UUID NOT NULL,
    user_id UUID,
    exercise_id UUID NOT NULL,
    alias TEXT NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    is_generic BOOLEAN DEFAULT false NOT NULL,
    times_used INTEGER DEFAULT 0 NOT NULL,
    deleted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_exercise_alias PRIMARY KEY (id),
    CONSTRAINT fk_exercise_alias_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_exercise_alias_exercise_id_exercise FOREIGN KEY(exercise_id) REFERENCES exercise (id)
)

CREATE INDEX ix_exercise_alias_alias_trgm ON exercise_alias USING gin (alias gin_trgm_ops)

CREATE INDEX ix_exercise_alias_exercise_id ON exercise_alias (exercise_id)

CREATE UNIQUE INDEX uq_exercise_alias_library ON exercise_alias (lower(alias), language, exercise_id)
    WHERE deleted_at IS NULL AND user_id IS NULL

CREATE UNIQUE INDEX uq_exercise_alias_own ON exercise_alias (user_id, lower(alias))
    WHERE deleted_at IS NULL AND user_id IS NOT NULL

CREATE TABLE exercise_equipment (
    exercise_id UUID NOT NULL,
    equipment_id UUID NOT NULL,
    user_id UUID,
    CONSTRAINT pk_exercise_equipment PRIMARY KEY (exercise_id, equipment_id),
    CONSTRAINT fk_exercise_equipment_exercise_id_exercise FOREIGN KEY(exercise_id) REFERENCES exercise (id),
    CONSTRAINT fk_exercise_equipment_equipment_id_equipment FOREIGN KEY(equipment_id) REFERENCES equipment (id),
    CONSTRAINT fk_exercise_equipment_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id)
)

CREATE INDEX ix_exercise_equipment_equipment_id ON exercise_equipment (equipment_id)

CREATE TABLE mesocycle (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    workout_plan_id UUID NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    duration_weeks INTEGER NOT NULL,
    current_week INTEGER DEFAULT 1 NOT NULL,
    status mesocycle_status_enum DEFAULT 'active' NOT NULL,
    start_date DATE,
    end_date DATE,
    days_per_week INTEGER NOT NULL,
    parent_mesocycle_id UUID,
    copied_from_week INTEGER,
    version INTEGER DEFAULT 1 NOT NULL,
    completed_at TIMESTAMP WITH TIME ZONE,
    deleted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_mesocycle PRIMARY KEY (user_id, id),
    CONSTRAINT fk_mesocycle_parent FOREIGN KEY(user_id, parent_mesocycle_id) REFERENCES mesocycle (user_id, id),
    CONSTRAINT ck_mesocycle_duration_weeks CHECK (duration_weeks BETWEEN 3 AND 7),
    CONSTRAINT ck_mesocycle_current_week CHECK (current_week BETWEEN 1 AND duration_weeks),
    CONSTRAINT ck_mesocycle_days_per_week CHECK (days_per_week BETWEEN 1 AND 7),
    CONSTRAINT ck_mesocycle_copied_from_week CHECK (copied_from_week BETWEEN 1 AND 7),
    CONSTRAINT fk_mesocycle_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_mesocycle_workout_plan_id_workout_plan FOREIGN KEY(workout_plan_id) REFERENCES workout_plan (id)
)

CREATE INDEX ix_mesocycle_parent ON mesocycle (user_id, parent_mesocycle_id)

CREATE INDEX ix_mesocycle_user_id_created_at ON mesocycle (user_id, created_at DESC)

CREATE INDEX ix_mesocycle_user_id_status ON mesocycle (user_id, status)

CREATE TABLE workout (
    id UUID NOT NULL,
    user_id UUID,
    workout_plan_id UUID NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    position INTEGER NOT NULL,
    week_number SMALLINT,
    day_of_week SMALLINT,
    source_id UUID,
    root_id UUID GENERATED ALWAYS AS (coalesce(source_id, id)) STORED NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    deleted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_workout PRIMARY KEY (id),
    CONSTRAINT ck_workout_day_of_week CHECK (day_of_week BETWEEN 0 AND 6),
    CONSTRAINT fk_workout_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_workout_workout_plan_id_workout_plan FOREIGN KEY(workout_plan_id) REFERENCES workout_plan (id),
    CONSTRAINT fk_workout_source_id_workout FOREIGN KEY(source_id) REFERENCES workout (id)
)

CREATE INDEX ix_workout_user_id ON workout (user_id)

CREATE UNIQUE INDEX uq_workout_plan_position ON workout (workout_plan_id, position) WHERE deleted_at IS NULL

CREATE TABLE workout_exercise (
    id UUID NOT NULL,
    user_id UUID,
    workout_id UUID NOT NULL,
    exercise_id UUID NOT NULL,
    sequence INTEGER NOT NULL,
    sets INTEGER,
    reps_min INTEGER,
    reps_max INTEGER,
    target_weight NUMERIC(10, 2),
    target_weight_typed NUMERIC,
    target_weight_unit TEXT,
    target_load_mode load_mode_enum,
    target_percent NUMERIC(6, 2),
    target_rpe NUMERIC(3, 1),
    effort_as_rir BOOLEAN DEFAULT false NOT NULL,
    target_duration_seconds INTEGER,
    target_distance_m NUMERIC(10, 2),
    rest_time_seconds INTEGER,
    tempo TEXT,
    superset_group TEXT,
    is_amrap BOOLEAN DEFAULT false NOT NULL,
    is_per_side BOOLEAN DEFAULT false NOT NULL,
    progression TEXT,
    notes TEXT,
    raw_text TEXT,
    confidence_level confidence_level_enum DEFAULT 'medium' NOT NULL,
    import_id UUID,
    span_start INTEGER,
    span_end INTEGER,
    read_by TEXT,
    version INTEGER DEFAULT 1 NOT NULL,
    deleted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_workout_exercise PRIMARY KEY (id),
    CONSTRAINT ck_workout_exercise_sets CHECK (sets BETWEEN 1 AND 15),
    CONSTRAINT ck_workout_exercise_reps CHECK (reps_min >= 0 AND reps_max >= reps_min),
    CONSTRAINT ck_workout_exercise_target_weight_unit CHECK (target_weight_unit IN ('kg', 'lb')),
    CONSTRAINT ck_workout_exercise_target_rpe CHECK (target_rpe BETWEEN 0 AND 10),
    CONSTRAINT ck_workout_exercise_target_percent CHECK (target_percent BETWEEN 0 AND 200),
    CONSTRAINT fk_workout_exercise_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_workout_exercise_workout_id_workout FOREIGN KEY(workout_id) REFERENCES workout (id),
    CONSTRAINT fk_workout_exercise_exercise_id_exercise FOREIGN KEY(exercise_id) REFERENCES exercise (id)
)

CREATE INDEX ix_workout_exercise_exercise_id ON workout_exercise (exercise_id)

CREATE INDEX ix_workout_exercise_user_id ON workout_exercise (user_id)

CREATE UNIQUE INDEX uq_workout_exercise_workout_sequence ON workout_exercise (workout_id, sequence)
    WHERE deleted_at IS NULL

CREATE TABLE workout_session (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    workout_plan_id UUID,
    workout_id UUID,
    mesocycle_id UUID,
    import_id UUID,
    week_number INTEGER,
    name TEXT,
    status session_status_enum DEFAULT 'in_progress' NOT NULL,
    session_date DATE NOT NULL,
    scheduled_time TIME WITHOUT TIME ZONE,
    started_at TIMESTAMP WITH TIME ZONE,
    completed_at TIMESTAMP WITH TIME ZONE,
    last_activity_at TIMESTAMP WITH TIME ZONE,
    duration_minutes INTEGER
        GENERATED ALWAYS AS ((extract(epoch FROM (completed_at - started_at)) / 60)::integer) STORED,
    notes TEXT,
    notes_search TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', coalesce(notes, ''))) STORED,
    version INTEGER DEFAULT 1 NOT NULL,
    deleted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_workout_session PRIMARY KEY (user_id, id),
    CONSTRAINT fk_workout_session_user_id_mesocycle_id_mesocycle FOREIGN KEY(user_id, mesocycle_id)
        REFERENCES mesocycle (user_id, id),
    CONSTRAINT ck_workout_session_week_number CHECK (week_number BETWEEN 1 AND 52),
    CONSTRAINT ck_workout_session_completed_after_start CHECK (completed_at >= started_at),
    CONSTRAINT fk_workout_session_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_workout_session_workout_plan_id_workout_plan FOREIGN KEY(workout_plan_id)
        REFERENCES workout_plan (id),
    CONSTRAINT fk_workout_session_workout_id_workout FOREIGN KEY(workout_id) REFERENCES workout (id)
)

CREATE INDEX ix_workout_session_idle ON workout_session (last_activity_at)
    WHERE status = 'in_progress' AND deleted_at IS NULL

CREATE INDEX ix_workout_session_mesocycle ON workout_session (user_id, mesocycle_id, week_number)

CREATE INDEX ix_workout_session_notes ON workout_session USING gin (notes_search)

CREATE INDEX ix_workout_session_user_id_created ON workout_session (user_id, created_at DESC)
    WHERE deleted_at IS NULL

CREATE INDEX ix_workout_session_user_id_date ON workout_session (user_id, session_date DESC)
    WHERE deleted_at IS NULL

CREATE INDEX ix_workout_session_user_id_status ON workout_session (user_id, status, created_at DESC)
    WHERE deleted_at IS NULL

CREATE INDEX ix_workout_session_workout_id ON workout_session (user_id, workout_id)

CREATE INDEX ix_workout_session_workout_plan_id ON workout_session (user_id, workout_plan_id)

CREATE TABLE exercise_mastery (
    user_id UUID NOT NULL,
    exercise_root_id UUID NOT NULL,
    current_sets INTEGER,
    current_reps INTEGER,
    current_duration_seconds INTEGER,
    current_tempo TEXT,
    current_rest_time_seconds INTEGER,
    notes TEXT,
    mastered_at TIMESTAMP WITH TIME ZONE,
    mastered_session_id UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_exercise_mastery PRIMARY KEY (user_id, exercise_root_id),
    CONSTRAINT fk_exercise_mastery_user_id_mastered_session_id_workout_session FOREIGN KEY(user_id, mastered_session_id)
        REFERENCES workout_session (user_id, id),
    CONSTRAINT fk_exercise_mastery_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_exercise_mastery_exercise_root_id_exercise FOREIGN KEY(exercise_root_id) REFERENCES exercise (id)
)

CREATE TABLE mesocycle_target (
    user_id UUID NOT NULL,
    mesocycle_id UUID NOT NULL,
    workout_exercise_id UUID NOT NULL,
    week_number INTEGER NOT NULL,
    sets INTEGER NOT NULL,
    rir NUMERIC(3, 1) NOT NULL,
    load_factor NUMERIC(4, 3) DEFAULT 1 NOT NULL,
    reason TEXT,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_mesocycle_target PRIMARY KEY (user_id, mesocycle_id, workout_exercise_id, week_number),
    CONSTRAINT fk_mesocycle_target_user_id_mesocycle_id_mesocycle FOREIGN KEY(user_id, mesocycle_id)
        REFERENCES mesocycle (user_id, id),
    CONSTRAINT ck_mesocycle_target_week_number CHECK (week_number BETWEEN 1 AND 7),
    CONSTRAINT ck_mesocycle_target_sets CHECK (sets BETWEEN 1 AND 15),
    CONSTRAINT ck_mesocycle_target_rir CHECK (rir BETWEEN 0 AND 10),
    CONSTRAINT ck_mesocycle_target_load_factor CHECK (load_factor > 0 AND load_factor <= 1),
    CONSTRAINT fk_mesocycle_target_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_mesocycle_target_workout_exercise_id_workout_exercise FOREIGN KEY(workout_exercise_id)
        REFERENCES workout_exercise (id)
)

CREATE INDEX ix_mesocycle_target_workout_exercise_id ON mesocycle_target (user_id, workout_exercise_id)

CREATE TABLE muscle_group_feedback (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    workout_session_id UUID NOT NULL,
    muscle_group muscle_group_enum NOT NULL,
    soreness SMALLINT,
    pump SMALLINT,
    challenge SMALLINT,
    soreness_recorded_at TIMESTAMP WITH TIME ZONE,
    performance_recorded_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_muscle_group_feedback PRIMARY KEY (user_id, id),
    CONSTRAINT fk_muscle_group_feedback_user_id_workout_session_id_wor_5212 FOREIGN KEY(user_id, workout_session_id)
        REFERENCES workout_session (user_id, id),
    CONSTRAINT uq_muscle_group_feedback_group UNIQUE (user_id, workout_session_id, muscle_group),
    CONSTRAINT ck_muscle_group_feedback_soreness CHECK (soreness BETWEEN 0 AND 3),
    CONSTRAINT ck_muscle_group_feedback_pump CHECK (pump BETWEEN 0 AND 3),
    CONSTRAINT ck_muscle_group_feedback_challenge CHECK (challenge BETWEEN 0 AND 3),
    CONSTRAINT fk_muscle_group_feedback_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id)
)

CREATE INDEX ix_muscle_group_feedback_group ON muscle_group_feedback (user_id, muscle_group)

CREATE TABLE prescribed_set (
    id UUID NOT NULL,
    user_id UUID,
    workout_exercise_id UUID NOT NULL,
    set_number INTEGER NOT NULL,
    reps_min INTEGER,
    reps_max INTEGER,
    target_weight NUMERIC(10, 2),
    target_weight_typed NUMERIC,
    target_weight_unit TEXT,
    target_percent NUMERIC(6, 2),
    target_rpe NUMERIC(3, 1),
    target_duration_seconds INTEGER,
    target_distance_m NUMERIC(10, 2),
    is_amrap BOOLEAN DEFAULT false NOT NULL,
    CONSTRAINT pk_prescribed_set PRIMARY KEY (id),
    CONSTRAINT uq_prescribed_set_workout_exercise_id_set_number UNIQUE (workout_exercise_id, set_number),
    CONSTRAINT ck_prescribed_set_set_number CHECK (set_number BETWEEN 1 AND 15),
    CONSTRAINT ck_prescribed_set_target_weight_unit CHECK (target_weight_unit IN ('kg', 'lb')),
    CONSTRAINT ck_prescribed_set_target_rpe CHECK (target_rpe BETWEEN 0 AND 10),
    CONSTRAINT fk_prescribed_set_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_prescribed_set_workout_exercise_id_workout_exercise FOREIGN KEY(workout_exercise_id)
        REFERENCES workout_exercise (id)
)

CREATE INDEX ix_prescribed_set_user_id ON prescribed_set (user_id)

CREATE TABLE session_exercise (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    workout_session_id UUID NOT NULL,
    exercise_id UUID NOT NULL,
    workout_exercise_id UUID,
    exercise_order INTEGER NOT NULL,
    planned_sets JSONB,
    planned_tempo TEXT,
    planned_rest_time_seconds INTEGER,
    planned_notes TEXT,
    notes TEXT,
    is_completed BOOLEAN DEFAULT false NOT NULL,
    skipped_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_session_exercise PRIMARY KEY (user_id, id),
    CONSTRAINT fk_session_exercise_user_id_workout_session_id_workout_session FOREIGN KEY(user_id, workout_session_id)
        REFERENCES workout_session (user_id, id),
    CONSTRAINT uq_session_exercise_order UNIQUE (user_id, workout_session_id, exercise_order),
    CONSTRAINT fk_session_exercise_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_session_exercise_exercise_id_exercise FOREIGN KEY(exercise_id) REFERENCES exercise (id),
    CONSTRAINT fk_session_exercise_workout_exercise_id_workout_exercise FOREIGN KEY(workout_exercise_id)
        REFERENCES workout_exercise (id)
)

CREATE INDEX ix_session_exercise_exercise_id ON session_exercise (user_id, exercise_id)

CREATE INDEX ix_session_exercise_workout_exercise_id ON session_exercise (user_id, workout_exercise_id)

CREATE TABLE workout_import_log (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    workout_plan_id UUID,
    workout_session_id UUID,
    chat_id BIGINT,
    message_id BIGINT,
    source import_source_enum DEFAULT 'text' NOT NULL,
    raw_text TEXT NOT NULL,
    kind TEXT,
    status import_status_enum DEFAULT 'received' NOT NULL,
    parsed_exercises JSONB,
    confidence_scores JSONB,
    draft JSONB,
    reader TEXT,
    model TEXT,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    latency_ms INTEGER,
    error TEXT,
    attempts INTEGER DEFAULT 0 NOT NULL,
    lease_until TIMESTAMP WITH TIME ZONE,
    lease_token UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_workout_import_log PRIMARY KEY (user_id, id),
    CONSTRAINT fk_workout_import_log_session FOREIGN KEY(user_id, workout_session_id)
        REFERENCES workout_session (user_id, id),
    CONSTRAINT fk_workout_import_log_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_workout_import_log_workout_plan_id_workout_plan FOREIGN KEY(workout_plan_id)
        REFERENCES workout_plan (id)
)

CREATE INDEX ix_workout_import_log_due ON workout_import_log (lease_until) WHERE status IN ('received', 'reading')

CREATE INDEX ix_workout_import_log_message ON workout_import_log (user_id, chat_id, message_id)

CREATE INDEX ix_workout_import_log_session ON workout_import_log (user_id, workout_session_id)

CREATE INDEX ix_workout_import_log_user_id_created_at ON workout_import_log (user_id, created_at DESC)

CREATE INDEX ix_workout_import_log_workout_plan_id ON workout_import_log (user_id, workout_plan_id)

CREATE TABLE exercise_set (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    workout_session_id UUID NOT NULL,
    session_exercise_id UUID NOT NULL,
    exercise_id UUID NOT NULL,
    exercise_root_id UUID NOT NULL,
    set_number INTEGER NOT NULL,
    weight NUMERIC(10, 2),
    load_mode load_mode_enum DEFAULT 'external' NOT NULL,
    typed_weight NUMERIC,
    typed_unit TEXT,
    reps INTEGER,
    duration_seconds INTEGER,
    distance_m NUMERIC(10, 2),
    rpe NUMERIC(3, 1),
    effort_as_rir BOOLEAN DEFAULT false NOT NULL,
    rest_time_seconds INTEGER,
    kind set_kind_enum DEFAULT 'working' NOT NULL,
    notes TEXT,
    performed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    confidence_level confidence_level_enum DEFAULT 'high' NOT NULL,
    import_id UUID,
    span_start INTEGER,
    span_end INTEGER,
    read_by TEXT,
    version INTEGER DEFAULT 1 NOT NULL,
    deleted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_exercise_set PRIMARY KEY (user_id, id),
    CONSTRAINT fk_exercise_set_user_id_workout_session_id_workout_session FOREIGN KEY(user_id, workout_session_id)
        REFERENCES workout_session (user_id, id),
    CONSTRAINT fk_exercise_set_user_id_session_exercise_id_session_exercise FOREIGN KEY(user_id, session_exercise_id)
        REFERENCES session_exercise (user_id, id),
    CONSTRAINT ck_exercise_set_weight CHECK (weight >= 0),
    CONSTRAINT ck_exercise_set_typed_unit CHECK (typed_unit IN ('kg', 'lb')),
    CONSTRAINT ck_exercise_set_reps CHECK (reps >= 0),
    CONSTRAINT ck_exercise_set_duration_seconds CHECK (duration_seconds >= 0),
    CONSTRAINT ck_exercise_set_distance_m CHECK (distance_m >= 0),
    CONSTRAINT ck_exercise_set_rpe CHECK (rpe BETWEEN 0 AND 10),
    CONSTRAINT ck_exercise_set_set_number CHECK (set_number >= 1),
    CONSTRAINT ck_exercise_set_bodyweight_has_no_weight CHECK (load_mode <> 'bodyweight' OR weight IS NULL),
    CONSTRAINT ck_exercise_set_something_was_done
        CHECK (reps IS NOT NULL OR duration_seconds IS NOT NULL OR distance_m IS NOT NULL),
    CONSTRAINT fk_exercise_set_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_exercise_set_exercise_id_exercise FOREIGN KEY(exercise_id) REFERENCES exercise (id)
)

CREATE INDEX ix_exercise_set_exercise_id ON exercise_set (user_id, exercise_id)

CREATE INDEX ix_exercise_set_import ON exercise_set (user_id, import_id)

CREATE INDEX ix_exercise_set_session ON exercise_set (user_id, workout_session_id, set_number)

CREATE INDEX ix_exercise_set_session_exercise ON exercise_set (user_id, session_exercise_id)

CREATE INDEX ix_exercise_set_user_id_performed_at ON exercise_set (user_id, performed_at DESC)
    WHERE deleted_at IS NULL

CREATE INDEX ix_exercise_set_user_id_root ON exercise_set (user_id, exercise_root_id, performed_at DESC)
    WHERE deleted_at IS NULL

CREATE TABLE personal_record (
    user_id UUID NOT NULL,
    id UUID NOT NULL,
    exercise_root_id UUID NOT NULL,
    record_type record_type_enum NOT NULL,
    value NUMERIC(12, 2) NOT NULL,
    unit TEXT,
    exercise_set_id UUID NOT NULL,
    workout_session_id UUID NOT NULL,
    achieved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_personal_record PRIMARY KEY (user_id, id),
    CONSTRAINT uq_personal_record_type UNIQUE (user_id, exercise_root_id, record_type),
    CONSTRAINT fk_personal_record_user_id_exercise_set_id_exercise_set FOREIGN KEY(user_id, exercise_set_id)
        REFERENCES exercise_set (user_id, id),
    CONSTRAINT fk_personal_record_user_id_workout_session_id_workout_session FOREIGN KEY(user_id, workout_session_id)
        REFERENCES workout_session (user_id, id),
    CONSTRAINT fk_personal_record_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id),
    CONSTRAINT fk_personal_record_exercise_root_id_exercise FOREIGN KEY(exercise_root_id) REFERENCES exercise (id)
)

CREATE INDEX ix_personal_record_achieved_at ON personal_record (user_id, achieved_at DESC)

CREATE INDEX ix_personal_record_session ON personal_record (user_id, workout_session_id)

CREATE INDEX ix_personal_record_set ON personal_record (user_id, exercise_set_id)
"""

# Two tables that name each other get the second key when both are there.
CIRCULAR_KEYS = """
ALTER TABLE exercise_set ADD CONSTRAINT fk_exercise_set_import FOREIGN KEY(user_id, import_id)
        REFERENCES workout_import_log (user_id, id)

ALTER TABLE "user" ADD CONSTRAINT fk_user_current_plan_id_workout_plan FOREIGN KEY(current_plan_id)
        REFERENCES workout_plan (id)

ALTER TABLE workout_exercise ADD CONSTRAINT fk_workout_exercise_import FOREIGN KEY(user_id, import_id)
        REFERENCES workout_import_log (user_id, id)

ALTER TABLE workout_session ADD CONSTRAINT fk_workout_session_import FOREIGN KEY(user_id, import_id)
        REFERENCES workout_import_log (user_id, id)
"""

TABLE_NAMES = (
    "audit_log",
    "equipment",
    "user",
    "daily_workout_summary",
    "dialogue",
    "exercise",
    "outbox",
    "processed_update",
    "user_equipment",
    "user_level",
    "workout_plan",
    "exercise_alias",
    "exercise_equipment",
    "mesocycle",
    "workout",
    "workout_exercise",
    "workout_session",
    "exercise_mastery",
    "mesocycle_target",
    "muscle_group_feedback",
    "prescribed_set",
    "session_exercise",
    "workout_import_log",
    "exercise_set",
    "personal_record",
)

KEEPS_UPDATED_AT = (
    "user",
    "daily_workout_summary",
    "exercise",
    "user_level",
    "workout_plan",
    "mesocycle",
    "workout",
    "workout_exercise",
    "workout_session",
    "exercise_mastery",
    "mesocycle_target",
    "session_exercise",
    "workout_import_log",
    "exercise_set",
    "personal_record",
)

TOUCH = """
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$
"""

TOUCH_EACH = "FOR EACH ROW EXECUTE FUNCTION touch_updated_at()"


def upgrade() -> None:
    # A trusted extension: the owner of the database may create it without being a superuser.
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for name, labels in ENUMS.items():
        op.execute(f"CREATE TYPE {name} AS ENUM ({', '.join(repr(label) for label in labels.split())})")
    op.execute("CREATE SEQUENCE outbox_sequence")
    for statement in (*paragraphs(TABLES), *paragraphs(CIRCULAR_KEYS)):
        op.execute(statement)
    op.execute(TOUCH)
    for table in KEEPS_UPDATED_AT:
        op.execute(f'CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "{table}" {TOUCH_EACH}')


def downgrade() -> None:
    for statement in paragraphs(CIRCULAR_KEYS):
        table, constraint = statement.split()[2], statement.split()[5]
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    for table in reversed(TABLE_NAMES):
        op.execute(f'DROP TABLE "{table}"')
    op.execute("DROP FUNCTION touch_updated_at()")
    op.execute("DROP SEQUENCE outbox_sequence")
    for name in ENUMS:
        op.execute(f"DROP TYPE {name}")
    # pg_trgm stays: it may have been there before, and others may use it.


def paragraphs(script: str) -> list[str]:
    return [paragraph for paragraph in script.strip().split("\n\n") if paragraph]
