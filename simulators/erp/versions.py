"""Versions of stored objects: one step of the ERP is one change of whatever it touches, however often it touches it."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from ...contracts.objects import Stored
from ..transaction import Transaction

S = TypeVar("S", bound=Stored)


def put(tx: Transaction, key: str, record: S) -> S:
    """Store a changed object as of now, under its next version, or the one that this step gave it already."""
    if (type(record), key) in tx.writes:
        stored = record if record.updated_at == tx.now else replace(record, updated_at=tx.now)
    else:
        stored = replace(record, version=record.version + 1, updated_at=tx.now)
    tx.put(key, stored)
    return stored
