"""What differs between two programs of one rule set under other overlays, and what it moves."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.program import Program, compile_ruleset, facts_of
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.ruleset import RuleSet


class RuleChange(NamedTuple):
    """A setting (`setting`), or a requirement's weight or workshop, that stands otherwise."""

    path: str
    before: Any
    after: Any
    setting: str | None = None
    requirement: str | None = None


def same_rules(one: Program, two: Program) -> bool:
    """Whether two programs give every requirement the same state, whatever the facts."""
    return one is two or _decides(one) == _decides(two)


def _decides(program: Program) -> tuple[Any, ...]:
    return (
        program.nodes,
        program.atoms,
        program.question_index,
        program.kind_index,
        program.fresh_for,
        program.blocked_credit,
        [(each.shape, each.gates, each.period) for each in program.by_index],
    )


def rule_changes(one: Program, two: Program) -> Iterator[RuleChange]:
    """The settings, weights and workshops that stand otherwise in the second program."""
    for name, value in one.settings.items():
        if two.settings.get(name) != value:
            yield RuleChange(f"settings.{name}", value, two.settings.get(name), setting=name)
    for was, now in zip(one.requirements, two.requirements, strict=True):
        for key in ("weight", "workshop"):
            old, new = getattr(was, key), getattr(now, key)
            if old != new:
                yield RuleChange(f"{was.id}.{key}", old, new, requirement=was.id)


class SettingEffects:
    """Which settings that differ move which requirement, the facts of the first side left alone.

    Args:
        before: the first side.
        middle: the same facts under the rules of the second side.
    """

    def __init__(
        self,
        before: Evaluation,
        middle: Evaluation,
        audit: Audit,
        files: Mapping[str, FileState],
    ) -> None:
        self.before, self.middle = before, middle
        self.audit, self.files = audit, files

    def settings(self, requirement: int) -> tuple[str, ...]:
        """The settings that move a requirement, by its index: each alone, or all together."""
        decisive = tuple(
            name
            for name, (undone, done) in self._variants.items()
            if _moved(undone, self.middle, requirement) or _moved(done, self.before, requirement)
        )
        return decisive or tuple(self._variants)

    @cached_property
    def _variants(self) -> dict[str, tuple[Evaluation, Evaluation]]:
        """By setting: all but it as on the second side, and it alone as on the second side."""
        one, two = self.before.program.ruleset, self.middle.program.ruleset
        return {
            change.setting: (
                self._evaluated(_with(two, one, change.setting)),
                self._evaluated(_with(one, two, change.setting)),
            )
            for change in rule_changes(self.before.program, self.middle.program)
            if change.setting is not None
        }

    def _evaluated(self, ruleset: RuleSet) -> Evaluation:
        program = compile_ruleset(ruleset)
        facts = facts_of(program, self.audit, self.files, self.before.facts.as_of)
        return evaluate(program, facts)


def _with(ruleset: RuleSet, other: RuleSet, setting: str) -> RuleSet:
    """A rule set with one of its settings as another one has it."""
    settings = {**ruleset.head.settings, setting: other.head.settings[setting]}
    return replace(ruleset, head=replace(ruleset.head, settings=settings))


def _moved(one: Evaluation, two: Evaluation, requirement: int) -> bool:
    pairs = zip((one.declared, one.proven), (two.declared, two.proven), strict=True)
    return any(run.states[requirement] != other.states[requirement] for run, other in pairs)
