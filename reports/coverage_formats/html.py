"""html: one page that opens anywhere, offline: each contract, part by part, and what of it was never seen."""

from __future__ import annotations

from html import escape
from itertools import groupby

from ...contracts.coverage_result import CoverageResult, CoveredPart
from ..coverage_format import PLURALS, coverage_formats
from .terminal import percent

STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1f24;background:#fff}
h1,h2{line-height:1.2}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #d8dde3;vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap}meter{width:8rem}code{font-size:.92em;overflow-wrap:anywhere}
details{margin:.25rem 0}summary{cursor:pointer}.none{color:#a40000}
@media(prefers-color-scheme:dark){body{color:#e6e9ed;background:#15181c}th,td{border-color:#343a41}.none{color:#ff8b8b}}
"""


@coverage_formats.register("html")
def html(result: CoverageResult) -> str:
    """A self-contained page without scripts; undriven parts are marked and named."""
    sections = "".join(_contract(contract, result) for contract in result.contracts())
    beside = "".join(f"<li><code>{escape(what)}</code> {times} ×</li>" for what, times in result.beside.items())
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Contract coverage</title><style>{STYLE}</style></head><body>"
        f"<h1>Contract coverage</h1><p>What the run <code>{escape(result.run)}</code> saw of all that the contracts"
        f" have. Crossdock {escape(result.crossdock)}.</p>{sections}"
        + (f"<h2>In no contract</h2><ul>{beside}</ul>" if beside else "")
        + "</body></html>\n"
    )


def _contract(contract: str, result: CoverageResult) -> str:
    rows = []
    for kind in result.kinds(contract):
        seen, there = result.counts(contract, kind)
        rows.append(
            f"<tr><td>{PLURALS[kind]}</td><td class=n>{seen} of {there}</td><td class=n>{percent(seen, there)}</td>"
            f'<td><meter max="{there}" value="{seen}">{percent(seen, there)}</meter></td></tr>'
        )
    parts = sorted((part for part in result.parts if part.contract == contract), key=lambda part: part.part)
    details = "".join(_part(name, list(group)) for name, group in groupby(parts, key=lambda part: part.part))
    return f"<h2>{escape(contract)}</h2><table>{''.join(rows)}</table>{details}"


def _part(name: str, parts: list[CoveredPart]) -> str:
    seen = sum(len(part.seen) for part in parts)
    there = seen + sum(len(part.unseen) for part in parts)
    mark = "" if seen else " class=none"
    told = f"{seen} of {there}" if seen else "never driven"
    rows = "".join(_points(part) for part in parts)
    return f"<details><summary{mark}><code>{escape(name)}</code> {told}</summary><table>{rows}</table></details>"


def _points(part: CoveredPart) -> str:
    seen = ", ".join(f"<code>{escape(name)}</code>&nbsp;{times}&nbsp;×" for name, times in part.seen.items())
    unseen = ", ".join(f"<code>{escape(name)}</code>" for name in part.unseen)
    return f"<tr><th>{PLURALS[part.kind]}</th><td>seen: {seen or 'none'}<br>never: {unseen or 'none'}</td></tr>"
