"""Events sent to a layer, right ones and wrong ones, all made from contracts/events, and what it makes of each."""
