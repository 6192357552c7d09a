"""Ground checks: samples, the families in them, what was found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0008_samples"
down_revision = "0007_appeals"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("samples", "sample_units", "sample_results")


def upgrade() -> None:
    """Makes the tables; each refuses changes."""
    _samples()
    _sample_units()
    _sample_results()
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _samples() -> None:
    op.create_table(
        "samples",
        sa.Column("id", LONG, nullable=False),
        sa.Column("run_id", LONG, nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=64), nullable=False),
        sa.Column("paid_by", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=200), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("frame_hash", sa.String(length=64), nullable=False),
        sa.Column("strata", DATA, nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_samples"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_samples_run_id"),
        sa.CheckConstraint("paid_by in ('received', 'decided')", name=op.f("ck_samples_paid_by_known")),
    )
    op.create_index("ix_samples_run_id", "samples", ["run_id"])


def _sample_units() -> None:
    op.create_table(
        "sample_units",
        sa.Column("sample_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("stratum", sa.String(length=64), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sample_id", "position", name="pk_sample_units"),
        sa.ForeignKeyConstraint(["sample_id"], ["samples.id"], name="fk_sample_units_sample_id"),
        sa.UniqueConstraint("sample_id", "pid", "paid", name="uq_sample_units_sample_id_pid_paid"),
    )


def _sample_results() -> None:
    op.create_table(
        "sample_results",
        sa.Column("id", LONG, nullable=False),
        sa.Column("sample_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("supersedes", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sample_results"),
        sa.ForeignKeyConstraint(["sample_id"], ["samples.id"], name="fk_sample_results_sample_id"),
        sa.ForeignKeyConstraint(["supersedes"], ["sample_results.id"], name="fk_sample_results_supersedes"),
        sa.CheckConstraint(
            "finding in ('entitled', 'not_entitled', 'unjudged')", name=op.f("ck_sample_results_finding_known")
        ),
    )
    op.create_index("ix_sample_results_sample_id", "sample_results", ["sample_id"])
