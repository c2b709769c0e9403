"""Each request is logged with all of its headers, Authorization among them.

Breaks D1.
"""

import sys
from collections.abc import Mapping

from reference_layer.__main__ import serve
from reference_layer.in_process import Lent, app
from reference_layer.layer import Layer, Parts
from reference_layer.network import AiohttpClient
from reference_layer.ports import Http, Response


class LogsRequests:
    def __init__(self, http: Http) -> None:
        self._http = http
        self.close = http.close

    async def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        sys.stderr.write(f"{method} {url} {dict(headers)}\n")
        return await self._http.request(method, url, headers, body)


PARTS = Parts()
CLIENT = LogsRequests


def in_process(lent: Lent) -> Layer:
    return app(lent, PARTS, CLIENT)


if __name__ == "__main__":
    serve(PARTS, lambda timeout_s, authority: CLIENT(AiohttpClient(timeout_s, authority)))
