"""What norm authors are given."""
