"""X12 004010 as the layer needs it: interchanges of one or more sets, read with their errors, and written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from .paper import Incomplete, Unreadable

ISA_LENGTH = 106  # with its terminator; the separators stand at fixed places in it
ISA_ELEMENTS = 16
GROUPS = {"940": "OW", "943": "AR", "997": "FA"}  # set → functional identifier, of what the layer sends
FIRST_EDITION, SECOND_EDITION = "004010", "004010WH2"  # of the guides, in GS08
TIDY = str.maketrans({"*": " ", "~": " ", ">": " ", "\n": " ", "\r": " "})  # X12 has no way to quote a separator

Segment = list[str]


@dataclass(frozen=True, slots=True)
class TransactionSet:
    """From ST to SE. `problem` is the 997's code for the whole set (element 718), "" when it can be used."""

    kind: str
    number: str
    segments: list[Segment]
    problem: str = ""

    def first(self, name: str, element: int, qualifier: str = "") -> str:
        """An element of the first such segment whose first element is the qualifier; "" where there is none."""
        found = self.all(name, qualifier)
        return at(found[0], element) if found else ""

    def all(self, name: str, qualifier: str = "") -> list[Segment]:
        return [each for each in self.segments if each[0] == name and qualifier in ("", at(each, 1))]


@dataclass(frozen=True, slots=True)
class Group:
    """A functional group: `kind` is GS01, `number` GS06, `version` GS08, `claimed` how many sets GE01 says there are.
    `problem` is the 997's code for the whole group (element 716), "" when it can be used.
    """

    kind: str
    number: str
    sets: list[TransactionSet] = field(default_factory=list)
    claimed: str = ""
    problem: str = ""
    version: str = ""


def at(segment: Segment, element: int) -> str:
    """An element by its number, counted from 1; "" where it is left out."""
    return segment[element] if element < len(segment) else ""


def read(content: bytes) -> tuple[str, list[Group]]:
    """The interchange control number and the groups. Raises: Incomplete, Unreadable."""
    text = content.decode("utf-8", "replace").lstrip("\ufeff\r\n ")
    if not text:
        raise Incomplete("the file is empty")
    if not text.startswith("ISA"):
        raise Unreadable(f"it begins with {text[:3]!r} and not with ISA")
    if len(text) < ISA_LENGTH:
        raise Incomplete("it ends within the ISA segment")
    separator, terminator = text[3], text[ISA_LENGTH - 1]
    segments = [each.strip("\r\n").split(separator) for each in text.split(terminator)]
    # What follows the last terminator is no segment, and when it is no empty line either, the file was cut there.
    rest = segments.pop()
    if len(segments[0]) != ISA_ELEMENTS + 1:
        raise Unreadable(f"the ISA segment has {len(segments[0]) - 1} elements, not {ISA_ELEMENTS}")
    number = at(segments[0], 13)
    if rest != [""] or segments[-1][0] != "IEA":
        raise Incomplete(f"interchange {number} has no IEA")
    if at(segments[-1], 2) != number:
        raise Unreadable(f"ISA13 is {number} and IEA02 is {at(segments[-1], 2)}")
    groups = list(_groups(segments[1:-1]))
    if at(segments[-1], 1) != str(len(groups)):
        raise Unreadable(f"IEA01 says {at(segments[-1], 1)} groups, there are {len(groups)}")
    return number, groups


def header(content: bytes) -> Segment:
    """The ISA segment of an interchange that could be read."""
    text = content.decode("utf-8", "replace").lstrip("\ufeff\r\n ")
    return text[: ISA_LENGTH - 1].split(text[3])


def interchange_acknowledgements(content: bytes) -> list[Segment]:
    """The TA1 segments of an interchange that could be read: what the partner says of interchanges of ours."""
    text = content.decode("utf-8", "replace").lstrip("\ufeff\r\n ")
    segments = (each.strip("\r\n").split(text[3]) for each in text.split(text[ISA_LENGTH - 1]))
    return [segment for segment in segments if segment[0] == "TA1"]


