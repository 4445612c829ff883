"""``python -m norm_engine``: the same program as ``norm-engine``."""

from norm_engine.cli.main import run

if __name__ == "__main__":
    run()
