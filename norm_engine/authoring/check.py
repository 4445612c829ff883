"""What a norm author should look at: beyond what makes a rule set invalid."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from norm_engine.authoring.rule_tests import example_problems
from norm_engine.authoring.style import Style, style_problems
from norm_engine.engine.graph import gated_by
from norm_engine.language import _, ngettext
from norm_engine.loading.problems import KeyPath, Problem
from norm_engine.loading.rulesets import requirement_files
from norm_engine.model.conditions import Condition, SettingReference, children
from norm_engine.model.ruleset import AnswerReference, FactReference, RuleSet
from norm_engine.presentation.questionnaire import questions_of

MOST_GATED = 15
"""Requirements that one may gate before one asks whether an order of work would do."""

WEAK_BASES = ("practice", "inferred")


def check_ruleset(ruleset: RuleSet, folder: Path, style: Style | None) -> list[Problem]:
    """Errors and warnings about a valid rule set that was loaded with its examples.

    Problems name the file and the key; the caller adds lines.
    """
    problems: list[Problem] = []
    for file, requirements in requirement_files(ruleset, folder).items():
        for position, requirement in enumerate(requirements):
            path: KeyPath = ("requirements", position)
            if requirement.gravity == "major" and requirement.basis in WEAK_BASES:
                problems.append(
                    Problem(
                        file,
                        _("{id} is of major gravity, on a basis of {basis}.").format(
                            id=requirement.id, basis=requirement.basis
                        ),
                        _("Lower the gravity, or name sources that attest it."),
                        (*path, "gravity"),
                    )
                )
            if not any(criterion.proof for criterion in requirement.criteria):
                problems.append(
                    _warning(
                        file,
                        _("{id} has no criterion with a proof.").format(id=requirement.id),
                        _("Say which evidence shows it."),
                        (*path, "criteria"),
                    )
                )
            if not requirement.examples:
                problems.append(
                    _warning(
                        file,
                        _("{id} has no example.").format(id=requirement.id),
                        _("Add one that makes it met, and one that does not."),
                        path,
                    )
                )
            problems.extend(example_problems(ruleset, requirement, file, path))
    problems.extend(_gates(ruleset, folder))
    problems.extend(_unused(ruleset, folder))
    if style is not None:
        problems.extend(style_problems(ruleset, folder, style))
    return problems


def _warning(file: str, message: str, remedy: str = "", path: KeyPath = ()) -> Problem:
    return Problem(file, message, remedy, path, severity="warning")


def _gates(ruleset: RuleSet, folder: Path) -> Iterator[Problem]:
    places = {
        requirement.id: (file, ("requirements", position))
        for file, requirements in requirement_files(ruleset, folder).items()
        for position, requirement in enumerate(requirements)
    }
    for name, gated in gated_by(ruleset).items():
        if len(gated) > MOST_GATED:
            file, path = places[name]
            yield _warning(
                file,
                ngettext(
                    "{id} gates {n} requirement: {names}.",
                    "{id} gates {n} requirements: {names}.",
                    len(gated),
                ).format(id=name, n=len(gated), names=", ".join(sorted(gated))),
                _("Where it is only the order of work, write “after” instead of “requires”."),
                path,
            )


def _unused(ruleset: RuleSet, folder: Path) -> Iterator[Problem]:
    used = _used(ruleset)
    head = ruleset.head
    for key, file, names in (
        ("questions", "questions.yaml", ruleset.questions),
        ("evidence", "evidence.yaml", ruleset.evidence),
        ("settings", "ruleset.yaml", head.settings),
    ):
        for name in names:
            if not used[key, name]:
                yield _warning(
                    str(folder / file),
                    _("“{name}” is used nowhere.").format(name=name),
                    _("Remove it, or use it."),
                    (key, name),
                )


def _used(ruleset: RuleSet) -> Counter[tuple[str, str]]:
    used: Counter[tuple[str, str]] = Counter()
    used.update(("questions", n) for n, q in ruleset.questions.items() if q.profile)
    for question in ruleset.questions.values():
        if isinstance(question.max, AnswerReference):
            used["questions", question.max.answer] += 1
    for kind in ruleset.evidence.values():
        used.update(_settings([kind.fresh_for]))
    for action in ruleset.actions.values():
        used.update(
            ("settings", value.setting)
            for value in action.sets.values()
            if isinstance(value, FactReference) and value.setting
        )
    used.update(_settings(each.days for each in ruleset.planning.capacity.values()))
    for condition in ruleset.head.decision:
        used.update(_settings([condition.at_most, condition.score_at_least]))
    for requirement in ruleset.requirements:
        used.update(("questions", question) for question in questions_of(requirement))
        conditions = [requirement.applies_when]
        conditions += [each for c in requirement.criteria for each in (c.when, c.proof)]
        for whole in conditions:
            for each in _inside(whole):
                used.update(("evidence", kind) for kind in [each.evidence] if kind)
                used.update(_settings(_values(each)))
    return used


def _inside(condition: Condition | None) -> Iterator[Condition]:
    if condition is not None:
        yield condition
        for child in children(condition):
            yield from _inside(child)


def _values(condition: Condition) -> list[object]:
    among = condition.among if isinstance(condition.among, tuple) else (condition.among,)
    return [
        condition.is_,
        condition.at_least,
        condition.at_most,
        condition.includes,
        condition.newer_than,
        condition.count,
        *among,
    ]


def _settings(values: Iterable[object]) -> Iterator[tuple[str, str]]:
    for value in values:
        if isinstance(value, SettingReference):
            yield "settings", value.setting
