"""The words for statuses, grades, bases and the like, and the shapes that go with verdicts."""

from collections.abc import Mapping

from norm_engine.language import _, pgettext

SHAPES: Mapping[str, str] = {
    "met": "●",
    "partial": "◆",
    "unmet": "▲",
    "blocked": "■",
    "undetermined": "○",
    "not_applicable": "–",
}
"""The shape of each status; with its colour, so that it survives black-and-white print."""

COLOURS: Mapping[str, str] = {
    "met": "green",
    "partial": "yellow",
    "unmet": "red",
    "blocked": "magenta",
    "undetermined": "cyan",
    "not_applicable": "bright_black",
}

TRUTH_SHAPES: Mapping[str, str] = {"true": "✓", "false": "✗", "unknown": "?", "not_applicable": "–"}
TRUTH_COLOURS: Mapping[str, str] = {
    "true": "green",
    "false": "red",
    "unknown": "cyan",
    "not_applicable": "bright_black",
}


def status_said(status: str) -> str:
    """A status in words."""
    return {
        "met": _("met"),
        "partial": _("partly met"),
        "unmet": _("not met"),
        "blocked": _("blocked"),
        "undetermined": _("undetermined"),
        "not_applicable": _("not applicable"),
    }[status]


def statuses_said(status: str) -> str:
    """A status in words, for several requirements."""
    return {
        "met": pgettext("several requirements", "met"),
        "partial": pgettext("several requirements", "partly met"),
        "unmet": pgettext("several requirements", "not met"),
        "blocked": pgettext("several requirements", "blocked"),
        "undetermined": pgettext("several requirements", "undetermined"),
        "not_applicable": pgettext("several requirements", "not applicable"),
    }[status]


def grade_said(grade: str | None) -> str:
    """A grade in auditors' words."""
    return {
        None: _("no grade of its own"),
        "major": _("major nonconformity"),
        "minor": _("minor nonconformity"),
        "sensitive": _("weak point"),
        "improvement": _("improvement lead"),
        "satisfactory": _("satisfactory"),
        "strength": _("strength"),
    }[grade]


def gravity_said(gravity: str) -> str:
    """What it costs when a requirement is not met."""
    return {"major": _("major"), "minor": _("minor"), "sensitive": _("weak point")}[gravity]


def level_said(level: str) -> str:
    """Requirement or recommendation."""
    return {"requirement": _("requirement"), "recommendation": _("recommendation")}[level]


def basis_said(basis: str) -> str:
    """How well a statement is attested."""
    return {
        "attested": _("attested as content of the norm"),
        "partly_attested": _("theme attested, our wording of it"),
        "public_reference": _("public reference of the trade"),
        "law": _("law"),
        "practice": _("practice of certified structures"),
        "inferred": _("inferred by us"),
    }[basis]


def role_said(role: str) -> str:
    """Who does an action."""
    return {
        "direction": _("management"),
        "encadrement": _("supervisors"),
        "referent_qualite": _("quality lead"),
        "mediateurs": _("mediators"),
    }[role]


def phase_said(phase: str) -> str:
    """The phase an action belongs to."""
    return {
        "concevoir": _("design"),
        "accompagner": _("support"),
        "evaluer": _("evaluate"),
    }[phase]


def outcome_said(outcome: str) -> str:
    """The outcome of the decision."""
    return {
        "ready": _("Ready, against this catalogue"),
        "not_ready": _("Not ready yet"),
        "undetermined": _("Too early to say"),
    }[outcome]


def evidence_reason_said(reason: str) -> str:
    """Why a piece of evidence counts or does not."""
    return {
        "ok": _("counts"),
        "missing": _("its file is missing"),
        "altered": _("its file is not the one recorded"),
        "nowhere": _("no file, and no place where the original is kept"),
        "rejected": _("rejected by the auditor"),
        "later": _("dated after the day spoken of"),
        "expired": _("no longer valid"),
        "undated": _("not dated"),
        "stale": _("too old"),
    }[reason]


def disclaimer() -> str:
    """What every output says about itself."""
    return _(
        "This is a level of readiness against this catalogue, written in our own words from public"
        " sources. It is not a statement of conformity to the norm."
    )
