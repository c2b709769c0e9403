"""Whatever comes back is booked as saleable: what was smashed is sold a second time.

Breaks Q3. Modelled on https://github.com/magento/inventory/issues/3329 (a refund puts back stock that is not there).
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.documents import Quantity, ReceivedLine
from reference_layer.layer import Parts
from reference_layer.returns import Inspection


class RestocksAll(Inspection):
    """The ERP's field was new, and `restock` is its first value."""

    def told(self, line: ReceivedLine, raw: dict[str, Any], base: Quantity) -> dict[str, Any]:
        return {**super().told(line, raw, base), "disposition": "restock"}


PARTS = Parts(inspection=RestocksAll())


if __name__ == "__main__":
    serve(PARTS)
