"""What the tests of the command line share: a cache of their own, the rule sets shipped."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory):
    """One cache for all, so that rule sets are read once; none of the user's settings."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("NORM_ENGINE_CACHE", str(tmp_path_factory.mktemp("cache")))
        for name in ("NORM_ENGINE_RULES", "NO_COLOR", "LC_ALL", "LC_MESSAGES"):
            patched.delenv(name, raising=False)
        yield
