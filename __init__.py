"""Crossdock: simulators, chaos and verdicts for the integration layer between CRM, ERP and 3PL warehouses.

This folder is the import root: `crossdock.contracts` is `contracts/` here, and so on. Inside it the packages
import each other relatively; outside code writes `from crossdock.harness import …`.
"""

__version__ = "0.1.0"
