"""Reading YAML: what is accepted, what is refused, and what people are told then."""
