"""The statement of ranking: for each program that chooses, ranks, seats and reserve among the decisions already made."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ejps_core.engine.allocation import AFTER_ALL, BEFORE_ALL, ORDINARY
from ejps_core.engine.sql import remarks
from ejps_core.engine.sql.answers import Answers, Contest, column_name, column_names
from ejps_core.engine.sql.dialect import Dialect
from ejps_core.engine.sql.expressions import FAMILY
from ejps_core.engine.sql.labels import heading, key_texts
from ejps_core.model.decisions import ELIGIBLE, NO_SEAT, PROVISIONAL, SEAT, UNDETERMINED, WAITS
from ejps_core.model.ruleset import Choose
from ejps_core.model.words import Language, Words

Columns = dict[int, list[str]]

DECISIONS = "decisions"
"""The table that the statement of decisions has made."""
RUNNING = "over (partition by «area» order by «place» rows between unbounded preceding and current row)"
"""Down to each rank of an area."""


def ranking(programs: Sequence[Answers], dialect: Dialect, language: Language = Language.ID) -> str | None:
    """The statement; None where no program chooses. One row for each family that is ranked or waits."""
    columns = column_names(programs)
    contests = [
        Ranking(answers, answers.contest, columns, dialect, language) for answers in programs if answers.contest is not None
    ]
    if not contests:
        return None
    parts = ",\n".join(part for contest in contests for part in contest.parts())
    return f"with {parts}\n" + "\nunion all\n".join(contest.last() for contest in contests) + "\n"


class Ranking:
    """One program's part. In the texts «name» is an identifier, quoted when the part is done."""

    def __init__(self, answers: Answers, contest: Contest, columns: Columns, dialect: Dialect, language: Language) -> None:
        choose = answers.ruleset.choose
        assert choose is not None
        self.contest, self.dialect, self.ruleset = contest, dialect, answers.ruleset
        self.language = language
        self.choose: Choose = choose
        self.plan, self.columns = answers.plan, columns
        self.status, self.total = answers.status, answers.total
        self.limits = [
            (what, limit) for what, limit in (("quota", contest.quota), ("budget", contest.budget)) if limit is not None
        ]
        self.own, self.best = self._keys(False, AFTER_ALL), self._keys(True, BEFORE_ALL)
        self.names = [f"«key {number}»" for number in range(1, len(self.own) + 1)]

    def parts(self) -> list[str]:
        """The named parts."""
        parts = [self._eligible(), self._ranked()]
        parts += self._spent() if self.contest.budget is not None else []
        parts.append(self._seated())
        return [*parts, self._rivals(), self._field(), self._ahead()] if self.limits else parts

    def last(self) -> str:
        """Ranks, seats and reserve of the ranked, and those that wait."""
        program, source = self.dialect.text(self.ruleset.program), f"{self._name('seated')} s"
        if self.limits:
            source += f"\nleft join {self._name('ahead')} a on a.«{FAMILY}» = s.«{FAMILY}» and a.«rival» = 0"
        without = " or ".join(f"s.«no {what}»" for what, limit in self.limits if self.plan.value(limit[1]) is not False)
        waiting = f"when {without} then {WAITS} " if without else ""
        provisional = f"when s.«fits» and ({self._shaky()}) then {PROVISIONAL} " if self.limits else ""
        follows = "s.«place» - s.«seats»"
        none = f"when s.«fits»{f' or {without}' if without else ''} then 0 "
        few = f"when {follows} > {self.choose.reserve} then 0 " if self.choose.reserve >= 0 else ""
        return self._quoted(
            f"-- {heading(self.ruleset)}\n-- {remarks.SEATS.say(self.language)}\n"
            f"select {program} as «program», s.«{FAMILY}», s.«place» as «rank»,\n"
            f"    case {waiting}{provisional}when s.«fits» then {SEAT} else {NO_SEAT} end as «seat»,\n"
            f"    case {none}{few}else {follows} end as «reserve»\nfrom {source}\n"
            f"union all\nselect {program}, «{FAMILY}», 0, {WAITS}, 0\nfrom {self._name('eligible')} where «waits»"
        )

    def _keys(self, best: bool, where: int) -> list[str]:
        """For each key: whether it stands before or after all values, then its values. Who waits has no rank to order."""
        columns = []
        for key, code in zip(self.contest.keys, self.contest.codes, strict=True):
            apart = self._of(key.limitless) if best else self._of(key.lacking) if key.unknown_last else "false"
            values = [self._of(node) for node in (key.best if best else key.value)]
            if apart == "false":
                columns += [str(ORDINARY), *values]
                continue
            columns.append(f"case when {apart} then {where} else {ORDINARY} end")
            nothing = "''" if code else "0"
            columns += [f"case when {apart} then {nothing} else {value} end" for value in values]
        return columns

    def _order(self, *lists: list[str]) -> str:
        """The keys one after the other; in what none of these lists differs is left out."""
        keys, place = [], 0
        for key, turned in zip(self.contest.keys, self.contest.descending, strict=True):
            for part in range(len(key.value) + 1):
                if any(columns[place] != str(ORDINARY) for columns in lists):
                    keys.append(self.dialect.ordered(self.names[place] + (" desc" if turned and part else "")))
                place += 1
        return ", ".join(keys)

    def _named(self, columns: Sequence[str]) -> str:
        return ", ".join(f"{column} as {name}" for column, name in zip(columns, self.names, strict=True))

    def _of(self, node: int) -> str:
        """A column of the decisions; a constant as such."""
        value = self.plan.value(node)
        return f"«{self.columns[node][0]}»" if value is None else str(value).lower()

    def _name(self, what: str) -> str:
        return f"«{column_name(self.ruleset, what)}»"

    def _quoted(self, text: str) -> str:
        return re.sub("«([^»]*)»", lambda found: self.dialect.name(found[1]), text)

    def _part(self, what: str, comment: Words, select: str, more: str = "") -> str:
        return (
            self._quoted(f"{self._name(what)} as (\n")
            + f"    -- {comment.say(self.language)}{more}\n{self._quoted(select)}\n)"
        )

    def _waits(self) -> str:
        """Where an eligible family can't be ranked: its area or a key is unknown."""
        tests = [self._of(self.contest.area_lacking)]
        tests += [self._of(key.lacking) for key in self.contest.keys if not key.unknown_last]
        return " or ".join(test for test in dict.fromkeys(tests) if test != "false") or "false"

    def _eligible(self) -> str:
        limits = "".join(
            f", {self._of(limit[0])} as «{what}», {self._of(limit[1])} as «no {what}»" for what, limit in self.limits
        )
        return self._part(
            "eligible",
            remarks.ELIGIBLE,
            f"    select «{FAMILY}», {self._of(self.contest.area)} as «area», {self._waits()} as «waits»,\n"
            f"        {self._of(self.total.amount)} as «amount», {self._of(self.total.open)} as «open»{limits},\n"
            f"        {self._named(self.own)}\n    from «{DECISIONS}»\n    where {self._of(self.status)} = {ELIGIBLE}",
            f": {', '.join(key_texts(self.ruleset))}",
        )

    def _ranked(self) -> str:
        order = f"partition by «area» order by {self._order(self.own)}, «{FAMILY}»"
        return self._part(
            "ranked",
            remarks.RANKED,
            f"    select *, row_number() over ({order}) as «place»\n"
            f"    from {self._name('eligible')}\n    where not «waits»",
        )

    def _spent(self) -> list[str]:
        """With a budget: what the seats down to each rank cost, and how many were too dear."""
        cost = (
            "«amount»"
            if self.contest.quota is None
            else "case when «place» <= «quota» and not «no quota» then «amount» else 0 end"
        )
        spent = self.dialect.long(f"sum({cost}) {RUNNING}")
        too_dear = f"count(case when «spent» > «budget» then 1 end) {RUNNING}"
        return [
            self._part(
                "spent",
                remarks.SPENT,
                f"    select *, {spent} as «spent»\n    from {self._name('ranked')}",
            ),
            self._part(
                "afforded",
                remarks.AFFORDED,
                f"    select *, {too_dear} as «too dear»\n    from {self._name('spent')}",
            ),
        ]

    def _seated(self) -> str:
        tests, source = [], "ranked"
        if self.contest.quota is not None:
            tests.append("«place» <= «quota» and not «no quota»")
        if self.contest.budget is not None:
            tests.append("«too dear» = 0 and not «no budget»")
            source = "afforded"
        fits = " and ".join(tests) or "true"
        opened = f"count(case when {fits} and «open» then 1 end) {RUNNING}"
        return self._part(
            "seated",
            remarks.SEATED,
            f"    select *, {fits} as «fits»,\n"
            f"        count(case when {fits} then 1 end) over (partition by «area») as «seats»,\n"
            f"        {opened} as «open down to here»\n    from {self._name(source)}",
        )

    def _rivals(self) -> str:
        waits = self._waits()
        waiting = "" if waits == "false" else f" or {self._of(self.status)} = {ELIGIBLE} and ({waits})"
        return self._part(
            "rivals",
            remarks.RIVALS,
            f"    select «{FAMILY}», {self._of(self.contest.area)} as «area»,\n"
            f"        {self._of(self.contest.area_lacking)} as «anywhere»,\n"
            f"        {self._named(self.best)}\n    from «{DECISIONS}»\n"
            f"    where {self._of(self.status)} = {UNDETERMINED}{waiting}",
        )

    def _field(self) -> str:
        names = ", ".join(self.names)
        seated = f"{self._name('seated')} where «fits»"
        row = f"1 as «rival», «{FAMILY}», {names}\n    from {self._name('rivals')}"
        selects = [
            f"    select «area», 0 as «rival», «{FAMILY}», {names}\n    from {seated}",
            f"    select «area», {row}\n    where not «anywhere»",
        ]
        if self._of(self.contest.area_lacking) != "false":
            areas = f"(select distinct «area» as «of» from {seated}) a"
            selects.append(f"    select «of», {row}\n    cross join {areas}\n    where «anywhere»")
        return self._part("field", remarks.FIELD, "\n    union all\n".join(selects))

    def _ahead(self) -> str:
        order = f"partition by «area» order by {self._order(self.own, self.best)}, «rival» desc"
        return self._part(
            "ahead",
            remarks.AHEAD,
            f"    select «{FAMILY}», «rival»,\n        sum(«rival») over ({order}\n"
            "            rows between unbounded preceding and current row) as «ahead»\n"
            f"    from {self._name('field')}",
        )

    def _shaky(self) -> str:
        """Which seats families still open could take."""
        tests = ["s.«place» + a.«ahead» > s.«quota»"] if self.contest.quota is not None else []
        if self.contest.budget is not None:
            tests.append("a.«ahead» > 0 or s.«open down to here» > 0")
        return " or ".join(tests)
