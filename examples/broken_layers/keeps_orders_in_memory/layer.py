"""What is known of an order lies in a cache that the process fills; messages are on disk, and that was thought enough.

Breaks C1: news of a parcel that was shipped yesterday belongs to no order.
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.store import Message, Store


class InMemory(Store):
    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._orders: dict[str, bytes] = {}

    def settle(self, message: Message, knowledge: bytes) -> None:
        super().settle(message, knowledge)
        self._orders[message.order_key] = knowledge

    def knowledge(self, order_key: str) -> bytes | None:
        return self._orders.get(order_key)


PARTS = Parts(store=InMemory)

if __name__ == "__main__":
    serve(PARTS)
