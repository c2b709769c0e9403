"""A world that outlives its process: everything in it is kept in one SQLite file, and what was answered is in there
before the answer goes out.

https://www.sqlite.org/wal.html: what was committed is there after the process is killed; after a power cut the newest
commits may be missing, and the file is sound.
"""
