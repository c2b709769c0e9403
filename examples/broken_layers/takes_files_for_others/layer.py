"""Whatever lies in its folder is taken for its own and for real: nobody compares the ids, or looks at ISA15.

Breaks E3.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import PAPERS, Parts
from reference_layer.x12 import Segment
from reference_layer.x12_paper import X12Paper


class AsksForNoSender(X12Paper):
    def _see_that_it_is_ours(self, header: Segment) -> None:
        pass


PARTS = Parts(
    papers={**PAPERS, "x12": lambda partner: AsksForNoSender(partner.name, partner.own_id, partner.partner_id)}
)

if __name__ == "__main__":
    serve(PARTS)
