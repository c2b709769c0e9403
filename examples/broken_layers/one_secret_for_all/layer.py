"""All webhooks are registered under the CRM's secret: whoever has it can sign in the name of every party.

Breaks T1.
"""

import os

from reference_layer.__main__ import serve
from reference_layer.layer import Parts

PARTIES = ("ERP", "EAST", "WEST", "REGIONAL")


def share_the_secret() -> None:
    for party in PARTIES:
        name = f"CROSSDOCK_{party}_WEBHOOK_SECRET"
        if name in os.environ:
            os.environ[name] = os.environ["CROSSDOCK_CRM_WEBHOOK_SECRET"]


PARTS = Parts()

if __name__ == "__main__":
    share_the_secret()
    serve(PARTS)
