"""What an X12 partner sends is read and never acknowledged: no 997 goes out.

Breaks K1.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import PAPERS, Parts
from reference_layer.paper import Incoming
from reference_layer.x12_paper import X12Paper


class ReadsOnly(X12Paper):
    def read(self, name: str, content: bytes) -> Incoming:
        found = super().read(name, content)
        found.replies.clear()
        return found


PARTS = Parts(papers={**PAPERS, "x12": lambda partner: ReadsOnly(partner.name, partner.own_id, partner.partner_id)})

if __name__ == "__main__":
    serve(PARTS)
