"""With which keys partners and the SFTP servers of a simulation prove who they are: files that somebody brought."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .order import SimulationError

if TYPE_CHECKING:
    from ...simulators.channels.sftp.host_key import HostKey

_MOST = 10  # wrong lines that are told one by one: of a file that is none there may be thousands


def own_host_key(path: Path | None) -> HostKey | None:
    """The private key that every SFTP server shows, where one was brought. Raises: SimulationError."""
    if path is None:
        return None
    from ...simulators.channels.sftp.host_key import HostKey

    try:
        return HostKey.read(_octets(path, "--host-key"))
    except ValueError as error:
        raise SimulationError(f"--host-key {path}: {error}") from error


def own_authorized_keys(path: Path | None) -> tuple[str, ...]:
    """The lines of an `authorized_keys` file that are keys. Raises: SimulationError, of all lines that are wrong."""
    if path is None:
        return ()
    from ...simulators.channels.sftp.account import check_key

    keys, problems = [], []
    for number, line in enumerate(_octets(path, "--authorized-keys").decode("utf-8", "replace").splitlines(), start=1):
        key = line.strip()
        if not key or key.startswith("#"):
            continue
        try:
            check_key(key)
        except ValueError as error:
            problems.append(f"--authorized-keys {path}, line {number}: {error}")
        keys.append(key)
    if len(problems) > _MOST:
        problems[_MOST:] = [f"--authorized-keys {path}: {len(problems) - _MOST:,} more lines are no keys"]
    if not keys:
        problems.append(f"--authorized-keys {path}: there is no key in it; `cat ~/.ssh/*.pub` has yours")
    if problems:
        raise SimulationError(*problems)
    return tuple(keys)


def _octets(path: Path, option: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SimulationError(f"{option} {path}: {error.strerror}") from error
