"""All webhooks are registered under the CRM's secret: whoever has it can sign in the name of every party.

Breaks T1.
"""

from collections.abc import Mapping
from dataclasses import replace

from reference_layer.__main__ import serve
from reference_layer.in_process import Lent, app
from reference_layer.layer import Layer, Parts
from reference_layer.settings import Settings


def told(environment: Mapping[str, str]) -> Settings:
    settings = Settings.read(environment)
    secret = settings.parties["crm"].webhook_secret
    shared = {name: replace(party, webhook_secret=secret) for name, party in settings.parties.items()}
    return replace(settings, parties=shared)


PARTS = Parts()
SETTINGS = told


def in_process(lent: Lent) -> Layer:
    return app(lent, PARTS, told=SETTINGS)


if __name__ == "__main__":
    serve(PARTS, told=SETTINGS)
