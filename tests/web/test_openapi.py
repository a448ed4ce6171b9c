"""The description of the JSON pages holds, and generated requests find no server error."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from accord.web.app import _routes
from accord.web.openapi import openapi
from accord.web.settings import Settings

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


DESCRIPTION = openapi(Settings(home=Path()))
OPERATIONS = {
    f"{found.ok().method} {found.ok().path}": found.ok()
    for found in schemathesis.openapi.from_dict(DESCRIPTION).get_all_operations()
}


@pytest.mark.parametrize("name", list(OPERATIONS))
def test_generated_requests_find_no_server_error(server: str, name: str) -> None:
    operation = OPERATIONS[name]
    used = []

    @given(case=operation.as_strategy())
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def requests(case: schemathesis.Case) -> None:
        answer = case.call(base_url=server, timeout=60)
        used.append(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    requests()
    assert used


def test_every_json_page_is_described(client: TestClient) -> None:
    described = set(DESCRIPTION["paths"])
    served = {route.path for route in _routes() if route.path.endswith(".json")}
    assert served - {"/openapi.json"} <= described
    for path in described - served:
        assert "{" in path or path == "/-/health"
