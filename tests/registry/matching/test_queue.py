"""The queue: what is asked, and what answers do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ejps_core.registry.matching.match import match
from ejps_core.registry.matching.matches import Matches
from ejps_core.registry.matching.outcomes import Outcome, Way
from ejps_core.registry.matching.queue import Answer, Doubt, answered, doubts
from tests.registry.matching.made import FATMA, HASAN, JUSUF, SALMA, but, group

WHEN = datetime(2020, 9, 20, 2, tzinfo=UTC)
REGISTER = (FATMA, but(JUSUF, status="meninggal"), HASAN, but(SALMA, status="pindah"))
LISTED = (
    but(FATMA, ref="a", nik="7501014107859007"),  # doubtful: a digit is another one
    but(JUSUF, ref="b", name="Ramdan Tuna"),  # the name differs, and the register's person is dead
    but(HASAN, ref="c"),  # matched
    but(SALMA, ref="d", nik=None),  # doubtful: moved, by name only
)


def found() -> Matches:
    return match(group(*LISTED), group(*REGISTER))


def asked() -> dict[str, Doubt]:
    return {doubt.ref: doubt for doubt in doubts(found())}


def answer(ref: str, which: str | None, *, who: str = "Operator", later: int = 0, why: str = "KTP dilihat") -> Answer:
    return Answer(ref, asked()[ref].shown, which, who, WHEN + timedelta(hours=later), why)


def codes(*answers: Answer) -> list[str]:
    return [each.finding.code for each in answered(found(), answers).unapplied]


def test_what_is_asked() -> None:
    assert {ref: doubt.outcome for ref, doubt in asked().items()} == {
        "a": Outcome.DOUBTFUL,
        "b": Outcome.NAME_DIFFERS,
        "d": Outcome.DOUBTFUL,
    }
    assert [each.ref for each in asked()["a"].candidates] == ["0"]


def test_answers_settle_by_what_the_register_says() -> None:
    given = (answer("a", "0"), answer("b", "1"), answer("d", "3"))
    after = answered(found(), given)
    assert after.unapplied == ()
    assert [after.matches.match(row).outcome for row in range(4)] == [
        Outcome.MATCHED,
        Outcome.DIED,
        Outcome.MATCHED,
        Outcome.MOVED,
    ]
    assert [after.matches.match(row).way for row in range(4)] == [Way.ANSWER, Way.ANSWER, Way.NIK, Way.ANSWER]
    assert after.in_force == given
    assert doubts(after.matches) == ()
    assert after.matches.persons() == ("0", "1", "2", "3")
    assert found().counts()[Outcome.DOUBTFUL] == 2, "the matches that were asked about stay as they were"


def test_none_of_them_is_not_found() -> None:
    after = answered(found(), [answer("a", None)])
    assert after.matches.match(0).outcome is Outcome.NOT_FOUND
    assert after.matches.match(0).code == "NIK_TIDAK_DITEMUKAN"
    assert after.matches.persons()[0] is None


def test_the_chosen_candidate_comes_first() -> None:
    namesake = but(FATMA, nik="7501014107859044")
    several = match(group(but(FATMA, nik=None, ref="a")), group(FATMA, namesake))
    [doubt] = doubts(several)
    after = answered(several, [Answer("a", doubt.shown, "1", "Operator", WHEN, "KTP dilihat")])
    assert [each.ref for each in after.matches.match(0).candidates] == ["1", "0"]


def test_the_latest_answer_is_in_force() -> None:
    for given in ([answer("a", "0"), answer("a", None, later=1)], [answer("a", None, later=1), answer("a", "0")]):
        after = answered(found(), given)
        assert after.matches.match(0).outcome is Outcome.NOT_FOUND
        assert [each.which for each in after.in_force] == [None]


def test_two_answers_at_one_moment() -> None:
    assert codes(answer("a", "0"), answer("a", None, who="Lain")) == ["answers-at-odds"] * 2
    assert codes(answer("a", "0"), answer("a", "0", who="Lain")) == []
    settled = answered(found(), [answer("a", "0"), answer("a", None), answer("a", "0", later=1)])
    assert settled.matches.match(0).outcome is Outcome.MATCHED


def test_answers_that_cannot_be_applied() -> None:
    good = answer("a", "0")
    assert codes(answer("a", "0", who=" ")) == ["answer-incomplete"]
    assert codes(answer("a", "0", why="")) == ["answer-incomplete"]
    assert codes(Answer("a", good.shown, "0", "Operator", WHEN.replace(tzinfo=None), "x")) == ["answer-incomplete"]
    assert codes(Answer("zz", good.shown, "0", "Operator", WHEN, "x")) == ["answer-without-doubt"]
    assert codes(Answer("c", good.shown, "2", "Operator", WHEN, "x")) == ["answer-without-doubt"]
    assert codes(answer("a", "2")) == ["answer-no-candidate"]
    assert codes(Answer("a", asked()["b"].shown, "0", "Operator", WHEN, "x")) == ["answer-outdated"]


def test_an_answer_holds_while_the_question_does() -> None:
    good = answer("a", "0")
    turned = match(group(*reversed(LISTED)), group(*REGISTER))
    assert answered(turned, [good]).unapplied == ()
    other = match(group(*LISTED), group(but(FATMA, name="Fatma Lihawati"), *REGISTER[1:]))
    assert [each.finding.code for each in answered(other, [good]).unapplied] == ["answer-outdated"]
