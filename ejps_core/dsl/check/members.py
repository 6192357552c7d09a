"""What is asked of the members: any, every, how many, sums, extremes, the oldest."""

from __future__ import annotations

from ejps_core.dsl import syntax
from ejps_core.dsl.check.arithmetic import ROUND_FIRST
from ejps_core.dsl.check.cases import one_type
from ejps_core.dsl.check.conditions import condition, constant_or_parameter
from ejps_core.dsl.check.sizes import proved
from ejps_core.dsl.check.wording import type_words
from ejps_core.dsl.check.world import At
from ejps_core.model.expr import (
    AnyMember,
    AtLeastMembers,
    CountMembers,
    EveryMember,
    Expr,
    ExtremeMember,
    FieldRef,
    OfOldest,
    SumLargest,
    SumMembers,
)
from ejps_core.model.kinds import Level
from ejps_core.model.span import Span
from ejps_core.model.types import MOST_MEMBERS, Choice, Date, Number, Type, YesNo
from ejps_core.model.words import Words


def _family(at: At, node: syntax.Syntax) -> bool:
    """Whether members may be asked here: not inside a question to a member."""
    if at.level is Level.FAMILY:
        return True
    at.error(
        "members-nested",
        node,
        "pertanyaan tentang semua anggota tidak dapat berada di dalam pertanyaan tentang seorang anggota",
        "a question about all members can't stand inside a question about one member",
        Words("beri nama dahulu dengan `hitung`, lalu pakai namanya", "give it a name with `let` first, then use the name"),
    )
    return False


def _where(at: At, node: syntax.Expr | None) -> tuple[bool, Expr | None]:
    """The condition on the member; (fine, None) without one."""
    if node is None:
        return True, None
    found = condition(at.of_member(), node)
    return found is not None, found


def any_member(at: At, node: syntax.AnyMember) -> Expr | None:
    """any member where."""
    if not _family(at, node):
        return None
    where = condition(at.of_member(), node.where)
    return where and AnyMember(type=YesNo(), span=node.span, where=where)


def every_member(at: At, node: syntax.EveryMember) -> Expr | None:
    """every member where … satisfies."""
    if not _family(at, node):
        return None
    fine, where = _where(at, node.where)
    satisfies = condition(at.of_member(), node.condition)
    if not fine or satisfies is None:
        return None
    return EveryMember(type=YesNo(), span=node.span, where=where, condition=satisfies)


def _counted(at: At, token: syntax.Token) -> int | None:
    """A number of members: 1 to MOST_MEMBERS."""
    count = token.value[0]
    if 1 <= count <= MOST_MEMBERS:
        return count
    at.error(
        "count-impossible",
        at.world.span(token),
        f"jumlah ini harus 1 sampai {MOST_MEMBERS}",
        f"this number must be 1 to {MOST_MEMBERS}",
    )
    return None


def at_least_members(at: At, node: syntax.AtLeastMembers) -> Expr | None:
    """at least N members where."""
    if not _family(at, node):
        return None
    count, where = _counted(at, node.count), condition(at.of_member(), node.where)
    if count is None or where is None:
        return None
    return AtLeastMembers(type=YesNo(), span=node.span, count=count, where=where)


def count_members(at: At, node: syntax.CountMembers) -> Expr | None:
    """count members, all or where."""
    if not _family(at, node):
        return None
    fine, where = _where(at, node.where)
    least = at.world.least_members if node.where is None else 0
    kind = Number(0, least, MOST_MEMBERS)
    return CountMembers(type=kind, span=node.span, where=where) if fine else None


def sum_members(at: At, node: syntax.SumMembers) -> Expr | None:
    """sum of a value over the members, all or the N largest."""
    if not _family(at, node):
        return None
    count = None if node.count is None else _counted(at, node.count)
    value, (fine, where) = at.of_member().read(node.value), _where(at, node.where)
    if value is None or not fine or (node.count is not None and count is None):
        return None
    kind = value.type
    if not isinstance(kind, Number):
        _not_summed(at, node.value, kind)
        return None
    low, high = MOST_MEMBERS * min(0, kind.low), (count or MOST_MEMBERS) * max(0, kind.high)
    if not proved(at, node, low, high, MOST_MEMBERS * kind.high):
        return None
    result = Number(kind.scale, low, high, kind.per)
    if count is None:
        return SumMembers(type=result, span=node.span, value=value, where=where)
    if kind.low < 0:
        at.error(
            "largest-negative",
            node.value,
            "nilai yang dijumlahkan dari yang terbesar tidak boleh negatif",
            "values of which the largest are summed can't be negative",
        )
        return None
    if node.kind is None or node.cap is None:
        return SumLargest(type=result, span=node.span, count=count, value=value, where=where)
    kinds, cap = _of_each_kind(at, node.kind), _cap(at, node.cap)
    if kinds is None or cap is None:
        return None
    return SumLargest(type=result, span=node.span, count=count, value=value, where=where, kind=kinds, cap=cap)


