"""What makes efforts and the `planning` of a rule set well formed."""

from collections.abc import Iterator

from norm_engine.language import _
from norm_engine.loading.border import suggestion
from norm_engine.loading.problems import KeyPath, Problem
from norm_engine.model.conditions import SettingReference
from norm_engine.model.ruleset import Capacity, Effort, Planning, RuleSet
from norm_engine.model.scalars import exact


def effort_problems(
    effort: Effort, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    """Everything wrong with an effort: figures out of order or below 0, nothing to multiply by."""
    yield from _per_problems(effort.per, ruleset, file, (*path, "per"))
    if not exact(effort.low) <= exact(effort.likely) <= exact(effort.high):
        yield Problem(
            file,
            _("An effort goes from low through likely to high."),
            _("Put the three figures in order."),
            path,
        )
    elif exact(effort.low) < 0:
        yield _below_zero(effort.low, file, (*path, "low"))


def planning_problems(
    planning: Planning, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    """Everything wrong with what a rule set says of plans beside its actions."""
    if planning.filing is not None:
        place = (*path, "filing", "effort")
        yield from effort_problems(planning.filing.effort, ruleset, file, place)
    for role, capacity in planning.capacity.items():
        yield from _capacity_problems(capacity, ruleset, file, (*path, "capacity", role))


def _capacity_problems(
    capacity: Capacity, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    yield from _per_problems(capacity.per, ruleset, file, (*path, "per"))
    days = capacity.days
    if isinstance(days, SettingReference):
        yield from _setting_problems(days.setting, ruleset, file, (*path, "days", "setting"))
    elif exact(days) < 0:
        yield _below_zero(days, file, (*path, "days"))


def _setting_problems(name: str, ruleset: RuleSet, file: str, path: KeyPath) -> Iterator[Problem]:
    setting = ruleset.head.settings.get(name)
    if setting is None or setting.type not in ("count", "number"):
        yield Problem(
            file,
            _("“{name}” is not a setting with a number.").format(name=name),
            suggestion(name, ruleset.head.settings)
            or _("Add it to the settings of ruleset.yaml, or correct its name."),
            path,
        )
    elif setting.type == "number" and (setting.min is None or exact(setting.min) < 0):
        # else an overlay could make it negative
        yield Problem(
            file,
            _("The setting “{name}” may fall below 0, and days may not.").format(name=name),
            _("Give it a “min” of 0 or more in ruleset.yaml."),
            path,
        )


def _per_problems(per: str | None, ruleset: RuleSet, file: str, path: KeyPath) -> Iterator[Problem]:
    if per is not None and (per not in ruleset.questions or ruleset.questions[per].type != "count"):
        yield Problem(
            file,
            _("“{name}” is not a question of type count.").format(name=per),
            _("Refer to a question that counts something."),
            path,
        )


def _below_zero(value: int | str, file: str, path: KeyPath) -> Problem:
    message = _("{value} is less than {bound}, the least possible.").format(value=value, bound=0)
    return Problem(file, message, _("Write a number of days from 0."), path)
