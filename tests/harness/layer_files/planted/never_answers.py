"""What comes is read and acted upon, and no 997 says so."""

from crossdock.examples.reference_layer.__main__ import serve
from crossdock.examples.reference_layer.layer import PAPERS, Parts
from crossdock.examples.reference_layer.paper import Incoming
from crossdock.examples.reference_layer.x12_paper import X12Paper


class ReadsOnly(X12Paper):
    def read(self, name: str, content: bytes) -> Incoming:
        found = super().read(name, content)
        found.replies.clear()
        return found


PARTS = Parts(papers={**PAPERS, "x12": lambda partner: ReadsOnly(partner.name, partner.own_id, partner.partner_id)})

if __name__ == "__main__":
    serve(PARTS)
