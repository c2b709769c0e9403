"""An integration layer that only polls, as a batch integration of many companies does: plain Python and SQLite.

Nobody calls it. Each party's event feed is read every so often (`feeds`), what it tells is written down together with
the cursor (`store`), and in rounds (`rounds`) each line of that list is given to its job: `orders`, `fulfilments`,
`shipments`, `parcels`, `order_status`, `returns`, `stock`, `master_data`, `set_aside` (with `cases` to help). What
fails is tried again in a later round. Nothing is sent that was not written into the ledger first (`ledger`), with its
idempotency key; `party` makes the calls, `layer` puts it all together.
"""
