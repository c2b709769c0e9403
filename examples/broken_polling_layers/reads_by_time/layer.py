"""Only events younger than the youngest that was seen are taken: what has the same time, or comes late, is dropped.

Breaks E3. Modelled on https://github.com/estuary/connectors/issues/5205 (records of the same second as the cursor are
dropped).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from polling_layer.feeds import FeedReader
from polling_layer.layer import Parts, serve
from polling_layer.party import Party
from polling_layer.store import Store


class HighWaterMark(FeedReader):
    def __init__(self, name: str, party: Party, store: Store, types: frozenset[str]) -> None:
        super().__init__(name, party, store, types)
        self._youngest: datetime | None = None

    def take(self, events: list[dict[str, Any]], cursor: str) -> None:
        super().take([event for event in events if self._is_younger(event)], cursor)

    def _is_younger(self, event: Mapping[str, Any]) -> bool:
        time = datetime.fromisoformat(event["time"])
        if self._youngest is not None and time <= self._youngest:
            return False
        self._youngest = time
        return True


PARTS = Parts(reader=HighWaterMark)

if __name__ == "__main__":
    serve(PARTS)
