"""A right signature is enough, however long ago it was made: what somebody once recorded is taken again.

Breaks S2, X1 and F1. Modelled on https://github.com/open-mercato/open-mercato/issues/3928 (webhooks that come in are
taken whatever their timestamp says).
"""

from collections.abc import Mapping

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.web import Web, is_signed


class PatientDoor(Web):
    def _is_theirs(self, secret: str, headers: Mapping[str, str], body: bytes) -> bool:
        signed_at = headers.get("webhook-timestamp", "")
        return signed_at.isdecimal() and is_signed(secret, headers, body, int(signed_at))


PARTS = Parts(web=PatientDoor)

if __name__ == "__main__":
    serve(PARTS)
