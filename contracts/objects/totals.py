"""Sums of a document (contracts/canonical/v1/totals.json)."""

from __future__ import annotations

import msgspec

from .money import Money


class Totals(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Sums of the rounded lines; `gross` = net + freight + tax. The CRM does not know tax and leaves it
    out.
    """

    net: Money
    freight: Money
    tax: Money | None = None
    gross: Money
