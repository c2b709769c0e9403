"""Generated examples must not depend on how busy the machine is."""

from hypothesis import settings

settings.register_profile("crossdock", deadline=None, database=None)
settings.load_profile("crossdock")
