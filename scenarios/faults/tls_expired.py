"""tls-expired: the party's certificate has expired."""

from __future__ import annotations

from typing import ClassVar

from ..fault import faults
from ..tls_fault import TlsFault
from ..wire.certificate_name import CertificateName


@faults.register("tls-expired")
class TlsExpired(TlsFault):
    """From the addressed event on, for `for_s` seconds, the party shows a certificate that expired yesterday; then its
    old one again. Connections that are open break, so that the layer meets it.

    A layer must not talk to it, nor give up what it had for it: it must let somebody know (X2) and go on by itself when
    there is a good one (R1, E3). The target has to claim `tls`.
    """

    certificate: ClassVar[CertificateName] = CertificateName.EXPIRED
