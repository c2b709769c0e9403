"""Webhooks are taken from whoever posts them: no signature is looked at.

Breaks Q1, M1, S2, X1 and F1. Modelled on https://github.com/open-mercato/open-mercato/pull/1311 (a webhook that checks
no signature, so that whoever knows its address may say that an order is paid).
"""

from collections.abc import Mapping

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.web import Web


class OpenDoor(Web):
    def _is_theirs(self, secret: str, headers: Mapping[str, str], body: bytes) -> bool:
        return True


PARTS = Parts(web=OpenDoor)

if __name__ == "__main__":
    serve(PARTS)
