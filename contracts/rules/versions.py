"""Versions: of a document, in its address, and what is about to go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ..object_model import SCHEMA
from ..rule import Defect, Rule, Severity, defect, rule
from ..view import View

_SEMANTIC = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
_FOLDER = re.compile(r"(?:^|/)v([0-9]+)/[^/]*$")
_SEGMENT = re.compile(r"(?:^|/)v([0-9]+)(?:/|$)")


def _major(view: View) -> str | None:
    """The major version that `info.version` says; None where it says none."""
    found = _SEMANTIC.fullmatch(str(view.root.member("info").get("version")))
    return found[1] if found else None


@rule
class VersionSemantic(Rule):
    """The version of an API or event document is MAJOR.MINOR.PATCH (Semantic Versioning 2.0.0).

    The first number is a promise: as long as it stays, who worked before works on.
    """

    id = "version-semantic"
    title = "The version is MAJOR.MINOR.PATCH"
    kinds = ("openapi", "asyncapi")

    def check(self, view: View) -> Iterator[Defect]:
        version = view.root.member("info", "version")
        if not _SEMANTIC.fullmatch(str(version.value)):
            yield defect(
                version,
                f"the version is {version.value}",
                expected="MAJOR.MINOR.PATCH, such as 1.4.0",
                do="number it so; raise the first when something breaks, the second when something is added",
            )


@rule
class VersionInAddress(Rule):
    """The address of every server carries the major version (`…/v1`), and it is the one of `info.version`.

    Two versions can then be served side by side, and a caller stays with its own until it has moved.
    """

    id = "version-in-address"
    title = "The server's address carries the major version"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        major = _major(view)
        for _, server in view.root.member("servers").members():
            url = str(server.get("url", ""))
            found = _SEGMENT.search(urlsplit(url.replace("{", "").replace("}", "")).path)
            if found is None or (major is not None and found[1] != major):
                yield defect(
                    server.member("url"),
                    f"the address {url} has {f'v{found[1]}' if found else 'no version'} in it",
                    expected=f"/v{major or 1}",
                    do="serve each major version at an address of its own",
                )


@rule
class VersionInFolder(Rule):
    """A document that stands in a folder v1 is of version 1: `info.version` begins with that number, and so does a
    `$id` that has a version in it.
    """

    id = "version-in-folder"
    title = "A document is of the version that its folder says"
    kinds = ("openapi", "asyncapi", "json-schema")

    def check(self, view: View) -> Iterator[Defect]:
        folder = _FOLDER.search(view.document)
        if folder is None:
            return
        said, place = _major(view), view.root.member("info", "version")
        if "$id" in view.root.value:
            found = _SEGMENT.search(urlsplit(str(view.root.get("$id"))).path)
            said, place = found[1] if found else None, view.root.member("$id")
        if said is not None and said != folder[1]:
            yield defect(
                place,
                f"says version {said}, but stands in a folder v{folder[1]}",
                expected=f"version {folder[1]}",
                do="move the document, or correct its version",
            )


@rule
class SunsetSaid(Rule):
    """What is deprecated says until when it works (`x-sunset: 2027-06-30`, which is what the header Sunset of RFC
    8594 will say), and in its description what to use instead.
    """

    id = "sunset-said"
    title = "What is deprecated says until when, and what instead"
    severity = Severity.WARNING
    kinds = ("openapi", "openapi-components")

    def check(self, view: View) -> Iterator[Defect]:
        for kind in ("operation", "parameter", "header", SCHEMA):
            for node in view.all(kind):
                if node.part.get("deprecated") is not True:
                    continue
                name = node.part.get("operationId") or node.part.get("name") or node.name
                if _date(node.part.get("x-sunset")) is None:
                    yield defect(
                        node,
                        f"{name} is deprecated, and does not say until when it works",
                        expected="x-sunset with a date, such as 2027-06-30",
                        do="name the day, and tell those who still use it",
                    )
                if not node.part.get("description"):
                    yield defect(
                        node,
                        f"{name} is deprecated, and does not say what to use instead",
                        expected="a description",
                        do="name what takes its place",
                    )


@rule
class SunsetKept(Rule):
    """What was to work until a day is gone after that day: no `x-sunset` lies in the past."""

    id = "sunset-kept"
    title = "Nothing stays past its sunset"
    severity = Severity.WARNING
    kinds = ("openapi", "openapi-components")

    def check(self, view: View) -> Iterator[Defect]:
        for kind in ("operation", "parameter", "header", SCHEMA):
            for node in view.all(kind):
                day = _date(node.part.get("x-sunset"))
                if day is not None and day < view.today:
                    yield defect(
                        node.part.member("x-sunset"),
                        f"was to end on {day}, and is still there",
                        expected="a day that is to come, or nothing there any more",
                        do="remove it, or tell everybody another day",
                    )


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
