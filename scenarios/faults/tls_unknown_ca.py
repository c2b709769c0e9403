"""tls-unknown-ca: the party's certificate was issued by nobody known."""

from __future__ import annotations

from typing import ClassVar

from ..fault import faults
from ..tls_fault import TlsFault
from ..wire.certificate_name import CertificateName


@faults.register("tls-unknown-ca")
class TlsUnknownCa(TlsFault):
    """From the addressed event on, for `for_s` seconds, the party shows a certificate of an authority that nobody has
    told the layer to trust; then its old one again. Connections that are open break, so that the layer meets it.

    A layer must not talk to it, and must not be talked into ignoring it; when the right certificate is back it must go
    on by itself (R1, E3). The target has to claim `tls`.
    """

    certificate: ClassVar[CertificateName] = CertificateName.UNKNOWN_CA
