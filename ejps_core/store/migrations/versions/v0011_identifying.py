"""Settings of matching, the row that an official has chosen, and the matchings that runs rest on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0011"
down_revision = "0010"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("matching_settings", "run_matchings")


def upgrade() -> None:
    """Makes the tables, each of which refuses changes; answers of before name no row."""
    op.add_column("review_decisions", sa.Column("chosen_row", sa.String(length=64), nullable=True))
    _matching_settings()
    _run_matchings()
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _matching_settings() -> None:
    op.create_table(
        "matching_settings",
        sa.Column("id", LONG, nullable=False),
        sa.Column("thresholds", DATA, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("supersedes", LONG, nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_matching_settings"),
        sa.ForeignKeyConstraint(["supersedes"], ["matching_settings.id"], name="fk_matching_settings_supersedes"),
    )


def _run_matchings() -> None:
    op.create_table(
        "run_matchings",
        sa.Column("run_id", LONG, nullable=False),
        sa.Column("match_run_id", LONG, nullable=False),
        sa.Column("answers", DATA, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "match_run_id", name="pk_run_matchings"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_matchings_run_id"),
        sa.ForeignKeyConstraint(["match_run_id"], ["match_runs.id"], name="fk_run_matchings_match_run_id"),
    )
