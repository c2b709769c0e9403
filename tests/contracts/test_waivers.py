"""Waivers: what is put up with, until when, and what becomes of those that are of no use."""

import json
from pathlib import Path
from typing import Any

import pytest

from crossdock.contracts.check_result import CheckResult
from crossdock.contracts.documents import load
from crossdock.contracts.validation import Validator
from crossdock.tests.contracts.rules.planted import SOUND, changed, checked, sound

REASON = "The partner cannot do otherwise yet."


def judged(folder: Path, *waivers: dict[str, Any], severity_at: str = "") -> CheckResult:
    """A document with basic authentication and without a contact, and these waivers."""
    basic = {"/components/securitySchemes/basic": {"type": "http", "scheme": "basic"}, "/info/contact": {}}
    document, file = folder / "openapi.yaml", folder / "waivers.yaml"
    document.write_text(json.dumps(changed(sound("v1/openapi.yaml"), basic), indent=1))
    file.write_text(json.dumps({"waivers": [{"reason": REASON, **waiver} for waiver in waivers]}, indent=1))
    return checked(str(document), waivers=(str(file),))


def test_a_finding_that_is_waived_is_told_with_its_reason_and_fails_nothing(tmp_path: Path) -> None:
    both = judged(
        tmp_path, {"rule": "no-basic", "document": "**/openapi.yaml"}, {"rule": "contact", "document": "*/openapi.yaml"}
    )
    assert {finding.rule: finding.waived for finding in both.findings} == {"no-basic": REASON, "contact": REASON}
    assert both.counting() == []
    assert both.exit_code == 0
    assert [waiver.findings for waiver in both.waivers] == [1, 1]


def test_what_is_not_waived_still_counts(tmp_path: Path) -> None:
    result = judged(tmp_path, {"rule": "no-basic", "document": "*"})
    assert [finding.rule for finding in result.counting()] == ["contact"]
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("pointer", "covers"),
    [
        ("/components/securitySchemes/basic/scheme", True),
        ("/components/securitySchemes/basic", True),
        ("/components/securitySchemes/bas", False),
        ("/paths", False),
        ("", True),
    ],
)
def test_a_waiver_of_a_place_covers_what_stands_there_and_below(tmp_path: Path, pointer: str, covers: bool) -> None:
    result = judged(tmp_path, {"rule": "no-basic", "document": "*", "pointer": pointer})
    assert ("no-basic" not in [finding.rule for finding in result.counting()]) is covers


def test_a_waiver_of_another_document_covers_nothing_and_is_reported_as_unused(tmp_path: Path) -> None:
    result = judged(tmp_path, {"rule": "no-basic", "document": "other.yaml"})
    found = {finding.rule: finding for finding in result.counting()}
    assert found.keys() == {"no-basic", "contact", "waiver-used"}
    assert found["waiver-used"].severity == "warning"
    assert (found["waiver-used"].pointer, found["waiver-used"].line) == ("/waivers/0", 3)


@pytest.mark.parametrize(("until", "holds"), [("2026-11-30", False), ("2026-12-01", True), ("2027-01-01", True)])
def test_a_waiver_holds_until_its_last_day_is_over(tmp_path: Path, until: str, holds: bool) -> None:
    result = judged(tmp_path, {"rule": "no-basic", "document": "*", "until": until})
    rules = [finding.rule for finding in result.counting()]
    assert ("no-basic" not in rules) is holds
    assert ("waiver-expired" not in rules) is holds


def test_a_waiver_of_a_misspelt_rule_is_an_error_that_names_the_near_one(tmp_path: Path) -> None:
    result = judged(tmp_path, {"rule": "no-basics", "document": "*"})
    (finding,) = [finding for finding in result.findings if finding.rule == "waiver-known"]
    assert (finding.expected, finding.pointer) == ("no-basic", "/waivers/0/rule")


@pytest.mark.parametrize(
    ("waiver", "at"),
    [({"document": "*"}, "/waivers/0"), ({"rule": "contact", "document": "*", "reason": "no"}, "/waivers/0/reason")],
)
def test_a_waiver_without_a_rule_or_a_reason_is_refused_and_waives_nothing(
    tmp_path: Path, waiver: dict[str, Any], at: str
) -> None:
    result = judged(tmp_path, waiver)
    assert [finding.pointer for finding in result.findings if finding.rule == "document-shape"] == [at]
    assert len(result.counting()) == 3
    assert result.waivers == ()


def test_the_example_of_the_schema_is_a_file_of_waivers() -> None:
    schema = load("harness/v1/waivers.json")
    for example in schema["examples"]:
        assert Validator(schema).errors(example) == []


def test_a_file_of_waivers_alone_is_checked_like_any_document(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text("waivers: [{rule: no-such-rule, document: a, reason: none of your business}]")
    assert [finding.rule for finding in checked(str(file)).findings] == ["waiver-known"]
    assert checked(str(SOUND / "v1" / "order.json")).waivers == ()
