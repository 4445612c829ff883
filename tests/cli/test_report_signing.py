"""`norm-engine report --sign`: who signs, with what password, and what keeps one from signing."""

import datetime
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import Ended, command, environment, in_this_process
from tests.support.certificates import held, pkcs12_file
from tests.support.secretive_audit import audit_folder

PASSWORD = "sésame ouvre-toi"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a small audit, its rule set, and a certificate valid today."""
    audit_folder(tmp_path)
    certificate(tmp_path)
    return tmp_path


def certificate(place: Path, password: str | None = PASSWORD, *, days_left: int = 30) -> None:
    """A certificate in the file ``c.p12``, valid for these days still."""
    now = datetime.datetime.now(datetime.UTC)
    own = held("Camille Exemple", starts=now - 90 * DAY, ends=now + days_left * DAY)
    (place / "c.p12").write_bytes(pkcs12_file(own, password))


def arguments(place: Path) -> tuple[str | Path, ...]:
    asked = ("report", place / "audit", "--rules", place / "regles", "--as-of", "2026-11-25")
    return (*asked, "--kind", "summary", "--sign", place / "c.p12", "-o", place / "signe.pdf")


def signers(file: Path) -> list[str]:
    """Whom the signatures of a report name, which holds."""
    seen = in_this_process("verify", file, "--format", "json")
    assert (seen.code, seen.data["verdict"]) == (0, "holds")
    return [each["signer"] for each in seen.data["signatures"]]


# --- the password in the surroundings -------------------------------------------------------------


@pytest.fixture
def password(monkeypatch) -> None:
    monkeypatch.setenv("NORM_ENGINE_SIGN_PASSWORD", PASSWORD)


@pytest.mark.usefixtures("password")
def test_a_signed_report_says_who_signed(place: Path) -> None:
    ended = in_this_process(*arguments(place))
    assert ended.code == 0, ended.err
    assert signers(place / "signe.pdf") == ["Camille Exemple"]
    said = in_this_process("verify", place / "signe.pdf").out
    assert "Signed by Camille Exemple" in said


def test_a_wrong_password_signs_nothing(place: Path, monkeypatch) -> None:
    monkeypatch.setenv("NORM_ENGINE_SIGN_PASSWORD", "pas celui-là")
    refused(place, "The password does not open this certificate.")


@pytest.mark.usefixtures("password")
def test_an_expired_certificate_signs_nothing(place: Path) -> None:
    certificate(place, days_left=-1)
    refused(place, "This certificate expired on")


@pytest.mark.usefixtures("password")
def test_a_file_that_is_no_certificate_signs_nothing(place: Path) -> None:
    (place / "c.p12").write_bytes(b"-----BEGIN CERTIFICATE-----")
    refused(place, "This is not a PKCS#12 certificate.")


@pytest.mark.usefixtures("password")
def test_a_certificate_that_is_not_there_signs_nothing(place: Path) -> None:
    (place / "c.p12").unlink()
    refused(place, "does not exist")


def refused(place: Path, said: str) -> None:
    """What was there before stays, and the message names the certificate."""
    (place / "signe.pdf").write_bytes(b"le rapport d'avant")
    ended = in_this_process(*arguments(place))
    assert (ended.code, ended.out) == (3, "")
    assert "c.p12" in ended.err
    assert said in ended.err
    assert (place / "signe.pdf").read_bytes() == b"le rapport d'avant"


# --- the password typed on a terminal -------------------------------------------------------------


def typed(place: Path, words: str) -> Ended:
    """Sign from a terminal on which a password is typed; `out` is all that the terminal shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(*arguments(place)),
        env=environment(),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as running:
        os.close(theirs)
        shown = b""
        for some in shown_on(ours):
            if b"Password" in shown + some and b"Password" not in shown:
                os.write(ours, f"{words}\n".encode())
            shown += some
        os.close(ours)
    return Ended(running.returncode, shown.decode(), "")


def shown_on(terminal: int):
    """What a terminal shows, until its program ends: Linux tells that by an error."""
    try:
        while some := os.read(terminal, 1000):
            yield some
    except OSError:
        return


def test_the_password_is_asked_for_and_not_shown(place: Path) -> None:
    ended = typed(place, PASSWORD)
    assert (ended.code, "Password of the certificate:" in ended.out) == (0, True)
    assert PASSWORD not in ended.out
    assert signers(place / "signe.pdf") == ["Camille Exemple"]


def test_a_wrong_password_that_is_typed_signs_nothing(place: Path) -> None:
    ended = typed(place, "pas celui-là")
    assert ended.code == 3
    assert "The password does not open this certificate." in ended.out
    assert not (place / "signe.pdf").exists()


def test_a_certificate_without_password_is_opened_by_enter(place: Path) -> None:
    certificate(place, None)
    assert typed(place, "").code == 0
    assert signers(place / "signe.pdf") == ["Camille Exemple"]


# --- without the library --------------------------------------------------------------------------

_WITHOUT = """
import importlib.machinery, sys
finder = importlib.machinery.PathFinder
found = finder.find_spec
finder.find_spec = classmethod(
    lambda cls, name, *more: None if name.partition(".")[0] == "pyhanko" else found(name, *more)
)
from norm_engine.cli.main import run
run()
"""


def test_without_the_library_that_signs_the_extra_is_named(place: Path) -> None:
    """An interpreter that does not find the library, as where it is not installed."""
    ended = subprocess.run(
        [sys.executable, "-c", _WITHOUT, *arguments(place)],
        env=environment(NORM_ENGINE_SIGN_PASSWORD=PASSWORD),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (5, "")
    assert ended.stderr == (
        "Signatures need one more library, which is not installed. "
        "Install the product with it: pip install 'norm-engine[sign]'\n"
    )
    assert not (place / "signe.pdf").exists()
