"""The cursor is saved before the work is done, and nothing is tried again: whatever fails is passed over for good.

Breaks E3. Modelled on https://github.com/woocommerce/woocommerce/issues/10168 (tracking was never returned, for weeks).
"""

from polling_layer.layer import Parts, serve
from polling_layer.rounds import Rounds
from polling_layer.store import Waiting


class OneTry(Rounds):
    def _later(self, waiting: Waiting, reason: str, wait_s: float) -> None:
        self._store.done(waiting.number)


PARTS = Parts(rounds=OneTry)

if __name__ == "__main__":
    serve(PARTS)
