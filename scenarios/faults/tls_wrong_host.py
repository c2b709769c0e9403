"""tls-wrong-host: the party's certificate is for another host."""

from __future__ import annotations

from typing import ClassVar

from ..fault import faults
from ..tls_fault import TlsFault
from ..wire.certificate_name import CertificateName


@faults.register("tls-wrong-host")
class TlsWrongHost(TlsFault):
    """From the addressed event on, for `for_s` seconds, the party shows a certificate of the right authority for
    another host; then its old one again. Connections that are open break, so that the layer meets it.

    A good authority is not enough. A layer must look whose certificate it is, must not hand its credentials to a
    stranger, and must go on by itself when the right party is back (R1, E3). The target has to claim `tls`.
    """

    certificate: ClassVar[CertificateName] = CertificateName.WRONG_HOST
