"""Deliveries, payments a family and phase, holds, minutes of handover."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0006_deliveries"
down_revision = "0005_decrees"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("deliveries", "payments", "payment_reasons", "holds", "handovers")


def upgrade() -> None:
    """Makes the tables; each refuses changes."""
    _deliveries()
    _payments()
    _payment_reasons()
    _holds()
    _handovers()
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", LONG, nullable=False),
        sa.Column("decree_id", LONG, nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("document_id", LONG, nullable=True),
        sa.Column("counts", DATA, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["decree_id"], ["decrees.id"], name="fk_deliveries_decree_id"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_deliveries_document_id"),
    )
    op.create_index("ix_deliveries_decree_id", "deliveries", ["decree_id"])


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("id", LONG, nullable=False),
        sa.Column("delivery_id", LONG, nullable=False),
        sa.Column("decree_id", LONG, nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=False),
        sa.Column("recipient_pid", sa.String(length=16), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("shares", DATA, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("taker", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cautions", DATA, nullable=False),
        sa.Column("document_id", LONG, nullable=True),
        sa.Column("cancels", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], name="fk_payments_delivery_id"),
        sa.ForeignKeyConstraint(["decree_id"], ["decrees.id"], name="fk_payments_decree_id"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_payments_district"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_payments_document_id"),
        sa.ForeignKeyConstraint(["cancels"], ["payments.id"], name="fk_payments_cancels"),
        sa.CheckConstraint(
            "outcome in ('received', 'failed', 'returned', 'cancelled')", name=op.f("ck_payments_outcome_known")
        ),
    )
    op.create_index("ix_payments_decree_id", "payments", ["decree_id"])
    op.create_index("ix_payments_delivery_id", "payments", ["delivery_id"])
    op.create_index("ix_payments_pid", "payments", ["pid"])
    op.create_index("ix_payments_program_phase_pid", "payments", ["program", "phase", "pid"])


def _payment_reasons() -> None:
    op.create_table(
        "payment_reasons",
        sa.Column("id", LONG, nullable=False),
        sa.Column("payment_id", LONG, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_reasons"),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name="fk_payment_reasons_payment_id"),
    )
    op.create_index("ix_payment_reasons_payment_id", "payment_reasons", ["payment_id"])


def _holds() -> None:
    op.create_table(
        "holds",
        sa.Column("id", LONG, nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("supersedes", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_holds_district"),
        sa.ForeignKeyConstraint(["supersedes"], ["holds.id"], name="fk_holds_supersedes"),
        sa.CheckConstraint(
            "reason in ('objection', 'finding', 'unclear', 'absent', 'subject', 'other')", name=op.f("ck_holds_reason_known")
        ),
        sa.CheckConstraint("state in ('made', 'withdrawn')", name=op.f("ck_holds_state_known")),
    )
    op.create_index("ix_holds_program_pid", "holds", ["program", "pid"])


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", LONG, nullable=False),
        sa.Column("decree_id", LONG, nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("first_party", sa.Text(), nullable=False),
        sa.Column("second_party", sa.Text(), nullable=False),
        sa.Column("items", DATA, nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("cautions", DATA, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("data_id", LONG, nullable=False),
        sa.Column("scan_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sa.ForeignKeyConstraint(["decree_id"], ["decrees.id"], name="fk_handovers_decree_id"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_handovers_district"),
        sa.ForeignKeyConstraint(["data_id"], ["documents.id"], name="fk_handovers_data_id"),
        sa.ForeignKeyConstraint(["scan_id"], ["documents.id"], name="fk_handovers_scan_id"),
        sa.UniqueConstraint("district", "number", name="uq_handovers_district_number"),
    )
    op.create_index("ix_handovers_decree_id", "handovers", ["decree_id"])
