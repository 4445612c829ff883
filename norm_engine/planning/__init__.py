"""The cheapest route to readiness, the proof that none is cheaper, and its calendar."""
