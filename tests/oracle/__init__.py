"""A deliberately naive reading of the specification, against which the engine is checked."""

from tests.oracle.completions import completion_count, completions
from tests.oracle.naive import evaluate
from tests.oracle.repairs import repairs

__all__ = ["completion_count", "completions", "evaluate", "repairs"]
