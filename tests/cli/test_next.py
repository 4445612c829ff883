"""``next --until``: an express self-audit by keyboard, each answer saved at once."""

import os
import sys
from collections.abc import Mapping, Sequence

import pytest

from norm_engine.store.journal import check_journal, not_known
from tests.cli.program import norm_engine
from tests.cli.self_audit import DAY, arguments, held, only, open_audit, started, talk, typed

ALL: Mapping[str, Sequence[str]] = {
    "Combien de postes": ["4"],
    "Combien de formés": ["4"],
    "Une charte": ["oui"],
    "Quel niveau": ["1"],
    "Où": ["1"],
    "Charte signée": ["oui", "armoire 2", "31/01/2026"],
    "Attestation": ["oui", "dossier A", "1/2/2026", "dossier B", "1/2/2026"],
}
"""What is typed at each question, recognised by its text, whatever the order of the questions."""


@pytest.fixture
def place(tmp_path):
    """A rule set and an audit of which nothing is known."""
    return open_audit(tmp_path)


class Talk:
    """Somebody at the keyboard, who reads each question and types what `replies` has for it."""

    def __init__(self, replies: Mapping[str, Sequence[str]], then: str = "q") -> None:
        self.replies = {key: list(lines) for key, lines in replies.items()}
        self.then = then
        self.topic: list[str] = []
        self.asked: list[str] = []

    def answer(self, shown: str) -> str:
        if "───" in shown:  # the head of a question, not of what is asked about it
            self.topic = []
            for key in [key for key in self.replies if key in shown]:
                self.asked.append(key)
                self.topic = self.replies[key]
        return self.topic.pop(0) if self.topic else self.then


# --- from the first question to the last


def test_a_whole_self_audit(place):
    talker = Talk(ALL)
    done = talk(place, talker.answer)
    assert done.code == 0, done
    assert held(place)["answers"]["postes"] == 4
    assert "au 1er septembre" in (place / "a" / "audit.yaml").read_text("utf-8")
    assert check_journal(place / "a" / "audit.yaml") == []
    assert "100% settled" in done.out
    assert "Ready, against this catalogue" in done.out
    assert "not a statement of conformity" in done.out
    assert not [line for line in done.err.splitlines() if len(line) > 80]
    # and whoever starts again is asked nothing
    again = typed(place, "")
    assert (again.code, again.err) == (0, "")
    assert "No answer given today." in again.out


def test_stopped_and_taken_up_again(place):
    first = Talk({key: lines for key, lines in list(ALL.items())[:3]})
    done = talk(place, first.answer)
    assert done.code == 1
    assert f"norm-engine next a --rules regles --as-of {DAY} --until 100%" in done.out
    kept = {name: each for name, each in held(place)["answers"].items() if each != "unknown"}
    second = Talk(ALL)
    assert talk(place, second.answer).code == 0
    assert not set(first.asked) & set(second.asked)
    assert {name: held(place)["answers"][name] for name in kept} == kept


def test_when_the_input_ends_what_was_answered_is_kept(place):
    only(place, "charte")
    assert typed(place, "peut-être\n").code == 1
    assert "charte" not in held(place)["answers"]
    assert typed(place, "non").code == 0  # even without the end of its line
    assert held(place)["answers"]["charte"] is False


@pytest.mark.parametrize("share", ["90%", "90 %", "0.9", "0,9", "9/10", "90"])
def test_ways_to_write_a_share(place, share):
    only(place, "charte")
    done = typed(place, "q\n", "--until", share)
    assert (done.code, "of 90% wanted" in done.out) == (1, True)


def test_a_share_is_said_as_it_was_written(place):
    only(place, "charte")
    done = typed(place, "q\n", "--until", "90,5%")
    assert (done.code, "of 90.5% wanted" in done.out) == (1, True)
    assert "until 90.5% of the decision is" in " ".join(done.err.split())


