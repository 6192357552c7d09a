"""The statements are plain, quoted and readable: no construct on which databases disagree, the rules' own words beside."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from ejps_core.dsl import compile_text
from ejps_core.engine.recorder import source_text
from ejps_core.engine.sql import script, statements
from ejps_core.model.asof import AsOf
from ejps_core.model.calendar import day_number
from ejps_core.model.candidates import arrow_type
from ejps_core.model.ruleset import Field, Ruleset
from ejps_core.model.words import Language

ROOT = Path(__file__).parents[2]
FILES = {
    "tests/bench/bench_food.ejps": date(2020, 10, 16),
    "tests/bench/bench_topup.ejps": date(2020, 10, 16),
    "tests/bench/bench_house.ejps": date(2020, 10, 16),
    "plugins/jps_food_aid/ejps_jps_food_aid/program.ejps": date(2020, 10, 16),
    "plugins/rtlh_housing/ejps_rtlh_housing/program.ejps": date(2024, 10, 16),
    "tests/good/tour.id.ejps": date(2020, 10, 16),
    "tests/good/pkh_plus.en.ejps": date(2023, 5, 1),
}
WORDS = """
    with as select from where group by order partition over left join on and or not is null case when then else end in
    like desc nulls last union all cross distinct rows between unbounded preceding current row true false date interval
    month day create temp table cast bigint integer coalesce count sum min max row_number dense_rank list_sum
    regexp_extract nullif extract year f t m a s
"""
PLAIN = frozenset(WORDS.split())
"""Words of SQL and functions that stand in the statements."""
TOKEN = re.compile(r"--[^\n]*|\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|[A-Za-z_]+|\d+|\S")


def ruleset(file: str) -> Ruleset:
    found, findings = compile_text((ROOT / file).read_text(encoding="utf-8"), file)
    assert found is not None, findings
    return found


def text(file: str, language: Language = Language.EN) -> str:
    day = day_number(FILES[file])
    return script(statements([ruleset(file)], AsOf(day, day), language=language))


@pytest.mark.parametrize("file", FILES)
def test_every_word_is_plain_sql_or_quoted(file: str) -> None:
    tokens = [token for token in TOKEN.findall(text(file)) if not token.startswith(("--", '"', "'"))]
    assert {token for token in tokens if token[0].isalpha() or token[0] == "_"} <= PLAIN
    assert not {"/", ".5"} & set("".join(tokens).replace("//", ""))


def test_the_test_for_plain_words_can_fail() -> None:
    assert "bool_or" not in PLAIN and "round" not in PLAIN
    assert "order" in TOKEN.findall('select order from "x"')


@pytest.mark.parametrize("file", FILES)
def test_the_rules_own_words_stand_in_comments(file: str) -> None:
    found, comments = ruleset(file), "\n".join(line.strip() for line in text(file).split("\n") if line.strip()[:2] == "--")
    for rule in found.rules:
        assert f'{rule.id} "{rule.title.say(found.surface)}"' in comments
        assert rule.legal is None or rule.legal in comments
        assert " ".join(source_text(found, rule.condition.span).split()) in comments
    for benefit in found.benefits:
        assert f'{benefit.id} "{benefit.title.say(found.surface)}"' in comments


@pytest.mark.parametrize("file", FILES)
def test_comments_are_all_that_differs_between_languages(file: str) -> None:
    one, other = (re.sub(r"--[^\n]*", "", text(file, language)) for language in Language)
    assert one == other
    assert text(file, Language.ID) != text(file, Language.EN)


def _empty(name: str, fields: tuple[Field, ...], extra: str) -> str:
    types = {"bool": "boolean", "int64": "bigint", "date32[day]": "date"}
    columns = {field.name: types.get(str(arrow_type(field.type)), "varchar") for field in fields}
    listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    return f"create table {name} ({extra}, {listed})" if listed else f"create table {name} ({extra})"


@pytest.mark.parametrize("file", FILES)
def test_an_auditor_can_run_the_text_as_it_is(file: str) -> None:
    found = ruleset(file)
    connection = duckdb.connect()
    connection.execute(_empty("families", found.family_fields, '"family row" bigint')).fetchall()
    connection.execute(_empty("members", found.member_fields, '"family row" bigint, "member row" bigint')).fetchall()
    connection.execute('insert into families ("family row") values (0), (1)').fetchall()
    for statement in text(file).split(";\n"):
        if statement.strip():
            connection.execute(statement).fetchall()
    decided = connection.execute(f'select "{found.program}.status" from decisions').fetchall()
    assert len(decided) == 2


def test_what_no_row_lacks_costs_nothing() -> None:
    from ejps_core.engine.lower import Shape
    from ejps_core.engine.plan import Rows

    day = day_number(date(2020, 10, 16))
    found = ruleset("tests/bench/bench_food.ejps")
    whole = frozenset((Rows.FAMILY, field.name) for field in found.family_fields)
    written = statements([found], AsOf(day, day), Shape(whole, members=True)).decisions
    code = re.sub(r"--[^\n]*", "", written)
    assert not [word for word in ("known", "possibly", "coalesce(cast") if word in code]


def test_the_page_shows_what_is_written() -> None:
    page = (ROOT / "docs/sql.md").read_text(encoding="utf-8")
    (rules,) = re.findall(r"^```ejps\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    found, findings = compile_text(rules, "food.ejps")
    assert found is not None, findings
    day = day_number(date(2020, 10, 16))
    written = script(statements([found], AsOf(day, day), language=Language.EN))
    shown = re.findall(r"^```sql\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(shown) == 4
    assert [part for part in shown if part not in written] == []
