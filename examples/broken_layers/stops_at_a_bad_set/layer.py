"""The first set that it can't use ends its reading: what stands beside it, and every file behind it, lies there for
ever.

Breaks E3. Modelled on https://github.com/frappe/ecommerce_integrations/issues/338 (one deleted product, and the import
of a whole range of orders stops).
"""

from reference_layer.__main__ import serve
from reference_layer.layer import PAPERS, Parts
from reference_layer.paper import Incoming
from reference_layer.x12_paper import X12Paper


class AllOrNothing(X12Paper):
    def read(self, name: str, content: bytes) -> Incoming:
        incoming = super().read(name, content)
        if incoming.rejected:
            raise ValueError("; ".join(incoming.rejected))  # and nobody catches it
        return incoming


PARTS = Parts(papers={**PAPERS, "x12": lambda partner: AllOrNothing(partner.name, partner.own_id, partner.partner_id)})

if __name__ == "__main__":
    serve(PARTS)
