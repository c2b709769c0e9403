"""A part of a list, by whichever parameters a document has for that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .schemas import Schemas

LIMITS = (
    "limit",
    "per_page",
    "perpage",
    "page_size",
    "pagesize",
    "size",
    "count",
    "maxresults",
    "max_results",
    "top",
    "$top",
    "first",
)
OFFSETS = ("offset", "skip", "$skip", "start", "startindex")
PAGES = ("page", "pagenumber", "page_number", "pageindex")
CURSORS = ("cursor", "after", "page_token", "pagetoken", "starting_after", "continuationtoken")
NEXTS = ("nextcursor", "next_cursor", "nextpagetoken", "next_page_token", "continuationtoken")
TOTALS = ("total", "totalcount", "total_count", "totalitems", "total_items", "count", "totalelements")
MORES = ("hasmore", "has_more", "hasnext", "has_next")
MOST = 100


class Page(NamedTuple):
    """`values` of a list of `total`; `after` is where the next page begins, None when this is the last."""

    values: list[Any]
    total: int
    after: int | None


def page_of(values: Sequence[Any], query: Mapping[str, Any]) -> Page:
    """The part that the parameters name. Numbers that make no sense are as if they had not been sent."""
    said = {name.lower(): value for name, value in query.items()}
    limit = _whole(said, LIMITS, least=1) or MOST
    start = _whole(said, OFFSETS) or 0
    if (page := _whole(said, PAGES, least=1)) is not None:
        start = (page - 1) * limit
    cursor = next((said[name] for name in CURSORS if name in said), None)
    if isinstance(cursor, str) and cursor.isdecimal():
        start = int(cursor)
    end = min(start + limit, len(values))
    return Page(list(values[start:end]), len(values), end if end < len(values) else None)


def filtered(values: Sequence[Any], query: Mapping[str, Any], schemas: Schemas, schema: Any) -> list[Any]:
    """Those that have what the parameters say which are named as an item's properties are."""
    known = schemas.properties(schema)
    wanted = {name: value for name, value in query.items() if name in known}
    return [value for value in values if all(_has(value.get(name), said) for name, said in wanted.items())]


def told_of(page: Page, properties: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside the items: name → value, of those that the answer has."""
    told: dict[str, Any] = {}
    for name in properties:
        plain = name.lower()
        if plain in TOTALS:
            told[name] = page.total
        elif plain in MORES:
            told[name] = page.after is not None
        elif plain in NEXTS:
            told[name] = str(page.after) if page.after is not None else None
    return told


def _has(value: Any, said: Any) -> bool:
    if isinstance(said, list):
        return value in said or (isinstance(value, list) and all(each in value for each in said))
    return bool(said in value if isinstance(value, list) else value == said)


def _whole(said: Mapping[str, Any], names: Sequence[str], least: int = 0) -> int | None:
    found = next((said[name] for name in names if name in said), None)
    return int(found) if isinstance(found, (int, float)) and not isinstance(found, bool) and found >= least else None
