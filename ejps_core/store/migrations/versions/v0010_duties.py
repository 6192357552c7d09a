"""Duties under UU 27/2022: breaches and requests, with what was done about them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0010"
down_revision = "0009"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("breaches", "breach_events", "subject_requests", "request_events")


def upgrade() -> None:
    """Makes the tables; each refuses changes."""
    _breaches()
    _breach_events()
    _subject_requests()
    _request_events()
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _breaches() -> None:
    op.create_table(
        "breaches",
        sa.Column("id", LONG, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_breaches"),
    )


def _breach_events() -> None:
    op.create_table(
        "breach_events",
        sa.Column("id", LONG, nullable=False),
        sa.Column("breach_id", LONG, nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_breach_events"),
        sa.ForeignKeyConstraint(["breach_id"], ["breaches.id"], name="fk_breach_events_breach_id"),
        sa.CheckConstraint("step in ('found', 'effort', 'notice', 'closed')", name=op.f("ck_breach_events_step_known")),
    )
    op.create_index("ix_breach_events_breach_id", "breach_events", ["breach_id"])


def _subject_requests() -> None:
    op.create_table(
        "subject_requests",
        sa.Column("id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("pids", DATA, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subject_requests"),
        sa.CheckConstraint(
            "kind in ('access', 'correction', 'hold', 'erasure')", name=op.f("ck_subject_requests_kind_known")
        ),
    )
    op.create_index("ix_subject_requests_kind", "subject_requests", ["kind"])


def _request_events() -> None:
    op.create_table(
        "request_events",
        sa.Column("id", LONG, nullable=False),
        sa.Column("request_id", LONG, nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_request_events"),
        sa.ForeignKeyConstraint(["request_id"], ["subject_requests.id"], name="fk_request_events_request_id"),
        sa.CheckConstraint("step in ('note', 'answer', 'release')", name=op.f("ck_request_events_step_known")),
    )
    op.create_index("ix_request_events_request_id", "request_events", ["request_id"])
