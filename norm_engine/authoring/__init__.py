"""For norm authors: checks, rule tests, coverage, the catalogue as a document."""
