"""Documents that are no files: of a revision in git, and of a network that was allowed."""

import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crossdock.contracts import document_source
from crossdock.contracts.documents import DocumentError, NoDocument, load, resolve


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit; its folder is the working directory."""

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "order.json").write_text('{"properties": {"id": {"$ref": "../shared/id.json#/$defs/Id"}}}')
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "id.json").write_text('{"$defs": {"Id": {"type": "string"}}}')
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    git("branch", "line/of-work")
    (tmp_path / "shared" / "id.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    document_source.commit.cache_clear()
    load.cache_clear()
    resolve.cache_clear()
    return tmp_path


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("revision", ["HEAD", "line/of-work"])
def test_a_document_of_a_revision_is_read_with_what_it_refers_to(revision: str) -> None:
    name = f"git:{revision}:api/order.json"
    assert load(name)["properties"]["id"]
    target = resolve("../shared/id.json#/$defs/Id", name)
    assert target == (f"git:{revision}:shared/id.json", "/$defs/Id", {"type": "string"})


@pytest.mark.usefixtures("repository")
def test_the_documents_of_a_folder_of_a_revision_are_listed() -> None:
    assert document_source.files("git:HEAD:api") == ["git:HEAD:api/order.json"]
    assert len(document_source.files("git:HEAD:")) == 2


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("git:HEAD:none.json", "the revision HEAD has no file none.json"),
        ("git:nowhere:api/order.json", "git knows no revision nowhere here"),
        ("git:--all:api/order.json", "git knows no revision --all here"),
        ("git:HEAD", "is named git:REVISION:PATH"),
    ],
)
def test_what_git_does_not_have_is_told(name: str, problem: str) -> None:
    with pytest.raises(NoDocument, match=problem):
        load(name)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A server of the files in `tmp_path`."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(tmp_path))  # type: ignore[arg-type]

        def log_message(self, *_arguments: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


def test_a_network_reference_is_refused_unless_it_is_allowed(tmp_path: Path, server: str) -> None:
    (tmp_path / "id.json").write_text('{"$ref": "more/one.json"}')
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "one.json").write_text('{"type": "string"}')
    (tmp_path / "order.json").write_text(f'{{"$ref": "{server}/id.json"}}')
    with pytest.raises(DocumentError, match=r"order\.json:1:2: .*nothing is fetched over a network"):
        resolve(f"{server}/id.json", str(tmp_path / "order.json"))
    with document_source.network_allowed():
        found = resolve(f"{server}/id.json", str(tmp_path / "order.json"))
        assert resolve(found.value["$ref"], found.document).value == {"type": "string"}
        with pytest.raises(DocumentError, match=r"cannot be followed: there is no file .*/none\.json"):
            resolve(f"{server}/none.json", str(tmp_path / "order.json"))


def test_a_server_that_is_not_there_is_told() -> None:
    with (
        document_source.network_allowed(),
        pytest.raises(DocumentError, match="cannot be fetched"),
    ):
        load("http://127.0.0.1:1/none.json")
