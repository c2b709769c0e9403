"""A way to hand over deliveries that takes everything."""

from collections.abc import Mapping


async def usual(url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, float | None]:
    return 204, None
