"""Documents that are not what their standard says."""

from pathlib import Path

import pytest

from crossdock.contracts.document_check import problems

ASYNCAPI = "asyncapi: 3.0.0\ninfo: {title: T, version: '1'}\n"
OPENAPI = (
    "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      responses:\n"
)


@pytest.mark.parametrize(
    ("name", "text", "line", "problem"),
    [
        ("a.yaml", "openapi: 3.1.0\npaths: {}\n", 1, "the document has no info; expected a member info"),
        ("a.yaml", OPENAPI + "        '200': {}\n", 8, "responses/200 has no description"),
        ("a.yaml", OPENAPI + "        '200': {$ref: '#/components/responses/x'}\n", 8, "cannot be followed"),
        (
            "a.yaml",
            OPENAPI + "        '200': {description: D}\ncomponents: {schemas: {A: {type: txt}}}\n",
            9,
            'is "txt"; expected one of "array", "boolean"',
        ),
        ("a.json", '{"$schema": "https://json-schema.org/draft/2020-12/schema",\n "type": "txt"}', 2, "txt"),
        ("a.yaml", f"{ASYNCAPI}channels:\n  a: {{adress: x}}\n", 4, "expected one of address, bindings,"),
        (
            "a.yaml",
            f"{ASYNCAPI}operations:\n  a: {{action: send, channel: {{$ref: '#/channels/b'}}}}\n",
            4,
            "/channels/b, 'channels' is missing",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, name: str, text: str, line: int, problem: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    found = problems(str(path))
    assert any(problem in error.problem and error.line == line for error in found), [str(error) for error in found]
