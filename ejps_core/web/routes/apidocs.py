"""The API's own page, made from its OpenAPI description: nothing is loaded from elsewhere."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from ejps_core.app.access.rights import Right
from ejps_core.service.guard import Asking, Needs
from ejps_core.web.pages import page

router = APIRouter()


@router.get("/api/docs")
def docs(request: Request, who: Asking = Depends(Needs(Right.OWN_ACCOUNT))) -> Response:
    """Each operation with its fields and an example."""
    described: dict[str, Any] = request.app.openapi()
    schemas: dict[str, Any] = described["components"]["schemas"]
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            tag = next(iter(operation.get("tags", [])), "")
            groups.setdefault(tag, []).append(_told(path, method, operation, schemas))
    return page(request, who, "apidocs.html", groups=groups, about=described["info"]["description"])


def _told(path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    named = schemas.get(str(schema.get("$ref", "")).rpartition("/")[2], schema)
    example = named.get("example")
    return {
        "path": path,
        "method": method.upper(),
        "words": operation.get("description") or operation.get("summary", ""),
        "parameters": operation.get("parameters", []),
        "fields": sorted(named.get("properties", {})),
        "required": named.get("required", []),
        "about": named.get("description", ""),
        "example": None if example is None else json.dumps(example, ensure_ascii=False, indent=2),
        "statuses": [status for status in operation.get("responses", {}) if status != "422"],
    }
