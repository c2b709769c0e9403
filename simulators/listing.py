"""Answers to list operations: filters by query parameter, `updatedSince`, `limit` and `cursor`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from .rules import Call
from .transaction import Page, Transaction

R = TypeVar("R", bound=msgspec.Struct)
DEFAULT_LIMIT = 50


def listing(
    tx: Transaction,
    call: Call[Any],
    kind: type[R],
    filters: Mapping[str, str],
    *,
    indexed: Sequence[str] = (),
    also: Callable[[R], bool] | None = None,
    among: tuple[str, Sequence[Hashable]] | None = None,
    updated: str = "updated_at",
) -> Page:
    """A page of the records that equal every query parameter that is given.

    `filters` is parameter name → attribute of the record; `indexed` names attributes that the party keeps an index of,
    by the same name, the most telling one first: only what it finds is looked at. For a filter that is no attribute,
    `also` says what it lets through, and `among` which values of which index hold all of that. `updated` is the
    attribute that `updatedSince` (inclusive) is about.

    Raises: Refusal `invalid-cursor`.
    """
    wanted = {attribute: call.params[name] for name, attribute in filters.items() if name in call.params}
    since = call.params.get("updatedSince")

    def keep(record: R) -> bool:
        if since is not None and getattr(record, updated) < since:
            return False
        if also is not None and not also(record):
            return False
        return all(getattr(record, attribute) == value for attribute, value in wanted.items())

    index = next((attribute for attribute in indexed if attribute in wanted), None)
    if index is not None:
        among = (index, (wanted[index],))
    limit: int = call.params.get("limit", DEFAULT_LIMIT)
    return tx.page(kind, limit, call.params.get("cursor"), keep, among=among)
