"""However the result of a milestone was edited, and its seal put right: never a traceback."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from norm_engine.model.records import Plain
from tests.cli.program import DAY, in_this_process
from tests.loading.small import AUDIT, write_rules

Place = tuple[str | int, ...]
DROPPED = object()
"""In place of a value: its key is taken away."""
TWICE = object()
"""In place of an item of a list: it stands there twice."""


def deep(levels: int) -> Plain:
    """Lists inside one another."""
    held: Plain = []
    for _level in range(levels - 1):
        held = [held]
    return held


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A rule set, and a milestone of an audit over it with the result that was frozen."""
    rules = write_rules(tmp_path_factory.mktemp("rules") / "petite")
    home = tmp_path_factory.mktemp("audits") / "maison"
    home.mkdir()
    (home / "audit.yaml").write_text(AUDIT, "utf-8")
    done = in_this_process("freeze", home, "--rules", rules, "--as-of", DAY)
    assert done.code == 0, done.err
    (made,) = (home / "jalons").iterdir()
    return rules, made, json.loads((made / "resultat.json").read_bytes())


@pytest.fixture(scope="module")
def copied(world, tmp_path_factory):
    """A milestone taken elsewhere, whose result is written anew again and again."""
    made = tmp_path_factory.mktemp("copies") / "jalon"
    shutil.copytree(world[1], made)
    for each in made.iterdir():
        each.chmod(0o644)
    return made


def sealed(milestone, result: Plain) -> None:
    """Write a result into a milestone and put the fingerprint of it right."""
    content = json.dumps(result).encode()
    (milestone / "resultat.json").write_bytes(content)
    said = json.loads((milestone / "jalon.json").read_bytes())
    said["sha256"]["resultat.json"] = hashlib.sha256(content).hexdigest()
    (milestone / "jalon.json").write_text(json.dumps(said), "utf-8")


def places(data: Plain, above: Place = ()) -> Iterator[Place]:
    """Where a value stands in a document, that of the whole first."""
    yield above
    if isinstance(data, dict | list):
        for key, held in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(held, (*above, key))


def with_value(data: Plain, place: Place, value: Any) -> Plain:
    """The document with another value at a place."""
    if not place:
        return data if value in (DROPPED, TWICE) else value
    data = json.loads(json.dumps(data))
    *above, last = place
    holder = data
    for key in above:
        holder = holder[key]
    if value is DROPPED:
        del holder[last]
    elif value is not TWICE:
        holder[last] = value
    elif isinstance(holder, list):
        holder.insert(last, holder[last])
    return data


VALUES = st.one_of(
    st.just(DROPPED),
    st.just(TWICE),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(st.characters(), max_size=12)  # half characters too, which JSON can spell
        | st.sampled_from(["", "1/0", "-1", "1e9", "½", "9" * 6000, "0/1", "met", "ready"])
        | st.sampled_from(["\x1b[2J", "\x00", "\ud800", "2026-02-30", "20261101", "DEO-01"]),
        lambda inside: (
            st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=6), inside, max_size=3)
        ),
        max_leaves=6,
    ),
    st.sampled_from([10**40, 10**4000, {}, [], {"format": 1}]),
    st.integers(1, 900).map(deep),
)


def compare(world, copied, language="en"):
    return in_this_process("compare", copied, copied, "--rules", world[0], language=language)


@given(st.data())
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_whatever_was_edited_is_compared_or_refused(world, copied, data):
    result = world[2]
    for _edit in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(list(places(result))))
        result = with_value(result, place, data.draw(VALUES))
    sealed(copied, result)
    done = compare(world, copied)
    assert done.code in (0, 3), done.err
    if done.code == 3:
        assert str(copied / "resultat.json") in done.err
        assert "Put it back from a copy, or freeze the audit anew." in done.err
    # nothing of it gives orders to the terminal
    assert not set("\x1b\x00") & set(done.out + done.err)


@given(levels=st.integers(1, 1200))
@example(levels=40)
@example(levels=200)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
def test_however_deep_it_is(world, copied, levels):
    content = json.dumps(world[2]).replace('"structure": "', '"structure": 0, "held": "', 1)
    nested = "[" * levels + "]" * levels
    content = content.replace('"structure": 0', f'"structure": {nested}', 1)
    (copied / "resultat.json").write_text(content, "utf-8")
    said = json.loads((copied / "jalon.json").read_bytes())
    said["sha256"]["resultat.json"] = hashlib.sha256(content.encode()).hexdigest()
    (copied / "jalon.json").write_text(json.dumps(said), "utf-8")
    done = compare(world, copied)
    assert done.code == 3, done.err
    assert str(copied / "resultat.json") in done.err


@pytest.mark.parametrize(
    ("place", "value", "key"),
    [
        (("decision",), DROPPED, "decision"),
        (("decision",), None, "decision"),
        (("decision", "outcome"), "presque", "decision.outcome"),
        (("requirements", 0, "status"), "conforme", "requirements[DEO-01].status"),
        (("requirements",), {}, "requirements"),
        (("overall",), [], "overall"),
        (("overall", "score", "low"), "beaucoup", "overall.score.low"),
        (("overall", "score", "low"), "1/0", "overall.score.low"),
        ((), {"format": 1}, "requirements"),
        (("structure",), deep(60), "structure"),
        (("\x1b[2J",), 1, " [2J"),
        (("semantics",), "\x1b[2J", "semantics"),
        (("structure",), "\ud800", None),
    ],
)
def test_it_is_said_where_and_what_to_do(world, copied, place, value, key):
    sealed(copied, with_value(world[2], place, value))
    done = compare(world, copied, language="fr")
    assert done.code == 3
    file = str(copied / "resultat.json")
    assert (file if key is None else f"{file} · {key}\n") in done.err
    assert "Remettez-le depuis une copie, ou créez un nouveau jalon." in done.err
    assert "\x1b" not in done.err
    # a report looks back to it just as strictly
    arguments = ("--kind", "comparison", "--since", copied, "-o", copied.parent / "rapport.html")
    reported = in_this_process(
        "report", world[1].parent.parent, *arguments, "--rules", world[0], "--format", "html"
    )
    assert (reported.code, file in reported.err) == (3, True)
