"""What the tests of reading share: English messages, no cache, no rules but their own."""

import pytest

from norm_engine.language import speaking
from norm_engine.loading import cache, rulesets


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No cache, and no rule sets but those a test names."""
    monkeypatch.setenv(cache.VARIABLE, "off")
    monkeypatch.delenv(rulesets.RULES_VARIABLE, raising=False)
    monkeypatch.setattr(rulesets, "shipped_rules", lambda: tmp_path / "none-shipped")


@pytest.fixture(autouse=True)
def english():
    """Messages in English, as the code has them."""
    with speaking("en"):
        yield
