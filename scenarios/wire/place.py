"""Where a fault of the wire is made, and so what has to stand between the layer and a party for it."""

from __future__ import annotations

from enum import StrEnum


class Place(StrEnum):
    """`RELAY`: a relay of octets in front of the party. `PROXY`: an HTTP proxy behind that. `TLS`: the proxy, and the
    layer speaks TLS with it. `ADDRESS`: nothing; the layer is handed another address. `DELIVERY`: nothing beforehand;
    a delivery that is struck goes through a relay of its own.
    """

    RELAY = "relay"
    PROXY = "proxy"
    TLS = "tls"
    ADDRESS = "address"
    DELIVERY = "delivery"


IN_FRONT = frozenset({Place.RELAY, Place.PROXY, Place.TLS})
PROXIED = frozenset({Place.PROXY, Place.TLS})
# What a target must claim so that a fault there can strike it.
CAPABILITIES = {Place.TLS: "tls", Place.ADDRESS: "restart"}
