"""Objections, working days, findings of inspectors."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0007_appeals"
down_revision = "0006_deliveries"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("objections", "objection_decisions", "public_holidays", "findings", "finding_steps")


def upgrade() -> None:
    """Makes the tables; each refuses changes."""
    _objections()
    _objection_decisions()
    _public_holidays()
    _findings()
    _finding_steps()
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _objections() -> None:
    op.create_table(
        "objections",
        sa.Column("id", LONG, nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=True),
        sa.Column("pid", sa.String(length=16), nullable=True),
        sa.Column("decree_id", LONG, nullable=True),
        sa.Column("run_id", LONG, nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("document_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_objections"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_objections_district"),
        sa.ForeignKeyConstraint(["decree_id"], ["decrees.id"], name="fk_objections_decree_id"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_objections_run_id"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_objections_document_id"),
    )
    op.create_index("ix_objections_district", "objections", ["district"])
    op.create_index("ix_objections_pid", "objections", ["pid"])
    op.create_index("ix_objections_program", "objections", ["program"])


def _objection_decisions() -> None:
    op.create_table(
        "objection_decisions",
        sa.Column("id", LONG, nullable=False),
        sa.Column("objection_id", LONG, nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("consequence", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("amendment_id", LONG, nullable=True),
        sa.Column("supersedes", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_objection_decisions"),
        sa.ForeignKeyConstraint(["objection_id"], ["objections.id"], name="fk_objection_decisions_objection_id"),
        sa.ForeignKeyConstraint(["amendment_id"], ["decrees.id"], name="fk_objection_decisions_amendment_id"),
        sa.ForeignKeyConstraint(["supersedes"], ["objection_decisions.id"], name="fk_objection_decisions_supersedes"),
        sa.CheckConstraint(
            "outcome in ('granted', 'partly', 'rejected', 'inadmissible', 'taken_back')",
            name=op.f("ck_objection_decisions_outcome_known"),
        ),
    )
    op.create_index("ix_objection_decisions_objection_id", "objection_decisions", ["objection_id"])


def _public_holidays() -> None:
    op.create_table(
        "public_holidays",
        sa.Column("id", LONG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_public_holidays"),
        sa.CheckConstraint("state in ('made', 'withdrawn')", name=op.f("ck_public_holidays_state_known")),
    )
    op.create_index("ix_public_holidays_day", "public_holidays", ["day"])


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", LONG, nullable=False),
        sa.Column("inspector", sa.Text(), nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=True),
        sa.Column("pid", sa.String(length=16), nullable=True),
        sa.Column("decree_id", LONG, nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recommendation", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("answerable", sa.Text(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("document_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_findings_district"),
        sa.ForeignKeyConstraint(["decree_id"], ["decrees.id"], name="fk_findings_decree_id"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_findings_document_id"),
    )
    op.create_index("ix_findings_district", "findings", ["district"])
    op.create_index("ix_findings_pid", "findings", ["pid"])
    op.create_index("ix_findings_program", "findings", ["program"])


def _finding_steps() -> None:
    op.create_table(
        "finding_steps",
        sa.Column("id", LONG, nullable=False),
        sa.Column("finding_id", LONG, nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("document_id", LONG, nullable=True),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_finding_steps"),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name="fk_finding_steps_finding_id"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_finding_steps_document_id"),
        sa.CheckConstraint("act in ('follow_up', 'extend', 'close', 'reopen')", name=op.f("ck_finding_steps_act_known")),
    )
    op.create_index("ix_finding_steps_finding_id", "finding_steps", ["finding_id"])
