"""Strings as a schema wants them: by format, by pattern, by length."""

from __future__ import annotations

import base64
import re
import string
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from re import _parser as parser  # what re itself compiles from
from typing import Any

WORDS = (
    *(
        "amber",
        "birch",
        "canal",
        "delta",
        "ember",
        "field",
        "grove",
        "harbor",
        "island",
        "juniper",
        "kettle",
        "lantern",
    ),
    *("meadow", "north", "orchard", "prairie", "quarry", "river", "summit", "timber", "upland", "valley", "willow"),
)
EPOCH = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LONGEST = 10_000
_MOST_REPEATS = 4
_PRINTABLE = string.ascii_letters + string.digits


def text(schema: Mapping[str, Any], random: Random) -> str:
    """A string that the schema lets through, as far as one can be made; the caller checks."""
    shortest, longest = min(schema.get("minLength", 0), LONGEST), schema.get("maxLength")
    if isinstance(pattern := schema.get("pattern"), str):
        made = matching(pattern, random, shortest)
        if made is not None:
            return made
    if make := FORMATS.get(schema.get("format", "")):
        return make(random)
    made = random.choice(WORDS)
    while len(made) < shortest:
        made += f" {random.choice(WORDS)}"
    return made if longest is None else made[: max(longest, 0)].ljust(shortest, "x")


def _moment(random: Random) -> datetime:
    return EPOCH + timedelta(seconds=random.randrange(30 * 86_400))


def _uuid(random: Random) -> str:
    digits = f"{random.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _host(random: Random) -> str:
    return f"{random.choice(WORDS)}.example"


def _address6(random: Random) -> str:
    return "2001:db8::" + f"{random.randrange(1, 0xFFFF):x}"


FORMATS: Mapping[str, Callable[[Random], str]] = {
    "date-time": lambda random: f"{_moment(random):%Y-%m-%dT%H:%M:%SZ}",
    "date": lambda random: f"{_moment(random):%Y-%m-%d}",
    "time": lambda random: f"{_moment(random):%H:%M:%SZ}",
    "duration": lambda random: f"P{random.randint(1, 30)}D",
    "uuid": _uuid,
    "email": lambda random: f"{random.choice(WORDS)}@{_host(random)}",
    "idn-email": lambda random: f"{random.choice(WORDS)}@{_host(random)}",
    "hostname": _host,
    "idn-hostname": _host,
    "ipv4": lambda random: f"192.0.2.{random.randint(1, 254)}",
    "ipv6": _address6,
    "uri": lambda random: f"https://{_host(random)}/{random.choice(WORDS)}",
    "url": lambda random: f"https://{_host(random)}/{random.choice(WORDS)}",
    "iri": lambda random: f"https://{_host(random)}/{random.choice(WORDS)}",
    "uri-reference": lambda random: f"/{random.choice(WORDS)}",
    "iri-reference": lambda random: f"/{random.choice(WORDS)}",
    "uri-template": lambda random: f"/{random.choice(WORDS)}/{{id}}",
    "json-pointer": lambda random: f"/{random.choice(WORDS)}",
    "relative-json-pointer": lambda random: f"{random.randint(0, 3)}",
    "regex": lambda random: f"^{random.choice(WORDS)}$",
    "byte": lambda random: base64.b64encode(random.choice(WORDS).encode()).decode(),
}


def matching(pattern: str, random: Random, shortest: int = 0) -> str | None:
    """A string that the pattern finds something in, not shorter than that where repeats allow it; None for what is
    beyond this: look-around, back references.
    """
    try:
        tree = _parsed(pattern.replace(r"\/", "/"))
        for repeats in (_MOST_REPEATS, shortest + 1):
            made = "".join(_made(tree, random, repeats))
            if len(made) >= shortest:
                break
        return made if re.search(pattern, made) else None
    except (re.error, RecursionError, OverflowError, LookupError, ValueError):
        return None


@lru_cache(maxsize=1000)
def _parsed(pattern: str) -> Any:
    return parser.parse(pattern)


def _made(tree: Any, random: Random, repeats: int) -> Iterator[str]:
    """Raises: LookupError for what can't be made."""
    for operation, argument in tree:
        name = operation.name
        if name == "LITERAL":
            yield chr(argument)
        elif name == "NOT_LITERAL":
            yield random.choice([each for each in _PRINTABLE if each != chr(argument)])
        elif name == "ANY":
            yield random.choice(_PRINTABLE)
        elif name == "IN":
            yield _one_of(argument, random)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = argument
            if least > LONGEST:
                raise LookupError(name)
            for _ in range(random.randint(least, max(least, min(int(most), max(repeats, least))))):
                yield from _made(inner, random, repeats)
        elif name == "SUBPATTERN":
            yield from _made(argument[3], random, repeats)
        elif name == "ATOMIC_GROUP":
            yield from _made(argument, random, repeats)
        elif name == "BRANCH":
            yield from _made(random.choice(argument[1]), random, repeats)
        elif name != "AT":
            raise LookupError(name)


CLASSES = {
    "CATEGORY_DIGIT": string.digits,
    "CATEGORY_NOT_DIGIT": string.ascii_letters,
    "CATEGORY_WORD": _PRINTABLE,
    "CATEGORY_NOT_WORD": "-.",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_SPACE": _PRINTABLE,
}


def _one_of(choices: Any, random: Random) -> str:
    """Raises: LookupError."""
    wanted = [item for item in choices if item[0].name != "NEGATE"]
    if len(wanted) < len(choices):
        left = [each for each in _PRINTABLE + " -_.,:/" if not any(_holds(item, each) for item in wanted)]
        return random.choice(left)
    operation, argument = random.choice(wanted)
    match operation.name:
        case "LITERAL":
            return chr(argument)
        case "RANGE":
            return chr(random.randint(*argument))
        case "CATEGORY":
            return random.choice(CLASSES[argument.name])
    raise LookupError(operation.name)


def _holds(item: tuple[Any, Any], each: str) -> bool:
    operation, argument = item
    match operation.name:
        case "LITERAL":
            return bool(ord(each) == argument)
        case "RANGE":
            return bool(argument[0] <= ord(each) <= argument[1])
    return each in CLASSES[argument.name]
