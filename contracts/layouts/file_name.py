"""How files are called: `ship_confirm_regional_20260302_170000_000017.csv`."""

from __future__ import annotations

import re
import string
from datetime import UTC, datetime

from .defect import CellError
from .definition import Layout
from .event import FileHeading

_CREATED = "%Y%m%d_%H%M%S"
_FIELDS = {
    "type": r"[A-Za-z0-9._-]+?",
    "sender": r"[A-Za-z0-9._-]+?",
    "receiver": r"[A-Za-z0-9._-]+?",
    "created": r"[0-9]{8}_[0-9]{6}",
    "sequence": r"[0-9]{6,12}",
}


def file_name(layout: Layout, heading: FileHeading) -> str:
    """Raises: CellError when the heading lacks what the name says."""
    filled = {"type": layout.type_code, "sender": heading.sender, "receiver": heading.receiver}
    if heading.created is not None:
        filled["created"] = heading.created.astimezone(UTC).strftime(_CREATED)
    if heading.sequence is not None:
        filled["sequence"] = f"{heading.sequence:06d}"
    for _, field, _, _ in string.Formatter().parse(layout.file_name):
        if field is not None and not filled.get(field):
            raise CellError("value", f"{field} is missing, and the file's name says it: {layout.file_name}")
    return layout.file_name.format(**filled)


def heading_in(layout: Layout, name: str) -> FileHeading | None:
    """What a file's name says; None when files of this layout are not called so."""
    parts = []
    for text, field, _, _ in string.Formatter().parse(layout.file_name):
        parts.append(re.escape(text))
        if field is not None:
            form = re.escape(layout.type_code) if field == "type" else _FIELDS[field]
            parts.append(f"(?P<{field}>{form})")
    found = re.fullmatch("".join(parts), name)
    if found is None:
        return None
    said = found.groupdict()
    try:
        created = datetime.strptime(said["created"], _CREATED).replace(tzinfo=UTC) if "created" in said else None
    except ValueError:
        return None
    sequence = int(said["sequence"]) if "sequence" in said else None
    return FileHeading(sender=said.get("sender"), receiver=said.get("receiver"), sequence=sequence, created=created)
