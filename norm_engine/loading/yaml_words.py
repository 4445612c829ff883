"""What a YAML parser complains of, in plain words."""

from norm_engine.language import _


def syntax_message(found: str) -> str:
    """The words for what a parser says; its own where none are known."""
    for needle, message in _messages():
        if needle in found:
            return message
    return found


def _messages() -> tuple[tuple[str, str], ...]:
    return (
        ("mapping values are not allowed", _("a colon stands where a value is expected")),
        ("could not find expected ':'", _("a key without its colon")),
        ("did not find expected key", _("a line is not aligned with the others")),
        ("did not find expected '-'", _("a list item is not aligned with the others")),
        ("found character '\\t' that cannot", _("a tab stands in the indentation")),
        ("that cannot start any token", _("a character that cannot start a value")),
        ("found a tab character", _("a tab stands in the indentation")),
        ("unexpected end of stream", _("the file ends inside quotes")),
        ("found undefined alias", _("an alias that stands for nothing")),
        ("control characters are not allowed", _("a control character")),
        ("special characters are not allowed", _("a special character")),
        ("did not find expected", _("something is missing here: a comma, a bracket or an end")),
        ("found unexpected ':'", _("a value with a colon needs quotes")),
        ("found unknown escape character", _("a backslash inside double quotes: double it")),
        ("undefined tag", _("an unknown tag")),
        ("expected the node content", _("a value is missing here")),
        ("expected <block end>", _("a line is not aligned with the others")),
    )
