"""A report that is being verified, with what it says it carries."""

from dataclasses import dataclass

from norm_engine.model.report_results import Manifest
from norm_engine.reports.proof.carried import AUDIT
from norm_engine.reports.proof.opening import Opened, file_sha256s
from norm_engine.reports.proof.unpacking import Unpacked


@dataclass(frozen=True)
class Received:
    """A report as it was received: its bytes, what it says of itself, and what it carries."""

    content: bytes
    opened: Opened
    manifest: Manifest
    unpacked: Unpacked

    @property
    def wanted(self) -> dict[str, str]:
        """The files that the report says it carries, with their SHA-256."""
        return {each.name: each.sha256 for each in self.manifest.files}

    @property
    def altered(self) -> list[str]:
        """Those that are not there, or are not what the report says."""
        found = file_sha256s(self.opened.files)
        return [name for name, sha256 in self.wanted.items() if found.get(name) != sha256]

    @property
    def has_audit(self) -> bool:
        """Whether it is a report on an audit, and no blank checklist."""
        return AUDIT in self.wanted or self.manifest.kind != "checklist"
