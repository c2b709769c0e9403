"""The planted defects: those of defects.yaml, and documents that cannot even be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crossdock.contracts.yaml_document import read
from crossdock.tests.contracts.rules.planted import ABSENT, Planted, sound

_OTHER_LIST = {**sound("v1/openapi.yaml")["paths"]["/orders"]["get"], "operationId": "listOthers"}
_MEANT = {"(absent)": ABSENT, "(another list)": _OTHER_LIST}


def _value(written: Any) -> Any:
    if isinstance(written, dict):
        return {name: _value(value) for name, value in written.items()}
    return _MEANT.get(written, written) if isinstance(written, str) else written


def unreadable(file: str, what: str, content: str | bytes, rule: str = "document-readable") -> Planted:
    return Planted(rule, file, what, {}, "", content)


_UNREADABLE = (
    unreadable("a.json", "JSON that ends too early", '{"$schema":\n'),
    unreadable("a.yaml", "YAML that is none", "openapi: [3.1.0\n"),
    unreadable("a.yaml", "not UTF-8", b"openapi: \xff\n"),
    unreadable("a.json", "not UTF-8 either", b'{"title": "\xe9"}'),
    unreadable("a.yaml", "nothing at all", ""),
    unreadable("a.yaml", "a picture", b"\x89PNG\r\n\x1a\n\x00\x00"),
    unreadable("a.yaml", "a key that stands twice", "openapi: 3.1.0\nopenapi: 3.1.0\n"),
    unreadable("a.yaml", "two documents in a file", "openapi: 3.1.0\n---\nopenapi: 3.1.0\n"),
    unreadable("a.yaml", "a tag that makes objects", "openapi: !!python/object:os.system x\n"),
    unreadable("a.yaml", "a merge key", "a: {<<: {b: 1}}\n"),
    unreadable("a.json", "deep JSON", '{"a":' * 5000 + "1" + "}" * 5000),
    unreadable("a.yaml", "deep YAML", "{a: " * 5000 + "1" + "}" * 5000),
    unreadable("a.json", "a JSON key that stands twice", '{"$schema": 1, "title": "a", "title": "b"}'),
    unreadable("a.yaml", "some other YAML", "services: {web: {image: nginx}}\n", "document-known"),
    unreadable("a.json", "a list", "[]", "document-known"),
)

DEFECTS = (
    *_UNREADABLE,
    *(
        Planted(rule, row["in"], row["what"], _value(row["change"]), row["at"])
        for rule, rows in read((Path(__file__).parent / "defects.yaml").read_bytes()).items()
        for row in rows
    ),
)
