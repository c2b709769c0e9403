"""A state of a line (W1201) that the layer does not know is taken for the one that nearly all of them have: complete.

Breaks F1. Modelled on https://github.com/ParsimonyGit/shipstation_integration/pull/74 (every status but a few counts as
shipped).
"""

import re

from reference_layer.__main__ import serve
from reference_layer.layer import PAPERS, Parts
from reference_layer.paper import Incoming
from reference_layer.x12_paper import X12Paper

UNKNOWN = re.compile(rb"\bW12\*(?!(?:CC|CM|CP|PR|SS)\*)[^*~]*\*")


class TakesTheUsual(X12Paper):
    def read(self, name: str, content: bytes) -> Incoming:
        return super().read(name, UNKNOWN.sub(b"W12*CC*", content))


PARTS = Parts(papers={**PAPERS, "x12": lambda partner: TakesTheUsual(partner.name, partner.own_id, partner.partner_id)})

if __name__ == "__main__":
    serve(PARTS)
