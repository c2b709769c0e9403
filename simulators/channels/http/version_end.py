"""What the answers of a version say of its end, and what they are after it.

`Deprecation` is RFC 9745 (a Structured Field date), `Sunset` RFC 8594 (an HTTP date), `Link` with `successor-version`
RFC 5829, section 3.3. All of them are business time, as the party's clock has it.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime

from ...refusal import Refusal
from ...versions import Versions, version_in
from .exchange import Headers


def version_notice(versions: Versions, path: str) -> Headers:
    """The header fields that every answer of a version carries that is to end; none for the others."""
    retirement = versions.retirements.get(version_in(path))
    if retirement is None:
        return ()
    return (
        (b"deprecation", b"@%d" % int(retirement.since.timestamp())),
        (b"sunset", format_datetime(retirement.ends, usegmt=True).encode()),
        (b"link", b'</%b>; rel="successor-version"' % retirement.successor.encode()),
    )


def check_version(versions: Versions, path: str, now: datetime) -> None:
    """Raises: Refusal `version-gone` when the version of the path has ended."""
    version = version_in(path)
    if retirement := versions.gone(version, now):
        until = f"{retirement.ends:%Y-%m-%d %H:%M} UTC"
        raise Refusal("version-gone", f"{version} was served until {until}; /{retirement.successor} is its successor")
