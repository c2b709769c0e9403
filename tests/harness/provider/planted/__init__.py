"""The planted defects, by what they break. PLANTED has them all once this package is imported."""

from . import bodies, credentials, data, headers, pages, problems, quotas, repetitions, sequences, versions
from .plant import PLANTED, Planted

__all__ = [
    "PLANTED",
    "Planted",
    "bodies",
    "credentials",
    "data",
    "headers",
    "pages",
    "problems",
    "quotas",
    "repetitions",
    "sequences",
    "versions",
]
