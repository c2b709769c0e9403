"""The version in GS08 is not read: orders are written by the first edition of the guide, when only the second is taken.

Breaks K1: the warehouse rejects what it has no guide for, and a person has to look after the order.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import PAPERS, Parts
from reference_layer.paper import Incoming
from reference_layer.x12 import FIRST_EDITION
from reference_layer.x12_paper import X12Paper


class FirstEdition(X12Paper):
    def read(self, name: str, content: bytes) -> Incoming:
        found = super().read(name, content)
        self.edition = FIRST_EDITION
        return found


PARTS = Parts(papers={**PAPERS, "x12": lambda partner: FirstEdition(partner.name, partner.own_id, partner.partner_id)})

if __name__ == "__main__":
    serve(PARTS)
