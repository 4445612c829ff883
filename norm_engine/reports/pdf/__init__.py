"""Writes documents as PDF files that are accessible (PDF/UA-1) and archivable (PDF/A-3a)."""
