"""How much one partner may do to a file server."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Octets, counts and seconds on the wire. What goes beyond is refused, and nobody else notices.

    `file_octets` bounds one file, `quota_octets` and `files` all that lies in a mailbox; `path_octets`, `name_octets`
    and `depth` (names in a path) what a path may be; `forbidden_characters` and `reserved_names` (in any case, whatever
    the suffix) what a new name may be, beside control characters, which no name may have. `handles` is per session,
    `sessions` per account, `connections` for the whole server. Who has not logged in after `login_s` or
    `login_attempts`, or has asked for nothing for `idle_s`, is disconnected.
    """

    file_octets: int = 64 * MIB
    quota_octets: int = 512 * MIB
    files: int = 20_000
    path_octets: int = 1024
    name_octets: int = 255
    depth: int = 8
    forbidden_characters: str = "\\"
    reserved_names: frozenset[str] = frozenset()
    handles: int = 64
    sessions: int = 16
    connections: int = 256
    login_s: float = 30.0
    login_attempts: int = 6
    idle_s: float = 600.0
