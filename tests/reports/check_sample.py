"""Results of a contract check to render: one with everything in it, one that is fine, one whose rule failed."""

from datetime import date

from crossdock.contracts.check_result import CheckedDocument, CheckedRule, CheckFinding, CheckResult, UsedWaiver

_COMMAND = "crossdock contract check apis"
_RULES = (
    CheckedRule(id="contact", title="A document says whom to ask", severity="error", because="So that one can ask."),
    CheckedRule(id="license", title="A document has a licence", severity="note", because="So that one may."),
    CheckedRule(id="no-basic", title="No HTTP Basic or Digest", severity="error", because="Passwords leak."),
    CheckedRule(id="retry-after", title="429 and 503 say when", severity="warning", because="So that callers wait."),
)


def finding(
    rule: str, severity: str, line: int, what: str, waived: str = "", file: str = "apis/a b.yaml"
) -> CheckFinding:
    return CheckFinding(
        rule=rule,
        severity=severity,  # type: ignore[arg-type]  # one of the three
        file=file,
        line=line,
        column=3,
        pointer="/info",
        what=what,
        expected="something else",
        do="change it",
        waived=waived,
    )


FAILING = CheckResult(
    crossdock="0.1.0",
    command=_COMMAND,
    exit_code=1,
    documents=(
        CheckedDocument(
            file="apis/a b.yaml",
            kind="openapi",
            judged=True,
            rules=80,
            references=9,
            examples=7,
            operations=3,
            schemas=40,
        ),
        CheckedDocument(file="apis/b.yaml", kind="asyncapi", judged=False, rules=5),
        CheckedDocument(file="apis/c.json", kind="json-schema", judged=True, rules=30, schemas=4),
        CheckedDocument(file="apis/package.json", kind="", judged=False, rules=3),
    ),
    rules=_RULES,
    findings=(
        finding("contact", "error", 2, "does not say whom to ask <b>\x1b[31m"),
        finding("license", "note", 2, "has no licence"),
        finding("no-basic", "error", 14, "sends a password", waived="The carrier has nothing else."),
        finding("retry-after", "warning", 20, "the answer 429 does not say when to come again"),
        finding("contact", "error", 2, "does not say whom to ask", file="apis/b.yaml"),
        finding("retry-after", "warning", 3, "the answer 503 does not say when to come again", file="apis/c.json"),
    ),
    waivers=(
        UsedWaiver(
            rule="no-basic",
            document="apis/*",
            reason="The carrier has nothing else.",
            findings=1,
            until=date(2027, 6, 30),
        ),
    ),
)

HEALTHY = CheckResult(
    crossdock="0.1.0",
    command=_COMMAND,
    exit_code=0,
    documents=(CheckedDocument(file="apis/a.yaml", kind="openapi", judged=True, rules=80, references=9, operations=3),),
)

BROKEN = CheckResult(
    crossdock="0.1.0",
    command=_COMMAND,
    exit_code=3,
    documents=(CheckedDocument(file="apis/a.yaml", kind="openapi", judged=True, rules=80),),
    errors=("the rule ours failed on apis/a.yaml: KeyError: 'x'",),
)
