"""Freezes the results of the example audits anew: ``python -m tests.audits.refresh``.

To be run when rules or example audits were changed on purpose; the difference is then read over
in version control, before it is kept.
"""

from tests.audits.results import NAMES, differences, evaluated, freeze, frozen, kept


def main() -> None:
    for name in NAMES:
        try:
            before = frozen(name)
        except FileNotFoundError:
            before = {}
        changes = list(differences(before, kept(evaluated(name)))) if before else ["new"]
        print(f"{freeze(name).name}: {len(changes)} changes")
        for change in changes[:20]:
            print(f"  {change}")


if __name__ == "__main__":
    main()
