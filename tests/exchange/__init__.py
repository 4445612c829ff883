"""What other programs read, read back by other programs."""
