"""What a file server says to a request that it does not carry out.

The codes are those of SFTP version 3 (draft-ietf-secsh-filexfer-02, section 7); which of them an error gets is as in
OpenSSH's `sftp-server`, because that is what clients are tested against.
"""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """The answer to a request, as far as it is no data."""

    OK = 0
    EOF = 1
    NO_SUCH_FILE = 2
    PERMISSION_DENIED = 3
    FAILURE = 4
    BAD_MESSAGE = 5
    OP_UNSUPPORTED = 8


class FileRefused(Exception):
    """A request is not carried out; nothing has changed. `text` is what the partner gets to read."""

    def __init__(self, status: Status, text: str) -> None:
        super().__init__(f"{status.name}: {text}")
        self.status = status
        self.text = text


class ConnectionCut(Exception):
    """The connection ends here, without an answer to this request; says which fault did it, or which limit."""
