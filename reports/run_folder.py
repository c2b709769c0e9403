"""The files that a finished run leaves for its readers, beside its plan and journal."""

from __future__ import annotations

from pathlib import Path

from ..contracts.result import Result
from .format import formats

FILES = {"json": "result.json", "html": "report.html", "junit": "junit.xml"}


def write_all(result: Result, folder: Path) -> Path:
    """Write result.json, report.html and junit.xml into the folder; the path of report.html.

    The document comes first: whatever happens to a rendering, the result is on disk.
    Raises: OSError when the folder is not there or cannot be written.
    """
    for name, file in FILES.items():
        (folder / file).write_text(formats[name](result), encoding="utf-8")
    return folder / FILES["html"]
