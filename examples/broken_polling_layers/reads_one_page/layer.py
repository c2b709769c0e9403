"""Each round reads the first page of a feed and never asks for the next: what stands further behind is never seen.

Breaks E3 as soon as there is more than a page of events.
"""

from polling_layer.feeds import FeedReader
from polling_layer.layer import Parts, serve
from polling_layer.party import Call

FIRST_PAGE = "/v1/events?limit=10"


class FirstPage(FeedReader):
    def read(self) -> None:
        _, content = self.party.call(Call("GET", FIRST_PAGE))
        self.take(content["items"], content["nextCursor"])


PARTS = Parts(reader=FirstPage)

if __name__ == "__main__":
    serve(PARTS)
