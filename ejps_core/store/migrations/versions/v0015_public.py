"""Codes on letters by which families learn where they stand; complaints and what was done about them."""

import sqlalchemy as sa
from alembic import op

from ejps_core.store.append_only import forward_only, triggers

revision = "0015"
down_revision = "0014"

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the tables; each refuses changes."""
    op.create_table(
        "status_codes",
        sa.Column("id", LONG, nullable=False),
        sa.Column("run_id", LONG, nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_status_codes"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_status_codes_run_id"),
        sa.UniqueConstraint("hash", name="uq_status_codes_hash"),
    )
    op.create_index("ix_status_codes_run_id", "status_codes", ["run_id"])
    op.create_table(
        "complaints",
        sa.Column("id", LONG, nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("program", sa.String(length=64), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("run_id", LONG, nullable=True),
        sa.Column("pid", sa.String(length=16), nullable=True),
        sa.Column("filed_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_complaints"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_complaints_district"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_complaints_run_id"),
        sa.UniqueConstraint("hash", name="uq_complaints_hash"),
    )
    op.create_index("ix_complaints_district", "complaints", ["district"])
    op.create_table(
        "complaint_steps",
        sa.Column("id", LONG, nullable=False),
        sa.Column("complaint_id", LONG, nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("act in ('taken', 'forwarded', 'answered')", name="ck_complaint_steps_act_known"),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_steps"),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_complaint_steps_complaint_id"),
    )
    op.create_index("ix_complaint_steps_complaint_id", "complaint_steps", ["complaint_id"])
    dialect = op.get_bind().dialect.name
    for table in ("status_codes", "complaints", "complaint_steps"):
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()
