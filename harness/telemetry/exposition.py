"""Prometheus' text exposition format, version 0.0.4, read strictly; and of OpenMetrics 1.0 what a scrape without its
Accept header may come across: `# EOF`, exemplars, `_created`.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r"[a-zA-Z_][a-zA-Z0-9_]*"
TYPES = frozenset(
    {"counter", "gauge", "histogram", "summary", "untyped", "unknown", "info", "stateset", "gaugehistogram"}
)
# What a type adds to the name of a family to name its samples.
SUFFIXES = ("_total", "_count", "_sum", "_bucket", "_created", "_info", "_gcount", "_gsum")
SHOWN = 60

_name = re.compile(NAME).match
_label = re.compile(rf'\s*({LABEL})\s*=\s*"((?:[^"\\]|\\["\\n])*)"\s*').match
_rest = re.compile(r"\s+(\S+)(?:\s+(-?[0-9.]+))?(\s+#\s.*)?\s*$").match
_escaped = re.compile(r'\\([\\"n])')


class Unreadable(Exception):
    """What was answered is not the format: which line, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A line: the value of one series."""

    name: str
    labels: tuple[tuple[str, str], ...]
    value: float


@dataclass(slots=True)
class Exposition:
    """`types` is by name of the family."""

    samples: list[Sample] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)

    def type_of(self, sample: str) -> str:
        """The type of the family that a sample belongs to; "untyped" where nothing says it."""
        for family in (sample, *(sample.removesuffix(suffix) for suffix in SUFFIXES if sample.endswith(suffix))):
            if family in self.types:
                return self.types[family]
        return "untyped"


def read(content: bytes) -> Exposition:
    """Raises: Unreadable."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(f"octet {error.start}: this is not UTF-8") from None
    found = Exposition()
    known: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    for number, line in _lines(text):
        if line.startswith("#"):
            _comment(number, line, found)
            continue
        sample = _sample(number, line)
        series = (sample.name, tuple(sorted(sample.labels)))
        if series in known:
            raise Unreadable(f"line {number}: the series {line[:SHOWN]!r} stands there twice")
        known.add(series)
        found.samples.append(sample)
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, up to `# EOF`."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.rstrip("\r") == "# EOF":
            if any(more.strip() for more in lines[number:]):
                raise Unreadable(f"line {number + 1}: there is more after # EOF")
            return
        if line.strip():
            yield number, line.strip()


def _comment(number: int, line: str, found: Exposition) -> None:
    word, _, rest = line[1:].strip().partition(" ")
    if word != "TYPE":
        return
    family, _, kind = rest.strip().partition(" ")
    if not re.fullmatch(NAME, family) or kind.strip() not in TYPES:
        raise Unreadable(f"line {number}: expected `# TYPE name type`, got {line[:SHOWN]!r}")
    if family in found.types:
        raise Unreadable(f"line {number}: a second TYPE of {family}")
    found.types[family] = kind.strip()


def _sample(number: int, line: str) -> Sample:
    begin = _name(line)
    if begin is None:
        raise Unreadable(f"line {number}: expected the name of a metric, got {line[:SHOWN]!r}")
    place, labels = begin.end(), []
    if line[place : place + 1] == "{":
        place += 1
        while (found := _label(line, place)) is not None:
            labels.append((found[1], _escaped.sub(lambda each: "\n" if each[1] == "n" else each[1], found[2])))
            place = found.end()
            if line[place : place + 1] != ",":
                break
            place += 1
        place = len(line) - len(line[place:].lstrip())
        if line[place : place + 1] != "}":
            raise Unreadable(f'line {number}: expected label="value" or }} at column {place + 1}: {line[:SHOWN]!r}')
        place += 1
        if len({name for name, _ in labels}) < len(labels):
            raise Unreadable(f"line {number}: a label stands there twice: {line[:SHOWN]!r}")
    rest = _rest(line if line[place : place + 1].isspace() else f"{line[:place]} {line[place:]}", place)
    if rest is None:
        raise Unreadable(f"line {number}: expected one value behind the name: {line[:SHOWN]!r}")
    try:
        value = float(rest[1].replace("_", "?"))  # which Python takes, and the format does not
    except ValueError:
        raise Unreadable(f"line {number}: {rest[1][:SHOWN]!r} is no number") from None
    return Sample(begin[0], tuple(labels), value)
