"""Two versions of a document, written and compared."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from crossdock.contracts.comparison.compare import DiffOrder, diff
from crossdock.contracts.diff_result import DiffResult
from crossdock.contracts.document_set import DocumentSet, document_set

TODAY = date(2026, 12, 1)


def compared(folder: Path, old: Any, new: Any, name: str = "api.yaml", **order: Any) -> DiffResult:
    """The difference between two documents; each is written as JSON, which YAML contains, a member a line."""
    sets: list[DocumentSet] = []
    for version, content in (("old", old), ("new", new)):
        file = folder / version / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, indent=1), "utf-8")
        sets.append(document_set(str(file)))
    told: dict[str, Any] = {"words": ("old", "new"), "today": TODAY, "shown": lambda each: shown(each, folder)}
    return diff(DiffOrder(old=sets[0], new=sets[1], **(told | order)))


def shown(document: str, folder: Path) -> str:
    return document.removeprefix(f"{folder}/")
