"""What the layer is told by its environment."""

import pytest

from crossdock.examples.reference_layer.settings import SYSTEMS, Settings, SettingsError

GIVEN = {
    f"CROSSDOCK_{party.upper()}_{name}": f"{party}-{name.lower()}"
    for party in (*SYSTEMS, "east", "west")
    for name in ("URL", "CLIENT_ID", "CLIENT_SECRET", "WEBHOOK_SECRET")
}


def test_parties_and_numbers_come_from_the_environment() -> None:
    settings = Settings.read(GIVEN | {"LAYER_PORT": "9000", "LAYER_GIVE_UP_S": "5.5", "CROSSDOCK_SUBSCRIBED": "1"})

    assert settings.parties["west"].client_id == "west-client_id"
    assert (settings.port, settings.public_url) == (9000, "http://127.0.0.1:9000")
    assert (settings.give_up_s, settings.timeout_s, settings.subscribed) == (5.5, 2.0, True)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = {**GIVEN, "CROSSDOCK_ERP_URL": "", "LAYER_TIMEOUT_S": "soon"}
    del wrong["CROSSDOCK_WEST_CLIENT_SECRET"]

    with pytest.raises(SettingsError) as error:
        Settings.read(wrong)
    text = str(error.value)
    assert "CROSSDOCK_ERP_URL is not set" in text
    assert "CROSSDOCK_WEST_CLIENT_SECRET is not set" in text
    assert "LAYER_TIMEOUT_S is 'soon', but must be a number" in text


def test_the_warehouses_are_those_that_an_address_was_given_for() -> None:
    assert Settings.read(GIVEN).warehouses == ("east", "west")
    regional = {name.replace("EAST", "REGIONAL"): value for name, value in GIVEN.items()}
    assert Settings.read(regional).warehouses == ("west", "regional")


def test_without_any_warehouse_the_layer_does_not_start() -> None:
    neither = {name: value for name, value in GIVEN.items() if "EAST" not in name and "WEST" not in name}

    with pytest.raises(SettingsError, match="no warehouse is set: one of CROSSDOCK_EAST_URL"):
        Settings.read(neither)


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    assert "secret" not in repr(Settings.read(GIVEN))
