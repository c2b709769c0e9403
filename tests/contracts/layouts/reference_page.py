"""The parts of docs/reference/csv.md that are made from schema, registry and layouts: `python -m …` writes them."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crossdock.contracts import documents
from crossdock.contracts.layouts import CODES, Layout, file_name, layouts
from crossdock.contracts.layouts.column_type import column_types
from crossdock.contracts.layouts.definition import Column
from crossdock.tests.contracts.layouts.samples import heading

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "csv.md"
_SENDERS = {"layer": "The layer sends it", "warehouse": "The warehouse sends it", "both": "Both send it"}
_PART = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page(text: str) -> str:
    """The page with every made part made anew."""
    return _PART.sub(lambda part: f"{part[1]}\n{PARTS[part[2]]()}\n{part[3]}", text)


def _settings() -> str:
    schema = documents.load("csv/layout.json")
    rows: list[str] = []
    for name, setting in schema["properties"].items():
        if name != "columns":
            rows += _setting(name, setting)
    return _table(("setting", "default", "what it says"), rows)


def _setting(name: str, setting: dict[str, Any]) -> list[str]:
    rows = [_row(f"`{name}`", _default(setting), _described(setting))]
    for part, inner in setting.get("properties", {}).items():
        rows += _setting(f"{name}.{part}", inner)
    return rows


def _options() -> str:
    properties = documents.load("csv/layout.json")["properties"]["columns"]["items"]["properties"]
    rows = [_row(f"`{name}`", _default(option), _described(option)) for name, option in properties.items()]
    return _table(("option", "default", "what it says"), rows)


def _types() -> str:
    rows = []
    for name, kind in sorted(column_types.items()):
        options = ", ".join(f"`{option}`" for option in sorted(kind.options))
        rows.append(_row(f"`{name}`", " ".join((inspect.getdoc(kind) or "").split()), options))
    return _table(("type", "what stands in it", "options"), rows)


def _layouts() -> str:
    return "\n".join(map(_layout, layouts()))


def _layout(of: Layout) -> str:
    sample = f"samples/csv/{file_name(of, heading(of))}"
    sender = {"layer": "The layer sends it", "warehouse": "The warehouse sends it", "both": "Either sends it"}[
        of.sent_by
    ]
    carries = f" It carries `{of.object}`." if of.object else ""
    rows = [_row(f"`{column.name}`", _kind(column), _need(column), column.meaning) for column in of.columns]
    table = _table(("column", "type", "required", "what it says"), rows)
    return f"### {of.name}\n\n{of.description} {sender}.{carries}{_totals(of)} [Sample]({sample}).\n\n{table}"


def _totals(of: Layout) -> str:
    """Over which columns the trailer adds up."""
    trailer = of.trailer_record
    if trailer is None:
        return ""
    over = {"quantity_sum": trailer.quantity_sum, "hash_total": trailer.hash_total}
    said = (f"`{field}` of `{over[field]}`" if over.get(field) else f"`{field}`" for field in trailer.fields)
    return f" Trailer: {', '.join(said)}."


def _kind(column: Column) -> str:
    if column.codes:
        return ", ".join(f"`{code}` {word}" for code, word in column.codes.items())
    limits = [f"{column.max_length}"] if column.max_length else []
    if column.type == "quantity" and column.sign != "unsigned":
        limits.append(column.sign)
    return " ".join([column.type, *limits])


def _need(column: Column) -> str:
    if column.required:
        return "yes"
    rule = column.required_when
    if rule is None:
        return ""
    return f"when `{rule.column}` is {' or '.join(rule.values)}" if rule.values else f"with `{rule.column}`"


def _codes() -> str:
    return _table(("code", "what it means"), [_row(f"`{code}`", meaning) for code, meaning in CODES.items()])


def _described(setting: dict[str, Any]) -> str:
    allowed = ", ".join(f"`{value}`" if value else "empty" for value in setting.get("enum", ()))
    return f"{setting['description']}{f' One of {allowed}.' if allowed else ''}"


def _default(setting: dict[str, Any]) -> str:
    if "default" not in setting:
        return ""
    default = setting["default"]
    if isinstance(default, list):
        return f"`[{', '.join(default)}]`"
    return f"`{default if isinstance(default, str) and default else json.dumps(default)}`"


def _table(heads: tuple[str, ...], rows: list[str]) -> str:
    return "\n".join([_row(*heads), _row(*("---" for _ in heads)), *rows, ""])


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


PARTS: dict[str, Callable[[], str]] = {
    "settings": _settings,
    "options": _options,
    "types": _types,
    "layouts": _layouts,
    "codes": _codes,
}

if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8")
