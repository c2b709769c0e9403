"""The layer under test, as long as a run lasts: one process after the other, where a scenario has it started anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .layer_process import LayerProcess, TargetUnreachable
from .target import ConfigError, Start, fill


class RunningLayer:
    """`values` is what target.yaml may refer to, `given` what the layer finds in its environment besides. `trouble`
    says why it did not come up again after it had been started anew.
    """

    def __init__(
        self, start: Start, file: Path, values: Mapping[str, str], given: Mapping[str, str], log: Path
    ) -> None:
        self._start = start
        self._file = file
        self._values = values
        self._given = given
        self._log = log
        self._process: LayerProcess | None = None
        self._restarting = False
        self.trouble = ""

    @property
    def exit_code(self) -> int | None:
        """None while it runs, and while it is started anew."""
        return None if self._restarting or self._process is None else self._process.exit_code

    def tail(self) -> str:
        """The last lines that it wrote."""
        return self._process.tail() if self._process is not None else ""

    async def launch(self) -> None:
        """Start it and wait until it is ready. Raises: ConfigError, TargetUnreachable."""
        await self._begin({})
        await self._ready()

    async def readdress(self, addresses: Mapping[str, str]) -> None:
        """Stop it and start it again with other addresses of some parties (party → URL). When there are none, it has
        the true ones again and must get ready.
        """
        self._restarting = True
        try:
            await self.stop()
            await self._begin(addresses)
            if not addresses:
                await self._ready()
        except (ConfigError, TargetUnreachable) as error:
            self.trouble = str(error)
        finally:
            self._restarting = False

    async def stop(self) -> None:
        if self._process is not None:
            await self._process.stop()

    async def _begin(self, addresses: Mapping[str, str]) -> None:
        values = {**self._values, **{f"{party.upper()}_URL": url for party, url in addresses.items()}}
        given = {**self._given, **{f"CROSSDOCK_{party.upper()}_URL": url for party, url in addresses.items()}}
        again = self._process is not None
        self._process = await LayerProcess.start(self._start, self._file, values, given, self._log, again=again)

    async def _ready(self) -> None:
        ready = self._start.ready
        if ready is not None and self._process is not None:
            url = fill(ready.url, self._values, f"{self._file}: start.ready.url")
            await self._process.ready(url, ready.within_s)
