"""A customer is brought to the ERP once; what changes about it later is not.

Breaks C1: bills go to where the customer used to be.
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.customers import Customers
from reference_layer.documents import Account
from reference_layer.job import Job
from reference_layer.layer import Parts


class CreatesOnly(Customers):
    async def change(self, job: Job, account: Account, facts: dict[str, Any], version: int) -> None:
        pass


PARTS = Parts(customers=CreatesOnly())


if __name__ == "__main__":
    serve(PARTS)
