"""Faults at a party that exchanges files: four kinds, by what they are aimed at.

A document fault strikes an addressed document on its way into the mailbox, or when the partner reads it there; a
request fault a request that stands in a file which came in; an answer fault the answer to an upload that was taken; a
server fault whatever the layer does at the party's file server from an event on. Each says only what is to happen;
mail_faults.py shows them what comes by, and counts.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from ..simulators.channels.files.interference import Appearance, DocumentEffect, DocumentMessage, ReadingEffect
from ..simulators.channels.sftp.interference import FileEffect, FileMessage
from ..simulators.interference import Message
from ..simulators.world import PARTIES, WAREHOUSE, World
from .address import Address
from .document_kinds import documents
from .fault import Fault

if TYPE_CHECKING:  # only a fault that alters documents needs to know what is in them
    from .altered.csv_file import CsvFile
    from .altered.interchange import Interchange

# What stands before a name in an address, so that a document is not taken for the event that it tells.
DOCUMENT, FETCH, READING, UPLOAD = "document ", "fetch ", "reading ", "upload"


class FileFault(Fault):
    """Base of them all."""

    channels: ClassVar[frozenset[str]] = frozenset({"x12", "csv"})

    party: str

    def spoken(self) -> frozenset[str]:
        """The channels on which it can strike as it is written."""
        return self.channels

    def named(self) -> Address | None:
        """The operation or event type that it is written for, which must exist."""
        return None

    def unknown(self) -> Iterator[tuple[str, str]]:
        """Why it can't strike anything, besides: (field, a sentence that leaves the field out)."""
        if PARTIES.get(self.party) != WAREHOUSE:
            yield "party", f"is {self.party}, but only warehouses exchange files"
        address = self.address()
        for name in ("nth", "times"):
            if self.named() is None and address is not None and getattr(address, name) < 1:
                yield name, f"is {getattr(address, name)}, but must be at least 1"


class DocumentFault(FileFault):
    """Strikes the `nth` such document about an order, and `times` of them from there on.

    `document` is a set of X12 ("945", "997"), a layout of CSV ("ship_confirm", "pick_ack"), or the type of an event,
    which is told in a document of either kind.
    """

    document: str
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, DOCUMENT + self.document, self.nth, self.times)

    def spoken(self) -> frozenset[str]:
        return self.channels & documents().get(self.document, frozenset())

    def unknown(self) -> Iterator[tuple[str, str]]:
        yield from super().unknown()
        if not self.spoken():
            known = [name for name, channels in documents().items() if channels & self.channels]
            near = difflib.get_close_matches(self.document, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}"
            yield "document", f"there is no document {self.document!r} that it could strike: {hint}"

    def put_out(self, message: DocumentMessage) -> DocumentEffect | None:
        """What becomes of an addressed document; None when it can't be struck in this way."""
        raise NotImplementedError(f"{type(self).__name__} strikes no document")


class AlteringFault(DocumentFault):
    """Strikes by what stands in the document. `again_h` business hours later the warehouse tells the same in a new one,
    as partners do after a refusal or a telephone call; never with null. What is `unfit` can be read all the same, and
    nobody may act upon it.
    """

    unfit: ClassVar[bool] = False

    again_h: float | None = 24.0

    def spoilt(self, fault: str, message: DocumentMessage) -> DocumentEffect | None:
        """What becomes of a document of which `alter` makes a useless one; None when it makes none of it."""
        from .altered.document import opened

        document = opened(message.content)
        how = self.alter(document)
        spoilt = Appearance(content=document.octets(), tells=False)
        return DocumentEffect(fault, how, (spoilt,), self.again_h, self.unfit) if how else None

    def alter(self, document: Interchange | CsvFile) -> str:
        """Spoil it; in words how, "" when there is nothing in it that could be spoilt so."""
        raise NotImplementedError(f"{type(self).__name__} alters no document")


class FetchFault(DocumentFault):
    """Strikes when the partner opens such a document to read it: the `nth` time, and `times` from there on."""

    def address(self) -> Address:
        return Address(self.party, FETCH + self.document, self.nth, self.times)

    def opened(self, message: FileMessage) -> FileEffect:
        raise NotImplementedError(f"{type(self).__name__} strikes no download")


class RequestFault(FileFault):
    """Strikes the `nth` such request about an order that stands in a file, and `times` of them from there on."""

    operation: str
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, READING + self.operation, self.nth, self.times)

    def named(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times)

    def read(self, message: Message) -> ReadingEffect:
        """What happens to an addressed request instead of being carried out."""
        raise NotImplementedError(f"{type(self).__name__} strikes no request")


class AnswerFault(FileFault):
    """Strikes the answer to the `nth` upload that turned out to be about an order, and `times` from there on."""

    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, UPLOAD, self.nth, self.times)

    def answered(self, message: FileMessage) -> FileEffect:
        """What the partner is told instead of the truth."""
        raise NotImplementedError(f"{type(self).__name__} strikes no answer")


class ServerFault(FileFault):
    """Strikes at the party's file server from the first event of type `begins_with` about an order on, until the
    scenario heals. Whose file is brought there is not known before it is read, so its scenario runs alone.
    """

    exclusive: ClassVar[bool] = True

    begins_with: str

    def named(self) -> Address:
        return Address("", self.begins_with)

    def begin(self, world: World) -> bool:
        """The event has come. True when that alone strikes."""
        return False

    def step(self, message: FileMessage, struck: int) -> FileEffect | None:
        """What happens to a step before it is done, after `struck` of them were struck; None leaves it alone."""
        return None
