"""Triggers by which the database itself refuses changes of records, in SQLite and PostgreSQL."""

from __future__ import annotations

from typing import NoReturn

REFUSAL = "append-only"
_POSTGRES_FUNCTION = f"""
create or replace function ejps_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '{REFUSAL}: %', tg_table_name using errcode = 'restrict_violation';
end $$
"""
_POSTGRES_DESTROYED = f"""
create or replace function ejps_refuse_unless_destroyed() returns trigger language plpgsql as $$
begin
    if exists (select 1 from key_destructions where key_id = old.key_id) then
        return old;
    end if;
    raise exception '{REFUSAL}: %', tg_table_name using errcode = 'restrict_violation';
end $$
"""


def functions(dialect: str) -> tuple[str, ...]:
    """What must be there before the triggers are."""
    return (_POSTGRES_FUNCTION, _POSTGRES_DESTROYED) if dialect == "postgresql" else ()


def triggers(dialect: str, table: str, *, until_key_destroyed: bool = False) -> tuple[str, ...]:
    """The statements that make a table append-only; until_key_destroyed: a record may go once its key was destroyed."""
    if dialect == "postgresql":
        return _in_postgres(table, until_key_destroyed)
    return _in_sqlite(table, until_key_destroyed)


def _in_postgres(table: str, until_key_destroyed: bool) -> tuple[str, ...]:
    on_delete = "ejps_refuse_unless_destroyed" if until_key_destroyed else "ejps_refuse_change"
    return (
        f"create trigger {table}_no_update before update on {table} for each row execute function ejps_refuse_change()",
        f"create trigger {table}_no_delete before delete on {table} for each row execute function {on_delete}()",
        f"create trigger {table}_no_truncate before truncate on {table} "
        "for each statement execute function ejps_refuse_change()",
    )


def _in_sqlite(table: str, until_key_destroyed: bool) -> tuple[str, ...]:
    living = "when not exists (select 1 from key_destructions where key_id = old.key_id) " if until_key_destroyed else ""
    refuse = f"begin select raise(abort, '{REFUSAL}: {table}'); end"
    return (
        f"create trigger {table}_no_update before update on {table} {refuse}",
        f"create trigger {table}_no_delete before delete on {table} {living}{refuse}",
    )


def forward_only() -> NoReturn:
    """Refuses to take a migration back: it would throw records away. A backup is what leads back."""
    raise RuntimeError("the schema of the store only goes forward; restore the backup made before the upgrade")
