"""restart-layer: the layer is stopped and started again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ..action import LayerAction, actions
from ..layer import Downtime, Layer, Offer


@actions.register("restart-layer")
class RestartLayer(LayerAction):
    """Whoever runs the layer stops it (SIGTERM) and starts it again `down_s` seconds on the wire later."""

    exclusive: ClassVar[bool] = True
    needs: ClassVar[frozenset[Offer]] = frozenset({"process"})

    down_s: float = 0.2

    async def operate(self, layer: Layer, ids: Mapping[str, str]) -> None:
        layer.take_down(Downtime("restart-layer", self.down_s, gently=True))
