"""Nobody counts: what the trailers of sets say is not looked at."""

from dataclasses import replace

from crossdock.examples.reference_layer.__main__ import serve
from crossdock.examples.reference_layer.layer import PAPERS, Parts
from crossdock.examples.reference_layer.paper import Incoming
from crossdock.examples.reference_layer.x12 import TransactionSet
from crossdock.examples.reference_layer.x12_paper import X12Paper


class NobodyCounts(X12Paper):
    def _understood(self, name: str, told: TransactionSet, found: Incoming) -> TransactionSet:
        return super()._understood(name, replace(told, problem=""), found)


PARTS = Parts(papers={**PAPERS, "x12": lambda partner: NobodyCounts(partner.name, partner.own_id, partner.partner_id)})

if __name__ == "__main__":
    serve(PARTS)
