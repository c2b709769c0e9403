"""It looks for acknowledgements in groups only: a TA1, which stands outside of any, is overlooked.

Breaks E3. Modelled on https://learn.microsoft.com/azure/logic-apps/logic-apps-enterprise-integration-x12 (TA1 and 997
are two acknowledgements, each to be asked for and handled by itself).
"""

from dataclasses import replace

from reference_layer.__main__ import serve
from reference_layer.layer import PAPERS, Parts
from reference_layer.paper import Incoming
from reference_layer.x12_paper import X12Paper


class GroupsOnly(X12Paper):
    def read(self, name: str, content: bytes) -> Incoming:
        incoming = super().read(name, content)
        return replace(incoming, verdicts=[each for each in incoming.verdicts if each.code != "TA1-rejected"])


PARTS = Parts(papers={**PAPERS, "x12": lambda partner: GroupsOnly(partner.name, partner.own_id, partner.partner_id)})

if __name__ == "__main__":
    serve(PARTS)
