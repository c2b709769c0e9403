"""Operations, read out of OpenAPI documents."""

from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent, indent

import pytest

from crossdock.contracts.documents import DocumentError, load
from crossdock.contracts.openapi import Api, Operation, api, read

HEAD = "openapi: 3.1.0\ninfo: {title: Test, version: '1.0'}\nservers: [{url: 'http://localhost:{port}/v1'}]\npaths:\n"


def described(folder: Path, paths: str) -> Api:
    document = folder / "api.yaml"
    document.write_text(HEAD + indent(dedent(paths), "  "))
    return read(str(document))


def operation(folder: Path, text: str, path: str = "/things") -> Operation:
    """The one operation of a document with this description."""
    loaded = described(folder, f"{path}:\n  post:\n    operationId: doIt\n" + indent(dedent(text), "    "))
    return loaded.operations["doIt"]


DONE = "responses: {'200': {description: Done.}}"
OK = f"{DONE}\n"
COOKIE = "{name: c, in: cookie, schema: {}}"


def test_an_operation_of_a_party_is_read_in_full() -> None:
    create = api("erp").operations["createSalesOrder"]
    assert (create.method, create.path) == ("POST", "/v1/sales-orders")
    assert create.scopes == frozenset({"erp.write"})
    assert (create.success, create.idempotency) == (201, "required")
    assert create.media_types == ("application/json",)
    assert create.body is not None
    assert create.body_required
    assert not create.body.is_valid({})
    refused = create.response(422)
    assert refused is not None
    assert refused.is_valid(load("canonical/v1/problem.json")["examples"][0])


def test_the_token_operation_is_public_and_takes_a_form() -> None:
    token = api("warehouse").operations["issueToken"]
    assert token.scopes is None
    assert token.path == "/v1/oauth/token"
    assert token.media_types == ("application/x-www-form-urlencoded",)


def test_a_path_includes_that_of_the_server(tmp_path: Path) -> None:
    assert operation(tmp_path, OK).path == "/v1/things"


def test_the_success_is_the_first_2xx(tmp_path: Path) -> None:
    assert (
        operation(
            tmp_path, "responses: {'404': {description: No.}, '202': {description: Yes.}, '200': {description: Yes.}}"
        ).success
        == 202
    )


def test_a_status_may_be_documented_by_class_or_default(tmp_path: Path) -> None:
    responses = """
        responses:
          '200': {description: A., content: {application/json: {schema: {type: integer}}}}
          4XX: {description: B., content: {application/json: {schema: {type: string}}}}
    """
    found = operation(tmp_path, responses)
    exact, by_class = found.response(200), found.response(418)
    assert exact is not None
    assert exact.is_valid(1)
    assert by_class is not None
    assert by_class.is_valid("x")
    assert found.documents(404)
    assert not found.documents(503)
    assert found.response(503) is None


@pytest.mark.parametrize(
    ("header", "idempotency", "if_match"),
    [
        ("{name: Idempotency-Key, in: header, required: true, schema: {type: string}}", "required", "none"),
        ("{name: idempotency-key, in: header, schema: {type: string}}", "honoured", "none"),
        ("{name: If-Match, in: header, required: true, schema: {type: string}}", "none", "required"),
        ("{name: If-Match, in: query, schema: {type: string}}", "none", "none"),
    ],
)
def test_headers_say_what_is_asked_of_a_change(tmp_path: Path, header: str, idempotency: str, if_match: str) -> None:
    found = operation(tmp_path, f"parameters: [{header}]\n{OK}")
    assert (found.idempotency, found.if_match) == (idempotency, if_match)


def test_parameters_of_the_path_apply_unless_the_operation_has_its_own(tmp_path: Path) -> None:
    loaded = described(
        tmp_path,
        """
        /things/{id}:
          parameters:
            - {name: id, in: path, required: true, schema: {type: string}}
            - {name: limit, in: query, schema: {type: integer, default: 50}}
          get:
            operationId: getIt
            parameters: [{name: limit, in: query, schema: {type: integer, default: 7}}]
            responses: {'200': {description: Done.}}
        """,
    )
    parameters = {parameter.name: parameter for parameter in loaded.operations["getIt"].parameters}
    assert parameters.keys() == {"id", "limit"}
    assert parameters["limit"].default == 7


