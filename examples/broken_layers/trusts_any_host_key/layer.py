"""The host key changed once, the jobs stood still for a night, and since then it is not looked at any more.

Breaks D1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.settings import Partner
from reference_layer.sftp import SftpFiles

if TYPE_CHECKING:
    import asyncssh


class TrustsAnyKey(SftpFiles):
    def _trusted(self, partner: Partner) -> asyncssh.SSHKnownHosts | None:
        return None


PARTS = Parts()
SFTP = TrustsAnyKey

if __name__ == "__main__":
    serve(PARTS, sftp=SFTP)
