"""Askings of online registries and their answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0012"
down_revision = "0011"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the tables; each refuses changes, but answers may go once their key was destroyed."""
    op.create_table(
        "askings",
        sa.Column("id", LONG, nullable=False),
        sa.Column("version_id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("connector", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("facts", DATA, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_askings"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_askings_key_id"),
        sa.ForeignKeyConstraint(["version_id"], ["list_versions.id"], name="fk_askings_version_id"),
    )
    op.create_index("ix_askings_version_id", "askings", ["version_id"])
    op.create_table(
        "answer_batches",
        sa.Column("asking_id", LONG, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("asking_id", "batch", name="pk_answer_batches"),
        sa.ForeignKeyConstraint(["asking_id"], ["askings.id"], name="fk_answer_batches_asking_id"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_answer_batches_key_id"),
    )
    dialect = op.get_bind().dialect.name
    for table, destroyed in (("askings", False), ("answer_batches", True)):
        for statement in triggers(dialect, table, until_key_destroyed=destroyed):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()
