"""The solver, HiGHS, run beside the program so that it can be watched and stopped.

(Q. Huangfu, J. A. J. Hall, "Parallelizing the dual revised simplex method", 2018.)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, Literal

from norm_engine.planning.circuit import Expression, Linear

Watch = Callable[[float, float | None, float], None]
"""Told now and then: seconds since the start, the best value so far, the bound on any value."""

_SLACK = 1e-6
"""What rounding may take from a constraint."""


@dataclass(frozen=True)
class Solved:
    """What a search came to.

    Attributes:
        status: ``optimal``; ``none`` when nothing satisfies the constraints; ``stopped`` when the
            user stopped it.
        values: by variable, of the best found; empty when nothing was.
        bound: no value is better than this.
    """

    status: Literal["optimal", "none", "stopped"]
    values: Sequence[float]
    bound: float


def minimise(
    linear: Linear,
    objective: Expression,
    watch: Watch | None = None,
    start: Mapping[int, float] | None = None,
    grain: float = 1,
    *,
    probing: bool = True,
) -> Solved:
    """The least value of an expression under constraints, with the proof that it is the least.

    Interrupting the program (Ctrl-C) stops the search with the best found so far.

    Args:
        start: values that variables may have in a solution; the search sets out from them, and
            stops as soon as it has any solution and any bound.
        grain: values of the objective that differ do so by at least this much, so that a bound
            less than that away proves the optimum.
        probing: whether choices are tried out beforehand; of hundreds that shut each other out,
            this takes ten times as long as the search.
    """
    import highspy

    if any(not row.terms and row.constant < -_SLACK for row in linear.rows):
        return Solved("none", (), float("inf"))
    # the class that wraps this one prints a banner on standard output when it is made
    solver = highspy._Highs()  # type: ignore[attr-defined]
    for name, value in _OPTIONS.items():
        solver.setOptionValue(name, value)
    solver.setOptionValue("mip_abs_gap", 0.999 * grain)
    if not probing:
        solver.setOptionValue("presolve_rule_off", _PROBING)
    solver.passModel(_model(highspy, linear, objective))
    if start:
        solver.setSolution(len(start), [*start], [*start.values()])
    stopped = _run(highspy, solver, watch, hurried=start is not None)
    status = solver.getModelStatus()
    info = solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = tuple(solver.getSolution().col_value) if found else ()
    if status == highspy.HighsModelStatus.kOptimal:
        bound = info.mip_dual_bound if any(linear.integral) else info.objective_function_value
        return Solved("optimal", values, bound)
    if status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ):
        return Solved("none", (), float("inf"))
    if stopped:
        return Solved("stopped", values, info.mip_dual_bound)
    raise RuntimeError(f"the solver ended with {solver.modelStatusToString(status)}")


_OPTIONS: dict[str, Any] = {
    "output_flag": False,
    # an optimum is reported as proven: nothing may be left to chance or to tolerances
    "mip_rel_gap": 0.0,
    "threads": 1,
    "random_seed": 0,
}


_PROBING = 1 << 15
"""The bit of the presolve rule in the solver's option."""


def _model(highspy: Any, linear: Linear, objective: Expression) -> Any:
    import numpy as np

    rows = [row for row in linear.rows if row.terms]
    # of a model without variables the solver finds neither an optimum nor that there is none
    integral = linear.integral or [False]
    model = highspy.HighsLp()
    model.num_col_ = len(integral)
    model.num_row_ = len(rows)
    cost = np.zeros(len(integral))
    for index, factor in objective.terms:
        cost[index] = factor
    model.col_cost_ = cost
    model.offset_ = objective.constant
    model.col_lower_ = np.zeros(len(integral))
    model.col_upper_ = np.array(linear.upper or [0], dtype=float)
    model.row_lower_ = np.array([-row.constant for row in rows], dtype=float)
    model.row_upper_ = np.full(len(rows), highspy.kHighsInf)
    model.integrality_ = [
        highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        for whole in integral
    ]
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row.terms) for row in rows)])
    matrix.index_ = np.array([index for row in rows for index, _ in row.terms])
    matrix.value_ = np.array([factor for row in rows for _, factor in row.terms], dtype=float)
    return model


def _run(highspy: Any, solver: Any, watch: Watch | None, *, hurried: bool) -> bool:
    """Run the solver beside the program; whether it was interrupted, or may have been."""
    latest: dict[str, float] = {}
    stop = False

    def look(_kind: Any, _message: str, found: Any, told: Any, _data: Any) -> None:
        """Note how far the search is, and tell the solver whether to stop."""
        latest["value"] = found.mip_primal_bound
        latest["bound"] = found.mip_dual_bound
        known = abs(found.mip_primal_bound) < _ENDLESS and abs(found.mip_dual_bound) < _ENDLESS
        told.user_interrupt = stop or (hurried and known)

    solver.setCallback(look, None)
    solver.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
    ended = Event()

    def search() -> None:
        """Run the solver to its end, and say that it ended."""
        try:
            solver.run()
        finally:
            ended.set()

    Thread(target=search, daemon=True).start()
    seconds = 0.0
    # a thread whose `join` is interrupted is taken for ended: its own word is waited for
    while not ended.is_set():
        try:
            ended.wait(_GLANCE)
            seconds += _GLANCE
            if watch is not None and not ended.is_set():
                value = latest.get("value", float("inf"))
                shown = value if abs(value) < _ENDLESS else None
                watch(seconds, shown, latest.get("bound", 0.0))
        except KeyboardInterrupt:
            stop = True
    return stop or hurried


_GLANCE = 0.1
"""Seconds between two looks at how far the search is."""

_ENDLESS = 1e20
"""What the solver gives for the value of nothing found passes this."""
