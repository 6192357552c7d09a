"""What is said of changes that can't be made."""

from __future__ import annotations

from collections.abc import Sequence

from ejps_core.dsl import syntax
from ejps_core.dsl.check.wording import meant
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.syntax import Token
from ejps_core.model.changes import ChangeKind
from ejps_core.model.diagnostic import Fix
from ejps_core.model.span import Span
from ejps_core.model.words import Words

SPELLED: dict[type, tuple[str, str]] = {
    syntax.Rule: ("syarat", "require"),
    syntax.Pay: ("berikan", "pay"),
    syntax.Definition: ("hitung", "let"),
    syntax.Parameter: ("parameter", "parameter"),
    syntax.Table: ("tabel", "table"),
    syntax.Scale: ("tarif", "scale"),
    syntax.Choose: ("pilih", "choose"),
    syntax.Report: ("laporan", "report"),
}
"""How a kind of statement is named to authors."""


def spelled(kind: type) -> tuple[str, str]:
    """The keyword of a kind of statement, in Indonesian and English."""
    return SPELLED.get(kind, (kind.__name__.lower(), kind.__name__.lower()))


def keyword(statement: syntax.Statement) -> tuple[str, str]:
    """The keyword with which a statement begins."""
    if isinstance(statement, syntax.Rule) and statement.kind.type == "REFUSE":
        return ("gugur bila", "refuse")
    return spelled(type(statement))


class Teller:
    """Says what is wrong."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def no_parent(self, node: syntax.Change) -> None:
        """A change in a file that changes nothing else."""
        words = Words(
            "di sini tidak ada yang diubah: berkas ini sebuah program, bukan ketentuan",
            "there is nothing to change here: this file is a program, not a rule set",
        )
        mend = Words(
            'tulis nilainya langsung; ketentuan dimulai dengan `ketentuan … "…" mengubah …`',
            'write it as it shall be; a rule set begins with `ruleset … "…" extends …`',
        )
        self.findings.error("change-alone", node.span, words, mend=mend)

    def because_alone(self, because: Token) -> None:
        """A reason where nothing is changed."""
        words = Words(
            "`karena` menjelaskan sebuah perubahan, dan di sini tidak ada yang diubah",
            "`because` gives the reason of a change, and nothing is changed here",
        )
        mend = Words("hapus, atau tulis `ganti` di depan pernyataannya", "take it out, or write `replace` before it")
        self.findings.error("because-alone", because.span(self.findings.path), words, mend=mend)

    def because_missing(self, span: Span) -> None:
        """A change without its reason."""
        words = Words("perubahan ini tanpa alasan hukum", "this change has no legal reason")
        mend = Words('tambahkan `karena "…"` di akhir baris pertamanya', 'add `because "…"` at the end of its first line')
        self.findings.error("because-missing", span, words, mend=mend)

    def program_too(self, node: syntax.Program) -> None:
        """A file with two heads."""
        words = Words(
            "berkas ini sudah dimulai sebagai ketentuan; `program` ada di berkas lain",
            "this file is a rule set already; the `program` stands in another file",
        )
        self.findings.error("program-and-ruleset", node.name.span(self.findings.path), words)

    def head_twice(self, node: syntax.Extension) -> None:
        """A second head."""
        words = Words("satu berkas memuat satu ketentuan", "a file holds one rule set")
        self.findings.error("statement-twice", node.name.span(self.findings.path), words)

    def twice(self, name: str, span: Span, first: Span) -> None:
        """The same id changed again."""
        words = Words(f"`{name}` sudah diubah di berkas ini", f"`{name}` is changed in this file already")
        self.findings.error("change-twice", span, words, why=(first, Words("yang pertama di sini", "first here")))

    def there_already(self, kind: type, span: Span, first: Span) -> None:
        """An addition that the parent has."""
        one, two = spelled(kind)
        words = Words(
            "ini sudah ada di program yang diubah; yang baru tidak menambah tetapi mengganti",
            "the program that is extended has it already; this would not add but replace",
        )
        mend = Words(
            f'tulis `ganti {one} … karena "…"`, atau pilih nama lain',
            f'write `replace {two} … because "…"`, or choose another name',
        )
        self.findings.error("exists-already", span, words, mend=mend, why=(first, Words("ada di sini", "it is here")))

    def least(self, token: Token) -> None:
        """How many members there are at least is the parent's."""
        words = Words(
            "paling sedikit berapa anggota ditentukan program yang diubah",
            "how many members there are at least is said by the program that is extended",
        )
        self.findings.error("extends-least", token.span(self.findings.path), words)

    def nothing_there(
        self,
        how: ChangeKind,
        kind: type,
        name: Token | None,
        span: Span,
        ids: Sequence[str],
        other: syntax.Statement | None,
    ) -> None:
        """A change of what is not there; `other` has that id and is of another kind."""
        one, two = spelled(kind)
        if name is None:
            words = Words(f"yang diubah tidak punya `{one}`", f"what is extended has no `{two}`")
            self.findings.error("change-unknown", span, words)
            return
        if other is not None and not isinstance(other, syntax.Program):
            own, its = keyword(other)
            words = Words(f"`{name.text}` adalah `{own}`", f"`{name.text}` is a `{its}`")
            verbs = ("cabut", "remove") if how is ChangeKind.REMOVE else ("ganti", "replace")
            mend = Words(f"tulis `{verbs[0]} {own} {name.text} …`", f"write `{verbs[1]} {its} {name.text} …`")
            why = (other.span, Words("di sini", "here"))
            self.findings.error("change-other-kind", span, words, mend=mend, why=_short(why))
            return
        close = meant(name.text, ids)
        words = Words(f"yang diubah tidak punya `{one} {name.text}`", f"what is extended has no `{two} {name.text}`")
        new = Words("hapus `ganti` bila ini baru", "take out `replace` if this is new")
        meaning = Words(f"maksudnya `{close}`?", f"did you mean `{close}`?") if close else None
        advice = meaning or (new if how is ChangeKind.REPLACE else None)
        self.findings.error("change-unknown", span, words, mend=advice, fix=Fix(span, close) if close else None)


def _short(why: tuple[Span, Words]) -> tuple[Span, Words]:
    """The first line only of a statement."""
    span = why[0]
    end = span.end_column if span.line == span.end_line else span.column + 5
    return Span(span.path, span.line, span.column, span.line, end), why[1]
