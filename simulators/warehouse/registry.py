"""Where the warehouse's rules register: operations of contracts/warehouse, and the jobs of its own staff."""

from __future__ import annotations

from ..rules import Rules

rules = Rules("warehouse")
