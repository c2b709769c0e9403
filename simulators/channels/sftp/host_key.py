"""A file server's host keys: what partners pin; another one shows that a server was replaced, or faked."""

from __future__ import annotations

import asyncssh
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ...ids import Ids


class HostKey:
    """A private key with which a server proves who it is."""

    def __init__(self, private: asyncssh.SSHKey) -> None:
        self.private = private

    @classmethod
    def made(cls, ids: Ids) -> HostKey:
        """A new Ed25519 key; the same source of ids makes the same key."""
        key = Ed25519PrivateKey.from_private_bytes(ids.octets(32))
        return cls(asyncssh.import_private_key(key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())))

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
