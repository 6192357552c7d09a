"""Text to lines of tokens: strings, dates, numbers, names and signs, each with its place. Keywords are found later."""

from __future__ import annotations

import re

from ejps_core.dsl import numbers, quotes
from ejps_core.dsl.findings import Findings
from ejps_core.dsl.syntax import Token
from ejps_core.dsl.words import SIGNS
from ejps_core.model.diagnostic import Fix
from ejps_core.model.span import Span
from ejps_core.model.words import Language, Words

SPACE = re.compile(r"[ \t\r\f\v\u00a0\u2007\u202f\ufeff]+|#.*")
STRING = re.compile(r'"([^"]*)"')
BAD_STRING = re.compile(r"[“”„‟«]([^“”„‟»\"]*)[“”»\"]|[‘’']([^‘’'\"]*)[‘’']|\"([^\"“”]*)[“”]")
MONEY = re.compile(r"(Rp|[A-Z]{3})[ \u00a0]?(?=\d)")
SLIPPED_MONEY = re.compile(r"(?:rp|RP|rP|Rp)\.?[ \u00a0]*(?=\d)")
MONEY_DASH = re.compile(r"[,.][-–—]+(?!\d)")
FACT = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
NAME = re.compile(r"[a-z][a-z0-9_]*")
CURRENCY = re.compile(r"[A-Z]{3}")
SIGN = re.compile(r"\.\.|<=|>=|!=|[=<>+\-*/,:()|]")
SLIPPED_SIGNS = {
    "==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">=", "=<": "<=", "=>": ">=",
    "×": "*", "÷": "/", "–": "-", "—": "-", "−": "-", "…": "..",
}  # fmt: skip
SLIPPED_SIGN = re.compile("|".join(re.escape(sign) for sign in SLIPPED_SIGNS))

Line = tuple[Token, ...]


def read_lines(text: str, first: int, language: Language, findings: Findings) -> list[Line]:
    """The lines of a text that say something, as tokens; `first` is the number of its first line."""
    found = (_Reader(row, number, language, findings).tokens() for number, row in enumerate(text.split("\n"), first))
    return [tokens for tokens in found if tokens]


