"""What is missing, without saying twice what can be said once."""

from collections.abc import Sequence
from fractions import Fraction

from norm_engine.language import _
from norm_engine.language.figures import listed
from norm_engine.model.results import AtomResult
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.values import asked_words, words_of


def missing_said(atoms: Sequence[AtomResult], ruleset: RuleSet) -> list[str]:
    """Atoms in words: the choices of one question together, and of two floors the higher one."""
    together: dict[tuple[object, ...], list[AtomResult]] = {}
    for atom in atoms:
        together.setdefault(_kind(atom), []).append(atom)
    return [_said(each, ruleset) for each in together.values()]


def _kind(atom: AtomResult) -> tuple[object, ...]:
    """Equal for atoms that are said together."""
    alike = atom.form == "answer" and atom.wanted and atom.comparator in ("includes", "at_least")
    return (atom.subjects, atom.comparator) if alike else (atom,)


def _said(atoms: Sequence[AtomResult], ruleset: RuleSet) -> str:
    first = atoms[0]
    if len(atoms) == 1:
        return first.text
    if first.comparator == "at_least":
        # who reaches the higher floor has passed the lower one
        return max(atoms, key=lambda each: Fraction(each.value)).text
    question = ruleset.questions[first.subjects[0]]
    texts = {each.value: words_of(each.text, ruleset) for each in question.choices}
    values = listed([_("“{words}”").format(words=texts[each.value]) for each in atoms])
    return _("“{question}”: {wanted}").format(
        question=asked_words(question, ruleset), wanted=_("includes {value}").format(value=values)
    )


def common(
    repairs: Sequence[Sequence[AtomResult]], ruled_out: Sequence[AtomResult] = ()
) -> tuple[list[AtomResult], list[list[AtomResult]]]:
    """What all repairs have in common, and what each adds to it; nothing where they are one.

    Args:
        ruled_out: atoms that are said elsewhere.
    """
    left = [[each for each in repair if each not in ruled_out] for repair in repairs]
    always = [each for each in left[0] if all(each in other for other in left)]
    rests = [[each for each in repair if each not in always] for repair in left]
    # a repair that adds nothing is enough by itself: the others say no more
    choices = [] if not all(rests) else rests
    return always, [each for at, each in enumerate(choices) if each not in choices[:at]]
