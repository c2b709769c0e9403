"""Mock servers that teams use where Crossdock stands, each set up for the same operation of the same contract.

Each is given its quickest settings: no request log where that can be turned off, answers written beforehand. A new one
is a module here, an entry in `PEERS`, and a pinned version in package.json.
"""

from __future__ import annotations

from crossdock.benchmarks.peers.mockoon import MOCKOON
from crossdock.benchmarks.peers.mountebank import MOUNTEBANK
from crossdock.benchmarks.peers.prism import PRISM
from crossdock.benchmarks.peers.wiremock import WIREMOCK

PEERS = (PRISM, MOCKOON, MOUNTEBANK, WIREMOCK)
