"""The laws of a broker: whatever is behind the interface, ours or a user's, keeps each of them.

A law takes a bench and fails with an AssertionError. It asks the broker's capabilities where brokers differ, and so
holds them to what they claim. Nothing here knows of pytest. A new law is a function in one of the modules, found by its
decorator.
"""

from importlib import import_module
from pkgutil import iter_modules

from crossdock.tests.simulators.queue.laws.law import LAWS, Law

__all__ = ["LAWS", "Law"]

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
