"""target.yaml: what is read from it, and what is said about one that is wrong."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from crossdock.contracts import documents
from crossdock.contracts.validation import Validator
from crossdock.harness.target import ConfigError, Deadlines, Events, Policies, Ready, Start, Target, fill, load
from crossdock.tests.harness.wrong_files import wrong_files

RUNS = "crossdock: 1\nname: ours\nevents: {subscribe: layer}\n"
STARTED = RUNS + "start: {command: [node, server.js]}\n"

GOLDEN = Path(__file__).parent / "golden" / "wrong_targets.txt"
WRONG = wrong_files(GOLDEN)


@pytest.mark.parametrize("what", WRONG)
def test_says_where_and_what_and_what_to_do_about(what: str, tmp_path: Path) -> None:
    text, expected = WRONG[what]
    file = tmp_path / "target.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as refused:
        load(file)
    said = [line.replace(str(file), "{file}").replace(str(tmp_path), "{folder}") for line in refused.value.problems]
    assert said == expected
    assert str(refused.value) == "\n".join(refused.value.problems)


@pytest.mark.parametrize("octets", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\x00\x01\x02", b"name: \xe9t\xe9\n"])
def test_a_file_that_is_no_text_is_refused_as_such(octets: bytes, tmp_path: Path) -> None:
    file = tmp_path / "target.yaml"
    file.write_bytes(octets)
    with pytest.raises(ConfigError, match=r"line \d+, column \d+: this is not YAML: unreadable characters"):
        load(file)


def test_a_file_that_is_not_there_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        load(tmp_path / "none.yaml")
    assert refused.value.problems == (
        f"{tmp_path}/none.yaml: there is no such file; `--target` takes the path of a target.yaml",
    )


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"{tmp_path}: can't be read: Is a directory"):
        load(tmp_path)


def test_a_file_without_leave_to_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ConfigError, match=r"target\.yaml: can't be read: Permission denied"):
        load(tmp_path / "target.yaml")


def written(tmp_path: Path, text: str) -> Target:
    (tmp_path / "target.yaml").write_text(text, "utf-8")
    return load(tmp_path / "target.yaml")


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    target = written(
        tmp_path,
        STARTED + "description: in Node\ncapabilities: [order-to-cash, correlation]\n"
        "policies: {billing: per-order, cases: none}\ndeadlines: {settle_within_s: 5, quiet_for_s: 1}\n",
    )
    assert target == Target(
        crossdock=1,
        name="ours",
        description="in Node",
        events=Events(subscribe="layer"),
        start=Start(command=("node", "server.js")),
        capabilities=("order-to-cash", "correlation"),
        policies=Policies(billing="per-order", cases="none"),
        deadlines=Deadlines(settle_within_s=5, quiet_for_s=1),
        file=str(tmp_path / "target.yaml"),
    )


def test_a_layer_that_runs_already_needs_only_ports(tmp_path: Path) -> None:
    target = written(tmp_path, RUNS + "parties:\n  crm: {port: 9001.0}\n")
    assert target.start is None
    assert target.parties["crm"].port == 9001


def test_words_of_yaml_1_1_are_text(tmp_path: Path) -> None:
    environment = "  environment: {COUNTRY: NO, DEBUG: true, SINCE: 2026-03-02, RATIO: 1.5, AT: '12:30'}\n"
    target = written(tmp_path, RUNS + "start:\n  command: [x]\n" + environment)
    assert target.start is not None
    assert target.start.environment == {
        "COUNTRY": "NO",
        "DEBUG": "true",
        "SINCE": "2026-03-02",
        "RATIO": "1.5",
        "AT": "12:30",
    }


def schema() -> dict[str, Any]:
    described: dict[str, Any] = documents.load("harness/v1/target.json")
    return described


def test_the_example_of_the_schema_is_a_target(tmp_path: Path) -> None:
    for example in schema()["examples"]:
        assert Validator(schema()).is_valid(example)
        target = written(tmp_path, msgspec.json.encode(example).decode())
        assert target.name == example["name"]
        assert target.start is not None
        assert target.start.ready == Ready(url=example["start"]["ready"]["url"], within_s=20)


@pytest.mark.parametrize(
    ("kind", "pointer"),
    [
        (Target, ()),
        (Start, ("start",)),
        (Ready, ("start", "ready")),
        (Policies, ("policies",)),
        (Deadlines, ("deadlines",)),
    ],
)
def test_what_is_left_out_is_what_the_schema_says(kind: type[msgspec.Struct], pointer: tuple[str, ...]) -> None:
    described = schema()
    for name in pointer:
        described = described["properties"][name]
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    defaults = {name: value["default"] for name, value in described["properties"].items() if "default" in value}
    for name, default in defaults.items():
        field = fields[name]
        ours = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
        assert (list(ours) if isinstance(ours, tuple) else ours) == default, f"{'/'.join(pointer)}/{name}"
    assert set(fields) - {"file"} == set(described["properties"])
    assert {name for name, field in fields.items() if field.required} == set(described.get("required", ()))


VALUES = {"PORT": "8080", "ERP_URL": "http://127.0.0.1:9", "RUN_DIR": "/tmp/run"}


def test_names_are_replaced_wherever_they_stand() -> None:
    assert fill("${ERP_URL}/v1?port=${PORT}", VALUES, "here") == "http://127.0.0.1:9/v1?port=8080"
    assert fill("$PORT {PORT} $$ ${}", VALUES, "here") == "$PORT {PORT} $$ ${}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("${PROT}", "target.yaml: start.command: there is no ${PROT}: did you mean ${PORT}?"),
        ("${ERP_URI}", "target.yaml: start.command: there is no ${ERP_URI}: did you mean ${ERP_URL}?"),
        ("${X}", "target.yaml: start.command: there is no ${X}: there are ERP_URL, PORT, RUN_DIR"),
    ],
)
def test_a_name_that_there_is_not_is_answered_with_what_there_is(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        fill(text, VALUES, "target.yaml: start.command")
    assert refused.value.problems == (said,)


def test_of_many_names_only_some_are_told() -> None:
    many = {f"NAME_{number:02d}": "" for number in range(40)}
    with pytest.raises(ConfigError, match=r"there are NAME_00, .*, NAME_11 … and 28 more$"):
        fill("${X}", many, "here")


def test_the_second_erp_is_in_the_world_of_who_takes_the_table_and_only_when_a_region_goes_over(tmp_path: Path) -> None:
    file = tmp_path / "target.yaml"
    file.write_text(STARTED, "utf-8")
    assert "erp-cloud" not in load(file).cast(cut_over=True)
    file.write_text(STARTED + "erps: http://127.0.0.1:8080/erps\n", "utf-8")
    knows = load(file)
    assert ("erp-cloud" in knows.cast(), knows.cast(cut_over=True)["erp-cloud"]) == (False, "erp")
    assert "erps" in knows.offers


def test_who_looks_for_the_second_erp_at_a_fixed_place_always_finds_it_there(tmp_path: Path) -> None:
    file = tmp_path / "target.yaml"
    file.write_text(RUNS + "erps: http://127.0.0.1:8080/erps\nparties: {erp-cloud: {port: 9002}}\n", "utf-8")
    assert load(file).cast()["erp-cloud"] == "erp"
