"""The queue channel: the parties' events, and requests to a warehouse, over a broker that somebody else wrote."""
