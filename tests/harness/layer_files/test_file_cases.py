"""The files that are put out for a layer, made from the guides and layouts."""

from __future__ import annotations

import asyncio
from functools import cache
from random import Random
from types import ModuleType

import pytest

from crossdock.harness.layer_files import csv_case, x12_case
from crossdock.harness.layer_files.file_case import FileCase, mixed
from crossdock.tests.simulators.files.correspondent import Correspondent

DOCUMENTS = [("x12", "945"), ("x12", "214"), ("csv", "ship_confirm"), ("csv", "tracking")]


@cache
def documents(channel: str) -> dict[str, bytes]:
    """What a warehouse puts out about one order, by name."""

    async def put_out() -> dict[str, bytes]:
        partner = Correspondent(channel)
        await partner.request()
        await partner.pass_hours(72)
        return await partner.files()

    return asyncio.run(put_out())


def sample(channel: str, name: str) -> bytes:
    return next(content for file, content in documents(channel).items() if file.startswith(name))


def made(channel: str, name: str, seed: int = 1) -> list[FileCase]:
    module: ModuleType = x12_case if channel == "x12" else csv_case
    chance = Random(seed)
    makers = mixed(module.styles(), module.broken_envelopes(), module.drawn(name, chance), chance)
    return [case for make in makers if (case := make(sample(channel, name)))]


@pytest.mark.parametrize(("channel", "name"), DOCUMENTS)
def test_what_is_called_valid_keeps_its_guide_and_what_is_drawn_breaks_it(channel: str, name: str) -> None:
    def is_kept(case: FileCase) -> bool:
        return not x12_case.refusal(case.content) if channel == "x12" else csv_case.kept(name, case.content)

    cases = made(channel, name)

    assert [case.what for case in cases if case.valid and case.answer == "A" and not is_kept(case)] == []
    drawn = [case for case in cases if case.rule == "file-told"]
    assert len(drawn) >= 10
    assert [case.what for case in drawn if is_kept(case)] == []


@pytest.mark.parametrize(("channel", "name"), DOCUMENTS)
def test_every_case_is_another_document(channel: str, name: str) -> None:
    contents = [case.content for case in made(channel, name)]

    assert len(set(contents)) == len(contents)


def test_the_same_seed_makes_the_same_cases() -> None:
    assert made("x12", "945", 3) == made("x12", "945", 3)
    assert made("x12", "945", 3) != made("x12", "945", 4)


def test_a_refusal_may_say_what_our_own_reader_says() -> None:
    left_out = next(case for case in made("x12", "945") if case.what.startswith("without "))

    assert "5" in left_out.codes
