"""A slice of a rule set, with stand-ins for what its requirements rest on outside of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from norm_engine.model.conditions import Condition
from norm_engine.model.ruleset import Criterion, Question, Requirement, RuleSet, Setting, edges

STAND_IN = "stand-in-"
"""Head of the ids of the questions that decide whether a stand-in is met."""


def sliced(
    ruleset: RuleSet, ids: Iterable[str], settings: Mapping[str, int | str]
) -> tuple[RuleSet, list[str]]:
    """The rule set cut down to some requirements, with other settings; and its stand-ins.

    A requirement outside of the slice on which one inside rests is replaced by a stand-in, of which
    the answer to one question says whether it is met. Stand-ins are recommendations of no domain:
    they count in no score.
    """
    wanted = set(ids)
    kept = [each for each in ruleset.requirements if each.id in wanted]
    outside = sorted({name for each in kept for name in edges(each)} - wanted)
    stand_ins = [_stand_in(name) for name in outside]
    questions = {stand_in_question(name): _QUESTION for name in outside}
    head = replace(
        ruleset.head,
        settings={
            name: _set(setting, settings[name]) if name in settings else setting
            for name, setting in ruleset.head.settings.items()
        },
    )
    cut = replace(
        ruleset,
        head=head,
        questions={**ruleset.questions, **questions},
        requirements=(*kept, *stand_ins),
    )
    return cut, outside


def stand_in_question(requirement: str) -> str:
    """The question whose answer says whether a stand-in is met."""
    return STAND_IN + requirement.lower()


def _set(setting: Setting, value: int | str) -> Setting:
    return replace(setting, default=value)


_QUESTION = Question(text="?", type="yes_no")


def _stand_in(requirement: str) -> Requirement:
    met = Condition(answer=stand_in_question(requirement), is_=True)
    return Requirement(
        id=requirement,
        title="",
        statement="",
        level="recommendation",
        gravity="sensitive",
        weight=1,
        workshop="",
        basis="inferred",
        criteria=(Criterion(id="met", text="", when=met),),
    )
