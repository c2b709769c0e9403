"""What a new partner finds in a document: what it is, whom to ask, where it is served, what its words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..object_model import SCHEMA, Node
from ..rule import Defect, Rule, Severity, defect, rule
from ..view import View

_APIS = ("openapi", "asyncapi")


@rule
class Contact(Rule):
    """A document says whom to ask: `info.contact` with an `email` or a `url`."""

    id = "contact"
    title = "A document says whom to ask"
    kinds = _APIS

    def check(self, view: View) -> Iterator[Defect]:
        info = view.root.member("info")
        contact = info.member("contact")
        if not contact.get("email") and not contact.get("url"):
            yield defect(
                info if contact.value is None else contact,
                "does not say whom to ask",
                expected="info.contact with an email or a url",
                do="name who answers partners",
            )


@rule
class License(Rule):
    """A document says in `info.license` what one may do with it: copy it, build clients from it, hand it on."""

    id = "license"
    title = "A document has a licence"
    severity = Severity.NOTE
    kinds = _APIS

    def check(self, view: View) -> Iterator[Defect]:
        info = view.root.member("info")
        if not info.get("license"):
            yield defect(info, "has no licence", expected="info.license", do="say what partners may do with it")


@rule
class Purpose(Rule):
    """A document says in `info.description` what it is for, who calls whom, and what holds for all of it."""

    id = "purpose"
    title = "A document says what it is for"
    kinds = _APIS

    def check(self, view: View) -> Iterator[Defect]:
        info = view.root.member("info")
        if len(str(info.get("description", "")).split()) < 5:
            yield defect(
                info,
                "does not say what it is for",
                expected="info.description with a sentence at least",
                do="tell who calls whom, and what holds for all of it",
            )


@rule
class ServersNamed(Rule):
    """A document names the servers that one can call or connect to, each with a description that says which it is
    (production, test).
    """

    id = "servers-named"
    title = "Servers are named and described"
    kinds = _APIS

    def check(self, view: View) -> Iterator[Defect]:
        if not view.root.get("servers"):
            yield defect(
                view.root, "names no server", expected="`servers` with at least one", do="say where it can be reached"
            )
        for node in view.all("server"):
            if not node.part.get("description"):
                yield defect(
                    node,
                    f"the server {node.part.get('url') or node.name} has no description",
                    expected="a description",
                    do="say which it is: production, test",
                )


@rule
class SchemaDialect(Rule):
    """A file that is a schema says in `$schema` by which rules: those of JSON Schema 2020-12."""

    id = "schema-dialect"
    title = "A schema file says its dialect"
    kinds = ("json-schema",)

    def check(self, view: View) -> Iterator[Defect]:
        said = view.root.get("$schema")
        if said != "https://json-schema.org/draft/2020-12/schema":
            yield defect(
                view.root if said is None else view.root.member("$schema"),
                f"says {said or 'no dialect'}",
                expected='"$schema": "https://json-schema.org/draft/2020-12/schema"',
                do="say it: the same words mean other things in other dialects",
            )


@rule
class SchemaAddress(Rule):
    """A file that is a schema has an address of its own: `$id` is an absolute URL that ends as the file is named."""

    id = "schema-address"
    title = "A schema file has an address that ends in its name"
    severity = Severity.WARNING
    kinds = ("json-schema",)

    def check(self, view: View) -> Iterator[Defect]:
        said = str(view.root.get("$id", ""))
        parts, name = urlsplit(said), re.split(r"[/:]", view.document)[-1]
        if not parts.scheme or parts.path.rpartition("/")[2] != name:
            yield defect(
                view.root.member("$id") if said else view.root,
                f"has the address {said}" if said else "has no address",
                expected=f"`$id` with an absolute URL that ends in {name}",
                do="give it the address under which partners find it",
            )


@rule
class SchemaDescribed(Rule):
    """A schema that has a name (a file, or one of the components) has a description, or a title that says it all."""

    id = "schema-described"
    title = "A named schema says what it describes"
    severity = Severity.WARNING

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            # By its place, because the first way to a component is mostly a reference.
            around = node.part.pointer.split("/")[-2:-1]
            named = around in (["schemas"], ["$defs"], ["definitions"]) or (
                not node.part.pointer and "$defs" not in node.part.value
            )
            says = any(node.part.get(word) for word in ("description", "title", "$ref"))
            if named and not says:
                name = node.part.pointer.rpartition("/")[2]
                yield defect(
                    node,
                    f"the schema {name or 'of the file'} does not say what it describes",
                    expected="a description",
                    do="say what one of these is in the business",
                )


@rule
class FieldDescribed(Rule):
    """Every field of a business object has a description, its own or that of what it refers to.

    `type: string` tells a partner how a field is written, never what to write into it.
    """

    id = "field-described"
    title = "Every field says what it means"
    severity = Severity.WARNING

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            if node.field == "properties" and not _is_condition(node) and not _says(node):
                yield defect(
                    node,
                    f"the field {node.name} does not say what it means",
                    expected="a description",
                    do="say what stands in it, in which unit, and when it is absent",
                )


def _says(node: Node) -> bool:
    meant = (node.part, node.part.followed())
    return any(part.get(word) for part in meant for word in ("description", "title", "const"))


def _is_condition(node: Node) -> bool:
    """Within if, then, not, allOf … properties are spoken of that are described elsewhere."""
    around = node.parent
    while around is not None and around.kind == SCHEMA:
        if around.field in ("allOf", "anyOf", "oneOf", "if", "then", "else", "not", "contains", "dependentSchemas"):
            return True
        around = around.parent
    return False
