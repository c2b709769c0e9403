"""Documents as a whole: there or not, of which kind and version, served where."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ...part import Part
from ..change_log import Use
from ..change_rule import ChangeRule, change_rule
from ..comparison import Comparison
from ..judgement import Direction, Level

_VARIABLE = re.compile(r"\{([^}]*)\}")
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


@change_rule
class DocumentRemoved(ChangeRule):
    """A document is gone, and with it everything that it promised. A file of schemas may have moved, with all that
    refer to it: that endangers only who else refers to it.
    """

    id = "document-removed"
    title = "A document is gone"
    always = Level.BREAKING


@change_rule
class DocumentAdded(ChangeRule):
    """There is a new document."""

    id = "document-added"
    title = "There is a new document"
    always = Level.COMPATIBLE


@change_rule
class DocumentKindChanged(ChangeRule):
    """A document is one of another kind."""

    id = "document-kind-changed"
    title = "A document is of another kind"
    always = Level.BREAKING


@change_rule
class AddressRemoved(ChangeRule):
    """An API is not served any more under the path that callers put before every operation (`/v1`)."""

    id = "address-removed"
    title = "An API is not served under its path any more"
    always = Level.BREAKING


@change_rule
class ServerRemoved(ChangeRule):
    """A server is named no more. Its path is the same elsewhere: whether callers learn of the other is another
    question.
    """

    id = "server-removed"
    title = "A server is named no more"
    always = Level.DANGEROUS


@change_rule
class VersionLowered(ChangeRule):
    """The version of a document is lower than it was. Whoever compares versions takes the new one for an old one."""

    id = "version-lowered"
    title = "The version of a document is lower"
    always = Level.DANGEROUS


@change_rule
class MajorVersionKept(ChangeRule):
    """Something breaks, and the first number of the version is the same: the promise of Semantic Versioning 2.0.0 is
    not kept. A change that breaks belongs into a new major version, beside the old one.
    """

    id = "major-version-kept"
    title = "Something breaks within a major version"
    always = Level.DANGEROUS


DOCUMENT = Use("the document", "", Direction.GIVEN)


def compare_versions(old: Part, new: Part, comparison: Comparison, mark: tuple[int, int]) -> None:
    """`info.version`; to be called when all else is compared. `mark` is where the log was before."""
    before, after = old.member("info", "version"), new.member("info", "version")
    was, now = (_VERSION.match(str(part.value)) for part in (before, after))
    if was is None or now is None:
        return
    numbers = [tuple(int(number) for number in found.groups()) for found in (was, now)]
    if numbers[1] < numbers[0]:
        what = f"the version is {after.value}, and was {before.value}"
        comparison.changed(VersionLowered, what, before, after, DOCUMENT)
    elif numbers[0][0] == numbers[1][0] and comparison.log.breaks_since(mark):
        what = f"something breaks, and the version is still {after.value}"
        comparison.changed(MajorVersionKept, what, before, after, DOCUMENT)


def compare_servers(old: Part, new: Part, comparison: Comparison) -> None:
    """By address, with the default values of its variables."""
    before = {_url(server): server for _, server in old.member("servers").members()}
    after = {_url(server): server for _, server in new.member("servers").members()}
    paths = {_path(url) for url in after}
    for url, server in before.items():
        if url in after or not after:
            continue
        rule: type[ChangeRule] = ServerRemoved if _path(url) in paths else AddressRemoved
        verb = (
            "is named no more" if rule is ServerRemoved else f"is named no more, nor any other with {_path(url) or '/'}"
        )
        comparison.changed(rule, f"the server {url} {verb}", server, new.member("servers"), DOCUMENT)


def _url(server: Part) -> str:
    url = str(server.get("url", ""))
    return _VARIABLE.sub(lambda found: str(server.member("variables", found[1]).get("default", found[0])), url)


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/")
