"""Faults of a party's certificate: what the three of them share."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from .wire.certificate_name import CertificateName
from .wire.place import Place
from .wire.proxy_words import Handshake
from .wire.strike import Strike
from .wire.wire import Wire
from .wire_fault import LineFault


class TlsFault(LineFault):
    """Shows `certificate` (wire/certificates.py) for a while. It strikes when the layer breaks off a handshake because
    of it, and when the layer sends a request all the same: the entry's `used` says which.
    """

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})
    place: ClassVar[Place] = Place.TLS
    certificate: ClassVar[CertificateName] = CertificateName.GOOD

    def begin(self, wire: Wire, strike: Strike) -> Callable[[], None]:
        def met(word: Handshake) -> None:
            if word.certificate == self.certificate:
                # Whose request was broken off nobody knows; one that was sent is held against the order that began it.
                became = {"used": word.used} if word.used else {"reason": word.reason}
                strike(order_known=bool(word.used), place="proxy", certificate=word.certificate, **became)

        wire.present(self.party, self.certificate, met)
        return lambda: wire.present(self.party, CertificateName.GOOD)
