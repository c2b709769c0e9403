"""A selector of series, as PromQL has it: `layer_calls_total{party="erp",status=~"2.."}`.

https://prometheus.io/docs/prometheus/latest/querying/basics/#instant-vector-selectors
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .exposition import LABEL, NAME, Sample

_name = re.compile(rf"\s*({NAME})\s*").match
_matcher = re.compile(rf'\s*({LABEL})\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"\s*').match
_escape = re.compile(r'\\([\\"])')


class WrongSelector(ValueError):
    """What is wrong with it, in words."""


@dataclass(frozen=True, slots=True)
class Selector:
    """`matchers` are tests of the value of a label; one that a series does not have is ""."""

    name: str
    matchers: tuple[tuple[str, Callable[[str], bool]], ...] = ()

    def selects(self, name: str, labels: Mapping[str, str]) -> bool:
        return name == self.name and all(test(labels.get(label, "")) for label, test in self.matchers)

    def takes(self, sample: Sample) -> bool:
        return self.selects(sample.name, dict(sample.labels))


def parse(text: str) -> Selector:
    """Raises: WrongSelector."""
    begin = _name(text)
    if begin is None:
        raise WrongSelector(f'{text!r} is no selector: write a name, or name{{label="value"}}')
    rest, matchers = text[begin.end() :].strip(), []
    if rest:
        if not (rest.startswith("{") and rest.endswith("}")):
            raise WrongSelector(f"{text!r}: behind the name there may be {{…}} and nothing else")
        place, inner = 0, rest[1:-1]
        while place < len(inner.rstrip()):
            found = _matcher(inner, place)
            if found is None:
                raise WrongSelector(f'{text!r}: expected label="value" (or !=, =~, !~) at {inner[place:][:30]!r}')
            matchers.append((found[1], _test(text, found[2], found[3])))
            place = found.end()
            if inner[place : place + 1] not in ("", ","):
                raise WrongSelector(f"{text!r}: expected a comma at {inner[place:][:30]!r}")
            place += 1
    return Selector(begin[1], tuple(matchers))


def _test(text: str, operator: str, value: str) -> Callable[[str], bool]:
    if operator in ("=", "!="):
        wanted = _escape.sub(r"\1", value)
        return wanted.__eq__ if operator == "=" else wanted.__ne__
    try:
        pattern = re.compile(_escape.sub(r"\1", value))
    except re.error as error:
        raise WrongSelector(f"{text!r}: {value!r} is no regular expression: {error}") from None
    if operator == "=~":
        return lambda given: pattern.fullmatch(given) is not None
    return lambda given: pattern.fullmatch(given) is None
