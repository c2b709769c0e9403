"""A customer that sales have blocked stays active at the ERP: name and address are brought there, the status is not.

Breaks C1.
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.customers import Customers
from reference_layer.documents import Account
from reference_layer.job import Job
from reference_layer.layer import Parts


class StaysActive(Customers):
    async def change(self, job: Job, account: Account, facts: dict[str, Any], version: int) -> None:
        known = {name: value for name, value in facts.items() if name != "status"}
        await super().change(job, account, known, version)


PARTS = Parts(customers=StaysActive())

if __name__ == "__main__":
    serve(PARTS)
