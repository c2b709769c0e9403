"""Where the ERP's rules register: the operations of contracts/erp, and the release runs that it does by itself."""

from __future__ import annotations

from ..rules import Rules

rules = Rules("erp")
