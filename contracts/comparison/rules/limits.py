"""How much there may be: lengths, counts, least and greatest values, multiples."""

from __future__ import annotations

from ..change_rule import ChangeRule, change_rule
from ..effective import Effective
from ..judgement import Relation
from ..schema_comparison import SchemaPair, comparer

_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_NO_LOWER_LIMIT = 0  # for lengths and counts; a number may lie below it
_WORDS = {
    "minimum": "the least value",
    "exclusiveMinimum": "the value that it must lie above",
    "minLength": "the least length",
    "minItems": "the least number of items",
    "minProperties": "the least number of fields",
    "maximum": "the greatest value",
    "exclusiveMaximum": "the value that it must lie below",
    "maxLength": "the greatest length",
    "maxItems": "the greatest number of items",
    "maxProperties": "the greatest number of fields",
}


@change_rule
class LimitTightened(ChangeRule):
    """A limit is tighter: a length that was 100 is 50, a least value that was 1 is 10. Whoever still writes what was
    within the old one is refused.
    """

    id = "limit-tightened"
    title = "A limit is tighter"
    relation = Relation.NARROWER


@change_rule
class LimitLoosened(ChangeRule):
    """A limit is looser. Whoever reads gets what does not fit into the column that it has for it."""

    id = "limit-loosened"
    title = "A limit is looser"
    relation = Relation.WIDER


@change_rule
class LimitAdded(ChangeRule):
    """There is a limit where none was. Whoever writes beyond it is refused."""

    id = "limit-added"
    title = "There is a new limit"
    relation = Relation.NARROWER


@change_rule
class LimitDropped(ChangeRule):
    """There is no limit where one was. Whoever reads may get anything."""

    id = "limit-dropped"
    title = "A limit is gone"
    relation = Relation.WIDER


@change_rule
class MultipleChanged(ChangeRule):
    """Numbers must be multiples of another number than before, or of one at all."""

    id = "multiple-changed"
    title = "Numbers must be other multiples"


@comparer()
def compare_limits(pair: SchemaPair) -> None:
    for keyword in (*_LOWER, *_UPPER):
        upper = keyword in _UPPER
        old, new = _limit(pair.old, keyword, upper), _limit(pair.new, keyword, upper)
        if old == new:
            continue
        what = _WORDS[keyword]
        places = pair.old.first(keyword), pair.new.first(keyword)
        if old is None:
            pair.changed(LimitAdded, f"{what} of {pair.name} is {_said(new)}, where there was none", *places)
        elif new is None:
            pair.changed(LimitDropped, f"{pair.name} has no limit any more: {what} was {_said(old)}", *places)
        else:
            rule = LimitTightened if (new < old) is upper else LimitLoosened
            pair.changed(rule, f"{what} of {pair.name} is {_said(new)}, and was {_said(old)}", *places)


def _limit(schema: Effective, keyword: str, upper: bool) -> float | None:
    """The limit that holds of all that are written."""
    values = [part.value for part in schema.all(keyword) if _is_number(part.value)]
    if not values:
        return None
    found: float = min(values) if upper else max(values)
    return (
        None if not upper and keyword.startswith("min") and keyword != "minimum" and found == _NO_LOWER_LIMIT else found
    )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _said(value: float | None) -> str:
    return f"{value:g}" if isinstance(value, float) else f"{value}"


@comparer()
def compare_multiples(pair: SchemaPair) -> None:
    old, new = ({part.value for part in schema.all("multipleOf")} for schema in (pair.old, pair.new))
    if old == new:
        return
    words = [", ".join(f"multiples of {_said(step)}" for step in sorted(steps)) or "any" for steps in (old, new)]
    what = f"{pair.name} takes {words[1]}, and took {words[0]}"
    relation = pair.relation(("multipleOf",))
    if relation is Relation.UNKNOWN and (not old or not new):
        relation = Relation.WIDER if not new else Relation.NARROWER
    pair.changed(MultipleChanged, what, pair.old.first("multipleOf"), pair.new.first("multipleOf"), relation)
