"""Certificates for parties that speak TLS while a scenario is about it: one that is good, and three that no caller may
take. All are made for the run and thrown away with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from .certificate_name import CertificateName

OTHER_HOST = "other.example"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Certificates:
    """`authority` is the PEM file of the CA that callers are to trust; `files` certificate → PEM file with its key."""

    authority: Path
    files: Mapping[CertificateName, Path]


@dataclass(frozen=True, slots=True)
class _Authority:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


def make(folder: Path, host: str, now: datetime) -> Certificates:
    """Write them all into the folder; `host` is the address that callers know the party by."""
    ours, strangers = _authority("Crossdock test CA", now), _authority("A CA that nobody knows", now)
    own_name = x509.IPAddress(ip_address(host))
    month = (now - DAY, now + 30 * DAY)
    issued = {
        CertificateName.GOOD: _issue(ours, own_name, *month),
        CertificateName.EXPIRED: _issue(ours, own_name, now - 30 * DAY, now - DAY),
        CertificateName.WRONG_HOST: _issue(ours, x509.DNSName(OTHER_HOST), *month),
        CertificateName.UNKNOWN_CA: _issue(strangers, own_name, *month),
    }
    files = {}
    for name, octets in issued.items():
        files[name] = folder / f"{name}.pem"
        files[name].touch(mode=0o600)
        files[name].write_bytes(octets)
    authority = folder / "ca.pem"
    authority.write_bytes(_pem(ours.certificate))
    return Certificates(authority, files)


def _authority(name: str, now: datetime) -> _Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        crl_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        _builder(subject, subject, key, now - 365 * DAY, now + 365 * DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return _Authority(key, builder.sign(key, hashes.SHA256()))


def _issue(authority: _Authority, host: x509.GeneralName, since: datetime, until: datetime) -> bytes:
    """A server's key and certificate, PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a party of the simulation")])
    key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = (
        _builder(subject, authority.certificate.subject, key, since, until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([host]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(key_id, critical=False)
        .add_extension(issuer_id, critical=False)
    )
    encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain)
    return private + _pem(builder.sign(authority.key, hashes.SHA256()))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
