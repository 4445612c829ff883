"""The explanation of one requirement as results carry it."""

from collections.abc import Mapping

from norm_engine import SEMANTICS
from norm_engine.engine.atoms import Atom
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.explanation import Reason, reason
from norm_engine.engine.facts import evidence_states
from norm_engine.engine.gaps import Gap, is_gap
from norm_engine.engine.repairs import repairs
from norm_engine.engine.truth import NAMES, TRUE
from norm_engine.language import _
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.conditions import Condition
from norm_engine.model.results import (
    EvidenceSeen,
    ExplanationResult,
    Gate,
    Unfolded,
    UnfoldedCriterion,
)
from norm_engine.model.ruleset import Requirement, Setting, edges
from norm_engine.presentation.atoms import atom_said, found_said, words
from norm_engine.presentation.chain_result import chain_result
from norm_engine.presentation.results import identity, requirement_result
from norm_engine.presentation.values import setting_words
from norm_engine.presentation.wording import disclaimer


def explanation_result(
    evaluation: Evaluation,
    audit: Audit,
    name: str,
    files: Mapping[str, FileState],
    *,
    path: bool = False,
) -> ExplanationResult:
    """Why a requirement has the status it has, in the language in force.

    Args:
        files: what was found of each piece's file, by the piece's id.
        path: whether to add the chain down to its root causes.
    """
    program = evaluation.program
    index = program.requirement_index[name]
    requirement = program.requirements[index]
    state = evaluation.proven.states[index]
    gap = None
    if is_gap(state):
        gap = Gap(requirement, state, repairs(evaluation, index))
    unfold = _Unfolder(evaluation, audit, files)
    result = requirement_result(evaluation, index, gap)
    period = requirement.in_force
    as_of = evaluation.facts.as_of
    return ExplanationResult(
        format=1,
        semantics=SEMANTICS,
        ruleset=identity(program.ruleset),
        structure=audit.structure.name,
        as_of=as_of,
        disclaimer=disclaimer(),
        requirement=result,
        statement=words(program, requirement.statement),
        guidance=None if requirement.guidance is None else words(program, requirement.guidance),
        applies=unfold.optional(requirement.applies_when),
        in_force=period is None or (period.from_ or as_of) <= as_of <= (period.to or as_of),
        criteria=tuple(
            UnfoldedCriterion(
                id=criterion.id,
                text=words(program, criterion.text),
                essential=criterion.essential,
                weight=criterion.weight,
                declared=truths.declared,
                proven=truths.proven,
                when=unfold.optional(criterion.when),
                proof=unfold.optional(criterion.proof),
            )
            for criterion, truths in zip(requirement.criteria, result.criteria, strict=True)
        ),
        gates=tuple(_gate(evaluation, gate) for gate in requirement.requires),
        holds_back=_held_back(evaluation, requirement),
        path=chain_result(evaluation, name) if path else None,
    )


def _gate(evaluation: Evaluation, name: str) -> Gate:
    requirement = evaluation.program.requirements[evaluation.program.requirement_index[name]]
    return Gate(
        id=name,
        title=words(evaluation.program, requirement.title),
        status=evaluation.state(name).status,
    )


def _held_back(evaluation: Evaluation, requirement: Requirement) -> tuple[str, ...]:
    """The requirements that rest on this one, directly."""
    return tuple(
        each.id for each in evaluation.program.requirements if requirement.id in edges(each)
    )


class _Unfolder:
    def __init__(
        self, evaluation: Evaluation, audit: Audit, files: Mapping[str, FileState]
    ) -> None:
        self.evaluation = evaluation
        self.program = evaluation.program
        self.pieces = evidence_states(audit, self.program.fresh_for, files, evaluation.facts.as_of)

    def optional(self, condition: Condition | None) -> Unfolded | None:
        """A condition unfolded, where there is one."""
        return None if condition is None else self.unfolded(reason(self.evaluation, condition))

    def unfolded(self, why: Reason) -> Unfolded:
        """A reason as results carry it, down to answers and pieces of evidence."""
        atom = why.atom
        evidence: tuple[EvidenceSeen, ...] = ()
        if atom is not None and atom.form == "evidence":
            evidence = tuple(
                EvidenceSeen(
                    id=state.piece.id,
                    title=state.piece.title,
                    dated=state.piece.dated,
                    valid_until=state.piece.valid_until,
                    counts=state.counts,
                    reason=state.reason,
                )
                for state in self.pieces.get(atom.subjects[0], ())
            )
        return Unfolded(
            form=why.form,
            text=self._text(why),
            truth=NAMES[why.truth],
            found=None if atom is None else self._found(atom, why.truth),
            settings=tuple(self._setting(name) for name in self._settings(why)),
            evidence=evidence,
            parts=tuple(self.unfolded(part) for part in why.parts),
        )

    def _found(self, atom: Atom, truth: int) -> str:
        """What stands there; of evidence that is missing, also what an audit calls its kind."""
        said = found_said(self.evaluation, atom)
        if atom.form != "evidence" or truth == TRUE:
            return said
        kind = _("kind of evidence: {id}").format(id=atom.subjects[0])
        return f"{said} ({kind})"

    def _settings(self, why: Reason) -> tuple[str, ...]:
        """The settings of the condition, and how long its evidence stays fresh."""
        names = list(why.settings)
        if why.atom is not None and why.atom.form == "evidence":
            kind = self.program.ruleset.evidence[why.atom.subjects[0]]
            fresh = kind.fresh_for
            if fresh is not None and not isinstance(fresh, str):
                names.append(fresh.setting)
        return tuple(names)

    def _setting(self, name: str) -> str:
        setting: Setting = self.program.ruleset.head.settings[name]
        return _("{title}: {value} (setting {name})").format(
            title=words(self.program, setting.title), value=setting_words(setting), name=name
        )

    def _text(self, why: Reason) -> str:
        if why.atom is not None:
            return atom_said(self.program, why.atom)
        if why.requirement is not None:
            return _("{requirement} is met or not applicable").format(requirement=why.requirement)
        if why.form == "of":
            needed = self.program.nodes[self.program.node(why.condition)].number
            return _("at least {n} of these").format(n=needed)
        return {
            "all": _("all of these"),
            "any": _("at least one of these"),
            "not": _("the contrary of this"),
        }[why.form]
