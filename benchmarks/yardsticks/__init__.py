"""What reports are measured beside: the same words, set by others; nothing of it is the product."""
