"""By whom a provider of identities (OIDC) means an account."""

import sqlalchemy as sa
from alembic import op

from ejps_core.store.append_only import forward_only, triggers

revision = "0014"
down_revision = "0013"

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "account_identities",
        sa.Column("id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("kind in ('subject', 'email')", name=op.f("ck_account_identities_kind_known")),
        sa.CheckConstraint("state in ('made', 'withdrawn')", name=op.f("ck_account_identities_state_known")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_account_identities_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account_identities"),
    )
    op.create_index("ix_account_identities_account_id", "account_identities", ["account_id"])
    op.create_index("ix_account_identities_hash", "account_identities", ["hash"])
    dialect = op.get_bind().dialect.name
    for statement in triggers(dialect, "account_identities"):
        op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()
