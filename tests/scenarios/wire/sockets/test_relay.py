"""The relay on real sockets: what it passes on, and what each rule does to a connection."""

import asyncio
import socket
from random import Random

import pytest

from crossdock.scenarios.wire.line import Line
from crossdock.scenarios.wire.relay import HOST, Relay
from crossdock.scenarios.wire.rule import Aim, Cut, Hold, Pace, Rule, Silence, Way
from crossdock.scenarios.wire.stream import MOST_HELD
from crossdock.tests.scenarios.wire.passage import DEADLINE_S, Side, closed_port, passage

A_LOT = 32 << 20


def way_of(way: Way, caller: Side, party: Side) -> tuple[Side, Side]:
    """Who speaks and who hears, one way."""
    return (caller, party) if way == "up" else (party, caller)


def octets(count: int) -> bytes:
    return Random(count).randbytes(count)


async def test_everything_is_passed_on_in_both_directions() -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        for size in (1, 100, 100_000):
            question, answer = octets(size), octets(size + 1)
            await asyncio.gather(caller.say(question), party.say(answer))
            assert await party.hear(len(question)) == question
            assert await caller.hear(len(answer)) == answer


async def test_what_is_said_before_the_party_is_reached_is_not_lost() -> None:
    async with passage() as wire:
        for _ in range(20):
            with socket.create_connection((HOST, wire.relay.port)) as caller:
                caller.sendall(octets(3000))
                caller.shutdown(socket.SHUT_WR)
                async with asyncio.timeout(DEADLINE_S):
                    party = await wire.taken.get()
                assert await party.rest() == octets(3000)


async def test_who_has_said_all_can_still_be_answered() -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        caller.writer.write_eof()
        assert await party.rest() == b""
        await party.say(b"late")
        party.writer.close()
        assert await caller.rest() == b"late"
        await wire.until(lambda: not wire.relay.lines, "the relay has let the connection go")


async def test_a_reset_of_one_side_is_a_reset_for_the_other() -> None:
    async with passage() as wire:
        for speaker in (0, 1):
            sides = await wire.call()
            sock = sides[speaker].writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            sides[speaker].writer.transport.abort()
            assert await sides[1 - speaker].last_words() == (b"", True)
        assert wire.relay.lines == []


async def test_who_does_not_read_stops_the_other_from_sending() -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        sending = asyncio.ensure_future(party.say(octets(A_LOT)))
        (line,) = wire.relay.lines
        source, sink = line.party.transport, line.caller.transport
        assert source is not None
        assert sink is not None
        await wire.until(lambda: not source.is_reading(), "the relay reads no more")
        assert sink.get_write_buffer_size() <= 1 << 20
        assert not sending.done()
        assert await caller.hear(A_LOT) == octets(A_LOT)
        await sending


async def test_a_rule_holds_back_little_however_much_is_sent() -> None:
    async with passage() as wire:
        _, party = await wire.call()
        (line,) = wire.relay.lines
        line.follow(Pace(piece_octets=1, every_s=1.0), "down")
        sending = asyncio.ensure_future(party.say(octets(A_LOT)))
        source = line.party.transport
        assert source is not None
        await wire.until(lambda: not source.is_reading(), "the relay reads no more")
        assert line.down.held <= MOST_HELD + (1 << 18)
        sending.cancel()


@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("after", [0, 1, 700, 300_000])
@pytest.mark.parametrize("reset", [True, False])
async def test_a_cut_lets_so_many_octets_through_and_no_more(way: Way, after: int, reset: bool) -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        speaker, hearer = way_of(way, caller, party)
        (line,) = wire.relay.lines
        struck: list[str] = []
        line.follow(Cut(after, reset), way, lambda: struck.append(way))
        said = octets(after + 1000)
        speaking = asyncio.ensure_future(speaker.say(said))

        heard, was_reset = await hearer.last_words()

        assert (heard, was_reset) == (said[:after], reset)
        await asyncio.gather(speaking, return_exceptions=True)
        assert (await speaker.last_words())[0] == b"", "the speaker's side is gone as well"
        assert struck == [way]
        assert wire.relay.lines == []


