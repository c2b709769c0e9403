"""An event in CloudEvents 1.0 structured mode (contracts/canonical/v1/cloud-event.json)."""

from __future__ import annotations

from typing import Literal

import msgspec

from .timestamp import Timestamp


class CloudEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """(source, id) is the key for deduplication; attribute names are lower case, as CloudEvents demands.

    `data` stays as it was written (JSON octets), so that feed and webhooks carry the very same; decode it
    with the type that contracts/events/v1/asyncapi.yaml gives for `type`.
    """

    specversion: Literal["1.0"]
    id: str
    source: str
    type: str
    subject: str
    time: Timestamp
    datacontenttype: Literal["application/json"]
    dataschema: str | None = None
    correlationid: str
    causationid: str | None = None
    traceparent: str
    sequence: int
    data: msgspec.Raw
