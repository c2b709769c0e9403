"""Versions of stored objects: one step of the ERP is one change of whatever it touches, however often it touches it."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from ...contracts.objects import Stored
from ..transaction import Transaction

S = TypeVar("S", bound=Stored)


def put(tx: Transaction, key: str, record: S, **changes: object) -> S:
    """Store an object, with these fields changed, as of now, under its next version, or the one that this step gave it
    already.
    """
    version = record.version if (type(record), key) in tx.writes else record.version + 1
    stored = replace(record, version=version, updated_at=tx.now, **changes)
    tx.put(key, stored)
    return stored
