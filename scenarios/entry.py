"""An entry of a scenario file that is written for a registered kind (a fault, an action): typed, or all that is
wrong.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from ..contracts.registry import Registry
from .amount import Amount

_WORDS = {int: "a whole number", float: "a number", Amount: "a number", str: "text", bool: "true or false"}

Problem = tuple[str, str]
"""A place within the entry ("" for the whole of it), and a sentence that leaves the place out."""


def problems(registry: Registry[Any], key: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Why an entry can't be made into the kind that `entry[key]` names; nothing when it can."""
    name = entry[key]
    if name not in registry:
        yield key, registry.unknown(name)
        return
    known = fields(registry[name])
    for given in entry:
        if given != key and given not in known:
            near = difflib.get_close_matches(given, known, n=1)
            hint = f": did you mean {near[0]}?" if near else f"; known are {', '.join(sorted(known))}"
            yield given, f"is not a known field of {name}{hint}"
    for wanted, field in known.items():
        if wanted not in entry:
            if field.required:
                yield wanted, "is missing"
            continue
        try:
            msgspec.convert(entry[wanted], field.type)
        except msgspec.ValidationError as error:
            shown = json.dumps(entry[wanted], ensure_ascii=False, default=str)
            words = _WORDS.get(field.type)
            yield wanted, f"is {shown}, but must be {words}" if words else f"is {shown}: {error}"


def typed(registry: Registry[Any], key: str, entry: Mapping[str, Any]) -> Any:
    """The object. Raises: UnknownId, msgspec.ValidationError for an entry that has problems."""
    kind = registry[entry[key]]
    return msgspec.convert({name: value for name, value in entry.items() if name != key}, kind)


@cache
def fields(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    """A kind's fields as they are written: to find them out takes longer than all the rest of a check."""
    return {field.encode_name: field for field in msgspec.structs.fields(kind)}
