"""Audits at rest: plain folders that their owners can read, copy and keep under version control."""