def test_beyond_what_was_wanted_one_may_go_on_to_the_end(place):
    """One answer of several settles more than 1%: the command offered asks for all the rest."""
    done = talk(place, Talk(ALL).answer, "--until", "1%")
    assert done.code == 0
    assert "The level you asked for is reached." in done.out
    assert f"norm-engine next a --rules regles --as-of {DAY} --until 100%" in done.out


@pytest.mark.parametrize("share", ["0", "101%", "-1", "beaucoup", "1/0", ""])
def test_what_is_no_share(place, share):
    done = typed(place, "", "--until", share)
    assert (done.code, done.out) == (2, "")
    assert "is no share" in done.err


def test_the_result_as_json_the_conversation_apart(place):
    only(place, "charte")
    done = typed(place, "oui\n", "--until", "100%", "--format", "json")
    assert done.code == 0
    assert done.data
    assert "Une charte" in done.err


# --- what can be typed


@pytest.mark.parametrize(
    ("question", "lines", "written"),
    [
        ("charte", ["bof", "oui"], True),
        ("postes", ["12"], 12),
        ("formes", ["trois", "5", "3"], 3),
        ("formes", ["so", "", "so", "personne à former"], {"not_applicable": "personne à former"}),
        ("charte", ["so", "non"], False),
        ("charte", ["?", "oui"], True),
        ("charte", ["retour", "oui"], True),
    ],
)
def test_one_question(place, question, lines, written):
    only(place, question)
    done = typed(place, "\n".join([*lines, ""]))
    assert done.code == 0, done
    assert held(place)["answers"][question] == written


def test_a_bound_is_said_and_asked_again(place):
    only(place, "formes")
    done = typed(place, "5\n3\n")
    assert "5 is more than 4, the most possible (the answer to “Combien de postes”)." in done.err


def test_a_question_that_concerns_everybody_cannot_be_set_aside(place):
    only(place, "charte")
    assert "concerns every structure" in typed(place, "so\noui\n").err


def test_help_says_what_the_question_is_for(place):
    only(place, "charte")
    done = typed(place, "?\noui\n")
    assert "It bears on" in done.err
    assert "DEO-01" in done.err


def test_not_known_is_asked_once_a_day(place):
    """Nobody knows: the audit says so, and another day it is asked again, last."""
    only(place, "charte")
    done = typed(place, "\n")
    assert done.code == 1
    assert held(place)["answers"]["charte"] == "unknown"
    assert not_known(place / "a" / "audit.yaml") == {"charte"}
    assert "asked and not known: find out who knows" in done.out
    assert "asked before, not known then" in typed(place, "oui\n").err


def test_the_last_answer_is_corrected(place):
    """The second question is met with « retour »: the first one comes again, and is changed."""
    turns = iter([None, "retour", "retour", "3", "q"])
    talker = Talk(ALL)
    shown_at: list[str] = []

    def reply(shown: str) -> str:
        shown_at.append(shown)
        return next(turns, "q") or talker.answer(shown)

    only(place, "postes")
    text = (place / "a" / "audit.yaml").read_text("utf-8")
    (place / "a" / "audit.yaml").write_text(text.replace("  charte: true\n", ""), "utf-8")
    first_text = talk(place, reply) and shown_at[0]
    name = "charte" if "Une charte" in first_text else "postes"
    assert f"You had typed: {'oui' if name == 'charte' else '4'}" in shown_at[2]
    assert "You had typed" not in shown_at[1]
    assert "none before it" in shown_at[3]
    lines = (place / "a" / "journal.jsonl").read_text("utf-8").splitlines()
    operations = [line.partition('"op": "')[2].partition('"')[0] for line in lines]
    assert operations[:3] == ["external", "answer", "restore"]
    assert check_journal(place / "a" / "audit.yaml") == []


