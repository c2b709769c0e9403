"""upload-told-failed: an upload is done, and the layer is told that it failed."""

from crossdock.simulators.channels.sftp.interference import HangUp, Refuse
from crossdock.tests.scenarios.conftest import Wire


def test_the_last_step_of_the_upload_is_not_answered(wire: Wire) -> None:
    armed = wire.arm("upload-told-failed", party="west")
    assert wire.uploaded("west") == HangUp("upload-told-failed")
    assert wire.uploaded("west") is None
    assert armed.fired == 1


def test_or_it_is_answered_with_an_error(wire: Wire) -> None:
    wire.arm("upload-told-failed", party="west", how="refused")
    assert wire.uploaded("west", operation="close") == Refuse("upload-told-failed")


def test_no_other_message_is_struck(wire: Wire) -> None:
    wire.arm("upload-told-failed", party="west", order="A")
    assert wire.uploaded("regional") is None
    assert wire.uploaded("west", operation="write") is None
    assert not any(wire.uploaded("west", order_id) for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", ""))
    assert wire.uploaded("west") is not None
