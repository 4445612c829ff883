"""Plans against brute force for as long as one likes: ``python -m tests.oracle.long_routes N``.

N random rule sets with actions, others each time; all that disagrees is shown, minimised.
"""

import random
import sys

from hypothesis import HealthCheck, given, seed, settings

from tests.oracle.action_strategies import PlanCase, plan_cases
from tests.properties import plan_agreement as agreement


def check(asked: PlanCase) -> None:
    """All that must hold of one case."""
    both = agreement.Both(asked)
    agreement.check_moves(both)
    agreement.check_effects(both)
    route = agreement.check_cheapest(both)
    if route is not None:
        agreement.check_alternatives(both, route)
    agreement.check_budgets(both)
    agreement.check_left_out(both, route)


def main(count: int, start: int) -> None:
    print(f"seed {start}")
    long = settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    seed(start)(long(given(plan_cases())(check)))()
    print(f"{count} rule sets: plans are those of brute force")


if __name__ == "__main__":
    given_seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(2**32)
    main(int(sys.argv[1]), given_seed)
