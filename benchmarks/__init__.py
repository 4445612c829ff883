"""How fast the product is, next to yardsticks measured in the same run; nothing asserts a time."""
