"""A postal address (contracts/canonical/v1/address.json)."""

from __future__ import annotations

import msgspec


class Address(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """`country` is ISO 3166-1 alpha-2, `region` the ISO 3166-2 subdivision without it; lengths as X12
    carries them.
    """

    name: str
    company: str | None = None
    line1: str
    line2: str | None = None
    city: str
    region: str | None = None
    postal_code: str | None = None
    country: str
    phone: str | None = None
    email: str | None = None
