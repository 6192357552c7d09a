"""Who may use the service: accounts, roles, secrets, tokens; and its working state: sessions, jobs, uploads."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0013"
down_revision = "0012"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
RECORDS = (
    "accounts",
    "service_keys",
    "account_roles",
    "account_secrets",
    "account_standings",
    "api_tokens",
    "sign_in_attempts",
    "used_codes",
    "api_token_ends",
)


def upgrade() -> None:
    """Makes the tables; records refuse changes, the working state does not."""
    _accounts()
    _service_keys()
    _account_roles()
    _account_secrets()
    _account_standings()
    _api_tokens()
    _given_answers()
    _jobs()
    _sessions()
    _sign_in_attempts()
    _uploads()
    _used_codes()
    _api_token_ends()
    dialect = op.get_bind().dialect.name
    for table in RECORDS:
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", LONG, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
    )


def _service_keys() -> None:
    op.create_table(
        "service_keys",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_service_keys"),
    )


def _account_roles() -> None:
    op.create_table(
        "account_roles",
        sa.Column("id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("areas", DATA, nullable=True),
        sa.Column("acting", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("day_from", sa.Date(), nullable=False),
        sa.Column("day_to", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("state in ('made', 'withdrawn')", name=op.f("ck_account_roles_state_known")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_account_roles_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account_roles"),
    )
    op.create_index("ix_account_roles_account_id", "account_roles", ["account_id"])


def _account_secrets() -> None:
    op.create_table(
        "account_secrets",
        sa.Column("id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("hashed", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("to_change", sa.Boolean(), nullable=False),
        sa.Column("set_at", TIME, nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "kind in ('password', 'second_factor', 'no_second_factor', 'recovery')",
            name=op.f("ck_account_secrets_kind_known"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_account_secrets_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account_secrets"),
    )
    op.create_index("ix_account_secrets_account_id", "account_secrets", ["account_id"])


def _account_standings() -> None:
    op.create_table(
        "account_standings",
        sa.Column("id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("state in ('open', 'closed')", name=op.f("ck_account_standings_state_known")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_account_standings_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account_standings"),
    )
    op.create_index("ix_account_standings_account_id", "account_standings", ["account_id"])


def _api_tokens() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rights", DATA, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_api_tokens_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        sa.UniqueConstraint("hash", name="uq_api_tokens_hash"),
    )
    op.create_index("ix_api_tokens_account_id", "api_tokens", ["account_id"])


def _given_answers() -> None:
    op.create_table(
        "given_answers",
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", DATA, nullable=True),
        sa.Column("made_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_given_answers_account_id"),
        sa.PrimaryKeyConstraint("account_id", "key", name="pk_given_answers"),
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("title", DATA, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("parameters", DATA, nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=64), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=True),
        sa.Column("result", DATA, nullable=True),
        sa.Column("problem", DATA, nullable=True),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("started_at", TIME, nullable=True),
        sa.Column("beat_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.CheckConstraint("state in ('waiting', 'running', 'done', 'failed')", name=op.f("ck_jobs_state_known")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_jobs_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index("ix_jobs_account_id", "jobs", ["account_id"])
    op.create_index("ix_jobs_state_made_at", "jobs", ["state", "made_at"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("two_factors", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])


def _sign_in_attempts() -> None:
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.CheckConstraint(
            "outcome in ('right', 'wrong_password', 'wrong_code', 'locked')", name=op.f("ck_sign_in_attempts_outcome_known")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sign_in_attempts_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempts"),
    )
    op.create_index("ix_sign_in_attempts_account_id", "sign_in_attempts", ["account_id"])


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("for_district", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_bytes", LONG, nullable=False),
        sa.Column("settings", DATA, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_uploads_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
    )
    op.create_index("ix_uploads_account_id", "uploads", ["account_id"])


def _used_codes() -> None:
    op.create_table(
        "used_codes",
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("used_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_used_codes_account_id"),
        sa.PrimaryKeyConstraint("account_id", "code", name="pk_used_codes"),
    )


def _api_token_ends() -> None:
    op.create_table(
        "api_token_ends",
        sa.Column("token_id", sa.String(length=16), nullable=False),
        sa.Column("ended_at", TIME, nullable=False),
        sa.Column("ended_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["token_id"], ["api_tokens.id"], name="fk_api_token_ends_token_id"),
        sa.PrimaryKeyConstraint("token_id", name="pk_api_token_ends"),
    )
