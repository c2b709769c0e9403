"""sarif: SARIF 2.1.0, which GitHub, GitLab and editors show at the line. Source: OASIS SARIF 2.1.0."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec

from ...contracts.check_result import CheckedRule, CheckFinding, CheckResult
from ..check_format import check_formats
from ..notation import printable

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@check_formats.register("sarif")
def sarif(result: CheckResult) -> str:
    """One run: the rules that have findings, the findings, and as suppressed (3.35) those that are waived."""
    run = {
        "tool": {
            "driver": {
                "name": "crossdock",
                "version": result.crossdock,
                "rules": [_rule(rule) for rule in result.rules],
            }
        },
        "invocations": [
            {
                "commandLine": result.command,
                "exitCode": result.exit_code,
                "executionSuccessful": not result.errors,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": printable(error)}} for error in result.errors
                ],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, result) for finding in result.findings],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _rule(rule: CheckedRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.because},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: CheckFinding, result: CheckResult) -> dict[str, Any]:
    place = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(finding.file)},
            "region": {"startLine": finding.line, "startColumn": finding.column},
        },
        "logicalLocations": [{"fullyQualifiedName": finding.pointer or "/"}],
    }
    said: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": [rule.id for rule in result.rules].index(finding.rule),
        "level": finding.severity,
        "message": {"text": printable(f"{finding.what}; expected {finding.expected}: {finding.do}")},
        "locations": [place],
    }
    if finding.waived:
        said["suppressions"] = [{"kind": "external", "justification": printable(finding.waived)}]
    return said
