"""Every JSON Schema that is published: of what people write, and of what commands print."""

from collections.abc import Mapping

from norm_engine.authoring.style import Style
from norm_engine.loading.schemas import DOCUMENTS
from norm_engine.model.comparison_results import ComparisonResult
from norm_engine.model.next_results import NextResult
from norm_engine.model.plan_results import PlanResult
from norm_engine.model.report_results import Manifest, VerificationResult
from norm_engine.model.results import EvaluationResult, ExplanationResult, GapsResult
from norm_engine.model.rules_results import (
    CheckResult,
    CreatedResult,
    PartResult,
    RequirementsListResult,
    RulesListResult,
    RulesTestResult,
)
from norm_engine.model.what_if_results import WhatIfResult

RESULTS: Mapping[str, type] = {
    "evaluation-result": EvaluationResult,
    "gaps-result": GapsResult,
    "explanation-result": ExplanationResult,
    "what-if-result": WhatIfResult,
    "next-result": NextResult,
    "plan-result": PlanResult,
    "comparison-result": ComparisonResult,
    "rules-list-result": RulesListResult,
    "requirements-list-result": RequirementsListResult,
    "rules-show-result": PartResult,
    "rules-check-result": CheckResult,
    "rules-test-result": RulesTestResult,
    "created-result": CreatedResult,
    "verification-result": VerificationResult,
}
"""What commands print with ``--format json``."""

PUBLISHED: Mapping[str, type] = {
    **DOCUMENTS,
    "style": Style,
    **RESULTS,
    "report-manifest": Manifest,
}
"""Every schema under ``schemas/``, by name."""
