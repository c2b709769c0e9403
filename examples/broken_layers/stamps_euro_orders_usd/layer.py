"""An order is written with the currency that the layer's author pays in, a customer with the right one.

Breaks E3: the ERP refuses the order, and people find a case of something that only the layer can put right. Modelled on
https://github.com/openlinker-project/openlinker/issues/2277 (every order is stamped with the same currency).
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.documents import Order, SalesOrder
from reference_layer.intake import Intake
from reference_layer.job import Job
from reference_layer.layer import Parts

OURS = "USD"


def stamped(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: OURS if name == "currency" else stamped(each) for name, each in value.items()}
    return [stamped(each) for each in value] if isinstance(value, list) else value


class StampsOrders(Intake):
    async def place(self, job: Job, order: Order) -> SalesOrder:
        job.event.data.update(stamped(job.event.data))
        return await super().place(job, order)


PARTS = Parts(intake=StampsOrders())


if __name__ == "__main__":
    serve(PARTS)
