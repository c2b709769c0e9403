"""Where the CRM's rules register: operations of contracts/crm. A CRM does nothing by itself, so it has no jobs."""

from __future__ import annotations

from ..rules import Rules

rules = Rules("crm")
