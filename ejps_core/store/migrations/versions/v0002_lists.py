"""Districts, programs, lists with rows and sealed people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ejps_core.store.append_only import forward_only, triggers

revision = "0002"
down_revision = "0001"

DATA = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "districts",
    "programs_enabled",
    "column_mappings",
    "lists",
    "list_versions",
    "list_rows",
    "people",
    "sealed_parts",
)
UNTIL_KEY_DESTROYED = ("people", "sealed_parts")


def upgrade() -> None:
    """Makes the tables; each refuses changes."""
    _districts()
    _programs_enabled()
    _column_mappings()
    _lists()
    _list_versions()
    _list_rows()
    _people()
    _sealed_parts()
    dialect = op.get_bind().dialect.name
    for table in TABLES:
        for statement in triggers(dialect, table, until_key_destroyed=table in UNTIL_KEY_DESTROYED):
            op.execute(statement)


def downgrade() -> None:
    """Records are never thrown away."""
    forward_only()


def _districts() -> None:
    op.create_table(
        "districts",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_districts"),
    )


def _programs_enabled() -> None:
    op.create_table(
        "programs_enabled",
        sa.Column("id", LONG, nullable=False),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("rule_set", sa.String(length=200), nullable=True),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("supersedes", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programs_enabled"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_programs_enabled_district"),
        sa.ForeignKeyConstraint(["supersedes"], ["programs_enabled.id"], name="fk_programs_enabled_supersedes"),
        sa.CheckConstraint("state in ('active', 'quarantined')", name=op.f("ck_programs_enabled_state_known")),
    )
    op.create_index("ix_programs_enabled_district", "programs_enabled", ["district"])
    op.create_index("ix_programs_enabled_program", "programs_enabled", ["program"])


def _column_mappings() -> None:
    op.create_table(
        "column_mappings",
        sa.Column("id", LONG, nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("mapping", DATA, nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_column_mappings"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_column_mappings_district"),
    )
    op.create_index("ix_column_mappings_district_shape", "column_mappings", ["district", "shape"])


def _lists() -> None:
    op.create_table(
        "lists",
        sa.Column("id", LONG, nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("program", sa.String(length=64), nullable=True),
        sa.Column("phase", sa.String(length=64), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lists"),
        sa.ForeignKeyConstraint(["district"], ["districts.code"], name="fk_lists_district"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_lists_key_id"),
    )
    op.create_index("ix_lists_district", "lists", ["district"])


def _list_versions() -> None:
    op.create_table(
        "list_versions",
        sa.Column("id", LONG, nullable=False),
        sa.Column("list_id", LONG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("file_bytes", LONG, nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("mapping_id", LONG, nullable=True),
        sa.Column("counts", DATA, nullable=False),
        sa.Column("facts_hash", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_list_versions"),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name="fk_list_versions_list_id"),
        sa.ForeignKeyConstraint(["mapping_id"], ["column_mappings.id"], name="fk_list_versions_mapping_id"),
        sa.UniqueConstraint("list_id", "number", name="uq_list_versions_list_id_number"),
        sa.UniqueConstraint("list_id", "file_hash", name="uq_list_versions_list_id_file_hash"),
    )
    op.create_index("ix_list_versions_file_hash", "list_versions", ["file_hash"])


def _list_rows() -> None:
    op.create_table(
        "list_rows",
        sa.Column("version_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=True),
        sa.Column("family_pid", sa.String(length=16), nullable=True),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("nik_to_follow", sa.Boolean(), nullable=False),
        sa.Column("codes", DATA, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_list_rows"),
        sa.ForeignKeyConstraint(["version_id"], ["list_versions.id"], name="fk_list_rows_version_id"),
        sa.CheckConstraint("verdict in ('accepted', 'with_remark', 'set_apart')", name=op.f("ck_list_rows_verdict_known")),
        sa.CheckConstraint("unit in ('family', 'member')", name=op.f("ck_list_rows_unit_known")),
    )
    op.create_index("ix_list_rows_pid", "list_rows", ["pid"])


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("version_id", LONG, nullable=False),
        sa.Column("pid", sa.String(length=16), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("family_pid", sa.String(length=16), nullable=True),
        sa.Column("nik", sa.LargeBinary(), nullable=True),
        sa.Column("kk", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("nik_index", sa.String(length=64), nullable=True),
        sa.Column("kk_index", sa.String(length=64), nullable=True),
        sa.Column("index_key", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("version_id", "pid", "key_id", name="pk_people"),
        sa.ForeignKeyConstraint(["index_key"], ["data_keys.id"], name="fk_people_index_key"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_people_key_id"),
        sa.ForeignKeyConstraint(["version_id"], ["list_versions.id"], name="fk_people_version_id"),
        sa.CheckConstraint("unit in ('family', 'member')", name=op.f("ck_people_unit_known")),
    )
    op.create_index("ix_people_kk_index", "people", ["kk_index"])
    op.create_index("ix_people_nik_index", "people", ["nik_index"])


def _sealed_parts() -> None:
    op.create_table(
        "sealed_parts",
        sa.Column("version_id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version_id", "kind", "part", "key_id", name="pk_sealed_parts"),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name="fk_sealed_parts_key_id"),
        sa.ForeignKeyConstraint(["version_id"], ["list_versions.id"], name="fk_sealed_parts_version_id"),
    )
