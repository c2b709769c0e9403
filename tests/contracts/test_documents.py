"""Finding, reading and referring to documents: no network, and every error with its place."""

from pathlib import Path

import pytest

from crossdock.contracts import documents
from crossdock.contracts.documents import DocumentError, load, resolve


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text)
    return str(folder / name)


def test_a_document_is_read_once() -> None:
    assert load("canonical/v1/order.json") is load("canonical/v1/order.json")


def test_a_reference_is_followed_from_where_it_stands() -> None:
    target = resolve("identifiers.json#/$defs/Sku", "canonical/v1/order.json")
    assert target.document == "canonical/v1/identifiers.json"
    assert target.value["type"] == "string"
    assert resolve("../../http/v1/components.yaml#/parameters/limit", "erp/v1/openapi.yaml").value["name"] == "limit"


def test_the_published_address_of_a_document_names_the_file_here() -> None:
    published = load("canonical/v1/money.json")["$id"]
    assert resolve(published, "erp/v1/openapi.yaml").value is load("canonical/v1/money.json")


def test_pointers_are_unescaped(tmp_path: Path) -> None:
    document = written(tmp_path, "a.json", '{"a/b": {"c~d": [10, {"$defs": 20}]}}')
    assert resolve("#/a~1b/c~0d/0", document).value == 10
    assert resolve("#/a~1b/c~0d/1/%24defs", document).value == 20


def test_nothing_is_fetched_over_a_network(tmp_path: Path) -> None:
    document = written(tmp_path, "a.yaml", "a:\n  $ref: https://example.com/schema.json\n")
    with pytest.raises(DocumentError, match="nothing is fetched over a network") as caught:
        resolve("https://example.com/schema.json", document)
    assert (caught.value.document, caught.value.line) == (document, 2)


@pytest.mark.parametrize(
    ("reference", "problem"),
    [
        ("missing.json", r"there is no file .*missing\.json"),
        ("#/a/b", "has nothing at /a/b, 'a' is missing"),
        ("#here", "no JSON Pointer"),
        ("#/list/7", "'7' is missing"),
    ],
)
def test_a_reference_that_leads_nowhere_says_where_it_stands(tmp_path: Path, reference: str, problem: str) -> None:
    document = written(tmp_path, "a.yaml", f"list: [1]\nx:\n  y:\n    $ref: '{reference}'\n")
    with pytest.raises(DocumentError, match=problem) as caught:
        resolve(reference, document)
    assert (caught.value.line, caught.value.column) == (4, 5)
    assert str(caught.value).startswith(f"{document}:4:5: /x/y/$ref: the reference '{reference}' cannot be followed")


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.json", '{"a": 1,\n "b": }', ":2:7: not readable as JSON"),
        ("a.yaml", "a: 1\na: 2\n", ":2:1: not readable as YAML: the key 'a' stands twice"),
        ("b.yaml", "a: [1\n", ":2:1: not readable as YAML"),
        ("b.json", "", ":1:1: not readable as JSON"),
        ("c.json", "[" * 200 + "]" * 200, ":1:129: more than 128 levels deep"),
        ("d.json", "[" * 100_000 + "]" * 100_000, ":1:129: more than 128 levels deep"),
    ],
)
def test_an_unreadable_document_says_line_and_column(tmp_path: Path, name: str, text: str, place: str) -> None:
    document = written(tmp_path, name, text)
    with pytest.raises(DocumentError) as caught:
        load(document)
    assert str(caught.value).startswith(document + place)


def test_octets_that_are_no_text_are_refused(tmp_path: Path) -> None:
    for name in ("a.json", "a.yaml"):
        (tmp_path / name).write_bytes(b'{"a": "\xff\xfe"}')
        with pytest.raises(DocumentError, match="not readable"):
            load(str(tmp_path / name))


def test_a_document_that_is_not_there_is_named() -> None:
    with pytest.raises(DocumentError, match=r"canonical/v1/ordr\.json:1:1: there is no such file"):
        load("canonical/v1/ordr.json")


def test_a_folder_is_no_document() -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        load("canonical")


def test_a_pointer_is_escaped() -> None:
    assert documents.pointer("paths", "/orders", "a~b", 0) == "/paths/~1orders/a~0b/0"


def test_a_document_that_is_larger_than_any_contract_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LARGEST_OCTETS", 10)
    with pytest.raises(DocumentError, match="has 15 octets, but a document has at most 10"):
        load(written(tmp_path, "a.json", '["1234567890a"]'))
