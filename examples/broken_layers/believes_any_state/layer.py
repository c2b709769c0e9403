"""Whatever the ERP says of an order is taken for its newest state: what was under way for long puts the numbers back.

Breaks C3. Modelled on https://github.com/Shopify/shopify-app-js/issues/603 (updates come within a second, in any
order).
"""

from reference_layer.__main__ import serve
from reference_layer.documents import SalesOrder
from reference_layer.layer import Parts
from reference_layer.status import StatusPolicy


class TheLastIsTheNewest(StatusPolicy):
    def newer(self, known: SalesOrder | None, heard: SalesOrder) -> bool:
        return True


PARTS = Parts(status=TheLastIsTheNewest())

if __name__ == "__main__":
    serve(PARTS)
