"""YAML to models: positions, errors, JSON Schemas, overlays, cache."""
