"""Results of a contract comparison to render: one with everything in it, one that is fine."""

from crossdock.contracts.diff_result import (
    ChangeFinding,
    ChangeRuleInWords,
    ComparedDocument,
    DiffResult,
    Hit,
    LevelName,
    MetBy,
    Place,
)

_COMMAND = "crossdock contract diff git:main:apis apis"


def change(rule: str, level: LevelName, what: str, waived: str = "", **more: object) -> ChangeFinding:
    return ChangeFinding(
        rule=rule,
        level=level,
        what=what,
        why="Whoever reads as before fails." if level == "breaking" else "Whoever reads as before may fail.",
        old=Place(file="git:main:apis/a b.yaml", line=12, column=3, pointer="/paths/~1orders"),
        new=Place(file="apis/a b.yaml", line=14, column=3, pointer="/paths/~1orders"),
        waived=waived,
        **more,  # type: ignore[arg-type]  # fields of a finding
    )


def met(operation: str, level: LevelName, role: str = "response 200", field: str = "items[].status") -> MetBy:
    return MetBy(operation=operation, direction="given", level=level, role=role, field=field)


EVERYTHING = DiffResult(
    crossdock="0.1.0",
    command=_COMMAND,
    exit_code=1,
    old="git:main:apis",
    new="apis",
    documents=(
        ComparedDocument(old="git:main:apis/a b.yaml", new="apis/a b.yaml", kind="openapi"),
        ComparedDocument(old="git:main:apis/pact.json", new="apis/pact.json", kind="pact", compared=False),
        ComparedDocument(old="git:main:apis/package.json", new="apis/package.json", kind="", compared=False),
    ),
    rules=(ChangeRuleInWords(id="value-added", title="There is a new value", because="Readers do not know it."),),
    changes=(
        change(
            "value-added",
            "breaking",
            '`status` has a new value "<lost>|\x1b[31m"',
            met_by=(
                met("GET /orders", "breaking"),
                met("GET /orders/{orderId}", "breaking", field="status"),
                met("POST /orders", "breaking", "response 201", "status"),
                met("PATCH /orders/{orderId}", "breaking", field="status"),
                met("POST /orders", "compatible", "request body", "status"),
            ),
            hits=(Hit(consumer="layer", file="pact.json", because="an order is read"),),
        ),
        change("operation-removed", "breaking", "PATCH /orders is gone", "Nobody has used it for a year."),
        change("link-removed", "dangerous", "the answer 201 of POST /orders has no link read any more"),
        *(change("field-added", "compatible", f"`Order` has a new field `note{number}`") for number in range(30)),
    ),
    consumers=("billing", "layer"),
)

ENDANGERED = DiffResult(
    crossdock="0.1.0",
    command=_COMMAND,
    exit_code=0,
    old="old.yaml",
    new="new.yaml",
    documents=(ComparedDocument(old="old.yaml", new="new.yaml", kind="openapi"),),
    changes=(change("pattern-changed", "dangerous", "`sku` matches another pattern", needs_person=True),),
)

NOTHING = DiffResult(
    crossdock="0.1.0",
    command=_COMMAND,
    exit_code=0,
    old="old.yaml",
    new="new.yaml",
    documents=(ComparedDocument(old="old.yaml", new="new.yaml", kind="openapi"),),
)
