"""What has changed between two runs, told in the forms that people and programs want."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import msgspec

from ..contracts.runs_compared import STATES, Change, Comparison
from .markdown_text import text as shown
from .notation import count, one_line, printable

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid; vertical-align: top }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{sides}</p>
{parts}
</body>
</html>
"""


def terminal(comparison: Comparison) -> str:
    """Plain lines, the most urgent first."""
    lines = [_headline(comparison), _sides(comparison)]
    for state, title in STATES.items():
        if changes := comparison.of(state):
            lines += ["", f"{title}:"]
            lines += [f"  {change.invariant}  {_where(change)}: {_told(change)}" for change in changes]
    return "\n".join(map(printable, lines)) + "\n"


def markdown(comparison: Comparison) -> str:
    """A comment for a pull request."""
    lines = [f"### {_headline(comparison)}", "", shown(_sides(comparison)), ""]
    for state, title in STATES.items():
        if changes := comparison.of(state):
            lines += [f"**{title[0].upper()}{title[1:]}**", ""]
            lines += [f"- **{shown(each.invariant)}** {shown(_where(each))}: {shown(_told(each))}" for each in changes]
            lines.append("")
    return "\n".join(lines)


def html(comparison: Comparison) -> str:
    """A page that opens anywhere, offline."""
    parts = []
    for state, title in STATES.items():
        rows = "\n".join(
            f"<tr><td>{_html(each.invariant)}</td><td>{_html(_where(each))}</td><td>{_html(_told(each))}</td></tr>"
            for each in comparison.of(state)
        )
        if rows:
            head = '<tr><th scope="col">Invariant</th><th scope="col">Where</th><th scope="col">What</th></tr>'
            parts.append(f"<h2>{title[0].upper()}{title[1:]}</h2>\n<table>\n{head}\n{rows}\n</table>")
    return PAGE.format(title=_html(_headline(comparison)), sides=_html(_sides(comparison)), parts="\n".join(parts))


def json(comparison: Comparison) -> str:
    """The document itself (contracts/harness/v1/runs-compared.json)."""
    return msgspec.json.format(msgspec.json.encode(comparison), indent=2).decode() + "\n"


FORMATS: dict[str, Callable[[Comparison], str]] = {
    "terminal": terminal,
    "markdown": markdown,
    "html": html,
    "json": json,
}


def _headline(comparison: Comparison) -> str:
    said = [
        f"{len(changes)} {title.partition(':')[0]}"
        for state, title in STATES.items()
        if (changes := comparison.of(state))
    ]
    return ", ".join(said) or "No failures on either side"


def _sides(comparison: Comparison) -> str:
    now, before = (count(len(runs), "run") for runs in (comparison.now, comparison.before))
    return f"{now} ({', '.join(comparison.now)}) against {before} ({', '.join(comparison.before)})"


def _where(change: Change) -> str:
    order = f", order {change.order}" if change.order else ""
    return f"{change.scenario or 'the run'}{order}"


def _told(change: Change) -> str:
    """The finding, and how often it came wherever it could have come more than once."""
    often = ""
    if change.before_of > 1 or change.now_of > 1:
        often = f" (now {change.now} of {change.now_of} runs, before {change.before} of {change.before_of})"
    elif change.state == "new" and not change.before_of:
        often = " (its scenario was not put to the test before)"
    return f"{one_line(change.summary)}{often}"


def _html(text: str) -> str:
    return escape(printable(text))
