"""Whether a run takes place in virtual time: what the user said, or what the target can do."""

from __future__ import annotations

from ..queues import tellers
from ..target import ConfigError, Target


def is_virtual(target: Target, asked: bool | None, *, har: bool = False) -> bool:
    """`asked` is None where the user did not say. A target that can be run in one way only is run in that. `har`: what
    passes on sockets is to be recorded.

    Raises: ConfigError when it can't be run as it was asked for.
    """
    start = target.start
    if asked is None:
        asked = start is not None and not start.command
    if asked and (why := hindrance(target)):
        raise ConfigError(why)
    if not asked and start is not None and not start.command:
        raise ConfigError(
            f"{target.file}: start.command: is missing, and a run over sockets starts the layer with it; "
            "leave out --sockets to run it in virtual time"
        )
    if asked and har:
        raise ConfigError(
            "--har records what passes on sockets, and in virtual time there are none: leave out one of both"
        )
    return asked


def hindrance(target: Target) -> str:
    """Why a target can't be run in virtual time, and what to do; "" when it can."""
    if telling := tellers(target):
        return (
            f"{target.file}: {', '.join(telling)} would speak over a broker, and in virtual time there is none: leave "
            "out --virtual, or have them speak otherwise"
        )
    if target.start is None or not target.start.app:
        return (
            f"{target.file}: start.app: is missing, and virtual time needs it: the layer runs in this process then, as "
            "an ASGI application that `module:factory` makes (docs/how-to/run-in-virtual-time.md)"
        )
    return ""
