"""What words on a command line mean: files, folders, revisions."""

import subprocess
from pathlib import Path

import pytest

from crossdock.contracts.document_set import document_set, ours
from crossdock.contracts.documents import NoDocument


def test_ours_are_all_but_the_copies_of_meta_schemas() -> None:
    documents = ours().documents
    assert "erp/v1/openapi.yaml" in documents
    assert "canonical/v1/order.json" in documents
    assert not [name for name in documents if name.startswith("meta/")]


def test_a_folder_has_its_json_and_yaml_without_what_is_hidden_or_installed(tmp_path: Path) -> None:
    for name in ("a.json", "v1/b.yaml", "v1/c.yml", "v1/d.txt", ".hidden/e.json", "node_modules/f/g.json", ".h.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    found = document_set(str(tmp_path))
    assert [found.relative(document) for document in found.documents] == ["a.json", "v1/b.yaml", "v1/c.yml"]
    assert not found.named


def test_a_file_is_what_was_named_whatever_its_ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "api.txt").write_text("{}")
    monkeypatch.chdir(tmp_path)
    found = document_set("api.txt")
    assert found.documents == (str(tmp_path / "api.txt"),)
    assert found.named
    assert found.relative(found.documents[0]) == "api.txt"


def test_a_file_of_ours_has_the_name_that_others_refer_to_it_by() -> None:
    folder = Path(__file__).parents[2] / "contracts"
    assert document_set(str(folder / "erp" / ".." / "erp" / "v1" / "openapi.yaml")).documents == (
        "erp/v1/openapi.yaml",
    )
    assert document_set(str(folder / "erp")).documents == ("erp/v1/openapi.yaml",)
    assert document_set(str(folder / "erp")).relative("erp/v1/openapi.yaml") == "v1/openapi.yaml"
    assert document_set(str(folder)) == ours()


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(NoDocument, match="there is no such file or folder"):
        document_set("nowhere")


def test_a_folder_and_a_file_of_a_revision_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("api/a.json", "api/b.txt", "api/v1/c.yaml", "api/.d.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    who = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "one"), ("tag", "first")):
        subprocess.run(["git", *who, *arguments], check=True, capture_output=True)
    folder, file = document_set("git:first:api"), document_set("git:first:api/a.json")
    assert [folder.relative(each) for each in folder.documents] == ["a.json", "v1/c.yaml"]
    assert (file.documents, file.named, file.relative(file.documents[0])) == (("git:first:api/a.json",), True, "a.json")
