"""The chain from a requirement to its root causes as results carry it."""

from norm_engine.engine.chain import Link, chain_of
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.truth import NAMES
from norm_engine.language import _
from norm_engine.model.results import ChainLink
from norm_engine.presentation.atoms import atom_result, found_said, words


def chain_result(evaluation: Evaluation, name: str) -> ChainLink | None:
    """The chain below a requirement, by its id; None when it is met or has nothing to satisfy."""
    index = evaluation.program.requirement_index[name]
    link = chain_of(evaluation, index)
    return None if link is None else _requirement(evaluation, link)


def _link(evaluation: Evaluation, link: Link, requirement: int) -> ChainLink:
    if link.kind == "requirement":
        return _requirement(evaluation, link)
    if link.kind == "criterion":
        return _criterion(evaluation, link, requirement)
    if link.kind == "atom":
        return _atom(evaluation, link)
    return ChainLink(
        kind="of",
        id=None,
        text=_some_said(link),
        needed=link.needed,
        parts=_parts(evaluation, link, requirement),
    )


def _parts(evaluation: Evaluation, link: Link, requirement: int) -> tuple[ChainLink, ...]:
    return tuple(_link(evaluation, part, requirement) for part in link.parts)


def _some_said(link: Link) -> str:
    if link.needed == len(link.parts):
        return _("all of these")
    if link.needed == 1:
        return _("at least one of these")
    return _("at least {n} of these").format(n=link.needed)


def _requirement(evaluation: Evaluation, link: Link) -> ChainLink:
    requirement = evaluation.program.requirements[link.place]
    title = words(evaluation.program, requirement.title)
    return ChainLink(
        kind="requirement",
        id=requirement.id,
        text=title if link.wanted else _("not: {condition}").format(condition=title),
        status=evaluation.proven.states[link.place].status,
        needed=link.needed,
        gate=link.gate,
        above=link.above,
        parts=_parts(evaluation, link, link.place),
    )


def _criterion(evaluation: Evaluation, link: Link, requirement: int) -> ChainLink:
    program = evaluation.program
    criterion = program.requirements[requirement].criteria[link.place]
    node = program.by_index[requirement].proven[link.place]
    text = words(program, criterion.text)
    return ChainLink(
        kind="criterion",
        id=criterion.id,
        text=text if link.wanted else _("not: {condition}").format(condition=text),
        truth=NAMES[evaluation.proven.truths[node]],
        needed=link.needed,
        parts=_parts(evaluation, link, requirement),
    )


def _atom(evaluation: Evaluation, link: Link) -> ChainLink:
    program = evaluation.program
    atom = program.atoms[program.nodes[link.place].number]
    told = atom_result(program, (link.place, link.wanted))
    return ChainLink(
        kind="atom",
        id=None,
        text=told.text,
        truth=NAMES[evaluation.proven.truths[link.place]],
        found=found_said(evaluation, atom),
        atom=told,
    )


def root_causes(link: ChainLink) -> tuple[str, ...]:
    """The root causes below a link, in words, each once, in the order in which they stand."""
    found: dict[str, None] = {}
    pending = [link]
    while pending:
        each = pending.pop()
        if each.kind == "atom":
            found[each.text] = None
        pending += reversed(each.parts)
    return tuple(found)
