"""That a 997 came is all it looks at: an order that the warehouse could not read counts as sent.

Breaks E3. Modelled on https://github.com/OpenAS2/OpenAs2App/issues/260 and on what every guide for partners warns of:
AK9 may say R.
"""

from dataclasses import replace

from reference_layer.__main__ import serve
from reference_layer.layer import PAPERS, Parts
from reference_layer.paper import Incoming
from reference_layer.x12_paper import X12Paper


class AnyAcknowledgementWillDo(X12Paper):
    def read(self, name: str, content: bytes) -> Incoming:
        incoming = super().read(name, content)
        verdicts = [
            replace(each, accepted=True, final=False) if each.code == "997-rejected" else each
            for each in incoming.verdicts
        ]
        return replace(incoming, verdicts=verdicts)


PARTS = Parts(
    papers={
        **PAPERS,
        "x12": lambda partner: AnyAcknowledgementWillDo(partner.name, partner.own_id, partner.partner_id),
    }
)

if __name__ == "__main__":
    serve(PARTS)
