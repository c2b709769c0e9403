"""Each request is logged with all of its headers, Authorization among them.

Breaks D1.
"""

import sys
from collections.abc import Mapping

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.network import AiohttpClient
from reference_layer.ports import Response


class LogsRequests(AiohttpClient):
    async def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        sys.stderr.write(f"{method} {url} {dict(headers)}\n")
        return await super().request(method, url, headers, body)


PARTS = Parts()
CLIENT = LogsRequests

if __name__ == "__main__":
    serve(PARTS, CLIENT)
