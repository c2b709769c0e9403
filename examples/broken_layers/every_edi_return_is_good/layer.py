"""In what condition goods come back is read from the API and not from X12 (W1303): all that a 944 brings is good.

Breaks M2 and X1. Modelled on https://github.com/Starktail/woocommerce_fusion/issues/153 (what came of the lines of a
refund is ignored in the total).
"""

import re

from reference_layer.__main__ import serve
from reference_layer.layer import PAPERS, Parts
from reference_layer.paper import Incoming
from reference_layer.x12_paper import X12Paper

CONDITION = re.compile(rb"\b(W13\*[^*~]*\*[^*~]*\*)[0-9]{2}")


class KnowsGoodsOnly(X12Paper):
    def read(self, name: str, content: bytes) -> Incoming:
        return super().read(name, CONDITION.sub(rb"\g<1>07", content))


PARTS = Parts(
    papers={**PAPERS, "x12": lambda partner: KnowsGoodsOnly(partner.name, partner.own_id, partner.partner_id)}
)

if __name__ == "__main__":
    serve(PARTS)