async def test_a_silent_connection_stays_open_and_swallows_what_is_said() -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        (line,) = wire.relay.lines
        struck = asyncio.get_running_loop().create_future()
        line.follow(Silence(4), "down", lambda: struck.set_result(None))
        await party.say(b"half of it")
        assert await caller.hear(4) == b"half"
        assert await caller.is_silent(struck)
        await party.say(b"and more")
        party.writer.close()
        await caller.say(b"are you there?")
        assert wire.relay.lines == [line]


async def test_an_answer_that_ends_before_the_silence_is_not_struck() -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        (line,) = wire.relay.lines
        struck: list[int] = []
        line.follow(Silence(4), "down", lambda: struck.append(1))
        await party.say(b"four")
        assert await caller.hear(4) == b"four"
        assert struck == []


async def test_what_was_held_goes_on_in_its_order_when_the_rule_is_lifted() -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        (line,) = wire.relay.lines
        line.follow(Hold(), "up")
        await caller.say(b"first, ")
        await caller.say(b"second")
        await party.say(b"the other way is free")
        assert await caller.hear(21) == b"the other way is free"
        assert await party.is_silent(asyncio.ensure_future(wire.dial()))
        line.release("up")
        assert await party.hear(13) == b"first, second"


@pytest.mark.parametrize("pace", [Pace(3, 0.001), Pace(delay_s=0.001, jitter_s=0.004), Pace(1, 0.0005, free_octets=50)])
@pytest.mark.parametrize("way", ["up", "down"])
async def test_a_paced_stream_loses_nothing_and_keeps_its_order(pace: Pace, way: Way) -> None:
    async with passage() as wire:
        speaker, hearer = way_of(way, *await wire.call())
        (line,) = wire.relay.lines
        line.follow(pace, way)
        said = octets(60) + b"\r\n\r\n" + octets(70)
        for part in (said[:20], said[20:62], said[62:63], said[63:]):
            await speaker.say(part)
        speaker.writer.write_eof()
        assert await hearer.rest() == said


async def test_pieces_come_no_faster_than_the_pace() -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        (line,) = wire.relay.lines
        line.follow(Pace(10, 0.02), "down")
        loop = asyncio.get_running_loop()
        began = loop.time()
        await party.say(octets(100))
        assert await caller.hear(100) == octets(100)
        assert loop.time() - began >= 9 * 0.02 * 0.95


async def test_what_is_free_is_not_held_back() -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        (line,) = wire.relay.lines
        line.follow(Pace(delay_s=60.0, free_octets=10), "down")
        for part in (b"HTTP/", b"1.1 200 OK"):
            await party.say(part)
        assert await caller.hear(10) == b"HTTP/1.1 2"
        assert await caller.is_silent(asyncio.ensure_future(wire.dial()))


async def test_a_rule_for_one_answer_ends_when_the_caller_speaks_again() -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        (line,) = wire.relay.lines
        line.follow(Pace(1, 0.0005), "down", one_answer=True)
        await party.say(b"slow answer")
        assert await caller.hear(11) == b"slow answer"
        ruled = [line.down.plain, line.up.plain]
        await caller.say(b"next?")
        assert await party.hear(5) == b"next?"
        assert (ruled, [line.down.plain, line.up.plain]) == ([False, False], [True, True])


@pytest.mark.parametrize(
    ("aim", "meant"),
    [
        (Aim(Cut(), "down"), [1, 1, 1, 1]),
        (Aim(Cut(), "down", nth=2), [0, 1, 1, 1]),
        (Aim(Cut(), "down", nth=2, times=1), [0, 1, 0, 0]),
        (Aim(Cut(), "down", nth=1, times=2), [1, 1, 0, 0]),
        (Aim(Cut(), "down", nth=3, times=2), [0, 0, 1, 1]),
        (Aim(Cut(), "down", from_s=3600.0), [0, 0, 0, 0]),
    ],
)
async def test_an_aim_means_the_connections_it_says(aim: Aim, meant: list[int]) -> None:
    async with passage() as wire:
        struck: list[Line] = []
        wire.relay.arm(aim, struck.append)
        for expected in meant:
            caller, party = await wire.call()
            await party.say(b"x")
            party.writer.close()
            assert await caller.last_words() == ((b"", True) if expected else (b"x", False))
        assert len(struck) == sum(meant)


