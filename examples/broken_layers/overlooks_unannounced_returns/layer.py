"""Returns are known by their RMA: a receipt without one fits no return and is passed over.

Breaks X1. Modelled on https://github.com/frappe/ecommerce_integrations/issues/225 (what comes back to the warehouse is
not heard of).
"""

from reference_layer.__main__ import serve
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.returns import Unannounced


class KnowsNoSuchReturn(Unannounced):
    async def handle(self, job: Job) -> None:
        pass


PARTS = Parts(unannounced=KnowsNoSuchReturn())

if __name__ == "__main__":
    serve(PARTS)
