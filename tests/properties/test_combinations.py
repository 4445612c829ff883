"""The combinations that close most gaps are those that brute force finds, ties included."""

from hypothesis import given, settings

from norm_engine.engine.combinations import MAX_TIES, SHOWN, best_combinations
from norm_engine.engine.gaps import gaps
from tests.oracle.combinations import closed_by_each
from tests.oracle.strategies import Case, cases
from tests.properties.test_oracle_agreement import QUIET, as_oracle_repair, by_engine


@given(cases(min_requirements=3))
@settings(max_examples=200, **QUIET)
def test_what_few_things_close_most_gaps(case: Case) -> None:
    evaluation, _audit = by_engine(case)
    program = evaluation.program
    found = gaps(evaluation).gaps
    counted = [each.requirement for each in found if each.requirement.level == "requirement"]
    weight = {each.id: each.weight for each in counted}
    told = best_combinations(evaluation, found)
    assert told.exact
    by_size = {each.size: each for each in told.best}
    best = 0
    for size in (1, 2, 3):
        try:
            closed = closed_by_each(*case, weight, size)
        except ValueError:
            return  # too many atoms for brute force
        most = max(map(len, closed.values()), default=0)
        if most <= best:
            assert size not in by_size
            continue
        best = most
        expected = {changes: ids for changes, ids in closed.items() if len(ids) == most}
        said = by_size[size]
        assert (said.closed, said.more) == (most, len(expected) > MAX_TIES)
        assert said.ties == min(len(expected), MAX_TIES)
        weights = sorted((sum(weight[e] for e in ids) for ids in expected.values()), reverse=True)
        assert [each.weight for each in said.shown] == weights[:SHOWN]
        for each in said.shown:
            assert expected[as_oracle_repair(program, each.literals)] == frozenset(each.closes)
