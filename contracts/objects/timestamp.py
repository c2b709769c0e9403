"""Points in time: aware datetimes, RFC 3339 with an offset on the wire
(contracts/canonical/v1/timestamp.json).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

Timestamp = Annotated[datetime, msgspec.Meta(tz=True)]