def test_security_of_the_operation_goes_before_that_of_the_document(tmp_path: Path) -> None:
    assert operation(tmp_path, f"security: []\n{OK}").scopes is None
    (tmp_path / "other").mkdir()
    found = operation(tmp_path / "other", f"security: [{{oauth2: [a.read, a.write]}}]\n{OK}")
    assert found.scopes == frozenset({"a.read", "a.write"})


def test_a_query_parameter_may_be_a_list(tmp_path: Path) -> None:
    (parameter,) = operation(
        tmp_path, f"parameters: [{{name: status, in: query, schema: {{type: array, items: {{enum: [a, b]}}}}}}]\n{OK}"
    ).parameters
    assert parameter.many
    assert parameter.decode("a") == "a"
    with pytest.raises(ValueError, match='is "c", but must be one of a, b'):
        parameter.decode("c")


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ("{type: integer, minimum: 1}", "7", 7),
        ("{type: boolean}", "false", False),
        ("{type: string}", "007", "007"),
        ("{type: string, format: date}", "2026-03-02", date(2026, 3, 2)),
        ("{type: string, format: date-time}", "2026-03-02T08:00:00Z", datetime(2026, 3, 2, 8, tzinfo=UTC)),
    ],
)
def test_a_parameter_is_decoded_as_its_schema_says(tmp_path: Path, schema: str, text: str, value: object) -> None:
    (parameter,) = operation(tmp_path, f"parameters: [{{name: p, in: query, schema: {schema}}}]\n{OK}").parameters
    decoded = parameter.decode(text)
    assert decoded == value
    assert type(decoded) is type(value)


@pytest.mark.parametrize(
    ("schema", "text", "problem"),
    [
        ("{type: integer}", "seven", 'is "seven", but must be a whole number'),
        ("{type: integer}", "1.0", "must be a whole number"),
        ("{type: integer}", "٧", "must be a whole number"),
        ("{type: integer}", "9" * 5000, "must be a whole number"),
        ("{type: integer, maximum: 200}", "201", "is 201, but must be at most 200"),
        ("{type: boolean}", "True", "must be true or false"),
        ("{type: string, format: date-time}", "2026-03-02", "must be a date-time"),
        ("{type: string, maxLength: 2}", "abc", "has 3 characters"),
    ],
)
def test_a_wrong_parameter_is_refused_in_a_sentence(tmp_path: Path, schema: str, text: str, problem: str) -> None:
    (parameter,) = operation(tmp_path, f"parameters: [{{name: p, in: query, schema: {schema}}}]\n{OK}").parameters
    with pytest.raises(ValueError, match=problem):
        parameter.decode(text)


def test_a_shared_parameter_is_decoded_through_its_references() -> None:
    updated_since = next(p for p in api("crm").operations["listOrders"].parameters if p.name == "updatedSince")
    assert updated_since.decode("2026-03-02T08:00:00Z") == datetime(2026, 3, 2, 8, tzinfo=UTC)
    limit = next(p for p in api("crm").operations["listOrders"].parameters if p.name == "limit")
    assert limit.default == 50


@pytest.mark.parametrize(
    ("paths", "line", "problem"),
    [
        (f"/a:\n  get: {{{DONE}}}", 6, "operationId is missing"),
        (f"/a/{{id}}:\n  get: {{operationId: a, {DONE}}}", 6, "placeholders"),
        ("/a:\n  get: {operationId: a, responses: {'404': {description: A.}}}", 6, "must name a 2xx"),
        (f"/a:\n  get: {{operationId: a, {DONE}}}\n/b:\n  get: {{operationId: a, {DONE}}}", 7, "taken already"),
        (f"/a:\n  get: {{operationId: a, parameters: [{COOKIE}], {DONE}}}", 6, "path, query or header"),
        (f"/a:\n  get: {{operationId: a, security: [{{a: []}}, {{b: []}}], {DONE}}}", 6, "one requirement"),
    ],
)
def test_an_operation_that_cannot_be_used_is_refused_with_its_line(
    tmp_path: Path, paths: str, line: int, problem: str
) -> None:
    with pytest.raises(DocumentError, match=problem) as caught:
        described(tmp_path, paths)
    assert caught.value.line == line


def test_a_kind_of_party_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(DocumentError, match="there are APIs of crm, erp, layer, warehouse"):
        api("wms")


def test_what_is_no_openapi_is_refused(tmp_path: Path) -> None:
    document = tmp_path / "api.yaml"
    document.write_text("swagger: '2.0'\n")
    with pytest.raises(DocumentError, match=r"openapi: 3\.1\.x"):
        read(str(document))
