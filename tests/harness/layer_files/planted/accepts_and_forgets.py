"""A 945 is acknowledged, and never acted upon."""

from collections.abc import Iterator

from crossdock.examples.reference_layer import x12_facts
from crossdock.examples.reference_layer.__main__ import serve
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.paper import Told
from crossdock.examples.reference_layer.x12 import TransactionSet


def nothing(told: TransactionSet, warehouse: str) -> Iterator[Told]:
    return iter(())


x12_facts.READERS["945"] = nothing

if __name__ == "__main__":
    serve(Parts())
