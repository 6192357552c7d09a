"""Money by phase and district: budget years, entries, files, reconciliations, frozen positions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0009"
down_revision = "0008"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "budget_years",
    "budget_terms",
    "money_files",
    "money_file_rows",
    "money_entries",
    "reconciliations",
    "reconciliation_lines",
    "frozen_positions",
)
STEPS = "'ceiling', 'request', 'advance', 'transfer', 'package', 'tax', 'distribution', 'receipt', 'refund', 'failure'"


def upgrade() -> None:
    """Makes the tables; each refuses changes."""
    _years()
    _files()
    _entries()
    _reconciliations()
    _positions()
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in triggers(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _entered() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
    )


def _years() -> None:
    op.create_table(
        "budget_years",
        sa.Column("id", LONG, nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget_years"),
        sa.UniqueConstraint("program", "area", "year", name="uq_budget_years_program_area_year"),
    )
    op.create_table(
        "budget_terms",
        sa.Column("id", LONG, nullable=False),
        sa.Column("year_id", LONG, nullable=False),
        sa.Column("title", DATA, nullable=False),
        sa.Column("phases", DATA, nullable=False),
        sa.Column("districts", DATA, nullable=False),
        sa.Column("notes", DATA, nullable=False),
        *_entered(),
        sa.PrimaryKeyConstraint("id", name="pk_budget_terms"),
        sa.ForeignKeyConstraint(["year_id"], ["budget_years.id"], name="fk_budget_terms_year_id"),
    )
    op.create_index("ix_budget_terms_year_id", "budget_terms", ["year_id"])


def _files() -> None:
    op.create_table(
        "money_files",
        sa.Column("id", LONG, nullable=False),
        sa.Column("year_id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("file_bytes", LONG, nullable=False),
        sa.Column("counts", DATA, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_money_files"),
        sa.ForeignKeyConstraint(["year_id"], ["budget_years.id"], name="fk_money_files_year_id"),
        sa.UniqueConstraint("year_id", "kind", "file_hash", name="uq_money_files_year_id_kind_file_hash"),
        sa.CheckConstraint("kind in ('entries', 'comparison')", name=op.f("ck_money_files_kind_known")),
    )
    op.create_table(
        "money_file_rows",
        sa.Column("file_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("codes", DATA, nullable=False),
        sa.PrimaryKeyConstraint("file_id", "position", name="pk_money_file_rows"),
        sa.ForeignKeyConstraint(["file_id"], ["money_files.id"], name="fk_money_file_rows_file_id"),
        sa.CheckConstraint(
            "verdict in ('accepted', 'with_remark', 'set_apart')", name=op.f("ck_money_file_rows_verdict_known")
        ),
    )


def _entries() -> None:
    op.create_table(
        "money_entries",
        sa.Column("id", LONG, nullable=False),
        sa.Column("year_id", LONG, nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=True),
        sa.Column("phase", sa.Integer(), nullable=True),
        sa.Column("district", sa.String(length=64), nullable=True),
        sa.Column("province", sa.BigInteger(), nullable=True),
        sa.Column("district_share", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("rounded_to", sa.BigInteger(), nullable=True),
        sa.Column("families", LONG, nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("document", sa.String(length=200), nullable=True),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.Column("obstacle", sa.Text(), nullable=True),
        sa.Column("follow_up", sa.Text(), nullable=True),
        sa.Column("answerable", sa.Text(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("cancels", sa.String(length=64), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("file_id", LONG, nullable=True),
        sa.Column("file_row", sa.Integer(), nullable=True),
        *_entered(),
        sa.PrimaryKeyConstraint("id", name="pk_money_entries"),
        sa.ForeignKeyConstraint(["year_id"], ["budget_years.id"], name="fk_money_entries_year_id"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_money_entries_district"),
        sa.ForeignKeyConstraint(["file_id"], ["money_files.id"], name="fk_money_entries_file_id"),
        sa.UniqueConstraint("year_id", "number", name="uq_money_entries_year_id_number"),
        sa.CheckConstraint(
            "kind in ('event', 'target', 'report', 'stated', 'reason', 'cancellation')",
            name=op.f("ck_money_entries_kind_known"),
        ),
        sa.CheckConstraint(f"step in ({STEPS})", name=op.f("ck_money_entries_step_known")),
        sa.CheckConstraint(
            "province >= 0 and district_share >= 0 and amount >= 0 and families >= 0",
            name=op.f("ck_money_entries_not_negative"),
        ),
    )
    op.create_index("ix_money_entries_year_id_entered_at", "money_entries", ["year_id", "entered_at"])


def _reconciliations() -> None:
    op.create_table(
        "reconciliations",
        sa.Column("id", LONG, nullable=False),
        sa.Column("file_id", LONG, nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("days", DATA, nullable=False),
        sa.Column("counts", DATA, nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("compared_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reconciliations"),
        sa.ForeignKeyConstraint(["file_id"], ["money_files.id"], name="fk_reconciliations_file_id"),
    )
    op.create_index("ix_reconciliations_file_id", "reconciliations", ["file_id"])
    op.create_table(
        "reconciliation_lines",
        sa.Column("reconciliation_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("entry_id", LONG, nullable=True),
        sa.Column("file_row", sa.Integer(), nullable=True),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("amount_here", sa.BigInteger(), nullable=True),
        sa.Column("amount_there", sa.BigInteger(), nullable=True),
        sa.Column("day_here", sa.Date(), nullable=True),
        sa.Column("day_there", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("reconciliation_id", "position", name="pk_reconciliation_lines"),
        sa.ForeignKeyConstraint(
            ["reconciliation_id"], ["reconciliations.id"], name="fk_reconciliation_lines_reconciliation_id"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["money_entries.id"], name="fk_reconciliation_lines_entry_id"),
        sa.CheckConstraint(
            "outcome in ('matched', 'missing_here', 'missing_there', 'amount_differs', 'date_differs')",
            name=op.f("ck_reconciliation_lines_outcome_known"),
        ),
    )


def _positions() -> None:
    op.create_table(
        "frozen_positions",
        sa.Column("id", LONG, nullable=False),
        sa.Column("year_id", LONG, nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.String(length=200), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_frozen_positions"),
        sa.ForeignKeyConstraint(["year_id"], ["budget_years.id"], name="fk_frozen_positions_year_id"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_frozen_positions_key_id"),
        sa.UniqueConstraint("year_id", "digest", name="uq_frozen_positions_year_id_digest"),
    )
    op.create_index("ix_frozen_positions_year_id", "frozen_positions", ["year_id"])
