"""`python -m crossdock.harness.cli`."""

from . import main

main()
