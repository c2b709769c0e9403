"""The warehouse is asked for whole dozens, because that is how it likes to pick.

Breaks Q2: it ships what it was asked for, and nobody ordered so much. Modelled on
https://github.com/OCA/l10n-romania/pull/1553 (a split ships more than its share).
"""

from typing import Any

import msgspec
from reference_layer.__main__ import serve
from reference_layer.documents import Fulfilment
from reference_layer.fulfilment import Fulfilments
from reference_layer.job import Job
from reference_layer.layer import Parts

DOZEN = 12


class WholeDozens(Fulfilments):
    async def request(self, job: Job, release: Fulfilment, warehouse: str) -> None:
        data = job.event.data
        lines = [{**line, "quantity": _rounded(line["quantity"])} for line in data["lines"]]
        event = msgspec.structs.replace(job.event, data={**data, "lines": lines})
        await super().request(msgspec.structs.replace(job, event=event), release, warehouse)


def _rounded(quantity: dict[str, Any]) -> dict[str, Any]:
    dozens = -(-int(float(quantity["value"])) // DOZEN)
    return {**quantity, "value": str(dozens * DOZEN)}


PARTS = Parts(fulfilments=WholeDozens())

if __name__ == "__main__":
    serve(PARTS)
