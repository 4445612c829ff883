"""Lays local changes over a rule set: settings, weights, workshops, wording, what actions take."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from norm_engine.language import _
from norm_engine.loading.border import shown, suggestion
from norm_engine.loading.documents import Document, as_record
from norm_engine.loading.planning_rules import effort_problems
from norm_engine.loading.problems import InvalidInput, KeyPath, Problem
from norm_engine.loading.rules import setting_misfit
from norm_engine.model.files import ActionOverlay, OverlayFile, RequirementOverlay
from norm_engine.model.records import to_plain
from norm_engine.model.ruleset import Action, Change, Overlaid, Requirement, RuleSet, Setting
from norm_engine.model.scalars import exact, is_number


def lay_over(ruleset: RuleSet, documents: Sequence[Document]) -> RuleSet:
    """The rule set with overlays laid over it, in order; `overlays` tells what they changed.

    Raises:
        InvalidInput: with every problem of an overlay, where it stands and what to do.
    """
    problems: list[Problem] = []
    for document in documents:
        try:
            overlay = as_record(document, OverlayFile)
        except InvalidInput as invalid:
            problems += invalid.problems
            continue
        found = list(_problems(overlay, ruleset, document.name))
        problems += document.located(found)
        if not found:
            ruleset = _laid(ruleset, overlay, document.sha256)
    if problems:
        raise InvalidInput(problems)
    return ruleset


def _laid(ruleset: RuleSet, overlay: OverlayFile, sha256: str) -> RuleSet:
    changes: list[Change] = []
    settings = dict(ruleset.head.settings)
    for name, value in overlay.settings.items():
        if not _same(settings[name].default, value):
            changes.append(Change(path=f"settings.{name}", old=settings[name].default, new=value))
        settings[name] = replace(settings[name], default=value)
    requirements = tuple(
        _overlaid(each, overlay.requirements[each.id], changes)
        if each.id in overlay.requirements
        else each
        for each in ruleset.requirements
    )
    actions = {
        name: _action(name, each, overlay.actions[name], changes)
        if name in overlay.actions
        else each
        for name, each in ruleset.actions.items()
    }
    laid = Overlaid(id=overlay.overlay.id, sha256=sha256, changes=tuple(changes))
    return replace(
        ruleset,
        head=replace(ruleset.head, settings=settings),
        requirements=requirements,
        actions=actions,
        overlays=(*ruleset.overlays, laid),
    )


def _overlaid(
    requirement: Requirement, overlay: RequirementOverlay, changes: list[Change]
) -> Requirement:
    changed: dict[str, Any] = {}
    for key in to_plain(overlay):
        old, new = getattr(requirement, key), getattr(overlay, key)
        if old != new:
            changed[key] = new
            changes.append(Change(path=f"{requirement.id}.{key}", old=_said(old), new=_said(new)))
    return replace(requirement, **changed)


def _action(name: str, action: Action, overlay: ActionOverlay, changes: list[Change]) -> Action:
    changed: dict[str, Any] = {}
    for key in to_plain(overlay):
        old, new = getattr(action, key), getattr(overlay, key)
        found = _leaves_changed(f"actions.{name}.{key}", to_plain(old), to_plain(new))
        if found:
            changed[key] = new
            changes += found
    return replace(action, **changed)


def _leaves_changed(path: str, old: Any, new: Any) -> list[Change]:
    """What changes from one value to another, each key of a record for itself."""
    if isinstance(old, dict):
        keys = dict.fromkeys([*old, *new])
        return [
            change
            for key in keys
            for change in _leaves_changed(f"{path}.{key}", old.get(key), new.get(key))
        ]
    return [] if _same(old, new) else [Change(path=path, old=old, new=new)]


def _same(old: int | str | None, new: int | str | None) -> bool:
    """Whether two values are the same: 4/5, 0.8 and 80 % are."""
    if old is not None and new is not None and is_number(old) and is_number(new):
        return exact(old) == exact(new)
    return old == new


def _said(value: Any) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(to_plain(value))


def _problems(overlay: OverlayFile, ruleset: RuleSet, file: str) -> Iterator[Problem]:
    about = overlay.overlay.for_
    if (about.id, about.edition) != (ruleset.head.id, ruleset.head.edition):
        yield Problem(
            file,
            _("This overlay is for {id} {edition}, not for {other} {other_edition}.").format(
                id=about.id,
                edition=about.edition,
                other=ruleset.head.id,
                other_edition=ruleset.head.edition,
            ),
            _("Use the overlay of this rule set, or correct “for”."),
            ("overlay", "for"),
        )
    for name, value in overlay.settings.items():
        setting = ruleset.head.settings.get(name)
        near = suggestion(name, ruleset.head.settings)
        yield from _setting_problems(setting, name, value, file, near)
    yield from _requirement_problems(overlay, ruleset, file)
    yield from _action_problems(overlay, ruleset, file)


def _requirement_problems(overlay: OverlayFile, ruleset: RuleSet, file: str) -> Iterator[Problem]:
    known = {each.id for each in ruleset.requirements}
    workshops = [each.id for each in ruleset.head.workshops]
    for requirement_id, changed in overlay.requirements.items():
        path: KeyPath = ("requirements", requirement_id)
        if requirement_id not in known:
            yield Problem(
                file,
                _("The requirement “{id}” does not exist.").format(id=requirement_id),
                suggestion(requirement_id, known)
                or _("Correct its code; “norm-engine rules list” shows them."),
                path,
            )
        if changed.weight is not None and changed.weight < 1:
            message = _("A weight is a whole number from 1.")
            yield Problem(file, message, _("Write 1 or more."), (*path, "weight"))
        if changed.workshop is not None and changed.workshop not in workshops:
            yield Problem(
                file,
                _("“{name}” does not exist.").format(name=changed.workshop),
                _("Write one of: {values}.").format(values=", ".join(workshops)),
                (*path, "workshop"),
            )


def _action_problems(overlay: OverlayFile, ruleset: RuleSet, file: str) -> Iterator[Problem]:
    for name, changed in overlay.actions.items():
        path: KeyPath = ("actions", name)
        if name not in ruleset.actions:
            yield Problem(
                file,
                _("The action “{id}” does not exist.").format(id=name),
                suggestion(name, ruleset.actions)
                or _("Correct its name; “norm-engine rules doc” lists the actions."),
                path,
            )
        if changed.effort is not None:
            yield from effort_problems(changed.effort, ruleset, file, (*path, "effort"))


def _setting_problems(
    setting: Setting | None, name: str, value: int | str, file: str, near: str
) -> Iterator[Problem]:
    path: KeyPath = ("settings", name)
    if setting is None:
        yield Problem(
            file,
            _("The setting “{id}” does not exist.").format(id=shown(name)),
            near or _("Correct its name; “norm-engine rules doc” lists the settings."),
            path,
        )
        return
    wanted = setting_misfit(setting, value)
    if wanted:
        said = _("“{value}” does not fit here.").format(value=shown(value))
        yield Problem(file, said, wanted, path)
