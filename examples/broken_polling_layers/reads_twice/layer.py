"""To be on the safe side each page is read again, and what stands there is taken for new, with keys of its own.

Breaks E1. Modelled on https://github.com/getlago/lago-api/pull/2826 (jobs that overlap create records twice) and
https://github.com/frappe/erpnext/issues/35685 (several invoices per order on a repeated callback).
"""

import itertools
from typing import Any

from polling_layer.feeds import FeedReader, subject_of
from polling_layer.layer import Parts, serve
from polling_layer.party import Party
from polling_layer.store import Store, Waiting


class Overlap(FeedReader):
    def __init__(self, name: str, party: Party, store: Store, types: frozenset[str]) -> None:
        super().__init__(name, party, store, types)
        self._numbers = itertools.count(1)

    def take(self, events: list[dict[str, Any]], cursor: str) -> None:
        wanted = [event for event in events if event["type"] in self.types]
        rows = [
            (f"{event['id']}/{next(self._numbers)}", subject_of(self.name, event), event)
            for event in (*wanted, *wanted)
        ]
        self.store.keep_page(self.name, rows, cursor)


def key_of_the_reading(key: str, waiting: Waiting) -> str:
    return f"{key}/{waiting.number}"


PARTS = Parts(reader=Overlap, effect_key=key_of_the_reading)

if __name__ == "__main__":
    serve(PARTS)
