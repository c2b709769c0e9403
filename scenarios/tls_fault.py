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
    of it: a layer that takes any certificate is never struck.
    """

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})
    place: ClassVar[Place] = Place.TLS
    certificate: ClassVar[CertificateName] = CertificateName.GOOD

    def begin(self, wire: Wire, strike: Strike) -> Callable[[], None]:
        def broken_off(word: Handshake) -> None:
            if word.certificate == self.certificate:
                strike(order_known=False, place="proxy", certificate=word.certificate, reason=word.reason)

        wire.present(self.party, self.certificate, broken_off)
        return lambda: wire.present(self.party, CertificateName.GOOD)
