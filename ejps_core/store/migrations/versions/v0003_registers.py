"""Registers, determinations, matching."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0003"
down_revision = "0002"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "register_snapshots",
    "completeness_declarations",
    "determinations",
    "match_runs",
    "match_results",
    "duplicate_findings",
    "review_decisions",
)


def upgrade() -> None:
    """Makes the tables; each refuses changes."""
    _register_snapshots()
    _completeness_declarations()
    _determinations()
    _match_runs()
    _match_results()
    _duplicate_findings()
    _review_decisions()
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _register_snapshots() -> None:
    op.create_table(
        "register_snapshots",
        sa.Column("id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("counts", DATA, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("supersedes", LONG, nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_register_snapshots"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_register_snapshots_key_id"),
        sa.ForeignKeyConstraint(["supersedes"], ["register_snapshots.id"], name="fk_register_snapshots_supersedes"),
        sa.UniqueConstraint("kind", "content_hash", "as_of", name="uq_register_snapshots_kind_content_hash_as_of"),
    )
    op.create_index("ix_register_snapshots_kind", "register_snapshots", ["kind"])


def _completeness_declarations() -> None:
    op.create_table(
        "completeness_declarations",
        sa.Column("id", LONG, nullable=False),
        sa.Column("snapshot_id", LONG, nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("declared_by", sa.String(length=200), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("supersedes", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_completeness_declarations"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["register_snapshots.id"], name="fk_completeness_declarations_snapshot_id"),
        sa.ForeignKeyConstraint(
            ["supersedes"], ["completeness_declarations.id"], name="fk_completeness_declarations_supersedes"
        ),
        sa.CheckConstraint("state in ('made', 'withdrawn')", name=op.f("ck_completeness_declarations_state_known")),
    )
    op.create_index("ix_completeness_declarations_snapshot_id", "completeness_declarations", ["snapshot_id"])


def _determinations() -> None:
    op.create_table(
        "determinations",
        sa.Column("id", LONG, nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("list_id", LONG, nullable=False),
        sa.Column("fact", sa.String(length=200), nullable=False),
        sa.Column("value", DATA, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("determined_by", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("supersedes", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_determinations"),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name="fk_determinations_list_id"),
        sa.ForeignKeyConstraint(["supersedes"], ["determinations.id"], name="fk_determinations_supersedes"),
        sa.CheckConstraint("state in ('made', 'withdrawn')", name=op.f("ck_determinations_state_known")),
        sa.CheckConstraint("unit in ('family', 'member')", name=op.f("ck_determinations_unit_known")),
    )
    op.create_index("ix_determinations_pid", "determinations", ["pid"])


def _match_runs() -> None:
    op.create_table(
        "match_runs",
        sa.Column("id", LONG, nullable=False),
        sa.Column("version_id", LONG, nullable=False),
        sa.Column("snapshot_id", LONG, nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("settings", DATA, nullable=False),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("matched_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_match_runs"),
        sa.ForeignKeyConstraint(["snapshot_id"], ["register_snapshots.id"], name="fk_match_runs_snapshot_id"),
        sa.ForeignKeyConstraint(["version_id"], ["list_versions.id"], name="fk_match_runs_version_id"),
    )
    op.create_index("ix_match_runs_version_id", "match_runs", ["version_id"])


def _match_results() -> None:
    op.create_table(
        "match_results",
        sa.Column("id", LONG, nullable=False),
        sa.Column("match_run_id", LONG, nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("details", DATA, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_match_results"),
        sa.ForeignKeyConstraint(["match_run_id"], ["match_runs.id"], name="fk_match_results_match_run_id"),
        sa.CheckConstraint(
            "outcome in ('matched', 'name_differs', 'birth_date_differs', 'died', 'moved', "
            "'not_found', 'double', 'no_answer')",
            name=op.f("ck_match_results_outcome_known"),
        ),
    )
    op.create_index("ix_match_results_match_run_id", "match_results", ["match_run_id"])
    op.create_index("ix_match_results_pid", "match_results", ["pid"])


def _duplicate_findings() -> None:
    op.create_table(
        "duplicate_findings",
        sa.Column("id", LONG, nullable=False),
        sa.Column("match_run_id", LONG, nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=False),
        sa.Column("other_version_id", LONG, nullable=False),
        sa.Column("other_pid", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("details", DATA, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_duplicate_findings"),
        sa.ForeignKeyConstraint(["match_run_id"], ["match_runs.id"], name="fk_duplicate_findings_match_run_id"),
        sa.ForeignKeyConstraint(["other_version_id"], ["list_versions.id"], name="fk_duplicate_findings_other_version_id"),
    )
    op.create_index("ix_duplicate_findings_match_run_id", "duplicate_findings", ["match_run_id"])
    op.create_index("ix_duplicate_findings_other_pid", "duplicate_findings", ["other_pid"])
    op.create_index("ix_duplicate_findings_pid", "duplicate_findings", ["pid"])


def _review_decisions() -> None:
    op.create_table(
        "review_decisions",
        sa.Column("id", LONG, nullable=False),
        sa.Column("match_id", LONG, nullable=True),
        sa.Column("duplicate_id", LONG, nullable=True),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("supersedes", LONG, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_decisions"),
        sa.ForeignKeyConstraint(["duplicate_id"], ["duplicate_findings.id"], name="fk_review_decisions_duplicate_id"),
        sa.ForeignKeyConstraint(["match_id"], ["match_results.id"], name="fk_review_decisions_match_id"),
        sa.ForeignKeyConstraint(["supersedes"], ["review_decisions.id"], name="fk_review_decisions_supersedes"),
        sa.CheckConstraint("(match_id is null) <> (duplicate_id is null)", name=op.f("ck_review_decisions_about_one")),
    )
    op.create_index("ix_review_decisions_duplicate_id", "review_decisions", ["duplicate_id"])
    op.create_index("ix_review_decisions_match_id", "review_decisions", ["match_id"])
