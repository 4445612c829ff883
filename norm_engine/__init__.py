"""Norm Engine: readiness against the declarative rules of a norm."""

__version__ = "0.1.0"

SEMANTICS = 1
"""Version of the meaning of results; a result names the one it was computed under."""
