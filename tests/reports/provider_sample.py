"""Results of contract tests that the formats are tried with."""

from crossdock.contracts.provider_result import (
    ProviderFinding,
    ProviderResult,
    ProviderTest,
    TriedOperation,
    TriedRule,
)

FINDING = ProviderFinding(
    operation="POST /fulfilment-requests",
    operation_id="createFulfilmentRequest",
    rule="repetition",
    title="A repetition with the same key has one effect and one answer",
    reason="the first answer is 201, that to the repetition 409 duplicate-fulfilment",
    clause="draft-ietf-httpapi-idempotency-key-header-07, 2.6",
    contract="contracts/warehouse/v1/openapi.yaml#/paths/~1fulfilment-requests/post",
    phase="examples",
    case="a1B2c3",
    curl="curl -X POST -H 'Idempotency-Key: \"k-1\"' -d '{}' http://127.0.0.1:8103/v1/fulfilment-requests",
    request="POST http://127.0.0.1:8103/v1/fulfilment-requests",
    request_body='{"fulfilmentId": "FF-7K3F-000001"}',
    status=201,
    response_body='{"fulfilmentId": "FF-7K3F-000001",\n"status": "accepted"}',
    count=3,
)
CREATE = TriedOperation(
    id="createFulfilmentRequest", operation="POST /fulfilment-requests", calls=12, statuses={"201": 3, "422": 9}
)
NEVER = TriedOperation(id="listShipments", operation="GET /shipments")
TRIED = TriedRule(id="repetition", title=FINDING.title, clause=FINDING.clause, tried=3, broken=1)
IDLE = TriedRule(
    id="foreign-token",
    title="A token of another tenant opens nothing",
    clause="OWASP API Security Top 10 2023, API1 and API5",
    idle="no token of another tenant was given",
)
COMMAND = "crossdock contract test --provider http://127.0.0.1:8103/v1 --party warehouse"


def result(test: ProviderTest, exit_code: int) -> ProviderResult:
    return ProviderResult(
        crossdock="0.1.0",
        command=COMMAND,
        exit_code=exit_code,
        profile="quick",
        seed=1,
        took_s=9.1,
        providers=(test,),
    )


def tested(**given: object) -> ProviderTest:
    whole = {
        "provider": "warehouse",
        "kind": "warehouse",
        "url": "http://127.0.0.1:8103/v1",
        "contract": "contracts/warehouse/v1/openapi.yaml",
        "verdict": "PASS",
        "operations": (CREATE,),
        "rules": (TRIED,),
        "phases": {"examples": "done"},
    }
    return ProviderTest(**{**whole, **given})  # type: ignore[arg-type]  # a table of fields


FAILING = result(
    tested(verdict="FAIL", operations=(CREATE, NEVER), rules=(TRIED, IDLE), findings=(FINDING,), stopped="after 300 s"),
    1,
)
HEALTHY = result(tested(), 0)
BROKEN = result(tested(verdict="HARNESS_ERROR", errors=("the provider stopped answering",)), 3)
