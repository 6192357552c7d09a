"""How a page is made: its template, who looks at it, in which language, and what every template may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ejps_core.app.access.rights import TITLES, Right
from ejps_core.model.calendar import WITA, day_number
from ejps_core.model.ruleset import Verdict
from ejps_core.model.verdicts import RowVerdict
from ejps_core.model.words import Language, Words
from ejps_core.reports import figures
from ejps_core.reports.words import VERDICT
from ejps_core.service.answers import cursor_of
from ejps_core.service.guard import Asking, form_token
from ejps_core.service.problems import RefusedError, language_of
from ejps_core.web.built import built_script
from ejps_core.web.menu import menu_of
from ejps_core.web.words import AID, ROW_VERDICTS, STAGES, STATES, district_names

FOLDER = Path(__file__).parent
LANGUAGE = "ejps_lang"


class Pages:
    """The templates, and the script if it was built."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.script = built_script()

    def show(self, request: Request, who: Asking | None, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """The page for whoever looks at it."""
        language = language_of(request)
        token = values.pop("form_token", None) or ("" if who is None or who.token is None else form_token(who.token))
        given = {
            "request": request,
            "who": who,
            "language": language.value,
            "script": self.script,
            "nonce": request.state.nonce,
            "csrf": token,
            "menu": menu_of(who, request.url.path, language),
            "may": _may(who),
            "changed": partial(changed, request),
            "role": "" if who is None else TITLES[who.scope.role].say(language),
            "Right": Right,
            **_words(language),
        }
        text = self._environment.get_template(template).render(given | values)
        return HTMLResponse(text, status, {"Vary": "Cookie", "Content-Language": language.value})

    def problem(self, request: Request, who: object, refused: RefusedError) -> HTMLResponse:
        """What went wrong, as a page. who: who asks, if that is known by now."""
        language, finding = language_of(request), refused.finding
        answer = self.show(
            request, who if isinstance(who, Asking) else None, "problem.html", refused.status,
            words=finding.words.say(language), mend="" if finding.mend is None else finding.mend.say(language),
            code=finding.code,
        )  # fmt: skip
        answer.headers.update(refused.headers)
        return answer


def page(request: Request, who: Asking | None, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page of the site that answers this request."""
    made: Pages = request.app.state.pages
    return made.show(request, who, template, status, **values)


def gone_to(path: str, **query: object) -> Response:
    """The browser goes on to another page; a reload there sends nothing twice."""
    said = {name: str(value) for name, value in query.items() if value is not None}
    return RedirectResponse(f"{path}?{urlencode(said)}" if said else path, 303)


def own_path(to: str) -> str:
    """A path of this site, never of another; what could be read as another is the first page."""
    plain = to.isascii() and to.isprintable() and "\\" not in to and " " not in to
    return to if plain and to.startswith("/") and not to.startswith("//") else "/"


def changed(request: Request, **query: object) -> str:
    """The address of this page with some of its questions changed; None takes one out."""
    kept = {**request.query_params, **query}
    said = {name: str(value) for name, value in kept.items() if value not in (None, "")}
    return f"{request.url.path}?{urlencode(said)}" if said else request.url.path


def _may(who: Asking | None) -> Callable[[str], bool]:
    def may(right: str) -> bool:
        """Whether whoever looks may do that."""
        return who is not None and right in who.scope.rights

    return may


def _words(language: Language) -> Mapping[str, Any]:
    """What templates say things with."""

    def w(indonesian: str, english: str) -> str:
        """A text in both languages, beside each other where it is used."""
        return Words(indonesian, english).say(language)

    def say(words: Words | Mapping[str, str] | None) -> str:
        """Words that come from elsewhere, also as a job has recorded them."""
        if words is None:
            return ""
        if isinstance(words, Words):
            return words.say(language)
        return words[language.value]

    def day(value: date | str) -> str:
        """A day as it is written in a text."""
        found = date.fromisoformat(value) if isinstance(value, str) else value
        return figures.day(day_number(found), language)

    def moment(value: datetime | str) -> str:
        """A moment in the time of Gorontalo."""
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
        local = found.astimezone(WITA)
        return f"{day(local.date())} {local:%H.%M} WITA"

    return {
        "w": w,
        "say": say,
        "day": day,
        "moment": moment,
        "number": lambda value: figures.number(int(value), language),
        "money": lambda amount, currency="IDR", digits=0: figures.money(amount, language, currency, digits),
        "span": lambda low, high, currency="IDR", digits=0: figures.span(low, high, language, currency, digits),
        "percent": lambda part, whole: figures.percent(part, whole, language) if whole else "–",
        "verdict_words": lambda verdict: VERDICT[Verdict(verdict)].say(language),
        "row_verdict": lambda verdict: ROW_VERDICTS[RowVerdict(verdict)].say(language),
        "state": lambda value: STATES[value].say(language),
        "word": lambda kind, value: AID[kind][value].say(language),
        "stage": lambda value: STAGES.get(value, STAGES[""]).say(language),
        "district": lambda code: district_names().get(code, code) if code else "–",
        "cursor_of": cursor_of,
    }
