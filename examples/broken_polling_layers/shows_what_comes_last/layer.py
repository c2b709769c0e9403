"""Whatever milestone stands further behind in the feed is taken for the newer one.

Breaks S1. Modelled on https://github.com/NEARBuilders/nearmerch.com/issues/214 (an older event downgrades "delivered").
"""

from collections.abc import Mapping
from typing import Any

from polling_layer.layer import Parts, serve


def last_is_newest(parcel: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    return True


PARTS = Parts(is_news=last_is_newest)

if __name__ == "__main__":
    serve(PARTS)
