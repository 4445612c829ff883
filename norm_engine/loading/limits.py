"""How large an input file may be. Far above any honest file, far below what hurts a laptop."""

MAX_BYTES = 4 * 1024 * 1024
"""Size of one YAML file, in bytes."""

MAX_EVENTS = 400_000
"""Values, lists and mappings in one file, each alias counted as all it stands for."""

MAX_DEPTH = 40
"""Lists and mappings inside one another."""

MAX_ALIASES = 100
"""Aliases (``*name``) in one file."""

MAX_SCALAR = 20_000
"""Characters of one value."""

MAX_TEXT = 10_000
"""Characters of a text answer, of a comment, of who answered."""

MAX_PROBLEMS = 50
"""Problems shown of one file; the rest is counted."""

MAX_CONDITION_DEPTH = 12
"""Conditions inside one another."""

MAX_FILES = 200
"""Files of one rule set."""