class _Reader:
    """Reads one line."""

    def __init__(self, row: str, number: int, language: Language, findings: Findings) -> None:
        self.row, self.number, self.language, self.findings = row, number, language, findings
        self.at = 0

    def tokens(self) -> Line:
        self._indentation()
        open_at = self._quote_too_few()
        found = []
        while self.at < len(self.row):
            if space := SPACE.match(self.row, self.at):
                self.at = space.end()
                continue
            token = self._rest() if self.at == open_at else self._next(self.row[self.at])
            if token:
                found.append(token)
        return tuple(found)

    def _next(self, sign: str) -> Token | None:
        if sign.isdigit():
            return self._date() or self._number() or self._sign()
        if sign.isalpha() or sign == "_":
            return self._money() or self._date() or self._word() or self._sign()
        return self._string() or self._sign()

    def _span(self, start: int, end: int) -> Span:
        return Span(self.findings.path, self.number, start + 1, self.number, end + 1)

    def _token(self, terminal: str, end: int, value: tuple[int, int, str] = (0, 0, ""), text: str = "") -> Token:
        start, self.at = self.at, end
        return Token((terminal,), text or self.row[start:end], self.number, start + 1, end + 1, value, self.findings.path)

    def _wrong(self, code: str, end: int, words: Words, mend: Words | None, instead: str | None) -> None:
        span = self._span(self.at, end)
        self.findings.error(code, span, words, mend=mend, fix=None if instead is None else Fix(span, instead))

    def _problem(self, problem: numbers.Problem, start: int, end: int) -> None:
        span = self._span(start, end)
        fix = None if problem.instead is None else Fix(span, problem.instead)
        self.findings.error(problem.code, span, problem.words, mend=problem.mend, fix=fix)

    def _indentation(self) -> None:
        blank = len(self.row) - len(self.row.lstrip(" \t"))
        if "\t" in self.row[:blank] and self.row.strip():
            self.findings.indents[self.number] = len(self.row[:blank].replace("\t", "    "))
            words = Words("baris ini menjorok dengan tabulator", "this line is indented with a tab")
            mend = Words("pakai empat spasi, bukan tabulator", "use four spaces, not a tab")
            self._wrong("tab", blank, words, mend, self.row[:blank].replace("\t", "    "))

    def _string(self) -> Token | None:
        if match := STRING.match(self.row, self.at):
            return self._token("STRING", match.end(), (0, 0, match[1]))
        if match := BAD_STRING.match(self.row, self.at):
            text = next(group for group in match.groups() if group is not None)
            words = Words("teks ditulis di antara tanda kutip lurus", "text stands between straight double quotes")
            self._wrong("quotes", match.end(), words, Words(f'tulis `"{text}"`', f'write `"{text}"`'), f'"{text}"')
            return self._token("STRING", match.end(), (0, 0, text))
        return self._rest() if self.row.startswith('"', self.at) else None

    def _rest(self) -> Token:
        """What follows a quote that is not closed, as one text."""
        end = len(self.row.rstrip())
        return self._token("STRING", end, (0, 0, self.row[self.at + 1 : end]))

    def _quote_too_few(self) -> int | None:
        """Says that a quote of this line is not closed (or not opened), and nothing else about the line; where it is."""
        at, opens = quotes.alone(self.row)
        if at is None:
            return None
        before = self.row[:at].rstrip()
        word = before.split()[-1] if before else ""
        end = len(self.row.rstrip())
        if opens:
            words = Words(f"tanda kutip sesudah `{word}` belum ditutup", f"the quote after `{word}` is not closed")
            mend = Words("tutup dengan tanda kutip di akhir teksnya", "close it with a quote where the text ends")
        else:
            words = Words(f"tanda kutip sesudah `{word}` belum dibuka", f"the quote after `{word}` has no opening one")
            mend = Words("beri tanda kutip di depan teksnya", "put a quote where the text begins")
            end = at + 1
        fix = Fix(self._span(at, end), self.row[at:end] + '"') if opens and '"' not in self.row[at + 1 :] else None
        self.findings.error("quote-open", self._span(at, end), words, mend=mend, fix=fix)
        self.findings.unquoted.add(self.number)
        self.findings = Findings(self.findings.path)
        return at

    def _date(self) -> Token | None:
        match = numbers.DATE_LIKE.match(self.row, self.at) or numbers.DATE_TURNED.match(self.row, self.at)
        match = match or self._named_date()
        if not match:
            return None
        read = numbers.day(match)
        if read.problem:
            self._problem(read.problem, self.at, match.end())
        return self._token("DATE", match.end(), (read.number, 0, ""))

    def _named_date(self) -> re.Match[str] | None:
        """1 Januari 2020, January 1, 2020."""
        found = (pattern.match(self.row, self.at) for pattern in (numbers.DATE_NAMED, numbers.DATE_NAMED_FIRST))
        return next((match for match in found if match and numbers.month_of(match["name"])), None)

    def _money(self) -> Token | None:
        match = MONEY.match(self.row, self.at)
        if not match:
            match = SLIPPED_MONEY.match(self.row, self.at)
            if not match:
                return None
            words = Words("rupiah ditulis `Rp` di depan angkanya", "rupiah is written `Rp` before the figure")
            self._wrong("currency-writing", match.end(), words, None, "Rp" if self.language is Language.ID else "Rp ")
        chunk = numbers.CHUNK[self.language].match(self.row, match.end())
        assert chunk
        read = numbers.figure(chunk[0], self.language)
        sign = match[1] if match.re is MONEY else "Rp"
        currency = "IDR" if sign == "Rp" else sign
        if large := self._with_zeros(read, chunk, sign if self.language is Language.ID and sign == "Rp" else f"{sign} "):
            return self._token("MONEY", self._dash(large[1]), (large[0], 0, currency))
        if read.problem and read.problem.code == "number-groups" and currency == "IDR":
            self._problem(numbers.rupiah_groups(chunk[0], self.language), match.end(), chunk.end())
        elif read.problem:
            self._problem(read.problem, match.end(), chunk.end())
        elif currency == "IDR" and read.digits:
            self._sen(chunk[0], read, match.end(), chunk.end())
        digits = 0 if currency == "IDR" else read.digits
        return self._token("MONEY", self._dash(chunk.end()), (read.value, digits, currency))

    def _with_zeros(self, read: numbers.Figure, chunk: re.Match[str], sign: str) -> tuple[int, int] | None:
        """1,5 juta: the number meant, and where the word ends; said. None: no such word follows the figure."""
        match = numbers.LARGE.match(self.row, chunk.end())
        if match is None:
            return None
        written = self.row[chunk.start() : match.end()]
        meant = numbers.with_zeros(read, match["word"], written, sign, self.language)
        if meant.problem:
            self._problem(meant.problem, chunk.start(), match.end())
        return meant.value, match.end()

    def _dash(self, end: int) -> int:
        """Rp750.000,- : the end of the amount with its dash."""
        match = MONEY_DASH.match(self.row, end)
        if match is None:
            return end
        words = Words(f"uang ditulis tanpa `{match[0]}`", f"money is written without `{match[0]}`")
        mend = Words(f"hapus `{match[0]}`", f"take out `{match[0]}`")
        self._problem(numbers.Problem("money-dash", words, mend, ""), end, match.end())
        return match.end()

    def _sen(self, chunk: str, read: numbers.Figure, start: int, end: int) -> None:
        """Rupiah with decimals: there are none, and a point may have been meant for thousands."""
        instead = numbers.grouped(read.value if read.digits == 3 else read.value // 10**read.digits, self.language)
        words = Words(f"rupiah tidak punya pecahan: `{chunk}`", f"rupiah has no decimals: `{chunk}`")
        mend = Words(f"tulis rupiah penuh, misalnya `{instead}`", f"write whole rupiah, `{instead}` for example")
        self._problem(numbers.Problem("money-decimals", words, mend, instead), start, end)

    def _number(self) -> Token | None:
        chunk = numbers.CHUNK[self.language].match(self.row, self.at)
        if not chunk:
            return None
        read = numbers.figure(chunk[0], self.language)
        if large := self._with_zeros(read, chunk, ""):
            return self._token("INT", large[1], (large[0], 0, ""))
        percent = re.compile(r"[ ]?%").match(self.row, chunk.end())
        region = self.language is Language.ID and not percent and numbers.unquoted_region(chunk[0])
        if region and read.problem:
            self._problem(region, self.at, chunk.end())
            return self._token("STRING", chunk.end(), (0, 0, chunk[0]))
        if read.problem:
            self._problem(read.problem, self.at, chunk.end())
        if percent:
            return self._token("PERCENT", percent.end(), (read.value, read.digits, ""))
        kind = "DECIMAL" if read.digits else "INT"
        return self._token(kind, chunk.end(), (read.value, read.digits, ""))

    def _word(self) -> Token | None:
        if match := FACT.match(self.row, self.at):
            return self._token("FACT", match.end())
        match = WORD.match(self.row, self.at)
        if not match:
            return None
        if NAME.fullmatch(match[0]):
            return self._token("NAME", match.end())
        if CURRENCY.fullmatch(match[0]):
            return self._token("CURRENCY", match.end())
        lower = match[0].lower().lstrip("_") or "x"
        words = Words(
            f"nama dan kata kunci terdiri dari huruf kecil, angka, dan garis bawah, huruf di depan: bukan `{match[0]}`",
            f"names and keywords are small letters, digits and underscores, a letter first: not `{match[0]}`",
        )
        self._wrong("name-writing", match.end(), words, Words(f"tulis `{lower}`", f"write `{lower}`"), lower)
        return self._token("NAME", match.end(), text=lower)

    def _sign(self) -> Token | None:
        if slipped := SLIPPED_SIGN.match(self.row, self.at):
            sign = SLIPPED_SIGNS[slipped[0]]
            words = Words(f"tanda `{slipped[0]}` tidak dikenal", f"the sign `{slipped[0]}` is not known")
            mend = Words(f"tulis `{sign}`", f"write `{sign}`")
            self._wrong("sign-unknown", slipped.end(), words, mend, sign)
            return self._token("SIGN", slipped.end(), text=sign)._replace(options=SIGNS[sign])
        if match := SIGN.match(self.row, self.at):
            return self._token("SIGN", match.end())._replace(options=SIGNS[match[0]])
        odd = self.row[self.at]
        if odd == ";":
            words = Words("di dalam baris dipakai koma, bukan `;`", "within a line a comma is written, not `;`")
            self._wrong("sign-unknown", self.at + 1, words, Words("tulis `,`", "write `,`"), ",")
            return self._token("SIGN", self.at + 1, text=",")._replace(options=SIGNS[","])
        words = Words(f"tanda `{odd}` tidak dikenal", f"the sign `{odd}` is not known")
        self._wrong("sign-unknown", self.at + 1, words, Words("hapus tanda itu", "take it out"), "")
        self.at += 1
        return None
