"""Exit codes, documented once."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's exit code says."""

    DONE = 0
    """Done, and nothing to report."""
    NO = 1
    """Done, and the answer is no: not ready, a rule test failed, a check found errors."""
    USAGE = 2
    """Wrong usage of the command line."""
    INVALID = 3
    """An input file is invalid."""
    CONFLICT = 4
    """Something is in the way: a file that exists already, a lock."""
    OTHER = 5
    """Anything else."""
