"""So that people can repeat what failed, a case quotes the layer's last request as it went out, with its token.

Breaks D1.
"""

from collections.abc import Mapping

from reference_layer.__main__ import serve
from reference_layer.cases import Cases
from reference_layer.in_process import Lent, app
from reference_layer.job import Job
from reference_layer.layer import Layer, Parts
from reference_layer.network import AiohttpClient
from reference_layer.ports import Http, Response

last: list[str] = []


class Remembers:
    def __init__(self, http: Http) -> None:
        self._http = http
        self.close = http.close

    async def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        last[:] = [f"curl -X {method} {url} " + " ".join(f"-H '{name}: {value}'" for name, value in headers.items())]
        return await self._http.request(method, url, headers, body)


class QuotesRequests(Cases):
    async def open(self, job: Job, reference: str, category: str, subject: str, **about: str) -> None:
        await super().open(job, reference, category, subject, **{"description": "".join(last)[:4000], **about})


PARTS = Parts(cases=QuotesRequests())
CLIENT = Remembers


def in_process(lent: Lent) -> Layer:
    return app(lent, PARTS, CLIENT)


if __name__ == "__main__":
    serve(PARTS, lambda timeout_s, authority: CLIENT(AiohttpClient(timeout_s, authority)))
