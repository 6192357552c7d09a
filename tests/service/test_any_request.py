"""Any request that the description of the API allows is answered, and never by a defect."""

from __future__ import annotations

from typing import Any

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.core import NotSet
from schemathesis.core.result import Ok

from ejps_core.store.acts import Role
from tests.service.office import ADDRESS, OWN, Office, list_and_run, name_of

EXAMPLES = 20
ROUNDS = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
)
ENDLESS = "/events"
"""A stream ends with its job; it has a test of its own."""


def test_no_request_meets_a_defect(here: Office) -> None:
    list_and_run(here, OWN)
    tokens = {role: token_of(here, role) for role in (Role.PROVINCE, Role.SYSTEM)}
    client = TestClient(here.app, base_url=ADDRESS, raise_server_exceptions=False)
    defects: list[str] = []
    asked = 0
    for found in schemathesis.openapi.from_dict(here.app.openapi()).get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if not operation.path.endswith(ENDLESS):
            token = tokens[Role.SYSTEM if "/accounts" in operation.path else Role.PROVINCE]
            asked += ask_for(operation, client, token, defects)
    assert defects == []
    assert asked > 20 * EXAMPLES


def ask_for(operation: Any, client: TestClient, token: str, defects: list[str]) -> int:
    """Asks for an operation in as many ways; how many there were. Defects are noted."""
    asked = 0

    @ROUNDS
    @given(case=operation.as_strategy())
    def answered(case: Any) -> None:
        nonlocal asked
        asked += 1
        status = status_of(client, case, token)
        if status >= 500:
            defects.append(f"{status} {case.method} {case.formatted_path} {case.query} {case.body}"[:300])

    answered()
    return asked


def token_of(here: Office, role: Role) -> str:
    """A token with all the rights that a role has."""
    browser = here.browser(name_of(role))
    rights = browser.get("/api/v1/session").json()["rights"]
    made = browser.ask("POST", "/api/v1/account/tokens", json={"title": "apa saja", "rights": rights}).json()
    return str(made["token"])


def status_of(client: TestClient, case: Any, token: str) -> int:
    """The status of the answer; what no client can send is not asked."""
    headers = {str(name): str(value) for name, value in (case.headers or {}).items()}
    more: dict[str, Any] = {}
    if not isinstance(case.body, NotSet):
        more = {"content": bytes(case.body)} if isinstance(case.body, bytes | bytearray) else {"json": case.body}
    try:
        return client.request(
            case.method, case.formatted_path, params=case.query or None,
            headers={**headers, "Authorization": f"Bearer {token}"}, **more,
        ).status_code  # fmt: skip
    except (UnicodeError, ValueError):
        return 0
