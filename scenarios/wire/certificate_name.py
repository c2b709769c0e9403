"""The certificates that a party can show, by name. Apart from certificates.py, because to make them takes more."""

from __future__ import annotations

from enum import StrEnum


class CertificateName(StrEnum):
    """`GOOD` is what a caller may take; the others none may."""

    GOOD = "good"
    EXPIRED = "expired"
    WRONG_HOST = "wrong-host"
    UNKNOWN_CA = "unknown-ca"
