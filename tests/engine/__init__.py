"""The engine against results worked by hand."""
