"""What went wrong, as problem+json (RFC 9457): the same codes as everywhere, in both languages, and a fitting status."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from ejps_core.model.diagnostic import Diagnostic, Severity
from ejps_core.model.masking import discreet
from ejps_core.model.words import Language, Words

MEDIA = "application/problem+json"
STATUS = {
    "not-found": 404,
    "list-unknown": 404,
    "run-unknown": 404,
    "position-unknown": 404,
    "budget-year-unknown": 404,
    "version-unknown": 404,
    "decree-unknown": 404,
    "objection-unknown": 404,
    "finding-unknown": 404,
    "payment-unknown": 404,
    "village-unknown": 404,
    "delegation-unknown": 404,
    "handover-unknown": 404,
    "sample-unknown": 404,
    "match-unknown": 404,
    "entry-unknown": 404,
    "unknown-report": 404,
    "token-unknown": 404,
    "account-unknown": 404,
    "not-allowed": 403,
    "right-missing": 403,
    "role-not-allowed": 403,
    "four-eyes": 403,
    "password-to-change": 403,
    "csrf": 403,
    "origin": 403,
    "not-signed-in": 401,
    "sign-in-wrong": 401,
    "code-needed": 401,
    "identity-unknown": 401,
    "identity-refused": 401,
    "identity-not-believed": 401,
    "sign-in-begun": 401,
    "identity-unreachable": 503,
    "identity-taken": 409,
    "code-wrong": 422,
    "code-unknown": 404,
    "account-locked": 429,
    "too-many-requests": 429,
    "input-destroyed": 410,
    "file-gone": 410,
    "version-not-newest": 409,
    "decree-state": 409,
    "key-replaced": 409,
    "idempotency-key-reused": 409,
    "upload-too-large": 413,
    "upload-kind": 415,
    "store-lost": 503,
    "store-unwritable": 507,
    "scope-missing": 401,
    "defect": 500,
    "store-unsound": 500,
    "audit-tampered": 500,
}
"""By code; any other finding is something wrong with what was asked."""
UNPROCESSABLE, UNAVAILABLE = 422, 503
RETRY_SECONDS = 5
"""When to ask again while the store can't be reached."""


class RefusedError(Exception):
    """A request that is not done; `finding` says why."""

    def __init__(self, finding: Diagnostic, status: int | None = None, headers: dict[str, str] | None = None) -> None:
        super().__init__(finding.words.en)
        self.finding, self.status = finding, status or status_of(finding)
        self.headers = headers or ({"Retry-After": str(RETRY_SECONDS)} if self.status == UNAVAILABLE else {})


def refusal(code: str, words: Words, mend: Words | None = None) -> RefusedError:
    """A request that is not done, and why."""
    return RefusedError(Diagnostic(code, Severity.ERROR, None, words, mend))


def status_of(finding: Diagnostic) -> int:
    """The status that fits a finding."""
    return STATUS.get(finding.code, UNPROCESSABLE)


def language_of(request: Request) -> Language:
    """The language that was asked for: ?lang=, else Accept-Language; Bahasa Indonesia by default."""
    said = request.query_params.get("lang") or request.cookies.get("ejps_lang") or ""
    if said in set(Language):
        return Language(said)
    first = request.headers.get("accept-language", "").split(",")[0].strip().lower()
    return Language.EN if first.startswith("en") and request.url.path.startswith("/api/") else Language.ID


def record(finding: Diagnostic, status: int, language: Language) -> dict[str, Any]:
    """The problem as plain values. The names are a promise."""
    told = discreet(finding)
    made: dict[str, Any] = {
        "type": f"urn:ejps:{told.code}",
        "title": told.words.say(language),
        "status": status,
        "code": told.code,
        "words": {"id": told.words.id, "en": told.words.en},
    }
    if told.mend is not None:
        made |= {"detail": told.mend.say(language), "mend": {"id": told.mend.id, "en": told.mend.en}}
    return made


def response(request: Request, refused: RefusedError) -> Response:
    """The answer to a request of the API that is not done."""
    content = record(refused.finding, refused.status, language_of(request))
    content["request"] = getattr(request.state, "request_id", "")
    return JSONResponse(content, refused.status, refused.headers, media_type=MEDIA)


def of_http(problem: HTTPException) -> RefusedError:
    """What the library says of a request: no such page, a method that is not there, a body that is too long."""
    match problem.status_code:
        case 404:
            finding = Diagnostic(
                "not-found",
                Severity.ERROR,
                None,
                Words("Tidak ada, atau bukan dari wilayah Anda.", "There is no such thing, or it is not of your area."),
            )
        case 405:
            finding = Diagnostic(
                "method", Severity.ERROR, None, Words("Cara meminta ini tidak ada.", "This can't be asked so.")
            )
        case 408:
            finding = too_slow()
        case 413:
            finding = too_large()
        case _:
            finding = Diagnostic(
                "request", Severity.ERROR, None, Words("Permintaan ini tidak dapat dibaca.", "The request can't be read.")
            )
    return RefusedError(finding, problem.status_code, dict(problem.headers or {}))


def of_validation(problem: RequestValidationError) -> RefusedError:
    """What does not fit in a request, by name; the values themselves are not repeated."""
    places = [".".join(str(each) for each in error["loc"] if each != "body") or "body" for error in problem.errors()]
    listed = ", ".join(dict.fromkeys(places))
    return RefusedError(
        Diagnostic(
            "request-invalid",
            Severity.ERROR,
            None,
            Words(f"Isian ini tidak sesuai: {listed}.", f"This does not fit: {listed}."),
            Words("Bentuknya ada di /api/docs.", "Its form is at /api/docs."),
        )
    )


def too_large() -> Diagnostic:
    return Diagnostic(
        "upload-too-large",
        Severity.ERROR,
        None,
        Words("Berkas atau isian terlalu besar.", "The file or the body is too large."),
        Words("Bagi daftarnya, misalnya per kecamatan.", "Split the list, such as by sub-district."),
    )


def too_slow() -> Diagnostic:
    return Diagnostic(
        "request-broken-off",
        Severity.ERROR,
        None,
        Words(
            "Kiriman terhenti atau datang terlalu lambat; tidak ada yang disimpan.",
            "It stopped or came too slowly; nothing was kept.",
        ),
        Words("Kirim sekali lagi saat jaringan lebih baik.", "Send it once more when the network is better."),
    )


def defect() -> Diagnostic:
    return Diagnostic(
        "defect",
        Severity.ERROR,
        None,
        Words("Ada kesalahan di dalam e-JPS sendiri.", "There is a defect in e-JPS itself."),
        Words(
            "Sudah dicatat. Coba lagi; bila berulang, beri tahu TI provinsi.",
            "It is logged. Try again; if it stays, tell the provincial IT.",
        ),
    )