def test_who_answers_is_written_beside_the_answer(place):
    only(place, "charte")
    typed(place, "oui\n", "--until", "100%", "--by", "Léa")
    answer = held(place)["answers"]["charte"]
    assert (answer["value"], answer["by"]) == (True, "Léa")


# --- documents


def test_a_document_that_one_has(place):
    only(place, "charte_signee")
    done = typed(place, "oui\n\noui\narmoire 2\n32/1/2026\n31/1/2026\n")
    assert done.code == 0
    assert held(place)["evidence"][-1] == {
        "id": "P1",
        "proves": ["charte_signee"],
        "title": "Charte signée",
        "kept_at": "armoire 2",
        "dated": "2026-01-31",
    }


def test_a_document_that_one_has_not(place):
    only(place, "charte_signee")
    assert typed(place, "non\n").code == 0
    assert held(place)["no_evidence"] == ["charte_signee"]


def test_a_document_of_which_nobody_knows(place):
    only(place, "charte_signee")
    before = (place / "a" / "audit.yaml").read_bytes()
    assert typed(place, "ne sais pas\n").code == 1
    assert (place / "a" / "audit.yaml").read_bytes() == before
    assert not_known(place / "a" / "audit.yaml") == {"preuve:charte_signee"}


def test_a_document_that_is_too_old_is_said_to_be(place):
    """Attestations count for 24 months, and the rule asks for two."""
    only(place, "attestation")
    done = typed(place, "oui\nici\n1/1/2020\nlà\n1/1/2026\n")
    assert done.code == 0
    assert "does not count today: too old" in done.err
    assert [each["kept_at"] for each in held(place)["evidence"]][-2:] == ["ici", "là"]


# --- others at work


def test_what_somebody_writes_meanwhile_is_kept(place):
    only(place, "charte")
    file = place / "a" / "audit.yaml"

    def reply(_shown: str) -> str:
        file.write_text(file.read_text("utf-8").replace("postes: 4", "postes: 5"), "utf-8")
        return "oui"

    assert talk(place, reply).code == 0
    assert held(place)["answers"]["postes"] == 5
    assert held(place)["answers"]["charte"] is True


def test_the_same_question_answered_by_somebody_else(place):
    only(place, "charte")
    file = place / "a" / "audit.yaml"

    def reply(_shown: str) -> str:
        text = file.read_text("utf-8")
        file.write_text(text.replace("  postes: 4", "  charte: false\n  postes: 4"), "utf-8")
        return "oui"

    done = talk(place, reply)
    assert "changed in a/audit.yaml by somebody else" in " ".join(done.err.split())
    assert held(place)["answers"]["charte"] is False


def test_4_while_another_program_writes(place):
    from norm_engine.store.locking import locked

    only(place, "charte")
    with locked(place / "a" / "audit.yaml"):
        done = typed(place, "oui\n")
    assert done.code == 4
    assert "Another program is writing a/audit.yaml" in done.err
    assert "charte" not in held(place)["answers"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix has them")
def test_interrupted_one_is_told_how_to_go_on(place):
    import signal

    running = started(place)
    assert running.stderr is not None
    assert running.stdin is not None
    shown = b""
    with running:
        while not shown.endswith(b"> "):
            shown += os.read(running.stderr.fileno(), 65536)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, b"Traceback" in err) == (1, False)
    assert f"norm-engine next a --rules regles --as-of {DAY} --until 100%" in out.decode()


# --- without --until


def test_the_question_worth_asking_next(place):
    only(place, "charte")
    done = norm_engine(*arguments(), cwd=place)
    assert done.code == 0
    assert "Une charte" in done.out
    assert not (place / "a" / "journal.jsonl").exists()  # reading writes nothing


def test_in_french(place):
    only(place, "charte")
    done = typed(place, "peut-être\noui\n", language="fr")
    assert done.code == 0
    assert "Tapez « oui » ou « non »." in done.err.replace("\u202f", " ")
    assert "Où vous en êtes" in done.out
