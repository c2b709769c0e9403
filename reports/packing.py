"""Parts of a page that are packed until somebody wants to see them: a long run would else make dozens of megabytes.

Packed is what passed. What a verdict rests on stands in the page as it is, to be read without JavaScript.
"""

from __future__ import annotations

import base64
import zlib

# As small as with the most effort, within a tenth, in a fifth of the time.
_EFFORT = 3


def packed(html: str) -> str:
    """The text in Base64 of the zlib format (RFC 1950), as report.js unpacks it with a DecompressionStream."""
    return base64.b64encode(zlib.compress(html.encode(), _EFFORT)).decode()
