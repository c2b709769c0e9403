"""OpenSSH's own sshd with its SFTP server, unprivileged on the loopback interface, for whoever runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crossdock.benchmarks.server_process import ServerProcess, free_port

# Where Debian has it; it is seldom on the path of those who are not root.
PROGRAM = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
# As root, sshd wants this folder, which the system's service makes when it is started.
ROOTS_FOLDER = Path("/run/sshd")


def missing() -> str:
    """Why it can't be run here; "" when it can."""
    if PROGRAM is None:
        return "there is no sshd: apt-get install openssh-server"
    if os.geteuid() == 0 and not ROOTS_FOLDER.exists():
        return f"sshd run by root wants the folder {ROOTS_FOLDER}: make it, or run this as another user"
    return ""


@contextmanager
def started_sshd(folder: Path, public_key: Path) -> Iterator[tuple[ServerProcess, int, str]]:
    """The process, its port and its lines for `known_hosts`."""
    assert PROGRAM is not None
    host_key, port = folder / "host_key", free_port()
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(host_key)], check=True)
    settings = {
        "ListenAddress": f"127.0.0.1:{port}",
        "HostKey": host_key,
        "AuthorizedKeysFile": public_key,
        "StrictModes": "no",  # of the folders above a temporary one
        "UsePAM": "no",
        "PidFile": "none",
        "PermitRootLogin": "prohibit-password",
        "MaxStartups": "100",
        "Subsystem": "sftp internal-sftp",
    }
    config = folder / "sshd_config"
    config.write_text("".join(f"{name} {value}\n" for name, value in settings.items()), encoding="utf-8")
    public = " ".join(host_key.with_suffix(".pub").read_text(encoding="utf-8").split()[:2])
    with ServerProcess("OpenSSH sshd", [PROGRAM, "-D", "-e", "-f", str(config)], folder / "sshd.log") as server:
        server.wait_for_port(port)
        yield server, port, f"[127.0.0.1]:{port} {public}\n"
