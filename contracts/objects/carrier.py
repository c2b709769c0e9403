"""Who carries a shipment (contracts/canonical/v1/carrier.json)."""

from __future__ import annotations

import msgspec


class Carrier(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`scac` is the Standard Carrier Alpha Code, `service` the carrier's own product."""

    scac: str
    name: str
    service: str
