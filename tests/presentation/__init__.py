"""Sentences and pictures."""
