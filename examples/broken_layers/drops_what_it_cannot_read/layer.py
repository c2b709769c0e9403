"""What is no event is answered with 202 all the same and forgotten; the feeds are never read.

Breaks X2. Modelled on https://github.com/kdcllc/CometD.NetCore.Salesforce/issues/20 (a subscription fails silently).
"""

import msgspec
from reference_layer.__main__ import serve
from reference_layer.documents import Event
from reference_layer.job import Reading
from reference_layer.layer import Parts


class TakesAnything(Reading):
    def event(self, body: bytes) -> Event | None:
        try:
            return super().event(body)
        except msgspec.DecodeError:
            return None


PARTS = Parts(reading=TakesAnything())

if __name__ == "__main__":
    serve(PARTS)