@pytest.mark.parametrize("open_ones", [True, False])
async def test_an_aim_reaches_open_connections_only_when_it_says_so(open_ones: bool) -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        wire.relay.arm(Aim(Cut(), "down", open_ones=open_ones))
        await party.say(b"x")
        party.writer.close()
        assert await caller.last_words() == ((b"", True) if open_ones else (b"x", False))


async def test_an_aim_ends_with_its_time_and_what_it_held_goes_on() -> None:
    async with passage() as wire:
        caller, party = await wire.call()
        wire.relay.arm(Aim(Hold(), "up", from_s=0.001, for_s=0.05, open_ones=True))
        await wire.until(lambda: not wire.relay.lines[0].up.plain, "the time has begun")
        await caller.say(b"held")
        assert await party.hear(4) == b"held"
        await wire.until(lambda: wire.relay.lines[0].up.plain, "the rule is lifted")
        late, other = await wire.call()
        await late.say(b"free")
        assert await other.hear(4) == b"free"


async def test_lines_that_share_an_aim_share_its_bandwidth() -> None:
    async with passage() as wire:
        wire.relay.arm(Aim(Pace(10, 0.02), "down"))
        pairs = [await wire.call() for _ in range(2)]
        loop = asyncio.get_running_loop()
        began = loop.time()
        for _, party in pairs:
            await party.say(octets(50))
        for caller, _ in pairs:
            assert await caller.hear(50) == octets(50)
        assert loop.time() - began >= 9 * 0.02 * 0.95


async def test_callers_are_refused_and_let_in_again_at_the_same_port() -> None:
    async with passage() as wire:
        await wire.call()
        port = wire.relay.port
        wire.relay.refuse()
        wire.relay.reset_all()
        with pytest.raises(ConnectionRefusedError):
            await wire.dial()
        wire.relay.accept()
        caller, party = await wire.call()
        await caller.say(b"back")
        assert await party.hear(4) == b"back"
        assert wire.relay.port == port


async def test_a_deaf_relay_lets_nobody_in_and_refuses_nobody() -> None:
    async with passage() as wire:
        before, party = await wire.call()
        wire.relay.deafen()
        dialling = asyncio.ensure_future(asyncio.open_connection(HOST, wire.relay.port))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(dialling), 0.3)
        await before.say(b"who is in stays in")
        assert await party.hear(18) == b"who is in stays in"
        dialling.cancel()
        wire.relay.accept()
        caller, other = await wire.call()
        await caller.say(b"heard")
        assert await other.hear(5) == b"heard"


async def test_from_deaf_to_refusing_and_back() -> None:
    async with passage() as wire:
        wire.relay.deafen()
        wire.relay.refuse()
        with pytest.raises(ConnectionRefusedError):
            await wire.dial()
        wire.relay.deafen()
        wire.relay.accept()
        await wire.call()


async def test_where_nobody_listens_the_caller_is_reset() -> None:
    relay = Relay(HOST, closed_port(), Random(1))
    await relay.open()
    reader, writer = await asyncio.open_connection(HOST, relay.port)
    with pytest.raises(ConnectionResetError):
        await asyncio.wait_for(reader.read(), DEADLINE_S)
    writer.close()
    relay.close()


async def test_a_closed_relay_leaves_nothing_open() -> None:
    async with passage() as wire:
        sides = await wire.call()
        rules: list[tuple[Rule, Way]] = [(Hold(), "up"), (Pace(1, 1.0), "down")]
        for rule, way in rules:
            wire.relay.lines[0].follow(rule, way)
        for side in sides:
            await side.say(b"unheard")
        wire.relay.close()
        for side in sides:
            assert await side.last_words() == (b"", True)
        with pytest.raises(ConnectionRefusedError):
            await wire.dial()


async def test_a_port_that_is_taken_is_told() -> None:
    async with passage() as wire:
        second = Relay(HOST, 9, Random(1), own_port=wire.relay.port)
        with pytest.raises(OSError, match="in use"):
            await second.open()
