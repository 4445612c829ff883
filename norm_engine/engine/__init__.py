"""Pure functions from models to models: no file, clock, locale, network or randomness."""
