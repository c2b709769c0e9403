"""csv: files by the layouts in contracts/csv."""

from __future__ import annotations

from ...csv.exchange import CsvExchange
from ..format import FileFormat
from ..partner import FilePartner, formats


@formats.register("csv")
def csv(partner: FilePartner) -> FileFormat:
    return CsvExchange(partner.own_id, partner.partner_id)
