"""What a report carries so that anyone can check it, and how it is checked and signed."""
