"""What the layer does at a party stands in the ledger before it is sent, and is done once however often it is tried."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .party import Call, Party, Refused, Trace
from .store import Entry, Store


class Ledger:
    """Sends what stands in it. Each effect has a key in business terms, which is its Idempotency-Key as well."""

    def __init__(self, parties: Mapping[str, Party], store: Store) -> None:
        self.parties, self.store = parties, store

    def effect(self, key: str, party: str, call: Call, payload: object, done_when: tuple[str, ...] = ()) -> Any:
        """The party's answer, now or from an earlier round. `done_when` are problem codes which say that it has
        happened before.

        Raises: Refused (a later call is a new request, under a key of its own), TryLater.
        """
        entry = self.store.entry(key)
        if entry is not None and entry.status is not None:
            return json.loads(entry.answer or "null")
        entry = self.store.begin(key, json.dumps(payload))
        asked = Call(
            call.method, call.path, call.trace, entry.body or "", key=self.sent_key(entry), if_match=call.if_match
        )
        try:
            status, content = self.parties[party].call(asked)
        except Refused as refusal:
            if refusal.code not in done_when:
                self.store.refused(key)
                raise
            status, content = refusal.status, None
        self.store.happened(key, status, json.dumps(content))
        return content

    def sent_key(self, entry: Entry) -> str:
        """A refused try has changed nothing, so the next is a new request and needs a key of its own."""
        return f"{entry.key}:{entry.refusals + 1}" if entry.refusals else entry.key

    def read(self, party: str, path: str, trace: Trace) -> Any:
        """Raises: Refused, TryLater."""
        return self.parties[party].call(Call("GET", path, trace))[1]
