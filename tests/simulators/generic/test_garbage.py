"""Whatever is sent to a mock, it answers with a problem document or an answer of the document's, and goes on."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from crossdock.simulators.channels.http.exchange import Request
from crossdock.tests.simulators.generic.conftest import PETS
from crossdock.tests.simulators.generic.mocked import Mocked, mock_of


def _mock() -> Mocked:
    with TemporaryDirectory() as folder:
        return mock_of(Path(folder), PETS)


MOCK = _mock()
HEADERS = st.dictionaries(
    st.sampled_from(
        [b"accept", b"prefer", b"if-match", b"if-none-match", b"content-type", b"authorization", b"cookie"]
    ),
    st.one_of(st.binary(max_size=20), st.sampled_from([b"application/json", b"code=422", b"example=rude", b"*/*"])),
)
PATHS = st.one_of(
    st.sampled_from(["/live/v1/pets", "/live/v1/pets/1", "/live/v1/pets/1/visits", "/live/v1/pets/%ff", "/", ""]),
    st.text(max_size=20).map(lambda text: f"/live/v1/pets/{text}"),
)
BODIES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([b'{"name": "Ada"}', b"[]", b"null", b'{"id": {"a": 1}, "name": "x"}', b"[" * 2000]),
)


@given(
    st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"]),
    PATHS,
    st.binary(max_size=30),
    HEADERS,
    BODIES,
)
def test_no_request_makes_it_fall_over(
    method: str, path: str, query: bytes, headers: dict[bytes, bytes], body: bytes
) -> None:
    answer = MOCK.app.respond(Request(method, path, query, headers, body))

    assert answer is not None
    assert answer.status in {200, 201, 202, 204, 304, 400, 404, 405, 406, 409, 412, 415, 422}
    assert MOCK.errors == []
    assert all(b"\r" not in value and b"\n" not in value for _, value in answer.headers)
