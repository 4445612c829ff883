"""The language of conditions: one file per construct, each one table of cases."""
