"""A file server's host keys: what partners pin; another one shows that a server was replaced, or faked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import asyncssh
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ...ids import Ids

ED25519, ECDSA, RSA = "ed25519", "ecdsa", "rsa"
_Private = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def _ed25519(ids: Ids) -> _Private:
    return Ed25519PrivateKey.from_private_bytes(ids.octets(32))


def _ecdsa(ids: Ids) -> _Private:
    # Below the order of P-256, as a private key must be: its first octets are FF FF FF FF 00.
    return ec.derive_private_key(1 + int.from_bytes(ids.octets(32)) % (2**255), ec.SECP256R1())


def _rsa(_ids: Ids) -> _Private:
    # OpenSSL takes no randomness from outside. Nothing that is judged or written down depends on which key it is.
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


_MAKERS: Mapping[str, Callable[[Ids], _Private]] = {ED25519: _ed25519, ECDSA: _ecdsa, RSA: _rsa}
_KINDS = {"ssh-ed25519": ED25519, "ssh-rsa": RSA}


class HostKey:
    """A private key with which a server proves who it is."""

    def __init__(self, private: asyncssh.SSHKey) -> None:
        self.private = private

    @classmethod
    def made(cls, ids: Ids, kind: str = ED25519) -> HostKey:
        """A new key: Ed25519, ECDSA over P-256, or RSA of 3072 bits. The same source of ids makes the same key, but for
        RSA, whose numbers are drawn elsewhere.
        """
        key = _MAKERS[kind](ids)
        return cls(asyncssh.import_private_key(key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())))

    def strange(self, ids: Ids) -> HostKey:
        """Another key of the same kind, so that whoever knows this one understands it, and refuses it."""
        return HostKey.made(ids, _KINDS.get(self.private.get_algorithm(), ECDSA))

    @classmethod
    def read(cls, text: str | bytes) -> HostKey:
        """A key of any kind (Ed25519, ECDSA, RSA), as `ssh-keygen` writes it, without a passphrase.

        Raises: ValueError when it is none.
        """
        try:
            return cls(asyncssh.import_private_key(text))
        except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
            raise ValueError(f"the host key can't be read: {error}; make one with `ssh-keygen -t ed25519`") from error

    @property
    def public(self) -> str:
        """Algorithm and data, as in `known_hosts` after the name of the host."""
        return " ".join(self.private.export_public_key("openssh").decode().split()[:2])

    @property
    def fingerprint(self) -> str:
        """`SHA256:…`, as `ssh-keygen -l` shows it."""
        return self.private.get_fingerprint()
