"""Reports: what auditors, structures and trainers keep, print and check."""
