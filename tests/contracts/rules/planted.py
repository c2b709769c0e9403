"""Sound documents, and what breaks each rule in one of them: a defect, and where it must be found."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crossdock.contracts.check import CheckOrder, check
from crossdock.contracts.check_result import CheckResult
from crossdock.contracts.yaml_document import read

SOUND = Path(__file__).parents[1] / "sound"
TODAY = date(2026, 12, 1)
ABSENT = object()


@dataclass(frozen=True, slots=True)
class Planted:
    """A defect in the sound document `file`: each pointer of `changes` gets its value, or goes when that is ABSENT.

    It breaks `rule`, and is found at `at`; or, where a text cannot be changed by pointers, the document is `text`.
    """

    rule: str
    file: str
    what: str
    changes: dict[str, Any]
    at: str
    text: str | bytes | None = None


def changed(document: Any, changes: dict[str, Any]) -> Any:
    """A copy of the document with the changes made."""
    result = deepcopy(document)
    for pointer, value in changes.items():
        *path, last = (token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])
        parent = result
        for token in path:
            parent = parent[int(token)] if isinstance(parent, list) else parent.setdefault(token, {})
        key: Any = int(last) if isinstance(parent, list) else last
        if value is ABSENT:
            del parent[key]
        elif isinstance(parent, list) and key == len(parent):
            parent.append(value)
        else:
            parent[key] = value
    return result


def sound(file: str) -> Any:
    return read((SOUND / file).read_bytes())


def written(folder: Path, planted: Planted) -> str:
    """The document with its defect, in a folder; its name."""
    path = folder / planted.file
    path.parent.mkdir(exist_ok=True)
    if planted.text is not None:
        path.write_bytes(planted.text if isinstance(planted.text, bytes) else planted.text.encode())
    else:
        path.write_text(json.dumps(changed(sound(planted.file), planted.changes), indent=1), "utf-8")
    return str(path)


def checked(*documents: str, shown: Callable[[str], str] = str, waivers: tuple[str, ...] = ()) -> CheckResult:
    return check(CheckOrder(documents, TODAY, frozenset(documents), waivers, shown=shown))
