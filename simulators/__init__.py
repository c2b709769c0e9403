"""The simulators: a world of parties with pure business rules, and apart from them their channels."""
