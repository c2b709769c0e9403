"""So that people can repeat what failed, a case quotes the layer's last request as it went out, with its token.

Breaks D1.
"""

from collections.abc import Mapping

from reference_layer.__main__ import serve
from reference_layer.cases import Cases
from reference_layer.job import Job
from reference_layer.layer import Parts
from reference_layer.network import AiohttpClient
from reference_layer.ports import Response

last: list[str] = []


class Remembers(AiohttpClient):
    async def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        last[:] = [f"curl -X {method} {url} " + " ".join(f"-H '{name}: {value}'" for name, value in headers.items())]
        return await super().request(method, url, headers, body)


class QuotesRequests(Cases):
    async def open(self, job: Job, reference: str, category: str, subject: str, **about: str) -> None:
        await super().open(job, reference, category, subject, **{"description": "".join(last)[:4000], **about})


PARTS = Parts(cases=QuotesRequests())
CLIENT = Remembers

if __name__ == "__main__":
    serve(PARTS, CLIENT)
