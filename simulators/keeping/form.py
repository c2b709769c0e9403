"""The form of a state file. Values are JSON as on the wire, so that any SQLite client can read and query them."""

from __future__ import annotations

# "XDOK", which tells our files from other SQLite databases; the version tells forms of ours apart.
APPLICATION_ID = 0x58444F4B
VERSION = 1

TABLES = """
-- What the world is: its run's mark, its seed, its parties and how each speaks, how often it was started.
CREATE TABLE world (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Where it stands: business time, seconds on the wire clock, the last number of each sequence. One row.
CREATE TABLE position (one INTEGER PRIMARY KEY CHECK (one = 1), value TEXT NOT NULL) STRICT;

-- Every record of every party as it is now, in the order in which the keys first came.
CREATE TABLE record (
    place INTEGER PRIMARY KEY,
    party TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
    UNIQUE (party, kind, key)
) STRICT;

-- Every event that was ever announced. `place` is its place in the party's feed.
CREATE TABLE event (
    party TEXT NOT NULL, place INTEGER NOT NULL,
    id TEXT NOT NULL, subject TEXT NOT NULL, sequence INTEGER NOT NULL, order_id TEXT NOT NULL,
    wire_s REAL NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (party, place)
) STRICT, WITHOUT ROWID;

-- What the parties will do by themselves.
CREATE TABLE job (
    party TEXT NOT NULL, number INTEGER NOT NULL, job TEXT NOT NULL, cause TEXT NOT NULL,
    PRIMARY KEY (party, number)
) STRICT, WITHOUT ROWID;

-- Answers to requests with an Idempotency-Key.
CREATE TABLE answer (
    party TEXT NOT NULL, client TEXT NOT NULL, operation TEXT NOT NULL, key TEXT NOT NULL,
    fingerprint TEXT NOT NULL, until REAL NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (party, client, operation, key)
) STRICT, WITHOUT ROWID;

-- Access tokens; `expires` is on the wire clock.
CREATE TABLE token (
    party TEXT NOT NULL, value TEXT NOT NULL, client TEXT NOT NULL, scopes TEXT NOT NULL, expires REAL NOT NULL,
    PRIMARY KEY (party, value)
) STRICT, WITHOUT ROWID;

-- Webhooks.
CREATE TABLE subscription (
    party TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (party, id)
) STRICT, WITHOUT ROWID;

-- Events that a subscriber has not heard yet. `channel` tells those apart whose subscription is made at each start.
CREATE TABLE delivery (
    party TEXT NOT NULL, channel TEXT NOT NULL, subscription TEXT NOT NULL, event TEXT NOT NULL,
    PRIMARY KEY (party, channel, subscription, event)
) STRICT, WITHOUT ROWID;

-- Mailboxes of parties that speak in files; the content of a folder is NULL.
CREATE TABLE file (
    party TEXT NOT NULL, path TEXT NOT NULL, content BLOB, complete INTEGER NOT NULL, mtime INTEGER NOT NULL,
    PRIMARY KEY (party, path)
) STRICT;

-- Control and sequence numbers of what these parties wrote and read.
CREATE TABLE format (party TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
# What a reset of the world takes away.
FORGOTTEN = ("record", "event", "job", "answer", "token", "delivery")
