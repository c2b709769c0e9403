"""The certificate of the test system had expired, so somebody turned the check off, and nobody ever on again.

Breaks D1.
"""

import ssl

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.network import AiohttpClient


class TrustsAnybody(AiohttpClient):
    def __init__(self, timeout_s: float, authority: str = "") -> None:
        super().__init__(timeout_s, authority)
        if isinstance(self._tls, ssl.SSLContext):
            self._tls.check_hostname = False
            self._tls.verify_mode = ssl.CERT_NONE


PARTS = Parts()
CLIENT = TrustsAnybody

if __name__ == "__main__":
    serve(PARTS, CLIENT)
