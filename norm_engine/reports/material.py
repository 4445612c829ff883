"""What the writers of each kind of report work from."""

from dataclasses import dataclass
from typing import Literal

from norm_engine.engine.evaluation import Evaluation
from norm_engine.model.audit import Audit
from norm_engine.model.comparison_results import ComparisonResult
from norm_engine.model.plan_results import PlanResult
from norm_engine.model.results import EvaluationResult, GapsResult
from norm_engine.model.ruleset import RuleSet
from norm_engine.reports.proof.carried import Carried
from norm_engine.reports.subject import Subject, Wish

Form = Literal["pdf", "html"]
"""What a report is written as; only a PDF carries files."""


@dataclass(frozen=True)
class Evaluated:
    """An audit with its evaluation, and the results that other outputs show too."""

    audit: Audit
    evaluation: Evaluation
    result: EvaluationResult
    gaps: GapsResult


@dataclass(frozen=True)
class Material:
    """A report's subject as its reader may see it, evaluated, with the files it carries.

    `evaluated` is None for a blank checklist; `plan` stands in a plan alone, and
    `comparison` in a comparison.
    """

    subject: Subject
    wish: Wish
    carried: Carried
    evaluated: Evaluated | None
    form: Form = "pdf"
    plan: PlanResult | None = None
    comparison: ComparisonResult | None = None

    @property
    def ruleset(self) -> RuleSet:
        """The rule set, its overlays' wording left out where the reader may not see it."""
        return self.subject.ruleset
