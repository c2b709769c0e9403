"""Which rules a layer breaks by what it made of each file, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from .fidelity import told_otherwise
from .file_case import LIVES_ON, REFUSED, TAKEN, TOLD
from .file_hand import Put
from .reaction import MUST_ACT, Acknowledgment, Reactions

NOT_GUESSED, ACKNOWLEDGED = "file-not-guessed", "file-acknowledged"
OF_ACKNOWLEDGMENTS = "FA"


class Breach(NamedTuple):
    rule: str
    put: Put
    reason: str


class Judgement:
    """`tried` counts by rule how often it was put to the test."""

    def __init__(self, reactions: Reactions, within_s: float) -> None:
        self._reactions, self._within_s = reactions, within_s
        self.tried: Counter[str] = Counter()
        self.breaches: list[Breach] = []

    def judge(self, puts: Iterable[Put]) -> None:
        puts = list(puts)
        told = self._reactions.told(puts)
        for put in puts:
            found = self._valid(put, told) if put.case.valid else self._broken(put, told)
            self.breaches += found
            self.breaches += self._acknowledgments(put)

    def lacks(self, puts: Iterable[Put]) -> bool:
        """Whether something must still come of one of them."""
        puts = list(puts)
        told = self._reactions.told(puts)
        return any(not self._is_over(put, told) for put in puts)

    def outcomes(self, puts: Iterable[Put]) -> list[str]:
        """What became of each, in a word or two."""
        puts = list(puts)
        told = self._reactions.told(puts)
        return [self._outcome(put, told) for put in puts]

    def _outcome(self, put: Put, told: set[str]) -> str:
        if self._reactions.effects(put):
            return "acted upon"
        if self._is_refused(put):
            return "refused"
        if put.name in told:
            return "set aside"
        return "read" if self._answers(put) else "nothing"

    def _is_over(self, put: Put, told: set[str]) -> bool:
        if put.case.valid:
            return not put.x12 or bool(self._answers(put)) if not self._must_act(put) else self._acted(put)
        return put.name in told or self._is_refused(put) or bool(self._reactions.effects(put))

    def _acted(self, put: Put) -> bool:
        return bool(self._reactions.effects(put)) and (not put.x12 or bool(self._answers(put)))

    def _must_act(self, put: Put) -> bool:
        event = self._reactions.event(put)
        return event is not None and event.type in MUST_ACT

    def _answers(self, put: Put) -> list[Acknowledgment]:
        return self._reactions.acknowledgments[put.party, put.number] if put.x12 else []

    def _is_refused(self, put: Put) -> bool:
        if not put.x12:
            return False
        by_ta1 = (put.party, put.number) in self._reactions.refused
        return by_ta1 or any(answer.code == "R" for answer in self._answers(put))

    def _valid(self, put: Put, told: set[str]) -> Iterator[Breach]:
        rule = put.case.rule
        assert rule in (TAKEN, LIVES_ON), f"{rule} is no rule of what is valid"
        self.tried[rule] += 1
        what = f"a valid {put.kind}{f' ({put.case.what})' if put.case.what else ''}"
        if put.x12:
            codes = [answer.code for answer in self._answers(put)]
            if not codes:
                yield Breach(rule, put, f"{what} is not answered, expected a 997 that says {put.case.answer}")
            elif set(codes) != {put.case.answer}:
                said = " and ".join(codes)
                yield Breach(rule, put, f"the 997 for {what} says {said} (AK901), expected {put.case.answer}")
        effects = self._reactions.effects(put)
        if self._must_act(put) and not effects:
            yield Breach(rule, put, f"nothing comes of {what}: no call of another system in {self._within_s:g} s")
        elif not put.x12 and not effects and put.name in told:
            yield Breach(rule, put, f"{what} is set aside")
        yield from self._otherwise(rule, put, what)

    def _broken(self, put: Put, told: set[str]) -> Iterator[Breach]:
        rule, what = put.case.rule, f"{put.kind}, {put.case.what},"
        assert rule in (REFUSED, TOLD), f"{rule} is no rule of what is broken"
        accepted = [answer for answer in self._answers(put) if answer.code in ("A", "E")]
        acted = bool(self._reactions.effects(put))
        known = self._is_refused(put) or put.name in told
        if rule == REFUSED:
            self.tried[REFUSED] += 1
            if acted:
                yield Breach(REFUSED, put, f"{what} is acted upon")
            if accepted and put.case.codes:
                yield Breach(REFUSED, put, f"the 997 for {what} accepts it, expected {_words(put.case.codes)}")
        else:
            self.tried[NOT_GUESSED] += 1
            yield from self._otherwise(NOT_GUESSED, put, what)
        yield from self._codes(put, what)
        self.tried[TOLD] += 1
        if not known and not acted:
            told_as = f"the 997 says {accepted[0].code}" if accepted else "no 997 or TA1 refuses it" if put.x12 else ""
            nobody = f"nothing comes of {what} and nobody is told: no dead letter, no case in {self._within_s:g} s"
            yield Breach(TOLD, put, f"{nobody}{f'; {told_as}' if told_as else ''}")

    def _codes(self, put: Put, what: str) -> Iterator[Breach]:
        """A refusal says what is wrong, and nothing else."""
        if not put.case.codes:
            return
        for answer in self._answers(put):
            if answer.code in ("R", "P") and answer.codes and not answer.codes <= put.case.codes:
                said, expected = _words(answer.codes), _words(put.case.codes)
                yield Breach(REFUSED, put, f"the 997 for {what} says {said}, expected {expected}")
                return

    def _otherwise(self, rule: str, put: Put, what: str) -> Iterator[Breach]:
        event = self._reactions.event(put)
        data = msgspec.json.decode(event.data) if event is not None else {}
        for body in self._reactions.effects(put):
            if differences := list(told_otherwise(data, body or {})):
                yield Breach(rule, put, f"what is made of {what} is not what happened: {'; '.join(differences)}")
                return

    def _acknowledgments(self, put: Put) -> Iterator[Breach]:
        for answer in self._answers(put):
            self.tried[ACKNOWLEDGED] += 1
            problem = _problem(answer)
            if problem:
                yield Breach(ACKNOWLEDGED, put, f"{answer.file}: {problem}")


def _problem(answer: Acknowledgment) -> str:
    """What is wrong with a 997 in itself; "" when nothing is."""
    accepted = sum(each["code"] in ("A", "E") for each in answer.sets)
    if answer.functional_id == OF_ACKNOWLEDGMENTS:
        return "it answers a group of 997s, which is never done"
    if not answer.kept:
        return "it breaks its own guide (contracts/x12/warehouse/997.yaml)"
    if len(answer.sets) > answer.received or answer.accepted > answer.received:
        return f"AK9 counts {answer.received} sets received and {answer.accepted} accepted, it names {len(answer.sets)}"
    if len(answer.sets) == answer.received and accepted != answer.accepted and not answer.errors:
        return f"AK904 counts {answer.accepted} sets accepted, it names {accepted}"
    expected = {"A": answer.accepted == answer.received, "R": answer.accepted == 0}
    if not expected.get(answer.code, True):
        return f"AK901 says {answer.code}, AK9 counts {answer.accepted} of {answer.received} sets accepted"
    return ""


def _words(codes: Iterable[str]) -> str:
    return " or ".join(sorted(codes)) or "a refusal"
