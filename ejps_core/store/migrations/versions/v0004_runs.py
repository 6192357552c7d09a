"""Runs, decisions, exports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0004"
down_revision = "0003"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("runs", "run_registers", "decisions", "exports")


def upgrade() -> None:
    """Makes the tables; each refuses changes."""
    _runs()
    _run_registers()
    _decisions()
    _exports()
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", LONG, nullable=False),
        sa.Column("version_id", LONG, nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("rule_set", sa.String(length=200), nullable=False),
        sa.Column("rules", DATA, nullable=False),
        sa.Column("ruleset_hash", sa.String(length=64), nullable=False),
        sa.Column("plan_hash", sa.String(length=64), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("registers_hash", sa.String(length=64), nullable=False),
        sa.Column("determinations_hash", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("options", DATA, nullable=False),
        sa.Column("counts", DATA, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("software", sa.String(length=100), nullable=False),
        sa.Column("replay_of", LONG, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.ForeignKeyConstraint(["replay_of"], ["runs.id"], name="fk_runs_replay_of"),
        sa.ForeignKeyConstraint(["version_id"], ["list_versions.id"], name="fk_runs_version_id"),
        sa.CheckConstraint("basis in ('known_then', 'latest')", name=op.f("ck_runs_basis_known")),
    )
    op.create_index("ix_runs_program", "runs", ["program"])
    op.create_index("ix_runs_version_id", "runs", ["version_id"])


def _run_registers() -> None:
    op.create_table(
        "run_registers",
        sa.Column("run_id", LONG, nullable=False),
        sa.Column("snapshot_id", LONG, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "snapshot_id", name="pk_run_registers"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_registers_run_id"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["register_snapshots.id"], name="fk_run_registers_snapshot_id"),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("run_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("failed", DATA, nullable=False),
        sa.Column("unknown", DATA, nullable=False),
        sa.Column("needs", DATA, nullable=False),
        sa.Column("at_most", sa.Boolean(), nullable=False),
        sa.Column("one_of", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=False),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("shares", DATA, nullable=False),
        sa.Column("benefits", DATA, nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("reserve", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "position", name="pk_decisions"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_decisions_run_id"),
        sa.CheckConstraint("verdict in ('ineligible', 'undetermined', 'eligible')", name=op.f("ck_decisions_verdict_known")),
    )
    op.create_index("ix_decisions_pid", "decisions", ["pid"])


def _exports() -> None:
    op.create_table(
        "exports",
        sa.Column("id", LONG, nullable=False),
        sa.Column("version_id", LONG, nullable=True),
        sa.Column("run_id", LONG, nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=True),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.Column("details", DATA, nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("exported_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exports"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_exports_key_id"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_exports_run_id"),
        sa.ForeignKeyConstraint(["version_id"], ["list_versions.id"], name="fk_exports_version_id"),
    )
