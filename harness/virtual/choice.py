"""Whether a run takes place in virtual time: what the user said, or what the target can do."""

from __future__ import annotations

from ..target import ConfigError, Target


def is_virtual(target: Target, asked: bool | None) -> bool:
    """`asked` is None where the user did not say. A target that can be run in one way only is run in that.

    Raises: ConfigError when it can't be run as it was asked for.
    """
    start = target.start
    if asked is None:
        return start is not None and not start.command
    if asked and (start is None or not start.app):
        raise ConfigError(without_app(target))
    if not asked and start is not None and not start.command:
        raise ConfigError(
            f"{target.file}: start.command: is missing, and a run over sockets starts the layer with it; "
            "leave out --sockets to run it in virtual time"
        )
    return asked


def without_app(target: Target) -> str:
    """Why a target can't be run in virtual time, and what to do."""
    return (
        f"{target.file}: start.app: is missing, and virtual time needs it: the layer runs in this process then, as an "
        "ASGI application that `module:factory` makes (docs/how-to/run-in-virtual-time.md)"
    )
