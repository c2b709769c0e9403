"""html: one page that opens anywhere, offline: verdict, arguments, sequence diagrams."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from html import escape
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING
from urllib.parse import quote

from ...contracts.result import Result, VerdictName
from .. import notation
from ..format import formats
from ..measure_words import claim_rows, measure_rows
from ..packing import packed
from ..pretty_json import compact_json, pretty_json
from ..report_page import report_page

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_CODE = re.compile(r"`([^`\n]+)`")
_FINDINGS_UNFOLDED = 8
_ORDERS_UNFOLDED = 3
_TEMPLATES = Path(__file__).parent.parent / "templates"


@formats.register("html")
def html(result: Result) -> str:
    """A self-contained page for people, readable without a network and without JavaScript.

    The page forbids itself all connections and every script but its own (Content-Security-Policy with hashes), so that
    a name with markup in it could do nothing even if it came through the escaping.
    """
    style, script = _part("report.css"), _part("report.js")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            page=report_page(result),
            style=style,
            script=script,
            policy=f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; "
            "base-uri 'none'; form-action 'none'",
            icon=_icon(result.verdict),
        )
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # a tenth of a second: only when a page is made

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: notation.printable(value) if type(value) is str else value,
    )
    environment.filters |= {
        "count": notation.count,
        "duration": notation.duration,
        "one_line": notation.one_line,
        "compact_json": _compact_json,
        "json_text": _json_text,
        "packed": packed,
        "prose": _prose,
    }
    environment.globals |= {
        "letters": ascii_lowercase,
        "shown": _FINDINGS_UNFOLDED,
        "unfolded": _ORDERS_UNFOLDED,
        "labels": notation.LABELS,
        "symbols": notation.SYMBOLS,
        "next_step": notation.next_step,
        "meaning": notation.meaning,
        "measure_rows": measure_rows,
        "claim_rows": claim_rows,
        "headline": notation.headline,
        "tally": notation.tally,
        "tally_sentence": notation.tally_sentence,
        "whose": notation.whose,
        "journal_of": notation.journal_of,
    }
    return environment


def _json_text(value: object) -> Markup:
    """JSON as the text of an element: quotes stay quotes there, which halves its size."""
    from markupsafe import Markup

    return Markup(escape(pretty_json(value), quote=False))


def _compact_json(value: object) -> Markup:
    from markupsafe import Markup

    return Markup(escape(compact_json(value), quote=False))


def _prose(text: str) -> Markup:
    """A sentence with its `names` set as code."""
    from markupsafe import Markup

    return Markup(_CODE.sub(r"<code>\1</code>", escape(notation.printable(text))))


@cache
def _part(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


_ICONS: dict[VerdictName, tuple[str, str]] = {
    "PASS": ("#0b7a6b", "M9 16.5l5 5 9-11"),
    "FAIL": ("#c2361b", "M10 10l12 12m0-12L10 22"),
    "NOT_EXERCISED": ("#6b7280", "M10 16h12"),
    "CONFIG_ERROR": ("#9a6700", "M16 9v9m0 4v1"),
    "HARNESS_ERROR": ("#7c4fc4", "M16 9v9m0 4v1"),
}


def _icon(verdict: VerdictName) -> str:
    """The verdict in the browser's tab, as a data: address."""
    colour, path = _ICONS[verdict]
    return "data:image/svg+xml," + quote(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" '
        f'fill="{colour}"/><path d="{path}" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" '
        f'stroke-linejoin="round"/></svg>'
    )