def _groups(segments: Sequence[Segment]) -> Iterator[Group]:
    group: Group | None = None
    begun: list[Segment] = []
    for segment in segments:
        if segment[0] == "GS":
            group = Group(at(segment, 1), at(segment, 6), version=at(segment, 8))
        elif segment[0] == "GE" and group is not None:
            if begun:
                group.sets.append(TransactionSet(at(begun[0], 1), at(begun[0], 2), begun, "2"))
            yield _finished(group, segment)
            group, begun = None, []
        elif group is not None:
            if segment[0] == "ST" and begun:
                group.sets.append(TransactionSet(at(begun[0], 1), at(begun[0], 2), begun, "2"))
                begun = []
            begun.append(segment)
            if segment[0] == "SE":
                group.sets.append(_closed(begun))
                begun = []


def _finished(group: Group, end: Segment) -> Group:
    problem = ""
    if at(end, 2) != group.number:
        problem = "4"
    elif at(end, 1) != str(len(group.sets)):
        problem = "5"
    return replace(group, claimed=at(end, 1), problem=problem)


def _closed(segments: list[Segment]) -> TransactionSet:
    start, end = segments[0], segments[-1]
    problem = ""
    if at(start, 2) != at(end, 2):
        problem = "3"
    elif at(end, 1) != str(len(segments)):
        problem = "4"
    return TransactionSet(at(start, 1), at(start, 2), segments, problem)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, when, and under which number: the same for the interchange and its one group."""

    sender: str
    receiver: str
    number: int
    at: datetime


def write(
    envelope: Envelope, kind: str, sets: Sequence[Sequence[Sequence[str]]], version: str = FIRST_EDITION
) -> bytes:
    """An interchange with one group; each set is given as its segments between ST and SE, `version` is GS08."""
    sender, receiver, number, now = envelope.sender, envelope.receiver, envelope.number, envelope.at
    lines = [
        f"ISA*00*{'':10}*00*{'':10}*ZZ*{sender:15}*ZZ*{receiver:15}*{now:%y%m%d}*{now:%H%M}*U*00401*{number:09d}*0*P*>",
        f"GS*{GROUPS[kind]}*{sender}*{receiver}*{now:%Y%m%d}*{now:%H%M}*{number}*X*{version}",
    ]
    for place, segments in enumerate(sets, 1):
        lines.append(f"ST*{kind}*{place:04d}")
        lines.extend(_line(segment) for segment in segments)
        lines.append(f"SE*{len(segments) + 2}*{place:04d}")
    lines += [f"GE*{len(sets)}*{number}", f"IEA*1*{number:09d}"]
    return "".join(f"{line}~\n" for line in lines).encode()


def _line(segment: Sequence[str]) -> str:
    name, *elements = segment
    tidy = [each.translate(TIDY).strip() for each in elements]
    while tidy and not tidy[-1]:
        tidy.pop()
    return "*".join([name, *tidy])


def acknowledgement(group: Group) -> list[list[str]]:
    """The segments of the 997 for a group. Of one that is refused as a whole nothing is said set by set."""
    if group.problem:
        return [
            ["AK1", group.kind, group.number],
            ["AK9", "R", group.claimed, str(len(group.sets)), "0", group.problem],
        ]
    answers = [
        part
        for each in group.sets
        for part in (["AK2", each.kind, each.number], ["AK5", "R", each.problem] if each.problem else ["AK5", "A"])
    ]
    accepted = sum(not each.problem for each in group.sets)
    verdict = "A" if accepted == len(group.sets) else "P" if accepted else "R"
    counts = [str(len(group.sets)), str(len(group.sets)), str(accepted)]
    return [["AK1", group.kind, group.number], *answers, ["AK9", verdict, *counts]]
