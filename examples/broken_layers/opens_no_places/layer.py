"""A new item is shown to whoever sells it; the warehouses that are to handle it never hear of it.

Breaks E3: no goods can come in. Modelled on https://github.com/frappe/ecommerce_integrations/issues/338 (one item
that is missing on the other side stops the rest).
"""

from reference_layer.__main__ import serve
from reference_layer.documents import Item
from reference_layer.items import Items
from reference_layer.job import Job
from reference_layer.layer import Parts


class TellsTheCrmOnly(Items):
    async def place(self, job: Job, item: Item, warehouse: str) -> None:
        return


PARTS = Parts(items=TellsTheCrmOnly())


if __name__ == "__main__":
    serve(PARTS)
