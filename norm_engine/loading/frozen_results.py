"""Checks the result that a milestone keeps: it is a file like any other, and may have been edited.

A seal that fits says only that whoever edited the result put the seal right as well.
"""

import hashlib
import json
from dataclasses import replace

from norm_engine.language import _
from norm_engine.loading import limits
from norm_engine.loading.cache import cache_key, keep, recall
from norm_engine.loading.problems import InvalidInput, Problem, names_of
from norm_engine.model.records import Plain, from_plain
from norm_engine.model.results import EvaluationResult


def frozen_result(data: Plain, file: str) -> EvaluationResult:
    """The result that a milestone keeps, as a record.

    Args:
        data: what its file holds, as the JSON reader of Python gives it.
        file: how messages call the file.

    Raises:
        InvalidInput: when it is no result as ``freeze`` writes them: where that shows, and what
            to do.
    """
    problems = _problems(data, file)
    if problems:
        shown = [
            replace(each, names=names_of(each.path, data), remedy="")
            for each in problems[: limits.MAX_PROBLEMS]
        ]
        # nobody is to mend by hand what the program wrote: one remedy, after all that is wrong
        remedy = _("Put it back from a copy, or freeze the audit anew.")
        raise InvalidInput([*shown[:-1], replace(shown[-1], remedy=remedy)])
    return from_plain(EvaluationResult, data)


def _problems(data: Plain, file: str) -> list[Problem]:
    if (key := _too_deep(data)) is not None:
        message = _("Lists and mappings stand more than {limit} deep here.")
        return [Problem(file, message.format(limit=limits.MAX_DEPTH), path=(key,))]
    try:
        # half a character and what is no number, which JSON can spell, stand in no result
        content = json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        return [Problem(file, _("This file is not one that “norm-engine freeze” wrote."))]
    known = cache_key("result", hashlib.sha256(content).hexdigest())
    if recall(known) is not None:
        return []
    # a result found valid before needs none of this
    from norm_engine.loading.border import checked

    _built, problems = checked(EvaluationResult, data, file)
    if not problems:
        keep(known, True)
    return problems


def _too_deep(data: Plain) -> str | None:
    """The key under which more stands inside one another than any document may hold."""
    for key, held in data.items():
        level = [held]
        for _depth in range(limits.MAX_DEPTH):
            level = [inside for each in level for inside in _inside(each)]
            if not level:
                break
        else:
            return str(key)
    return None


def _inside(held: Plain) -> list[Plain]:
    if isinstance(held, dict):
        return list(held.values())
    return held if isinstance(held, list) else []
