"""Takes one file out of an archive fetched for the tests, if the archive is the one we know.

``python tests/support/unpack.py ARCHIVE SHA256 MEMBER TARGET``
"""

import hashlib
import os
import sys
import tarfile
import zipfile
from pathlib import Path


def unpack(archive: Path, sha256: str, member: str, target: Path) -> None:
    """Write `member` to `target`, whole or not at all; raises ValueError when altered."""
    if hashlib.sha256(archive.read_bytes()).hexdigest() != sha256:
        raise ValueError(f"{archive.name}: not the file that was expected (SHA-256)")
    beginning = target.with_name(target.name + ".new")
    beginning.write_bytes(_member(archive, member))
    os.replace(beginning, target)


def _member(archive: Path, member: str) -> bytes:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as opened:
            return opened.read(member)
    with tarfile.open(archive) as opened:
        stream = opened.extractfile(member)
        if stream is None:
            raise ValueError(f"{archive.name}: {member} is a folder")
        return stream.read()


if __name__ == "__main__":
    unpack(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]))
