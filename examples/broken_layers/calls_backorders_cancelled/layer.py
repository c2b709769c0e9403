"""What waits for stock is shown to customer service as cancelled, and what was cancelled as waiting.

Breaks C1. Two columns of a mapping table are the wrong way round; what was shipped is right, and so is the status.
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.documents import SalesOrder
from reference_layer.layer import Parts
from reference_layer.status import StatusUpdates


class WrongWayRound(StatusUpdates):
    def lines(self, sales_order: SalesOrder) -> list[dict[str, Any]]:
        return [
            {
                **line,
                "backorderedQuantity": line["cancelledQuantity"],
                "cancelledQuantity": line["backorderedQuantity"],
            }
            for line in super().lines(sales_order)
        ]


PARTS = Parts(updates=WrongWayRound())

if __name__ == "__main__":
    serve(PARTS)
