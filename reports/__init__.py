"""The reports: what renders a finished run; reads result documents only."""

from .run_folder import write_all

__all__ = ["write_all"]
