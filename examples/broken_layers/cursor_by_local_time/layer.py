"""It keeps the time up to which it has taken orders, written down as the clock in its office shows it and read as UTC.

Breaks E3: where the office is ahead of UTC, the orders of the next hours are taken for ones that it has. Modelled on
https://github.com/frappe/erpnext_shopify/issues/190 (orders are missed for the time zone of the cursor),
https://github.com/OCA/connector-magento/issues/249 (local time stored as UTC) and
https://github.com/OPEN-DSI/ecommerceng_woosync/issues/42.
"""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
from reference_layer.__main__ import serve
from reference_layer.documents import Event
from reference_layer.layer import Parts
from reference_layer.store import Store

OFFICE = timezone(timedelta(hours=10), "Brisbane")
SUBMITTED = "crossdock.order.submitted.v1"
CURSOR, FETCHED = "orders taken up to", "hour whose orders were fetched last"  # those of an hour are fetched together


class TakesWhatIsNewer(Store):
    def receive(self, source: str, id: str, order_key: str, event: bytes) -> bool:
        told = msgspec.json.decode(event, type=Event)
        if told.type == SUBMITTED:
            placed = datetime.fromisoformat(told.data["createdAt"])
            hour = int(placed.timestamp()) // 3600
            if placed.timestamp() <= self.newest(CURSOR, 0) and hour != self.newest(FETCHED, 0):
                return False
            self.newest(FETCHED, hour)
            shown = placed.astimezone(OFFICE).replace(tzinfo=UTC)  # the naive time of the office, with a Z behind it
            self.newest(CURSOR, int(shown.timestamp()))
        return super().receive(source, id, order_key, event)


PARTS = Parts(store=TakesWhatIsNewer)

if __name__ == "__main__":
    serve(PARTS)