def _of_each_kind(at: At, node: syntax.Expr) -> Expr | None:
    """The choice by which members are told apart."""
    kind = at.of_member().read(node)
    if kind is None or isinstance(kind.type, Choice):
        return kind
    there = type_words(kind.type)
    at.error(
        "kind-choice",
        node,
        f"sesudah `per` harus ada pilihan, bukan {there.id}",
        f"after `per` must be a choice, not {there.en}",
    )
    return None


def _cap(at: At, node: syntax.Expr) -> Expr | None:
    """How many of a kind count: a whole number, for each member that of its kind."""
    cap = at.of_member().read(node)
    if cap is None:
        return None
    kind = cap.type
    if isinstance(kind, Number) and kind.per is None and kind.scale == 0 and kind.low >= 0:
        return cap
    at.error(
        "kind-cap",
        node,
        "batas tiap jenis adalah bilangan bulat, 0 atau lebih",
        "a cap for each kind is a whole number, 0 or more",
    )
    return None


def _not_summed(at: At, node: syntax.Expr, kind: Type) -> None:
    there = type_words(kind)
    if isinstance(kind, YesNo):
        mend: Words | None = Words(
            "untuk menghitung orang, pakai `jumlah anggota yang …`", "to count people, use `count members where …`"
        )
    elif isinstance(kind, Choice | Date):
        mend = None
    else:
        mend = ROUND_FIRST
    at.error(
        "type-number",
        node,
        f"di sini harus ada angka atau uang tiap anggota, bukan {there.id}",
        f"here must be a number or money of each member, not {there.en}",
        mend,
    )


def _if_none(at: At, node: syntax.ExtremeMember | syntax.OfOldest, kind: Type) -> tuple[bool, Expr | None]:
    """What holds if nobody is there: must be said unless there is always one."""
    if node.if_none is None:
        if node.where is None and at.world.least_members >= 1:
            return True, None
        end = Span(node.span.path, node.span.end_line, node.span.end_column, node.span.end_line, node.span.end_column)
        at.error(
            "if-none-missing",
            node,
            "bisa jadi tidak ada anggota seperti itu; belum dikatakan apa nilainya saat itu",
            "there may be no such member; what the value is then has not been said",
            Words("tambahkan `atau bila kosong …` di belakangnya", "add `or if none …` after it"),
        )
        del end
        return False, None
    choice = kind if isinstance(kind, Choice) else None
    found = constant_or_parameter(at, node.if_none, choice)
    return found is not None, found


def extreme_member(at: At, node: syntax.ExtremeMember) -> Expr | None:
    """largest or smallest value of the members."""
    if not _family(at, node):
        return None
    value, (fine, where) = at.of_member().read(node.value), _where(at, node.where)
    if value is None:
        return None
    if not isinstance(value.type, Number | Date):
        _not_summed(at, node.value, value.type)
        return None
    said, none = _if_none(at, node, value.type)
    if not fine or not said:
        return None
    kind = one_type(at, node, [value, *([none] if none else [])])
    if kind is None:
        return None
    largest = node.which.type == "LARGEST"
    return ExtremeMember(type=kind, span=node.span, largest=largest, value=value, where=where, if_none=none)


def of_oldest(at: At, node: syntax.OfOldest) -> Expr | None:
    """A value of the oldest or youngest member."""
    if not _family(at, node):
        return None
    births = at.world.birth_field(Level.MEMBER)
    value, (fine, where) = at.of_member().read(node.value), _where(at, node.where)
    if len(births) != 1:
        no_birth(at, node, len(births))
        return None
    if value is None:
        return None
    said, none = _if_none(at, node, value.type)
    if not fine or not said:
        return None
    kind = one_type(at, node, [value, *([none] if none else [])])
    if kind is None:
        return None
    field = births[0]
    at.world.used.add(field.name)
    birth = FieldRef(type=field.type, span=node.span, name=field.name, level=Level.MEMBER)
    key = next((f.name for f in at.world.fields[Level.MEMBER].values() if f.key), None)
    return OfOldest(
        type=kind,
        span=node.span,
        oldest=node.which.type == "OLDEST",
        value=value,
        birth=birth,
        key=key,
        where=where,
        if_none=none,
    )


def no_birth(at: At, node: syntax.Syntax, births: int) -> None:
    """Says that an age needs exactly one date of birth; nothing if it may stand in text that could not be read."""
    if not births and at.world.lost:
        return
    if births:
        words = (
            "ada lebih dari satu tanggal lahir; tidak jelas yang mana",
            "there is more than one date of birth; which one isn't clear",
        )
        mend = Words("jadikan yang lain `tanggal` biasa", "make the others a plain `date`")
    else:
        words = ("untuk umur perlu satu data bertipe `tanggal lahir`", "an age needs one fact of type `date of birth`")
        mend = Words("tambahkan, misalnya `lahir tanggal lahir`", "add one, for example `birth date of birth`")
    at.error("birth-missing", node, *words, mend)
