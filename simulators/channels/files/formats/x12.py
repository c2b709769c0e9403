"""x12: interchanges of X12 004010, one a file."""

from __future__ import annotations

from .....contracts.edi import Party
from ...x12.agreement import Agreement
from ...x12.correspondence import Correspondence
from ..format import FileFormat
from ..partner import FilePartner, formats

MUTUALLY_DEFINED = "ZZ"  # element I05


@formats.register("x12")
def x12(partner: FilePartner) -> FileFormat:
    own, other = Party(MUTUALLY_DEFINED, partner.own_id), Party(MUTUALLY_DEFINED, partner.partner_id)
    return Correspondence(Agreement(own, other), versions=partner.versions)
