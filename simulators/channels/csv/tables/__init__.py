"""The files of the channel, one a module, named as their layouts are."""
