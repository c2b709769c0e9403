"""The layer as an application in this process: loaded from target.yaml's `start.app`, started, stopped, forgotten."""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from importlib import import_module, invalidate_caches
from pathlib import Path
from random import Random
from typing import Any, TextIO

from ...simulators.virtual.clock import VirtualClock
from ...simulators.virtual.host import VirtualHost, parts_of
from ...simulators.virtual.wire import HOST, Wire
from ..layer_process import TAIL_LINES, TargetUnreachable
from ..target import ConfigError, Start
from .application import Application, StartFailed
from .direct_line import DirectLine
from .surroundings import Surroundings
from .webhook_post import WebhookPost

# Where the layer is to be found: ${PORT} of its target.yaml.
PORT = 8080
LOOK_S = 0.02


class LayerInProcess:
    """One started layer; what a `LayerProcess` is to a process."""

    def __init__(self, application: Application, log: Path, stop_within_s: float, loaded: ExitStack) -> None:
        self._application = application
        self._log = log
        self._stop_within_s = stop_within_s
        self._loaded = loaded

    @classmethod
    async def start(
        cls,
        start: Start,
        file: Path,
        environment: Mapping[str, str],
        host: VirtualHost,
        clock: VirtualClock,
        seed: str,
        log: Path,
    ) -> LayerInProcess:
        """Raises: ConfigError when the app can't be found, made or started."""
        folder = (file.parent / start.directory).resolve()
        with ExitStack() as opened:
            output = opened.enter_context(log.open("w", encoding="utf-8"))
            opened.enter_context(_its_own(output, environment))
            opened.enter_context(_modules_of(folder))
            surroundings = Surroundings(environment, output, clock.unix, Random(f"{seed}/layer").random, host)
            application = Application(await _made(start.app, file, surroundings), PORT, output)
            layer = cls(application, log, start.stop_within_s, opened.pop_all())
        try:
            await application.start(start.ready.within_s if start.ready else 20.0)
        except BaseException as error:  # also when the run is called off meanwhile
            await layer.stop()
            if not isinstance(error, StartFailed):
                raise
            raise ConfigError(f"{file}: start.app: {start.app} can't start: {error}\n{layer.tail()}") from error
        return layer

    def serve(self, post: WebhookPost, webhooks: str) -> None:
        """Have webhooks brought to it, at its own address and where target.yaml says that it takes them."""
        addresses = {(HOST, PORT)}
        if webhooks:
            addresses.add(parts_of(webhooks)[0])
        post.serve(self._application, *addresses)

    def line(self, wire: Wire) -> DirectLine:
        """Leads to what it offers to whoever runs it."""
        return DirectLine(self._application, (HOST, PORT), wire)

    def tail(self) -> str:
        """The last lines that it wrote."""
        lines = self._log.read_text("utf-8", "replace").splitlines()
        return "\n".join(f"    {line[:300]}" for line in lines[-TAIL_LINES:]) or "    (it wrote nothing)"

    async def ready(self, url: str, within_s: float) -> None:
        """Wait until the URL answers with 2xx. Raises: TargetUnreachable when the time is over."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within_s
        _, path, query = parts_of(url)
        status = 0
        while loop.time() < deadline:
            status, _, _ = await self._application.ask("GET", path, query, (), b"")
            if 200 <= status < 300:
                return
            await asyncio.sleep(LOOK_S)
        raise TargetUnreachable(
            f"the layer runs, but {url} did not answer with 2xx within {within_s:g} s (it answered {status}). "
            f"Check start.ready in target.yaml; its last words (whole log: {self._log}):\n{self.tail()}"
        )

    async def stop(self) -> None:
        await self._application.stop(self._stop_within_s)
        self._loaded.close()


async def _made(name: str, file: Path, surroundings: Surroundings) -> Any:
    """The ASGI application that the factory `module:attribute` makes. Raises: ConfigError."""
    where = f"{file}: start.app: {name}"
    module, _, attribute = name.partition(":")
    try:
        factory: Any = import_module(module)
        for part in attribute.split("."):
            factory = getattr(factory, part)
        app = factory(surroundings)
        return await app if inspect.isawaitable(app) else app
    except Exception as error:
        surroundings.log.write(traceback.format_exc())
        raise ConfigError(
            f"{where} can't be made: {type(error).__name__}: {error}. It is `module:factory`, found from "
            "start.directory; the factory takes one argument and returns an ASGI application"
        ) from error


@contextmanager
def _its_own(output: TextIO, environment: Mapping[str, str]) -> Iterator[None]:
    """What a process would have for itself: its environment, and where its output goes."""
    before = dict(os.environ)
    handler = logging.StreamHandler(output)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    os.environ.clear()
    os.environ.update(environment)
    try:
        with redirect_stdout(output), redirect_stderr(output):
            yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        logging.getLogger().removeHandler(handler)


@contextmanager
def _modules_of(folder: Path) -> Iterator[None]:
    """Find modules in the folder, and forget those that were loaded from there: the next run begins as a new process
    would, whatever the layer keeps in its modules.
    """
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(f"{folder}{os.sep}"):
                del sys.modules[name]
