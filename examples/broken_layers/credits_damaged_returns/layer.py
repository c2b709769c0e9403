"""A condition that the layer has no word for is taken for good: the customer is paid for what is scrap.

Breaks M2. Modelled on https://github.com/Starktail/woocommerce_fusion/issues/153 (what came of the lines of a refund
is ignored in the total).
"""

from typing import Any

from reference_layer.__main__ import serve
from reference_layer.documents import Quantity, ReceivedLine
from reference_layer.layer import Parts
from reference_layer.returns import Inspection

CONDITIONS = {"good": "good", "defective": "defective", "wrongItem": "wrongItem"}


class KnowsThreeConditions(Inspection):
    def told(self, line: ReceivedLine, raw: dict[str, Any], base: Quantity) -> dict[str, Any]:
        return {**super().told(line, raw, base), "condition": CONDITIONS.get(line.condition, "good")}

    def is_accepted(self, line: ReceivedLine, expected_sku: str) -> bool:
        return CONDITIONS.get(line.condition, "good") != "wrongItem" and line.sku == expected_sku


PARTS = Parts(inspection=KnowsThreeConditions())


if __name__ == "__main__":
    serve(PARTS)
