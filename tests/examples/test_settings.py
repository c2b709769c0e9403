"""What the layer is told by its environment."""

import pytest

from crossdock.examples.reference_layer.amqp import RabbitQueues
from crossdock.examples.reference_layer.brokers import queues_of
from crossdock.examples.reference_layer.jetstream import JetStreamQueues
from crossdock.examples.reference_layer.settings import SYSTEMS, Inlet, Settings, SettingsError

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


def test_a_second_erp_is_there_where_an_address_was_given_for_it() -> None:
    cloud = {name.replace("_ERP_", "_ERP_CLOUD_"): value for name, value in GIVEN.items() if "_ERP_" in name}
    assert "erp-cloud" not in Settings.read(GIVEN).parties
    assert Settings.read(GIVEN | cloud).parties["erp-cloud"].client_id == "erp-client_id"
    with pytest.raises(SettingsError, match="CROSSDOCK_ERP_CLOUD_CLIENT_ID is not set"):
        Settings.read(GIVEN | {"CROSSDOCK_ERP_CLOUD_URL": "http://127.0.0.1:9"})


def test_the_authority_to_trust_is_the_systems_unless_it_is_named() -> None:
    assert Settings.read(GIVEN).authority == ""
    assert Settings.read(GIVEN | {"CROSSDOCK_CA_FILE": "ca.pem"}).authority == "ca.pem"


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


OVER_A_BROKER = {
    **{name: value for name, value in GIVEN.items() if "EAST" not in name},
    "CROSSDOCK_BROKER": "nats",
    "CROSSDOCK_BROKER_URL": "nats://127.0.0.1:4222",
    "CROSSDOCK_EAST_CHANNEL": "queue",
    "CROSSDOCK_EAST_REQUESTS_ADDRESS": "crossdock.T1.east.requests",
    "CROSSDOCK_EAST_REPLIES_QUEUE": "crossdock-T1-east-replies",
    "CROSSDOCK_EAST_REPLIES_GROUP": "layer",
    "CROSSDOCK_EAST_EVENTS_QUEUE": "crossdock-T1-east-events",
    "CROSSDOCK_EAST_EVENTS_GROUP": "layer",
}


def test_the_client_is_that_of_the_broker() -> None:
    rabbit = Settings.read(
        {**OVER_A_BROKER, "CROSSDOCK_BROKER": "rabbitmq", "CROSSDOCK_BROKER_EXCHANGE": "crossdock-T1"}
    )

    assert rabbit.exchange == "crossdock-T1"
    assert isinstance(queues_of(rabbit), RabbitQueues)
    assert isinstance(queues_of(Settings.read(OVER_A_BROKER)), JetStreamQueues)


def test_a_broker_that_the_layer_has_no_client_for_is_refused() -> None:
    with pytest.raises(SettingsError, match="CROSSDOCK_BROKER is 'kafka', but must be one of nats, rabbitmq"):
        Settings.read({**OVER_A_BROKER, "CROSSDOCK_BROKER": "kafka"})


def test_a_warehouse_may_be_found_at_a_broker() -> None:
    settings = Settings.read(OVER_A_BROKER)

    assert settings.warehouses == ("east", "west")
    assert (settings.broker, settings.broker_url) == ("nats", "nats://127.0.0.1:4222")
    assert settings.addresses == {"east": "crossdock.T1.east.requests"}
    assert settings.inlets == (
        Inlet("east", "crossdock-T1-east-events", "layer", events=True),
        Inlet("east", "crossdock-T1-east-replies", "layer", events=False),
    )
    assert settings.by_webhook == ("crm", "erp", "west")


def test_who_has_events_in_a_queue_needs_no_webhook() -> None:
    settings = Settings.read(OVER_A_BROKER | {"CROSSDOCK_CRM_EVENTS_QUEUE": "crossdock-T1-crm-events"})

    assert settings.by_webhook == ("erp", "west")


def test_queues_without_a_broker_are_told() -> None:
    with pytest.raises(SettingsError, match="CROSSDOCK_BROKER_URL is not set"):
        Settings.read({name: value for name, value in OVER_A_BROKER.items() if name != "CROSSDOCK_BROKER_URL"})


def test_spans_go_where_opentelemetry_says() -> None:
    assert Settings.read(GIVEN).traces_url == ""
    given = GIVEN | {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318/"}
    assert Settings.read(given).traces_url == "http://127.0.0.1:4318/v1/traces"
