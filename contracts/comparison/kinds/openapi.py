"""OpenAPI: operations by path and method, whatever their placeholders are named; webhooks and callbacks the other
way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...api_operation import ApiOperation, operations
from ...operation_reader import METHODS
from ...part import Part
from ..change_log import Use
from ..comparison import Comparison
from ..document_comparer import document_comparers
from ..judgement import Direction
from ..operation_pair import OperationPair, operation_comparers
from ..rules.documents import compare_servers, compare_versions
from ..rules.lifecycle import day_of
from ..rules.operations import (
    OperationAdded,
    OperationMoved,
    OperationRemoved,
    OperationRemovedEarly,
    OperationRetired,
    WebhookAdded,
    WebhookRemoved,
)

_PLACEHOLDER = re.compile(r"\{[^}]*\}")


@document_comparers.register("openapi")
def compare_openapi(old: Part, new: Part, comparison: Comparison) -> None:
    mark = comparison.log.mark()
    compare_servers(old, new, comparison)
    before, after = _by_place(operations(old)), _by_place(operations(new))
    moved = _moved(before, after)
    for place, operation in before.items():
        other = after.get(place) or moved.get(place)
        if other is None:
            _removed(operation, new, comparison)
            continue
        if place in moved:
            use = Use(operation.label, "", Direction.TAKEN)
            what = f"{operation.label} is called by {other.label}"
            comparison.changed(OperationMoved, what, operation.part, other.part, use)
        _compare(OperationPair(operation, other, comparison))
    known = {id(operation) for operation in moved.values()}
    for place, operation in after.items():
        if place not in before and id(operation) not in known:
            use = Use(operation.label, "", Direction.TAKEN)
            comparison.changed(OperationAdded, f"{operation.label} is new", old.member("paths"), operation.part, use)
    calls = _by_place(operations(old, "webhooks")), _by_place(operations(new, "webhooks"))
    _compare_calls(*calls, (old, new), comparison)
    compare_versions(old, new, comparison, mark)


def _compare(pair: OperationPair) -> None:
    for compare in operation_comparers():
        compare(pair)
    around = pair.old.part, pair.new.part
    _compare_calls(_callbacks(pair.old), _callbacks(pair.new), around, pair.comparison)


def _by_place(found: Iterator[ApiOperation]) -> dict[tuple[str, str], ApiOperation]:
    return {(_PLACEHOLDER.sub("{}", operation.path), operation.method): operation for operation in found}


def _moved(
    before: dict[tuple[str, str], ApiOperation], after: dict[tuple[str, str], ApiOperation]
) -> dict[tuple[str, str], ApiOperation]:
    """Operations that are somewhere else under the same operationId."""
    homeless = {str(each.part.get("operationId")): each for place, each in after.items() if place not in before}
    gone = {place: each for place, each in before.items() if place not in after and each.part.get("operationId")}
    return {
        place: homeless[str(each.part.get("operationId"))]
        for place, each in gone.items()
        if str(each.part.get("operationId")) in homeless
    }


def _removed(operation: ApiOperation, new: Part, comparison: Comparison) -> None:
    use = Use(operation.label, "", Direction.TAKEN)
    path = new.member("paths", operation.path)
    place = path if path.value is not None else new.member("paths")
    day = day_of(operation.part.get("x-sunset")) if operation.part.get("deprecated") is True else None
    if day is None:
        comparison.changed(OperationRemoved, f"{operation.label} is gone", operation.part, place, use)
    elif day < comparison.today:
        what = f"{operation.label} is gone, as was told: it worked until {day}"
        comparison.changed(OperationRetired, what, operation.part, place, use)
    else:
        what = f"{operation.label} is gone, and was to work until {day}"
        comparison.changed(OperationRemovedEarly, what, operation.part, place, use)


def _callbacks(operation: ApiOperation) -> dict[tuple[str, str], ApiOperation]:
    found = {}
    for name, written in operation.part.member("callbacks").members():
        callback = written.followed()
        for expression, path in callback.members():
            item = path.followed()
            for method in METHODS:
                if isinstance(item.get(method), dict):
                    part = item.member(method)
                    place = f"{name} {expression}"
                    found[place, method] = ApiOperation(part, item, operation.root, place, method)
    return found


def _compare_calls(
    old: dict[tuple[str, str], ApiOperation],
    new: dict[tuple[str, str], ApiOperation],
    around: tuple[Part, Part],
    comparison: Comparison,
) -> None:
    """Calls that the party makes to others: it gives what it asks with, and takes the answers."""
    for place, operation in old.items():
        use = Use(operation.label, "", Direction.GIVEN)
        if place in new:
            _compare(OperationPair(operation, new[place], comparison, Direction.GIVEN))
        else:
            comparison.changed(WebhookRemoved, f"the call {operation.label} is gone", operation.part, around[1], use)
    for place, operation in new.items():
        if place not in old:
            use = Use(operation.label, "", Direction.GIVEN)
            comparison.changed(WebhookAdded, f"the call {operation.label} is new", around[0], operation.part, use)
