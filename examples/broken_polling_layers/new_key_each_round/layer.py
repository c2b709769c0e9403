"""Each round has idempotency keys of its own: what was done and not answered is done again.

Breaks E1. Modelled on https://github.com/openlinker-project/openlinker/issues/3369 (a retry after an ambiguous time-out
duplicates the ERP's order).
"""

import itertools

from polling_layer.layer import Parts, serve
from polling_layer.ledger import Ledger
from polling_layer.store import Entry

ROUNDS = itertools.count(1)


class FreshKeys(Ledger):
    def sent_key(self, entry: Entry) -> str:
        return f"{entry.key}:{next(ROUNDS)}"


PARTS = Parts(ledger=FreshKeys)

if __name__ == "__main__":
    serve(PARTS)
