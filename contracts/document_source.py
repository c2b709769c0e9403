"""Where documents that are no files of this machine come from: a revision in git or, where it was allowed, a network.

Such a document's name says where: `git:REVISION:PATH` (the path from the repository's root, as git itself has it), or
an address. What it refers to by a relative reference stands beside it, in the same revision or on the same server.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from urllib.parse import unquote, urljoin

from .documents import LARGEST_OCTETS, DocumentError, NoDocument, sibling

GIT = "git:"
_PATIENCE_S = 20
_network: ContextVar[bool] = ContextVar("network", default=False)


@contextmanager
def network_allowed() -> Iterator[None]:
    """Within this, documents may be fetched over HTTP."""
    token = _network.set(True)
    try:
        yield
    finally:
        _network.reset(token)


def network_is_allowed() -> bool:
    return _network.get()


def read(document: str) -> bytes:
    """What stands under the name.

    Raises: NoDocument when there is none; DocumentError when it cannot be read, or may not be fetched.
    """
    return _of_git(document) if document.startswith(GIT) else _of_network(document)


def beside(document: str, address: str) -> str:
    """The name of what a relative or absolute address means in a document that came from elsewhere."""
    if "://" in address or not document.startswith(GIT):
        return urljoin(document, address)
    revision, path = split(document)
    return f"{GIT}{revision}:{sibling(path, unquote(address)).removeprefix('/')}"


def split(document: str) -> tuple[str, str]:
    """Revision and path of `git:REVISION:PATH`.

    Raises: NoDocument when the name has no such form.
    """
    revision, colon, path = document.removeprefix(GIT).partition(":")
    if not revision or not colon:
        raise NoDocument(document, "a document in git is named git:REVISION:PATH, for example git:HEAD~1:api.yaml")
    return revision, path


def files(document: str) -> list[str]:
    """The names of all documents in a folder of a revision; of the document alone when it is one.

    Raises: NoDocument when the revision has neither.
    """
    revision, path = split(document)
    listing = _git("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit(revision), "--", path.rstrip("/") or ".")
    found = [f"{GIT}{revision}:{name}" for name in listing.decode(errors="replace").split("\0") if name]
    if not found:
        raise NoDocument(document, f"the revision {revision} has neither a file nor a folder {path}")
    return found


@cache
def commit(revision: str) -> str:
    """The commit that a revision means.

    Raises: NoDocument when git knows none.
    """
    try:
        return _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except subprocess.CalledProcessError:
        raise NoDocument(f"{GIT}{revision}", f"git knows no revision {revision} here") from None


def _of_git(document: str) -> bytes:
    revision, path = split(document)
    try:
        return _git("cat-file", "blob", f"{commit(revision)}:{path}")
    except subprocess.CalledProcessError:
        raise NoDocument(document, f"the revision {revision} has no file {path}") from None


def _git(*arguments: str) -> bytes:
    try:
        return subprocess.run(["git", *arguments], check=True, capture_output=True, timeout=_PATIENCE_S).stdout
    except FileNotFoundError:
        raise DocumentError(GIT, "git is not installed, so no revision can be read") from None
    except subprocess.TimeoutExpired:
        raise DocumentError(GIT, f"git did not answer within {_PATIENCE_S} s") from None


def _of_network(document: str) -> bytes:
    if not network_is_allowed():
        raise DocumentError(document, "nothing is fetched over a network unless it is allowed")
    from urllib.error import HTTPError, URLError
    from urllib.request import urlopen

    try:
        with urlopen(document, timeout=_PATIENCE_S) as answer:
            return answer.read(LARGEST_OCTETS + 1)  # type: ignore[no-any-return]
    except HTTPError as error:
        raise NoDocument(document, f"the server answers {error.code}") from None
    except (URLError, OSError, ValueError) as error:
        raise DocumentError(document, f"cannot be fetched: {error}") from None
