"""Every JSON Schema that is published: of what people write, and of what commands print."""

from collections.abc import Mapping

from norm_engine.authoring.style import Style
from norm_engine.loading.schemas import DOCUMENTS
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

RESULTS: Mapping[str, type] = {
    "evaluation-result": EvaluationResult,
    "gaps-result": GapsResult,
    "explanation-result": ExplanationResult,
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
