"""The check as a whole: what is judged when, how findings are folded, and that no document brings it down."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.contracts.check import CheckOrder, check
from crossdock.contracts.check_result import CheckResult, FailOn
from crossdock.contracts.document_set import ours
from crossdock.contracts.documents import load
from crossdock.contracts.rule import Defect, Rule, rules
from crossdock.contracts.validation import Validator
from crossdock.contracts.view import View
from crossdock.reports.indented_json import indented_json
from crossdock.tests.contracts.rules.planted import SOUND, TODAY, changed, checked, sound

WAIVERS = "waivers.yaml"


def test_our_own_documents_have_no_finding_that_is_not_waived_and_no_waiver_of_no_use() -> None:
    result = check(CheckOrder(ours().documents, date(2026, 12, 1), waivers=(WAIVERS,), shown="contracts/{}".format))
    assert [(finding.file, finding.line, finding.what) for finding in result.counting()] == []
    assert all(document.judged for document in result.documents)
    assert len(result.documents) >= 60
    assert all(waiver.findings for waiver in result.waivers)


def test_what_is_reached_from_two_documents_is_told_once(tmp_path: Path) -> None:
    shared = tmp_path / "shared.yaml"
    shared.write_text("schemas: {Note: {type: object, description: N., properties: {text: {type: string}}}}")
    names = []
    for name in ("one", "two"):
        document = tmp_path / f"{name}.yaml"
        note = {"/components/schemas/Order/properties/note": {"$ref": "shared.yaml#/schemas/Note"}}
        document.write_text(json.dumps(changed(sound("v1/openapi.yaml"), note)))
        names.append(str(document))
    for listed in (names, [*names, str(shared)]):
        found = checked(*listed).findings
        assert [(finding.rule, finding.file) for finding in found] == [
            ("object-says-more", str(shared)),
            ("field-described", str(shared)),
        ]


def test_a_file_in_a_folder_that_is_no_contract_is_a_note_and_one_that_was_named_an_error(tmp_path: Path) -> None:
    file = tmp_path / "package.json"
    file.write_text('{"name": "x"}')
    in_folder = check(CheckOrder([str(file)], TODAY))
    assert [(finding.severity, in_folder.exit_code) for finding in in_folder.findings] == [("note", 0)]
    named = checked(str(file))
    assert [(finding.severity, named.exit_code) for finding in named.findings] == [("error", 1)]


def test_of_a_document_that_is_misshapen_only_that_is_told_and_that_it_was_not_judged(tmp_path: Path) -> None:
    document = tmp_path / "openapi.yaml"
    document.write_text("openapi: 3.1.0\ninfo: {title: T, version: x}\npaths: {/A: {get: {responses: {'20': {}}}}}\n")
    result = checked(str(document))
    assert {finding.rule for finding in result.findings} == {"document-shape"}
    assert [each.judged for each in result.documents] == [False]


@pytest.mark.parametrize(("fail_on", "error", "warning"), [("error", 1, 0), ("warning", 1, 1), ("none", 0, 0)])
def test_what_fails_the_check_is_for_its_caller_to_say(
    tmp_path: Path, fail_on: FailOn, error: int, warning: int
) -> None:
    for change, expected in (({"/info/contact": {}}, error), ({"/tags/0/description": ""}, warning)):
        document = tmp_path / f"{fail_on}-{expected}-{len(change)}-{next(iter(change))[1:4]}.yaml"
        document.write_text(json.dumps(changed(sound("v1/openapi.yaml"), change)))
        result = check(CheckOrder([str(document)], TODAY, fail_on=fail_on))
        assert len(result.findings) == 1
        assert result.exit_code == expected


def test_a_rule_that_fails_is_our_error_and_never_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_rule: Rule, _view: View) -> Iterator[Defect]:
        raise KeyError("orderId")

    monkeypatch.setattr(rules["contact"], "check", fail)
    result = checked(str(SOUND / "v1" / "openapi.yaml"))
    assert result.exit_code == 3
    assert "the rule contact failed on" in result.errors[0]
    assert "KeyError: 'orderId'" in result.errors[0]


def test_references_that_nest_without_end_are_told_and_not_followed_for_ever(tmp_path: Path) -> None:
    document = tmp_path / "openapi.yaml"
    deep: dict[str, Any] = {"/components/schemas/S600": {"description": "S."}}
    for number in range(600):
        schema = {"description": "S.", "items": {"$ref": f"#/components/schemas/S{number + 1}"}}
        deep[f"/components/schemas/S{number}"] = schema
    document.write_text(json.dumps(changed(sound("v1/openapi.yaml"), deep)))
    result = checked(str(document))
    assert result.errors == ()
    assert [finding.rule for finding in result.findings] == ["reference-resolves"]
    assert "nest too deep to be followed" in result.findings[0].what


def test_a_result_holds_to_its_published_schema(tmp_path: Path) -> None:
    document = tmp_path / "openapi.yaml"
    document.write_text(json.dumps(changed(sound("v1/openapi.yaml"), {"/info/contact": {}})))
    waivers = tmp_path / "waivers.yaml"
    waivers.write_text(f"waivers: [{{rule: license, document: '{tmp_path}/*', reason: We have none as yet.}}]")
    schema = Validator(load("harness/v1/check-result.json"))
    for result in (checked(str(document), waivers=(str(waivers),)), checked(str(SOUND / "v1" / "pact.json"))):
        assert schema.errors(json.loads(indented_json(result, result.schema))) == []


VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 1.5, "", "x", [], {}, [1], {"$ref": "#"}, {"a": 1}, "#/info", ["type"], {"type": 1}, {"x": {}}]
)


def places(value: Any, pointer: str = "") -> Iterator[str]:
    """The pointers of everything in a document."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for token, below in members:
        place = f"{pointer}/{str(token).replace('~', '~0').replace('/', '~1')}"
        yield place
        yield from places(below, place)


@pytest.mark.parametrize("name", ["v1/openapi.yaml", "v1/asyncapi.yaml", "v1/order.json", "v1/pact.json"])
@settings(max_examples=60)
@given(data=st.data())
def test_a_mutated_document_is_judged_and_never_brings_the_check_down(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    original = sound(name)
    mutated = original
    for _ in range(data.draw(st.integers(1, 3))):
        there = sorted(places(mutated))
        mutated = changed(mutated, {data.draw(st.sampled_from(there)): data.draw(VALUES)})
    document = tmp_path_factory.mktemp("mutated") / Path(name).name
    document.write_text(json.dumps(mutated))
    result: CheckResult = checked(str(document))
    assert result.errors == ()
    assert result.exit_code in (0, 1)
