"""The environment that yardsticks are installed in: the benchmark's alone, made when asked."""

import subprocess
import sys
from pathlib import Path

WANTED = Path(__file__).with_name("requirements.txt")


def environment(root: Path) -> Path:
    """The Python of the yardsticks' environment; made, and filled, when it is not there yet."""
    folder = root / "build" / "bench-venv"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    installed = folder / ".installed"
    wanted = WANTED.read_text(encoding="utf-8")
    if not installed.exists() or installed.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        install = [str(python), "-m", "pip", "--quiet", "install", "-r", str(WANTED)]
        subprocess.run(install, check=True)
        installed.write_text(wanted, encoding="utf-8")
    return python
