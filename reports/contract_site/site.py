"""The files of the site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from .page import Page
from .pages import pages

if TYPE_CHECKING:
    from markupsafe import Markup

_TEMPLATES = Path(__file__).parent.parent / "templates"
_BACKTICKS = re.compile(r"`([^`\n]+)`")


def contract_site() -> dict[str, str]:
    """File name → content. Nothing in it refers to anything outside of it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["code"] = _code
    template = environment.get_template("contracts.html.j2")
    made = list(pages())
    groups: dict[str, list[Page]] = {}
    for page in made:
        groups.setdefault(page.group, []).append(page)
    files = {page.file: template.render(page=page, groups=groups) for page in made}
    files["index.html"] = template.render(page=None, groups=groups)
    files["search.js"] = f"const ENTRIES = {json.dumps(list(_entries(made)))};\n" + _part("contracts.js")
    files["site.css"] = _part("report.css") + _part("contracts.css")
    return files


def _entries(made: Sequence[Page]) -> Iterator[list[str]]:
    """Address, title, what it is, and all that it is found by."""
    for page in made:
        for section in page.sections:
            found_by = [section.id, section.path, *(row[0] for table in section.tables for row in table.rows)]
            yield [f"{page.file}#{section.id}", section.title, f"{page.title}, {page.kind}", " ".join(found_by)]


def _code(text: str) -> Markup:
    """The text, escaped, with what stands between backticks as code."""
    from markupsafe import Markup

    return Markup(_BACKTICKS.sub(r"<code>\1</code>", escape(text)))


def _part(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")
