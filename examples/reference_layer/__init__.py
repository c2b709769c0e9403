"""The reference integration layer between CRM, ERP and warehouses: what a good integrator would write.

Read it in this order. An event comes in by `web`, is put into the inbox of the `store`, and is worked off by the
`worker`, which hands it, as a `job`, to one of the workflows: `intake`, `fulfilment`, `shipment`, `tracking`, `status`,
`cancellation`, `returns`, `stock`, `customers`, `items`, `dead_letters` (with `cases`, `routing` and `units` to help).
What a workflow does at a party goes through `calls`. `metrics` and `spans` are what it says of itself. `layer` puts it
all together; `ports` is all that it knows of the outside.
"""
