"""What partners send as paths, and what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.simulators.channels.sftp.limits import Limits
from crossdock.simulators.channels.sftp.path import canonical, check_new_name, resolve
from crossdock.simulators.channels.sftp.status import FileRefused, Status

LIMITS = Limits()


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (b"", "/"),
        (b".", "/"),
        (b"/", "/"),
        (b"inbound", "/inbound"),
        (b"/inbound/", "/inbound"),
        (b"//inbound//x.csv", "/inbound/x.csv"),
        (b"inbound/./x.csv", "/inbound/x.csv"),
        (b"inbound/../outbound/x", "/outbound/x"),
        (b"/inbound/..", "/"),
        ("inbound/Lieferung Köln.csv".encode(), "/inbound/Lieferung Köln.csv"),
        (b"inbound/...", "/inbound/..."),
    ],
)
def test_a_path_is_absolute_below_the_partners_root(sent: bytes, meant: str) -> None:
    assert resolve(sent, LIMITS) == meant
    assert canonical(sent, LIMITS) == meant


@pytest.mark.parametrize("sent", [b"..", b"/..", b"../../etc/passwd", b"inbound/../../x", b"/../inbound/x"])
def test_a_path_that_climbs_out_is_refused_and_its_canonical_form_stays_inside(sent: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        resolve(sent, LIMITS)

    assert refused.value.status is Status.PERMISSION_DENIED
    assert ".." not in canonical(sent, LIMITS)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"inbound/a\0b", Status.BAD_MESSAGE),
        (b"inbound/" + b"n" * 256, Status.BAD_MESSAGE),
        (b"/x" * 600, Status.BAD_MESSAGE),
        (b"/x" * 9, Status.PERMISSION_DENIED),
        (b"inbound/\xff\xfe", Status.PERMISSION_DENIED),
        (b"inbound/" + "ü".encode() * 128, Status.BAD_MESSAGE),
    ],
    ids=["NUL", "long name", "long path", "deep path", "no UTF-8", "long in octets"],
)
def test_what_is_no_path_is_refused_as_openssh_does(sent: bytes, status: Status) -> None:
    with pytest.raises(FileRefused) as refused:
        canonical(sent, LIMITS)

    assert refused.value.status is status


def test_a_name_as_long_as_allowed_is_one() -> None:
    assert resolve(b"inbound/" + b"n" * 255, LIMITS).endswith("n" * 255)


@pytest.mark.parametrize("name", ["a\nb", "a\tb", "a\x7fb", "a\u202eb", "a\u2028b", "a\x1b[2Jb", "a\\b"])
def test_a_new_name_has_no_control_characters_and_no_backslash(name: str) -> None:
    with pytest.raises(FileRefused):
        check_new_name(f"/inbound/{name}", LIMITS)


@pytest.mark.parametrize(
    "name", ["orders 2026-03-02.csv", "é.csv", "出荷.csv", "a'b\"c;$(x).csv", ".hidden", "10:30.csv"]
)
def test_a_new_name_may_have_whatever_people_write(name: str) -> None:
    check_new_name(f"/inbound/{name}", LIMITS)


@pytest.mark.parametrize("name", ["con.csv", "NUL", "a:b"])
def test_a_provider_may_reserve_names_and_characters(name: str) -> None:
    strict = Limits(forbidden_characters=":", reserved_names=frozenset({"CON", "NUL"}))

    with pytest.raises(FileRefused):
        check_new_name(f"/inbound/{name}", strict)


@given(st.binary(max_size=60) | st.lists(st.sampled_from([b"..", b".", b"", b"a", b"\xc3\xa9"])).map(b"/".join))
def test_whatever_is_sent_nothing_leads_out_of_the_root(sent: bytes) -> None:
    try:
        path = canonical(sent, LIMITS)
    except FileRefused:
        return
    names = path.split("/")[1:]

    assert path.startswith("/")
    assert not {"..", "."} & set(names)
    assert path == "/" or "" not in names
    assert canonical(path.encode(), LIMITS) == path
