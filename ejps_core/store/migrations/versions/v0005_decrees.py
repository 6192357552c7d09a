"""Decrees and amendments, their steps, delegations, sealed documents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0005_decrees"
down_revision = "0004"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("delegations", "documents", "decrees", "decree_members", "decree_changes", "decree_steps", "decree_issues")


def upgrade() -> None:
    """Makes the tables; each refuses changes."""
    _delegations()
    _documents()
    _decrees()
    _decree_members()
    _decree_changes()
    _decree_steps()
    _decree_issues()
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _delegations() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", LONG, nullable=False),
        sa.Column("district", sa.String(length=64), nullable=True),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("capacity", sa.String(length=64), nullable=False),
        sa.Column("deputy", sa.String(length=200), nullable=False),
        sa.Column("powers", DATA, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("supersedes", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delegations"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_delegations_district"),
        sa.ForeignKeyConstraint(["supersedes"], ["delegations.id"], name="fk_delegations_supersedes"),
        sa.CheckConstraint("capacity in ('definitive', 'plt', 'plh')", name=op.f("ck_delegations_capacity_known")),
        sa.CheckConstraint("state in ('made', 'withdrawn')", name=op.f("ck_delegations_state_known")),
    )


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("bytes", LONG, nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_documents_key_id"),
        sa.CheckConstraint("kind in ('sheet', 'photo', 'handover', 'scan')", name=op.f("ck_documents_kind_known")),
    )
    op.create_index("ix_documents_content_hash", "documents", ["content_hash"])
    op.create_index("ix_documents_key_id", "documents", ["key_id"])


def _decrees() -> None:
    op.create_table(
        "decrees",
        sa.Column("id", LONG, nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("phases", DATA, nullable=False),
        sa.Column("from_phase", sa.Integer(), nullable=False),
        sa.Column("run_id", LONG, nullable=False),
        sa.Column("amends", LONG, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("counts", DATA, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decrees"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_decrees_district"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_decrees_run_id"),
        sa.ForeignKeyConstraint(["amends"], ["decrees.id"], name="fk_decrees_amends"),
    )
    op.create_index("ix_decrees_amends", "decrees", ["amends"])
    op.create_index("ix_decrees_district", "decrees", ["district"])
    op.create_index("ix_decrees_program", "decrees", ["program"])
    op.create_index("ix_decrees_run_id", "decrees", ["run_id"])


def _decree_members() -> None:
    op.create_table(
        "decree_members",
        sa.Column("decree_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=False),
        sa.Column("family_pid", sa.String(length=16), nullable=False),
        sa.Column("recipient_pid", sa.String(length=16), nullable=False),
        sa.Column("standing", sa.String(length=64), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("shares", DATA, nullable=False),
        sa.Column("payable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("decree_id", "position", name="pk_decree_members"),
        sa.ForeignKeyConstraint(["decree_id"], ["decrees.id"], name="fk_decree_members_decree_id"),
        sa.CheckConstraint("standing in ('recipient', 'reserve')", name=op.f("ck_decree_members_standing_known")),
    )
    op.create_index("ix_decree_members_decree_id_region", "decree_members", ["decree_id", "region"])
    op.create_index("ix_decree_members_pid", "decree_members", ["pid"])


def _decree_changes() -> None:
    op.create_table(
        "decree_changes",
        sa.Column("decree_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=False),
        sa.Column("new_pid", sa.String(length=16), nullable=True),
        sa.Column("recipient_pid", sa.String(length=16), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("shares", DATA, nullable=True),
        sa.Column("payable", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("decree_id", "position", name="pk_decree_changes"),
        sa.ForeignKeyConstraint(["decree_id"], ["decrees.id"], name="fk_decree_changes_decree_id"),
        sa.CheckConstraint("kind in ('name', 'replace', 'remove', 'correct')", name=op.f("ck_decree_changes_kind_known")),
        sa.CheckConstraint(
            "reason in ('head_died', 'family_died', 'moved', 'able',"
            " 'double', 'refused', 'objection', 'finding', 'nik_known', 'mistake')",
            name=op.f("ck_decree_changes_reason_known"),
        ),
    )
    op.create_index("ix_decree_changes_pid", "decree_changes", ["pid"])


def _decree_steps() -> None:
    op.create_table(
        "decree_steps",
        sa.Column("id", LONG, nullable=False),
        sa.Column("decree_id", LONG, nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("capacity", sa.String(length=64), nullable=False),
        sa.Column("delegation_id", LONG, nullable=True),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decree_steps"),
        sa.ForeignKeyConstraint(["decree_id"], ["decrees.id"], name="fk_decree_steps_decree_id"),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegations.id"], name="fk_decree_steps_delegation_id"),
        sa.CheckConstraint(
            "act in ('draft', 'check', 'approve', 'return', 'issue', 'withdraw')", name=op.f("ck_decree_steps_act_known")
        ),
        sa.CheckConstraint("capacity in ('definitive', 'plt', 'plh')", name=op.f("ck_decree_steps_capacity_known")),
    )
    op.create_index("ix_decree_steps_decree_id", "decree_steps", ["decree_id"])


def _decree_issues() -> None:
    op.create_table(
        "decree_issues",
        sa.Column("decree_id", LONG, nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("signatory", sa.String(length=200), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("capacity", sa.String(length=64), nullable=False),
        sa.Column("delegation_id", LONG, nullable=True),
        sa.Column("annex_hash", sa.String(length=64), nullable=False),
        sa.Column("document_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("decree_id", name="pk_decree_issues"),
        sa.ForeignKeyConstraint(["decree_id"], ["decrees.id"], name="fk_decree_issues_decree_id"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_decree_issues_district"),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegations.id"], name="fk_decree_issues_delegation_id"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_decree_issues_document_id"),
        sa.UniqueConstraint("district", "number", name="uq_decree_issues_district_number"),
        sa.CheckConstraint("capacity in ('definitive', 'plt', 'plh')", name=op.f("ck_decree_issues_capacity_known")),
    )
