"""Rules of the smoope service that the homeserver itself has to hold; one file a rule, wired in module.py."""

from smoope_synapse.module import SmoopeModule

__all__ = ["SmoopeModule"]
