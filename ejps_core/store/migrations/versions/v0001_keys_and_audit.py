"""The store itself, its keys, and the audit log."""

import sqlalchemy as sa
from alembic import op

from ejps_core.store.append_only import forward_only, functions, triggers

revision = "0001"
down_revision = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "store_identity",
    "data_keys",
    "retention_terms",
    "key_destructions",
    "audit_segments",
    "audit_seals",
    "audit_entries",
)


def upgrade() -> None:
    """Makes the tables; each refuses changes."""
    _store_identity()
    _data_keys()
    _retention_terms()
    _key_destructions()
    _audit_segments()
    _audit_seals()
    _audit_entries()
    dialect = op.get_bind().dialect.name
    for statement in functions(dialect):
        op.execute(statement)
    for table in TABLES:
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _store_identity() -> None:
    op.create_table(
        "store_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("store", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_store_identity"),
        sa.CheckConstraint("id = 1", name=op.f("ck_store_identity_only_one")),
    )


def _data_keys() -> None:
    op.create_table(
        "data_keys",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_data_keys"),
        sa.CheckConstraint("kind in ('list', 'register', 'export', 'index', 'audit')", name=op.f("ck_data_keys_kind_known")),
    )
    op.create_index("ix_data_keys_kind", "data_keys", ["kind"])


def _retention_terms() -> None:
    op.create_table(
        "retention_terms",
        sa.Column("id", LONG, nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_retention_terms"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_retention_terms_key_id"),
    )
    op.create_index("ix_retention_terms_key_id", "retention_terms", ["key_id"])


def _key_destructions() -> None:
    op.create_table(
        "key_destructions",
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("replaced_by", sa.String(length=16), nullable=True),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_key_destructions"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_key_destructions_key_id"),
        sa.ForeignKeyConstraint(["replaced_by"], ["data_keys.id"], name="fk_key_destructions_replaced_by"),
    )


def _audit_segments() -> None:
    op.create_table(
        "audit_segments",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("writer", sa.String(length=200), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_segments"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_audit_segments_key_id"),
    )
    op.create_index("ix_audit_segments_opened_at", "audit_segments", ["opened_at"])


def _audit_seals() -> None:
    op.create_table(
        "audit_seals",
        sa.Column("segment_id", sa.String(length=16), nullable=False),
        sa.Column("sealed_id", sa.String(length=16), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("segment_id", "sealed_id", name="pk_audit_seals"),
        sa.ForeignKeyConstraint(["sealed_id"], ["audit_segments.id"], name="fk_audit_seals_sealed_id"),
        sa.ForeignKeyConstraint(["segment_id"], ["audit_segments.id"], name="fk_audit_seals_segment_id"),
    )


def _audit_entries() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("segment_id", sa.String(length=16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("about_id", sa.String(length=64), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("segment_id", "seq", name="pk_audit_entries"),
        sa.ForeignKeyConstraint(["segment_id"], ["audit_segments.id"], name="fk_audit_entries_segment_id"),
    )
    op.create_index("ix_audit_entries_about_about_id", "audit_entries", ["about", "about_id"])
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"])
