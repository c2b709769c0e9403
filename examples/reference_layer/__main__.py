"""Runs the layer as a process: `python -m reference_layer`, told by its environment where everything is."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping

import uvicorn

from .brokers import queues_of
from .layer import Parts, build
from .network import AiohttpClient, MachineTiming
from .ports import Http
from .settings import Settings, SettingsError
from .sftp import SftpFiles


def serve(
    parts: Parts | None = None,
    client: Callable[[float, str], Http] = AiohttpClient,
    told: Callable[[Mapping[str, str]], Settings] = Settings.read,
    sftp: type[SftpFiles] = SftpFiles,
) -> None:
    """Serve on 127.0.0.1 until SIGTERM or SIGINT. `client` makes the HTTP port, given its time-out and the authority
    that it trusts; `told` reads the settings from the environment; `sftp` is the way to the partners' file servers.
    """
    try:
        settings = told(os.environ)
    except SettingsError as error:
        sys.exit(f"the layer cannot start: {error}")
    # uvicorn raises the signal again once it has shut down: that is no failure.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    http = client(settings.timeout_s, settings.authority)
    files = sftp(settings.partners, settings.timeout_s)
    layer = build(settings, http, files, queues_of(settings), MachineTiming(), parts)
    config = uvicorn.Config(layer, "127.0.0.1", settings.port, log_level="warning", timeout_graceful_shutdown=2)
    uvicorn.Server(config).run()


if __name__ == "__main__":
    serve()
