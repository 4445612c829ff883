"""What the parts of a catalogue share: its words, anchors, and who uses what."""

import re
from collections import defaultdict

from norm_engine.language import current
from norm_engine.model.conditions import Condition
from norm_engine.model.ruleset import RuleSet
from norm_engine.model.scalars import Text
from norm_engine.presentation.conditions import Mention, Phrase, outline_phrases
from norm_engine.presentation.document import (
    Block,
    Inline,
    Line,
    Link,
    Nested,
    Paragraph,
    Words,
)
from norm_engine.presentation.uses import uses
from norm_engine.presentation.values import words_of


class View:
    """A rule set as its catalogue shows it."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self.users: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.gate_for: dict[str, list[str]] = defaultdict(list)
        self.before: dict[str, list[str]] = defaultdict(list)
        self.titles = {each.id: each.title for each in ruleset.requirements}
        domains = [each.id for each in ruleset.head.domains]
        self.requirements = sorted(
            ruleset.requirements, key=lambda each: domains.index(each.domain)
        )
        for each in self.requirements:
            for used in uses(each):
                self.users[used].append(each.id)
            for source in each.sources:
                self.users["source", source].append(each.id)
            for name in each.requires:
                self.gate_for[name].append(each.id)
            for name in each.after:
                self.before[name].append(each.id)

    def said(self, text: Text) -> tuple[str, str]:
        """The words of a text, and their language where that is not the document's."""
        words = words_of(text, self.ruleset)
        own = self.ruleset.head.language
        language = current() if isinstance(text, dict) and current() in text else own
        return words, "" if language == current() else language

    def line(self, text: Text) -> Line:
        """A text as a line."""
        words, language = self.said(text)
        return (Words(words, language) if language else words,)

    def paragraphs(self, text: Text, role: str = "") -> tuple[Paragraph, ...]:
        """A text as paragraphs: a blank line parts them."""
        words, language = self.said(text)
        parts = (each.strip() for each in re.split(r"\n\s*\n|\n", words))
        return tuple(Paragraph((Words(each, language),), role) for each in parts if each)

    def capital(self, words: str) -> str:
        """Words that begin with a capital."""
        return words[:1].upper() + words[1:]

    def anchor(self, kind: str, name: str) -> str:
        """The anchor of a thing; requirements are named by their bare id."""
        if kind == "requirement":
            return name
        # identifiers of sources are free text
        safe = re.sub(r"[^A-Za-z0-9_-]", lambda found: f".{ord(found[0]):x}.", name)
        return f"{kind}-{safe}"

    def requirement_links(self, names: list[str] | tuple[str, ...]) -> Nested:
        """Requirements with their titles, as links."""
        lines: list[tuple[int, Line]] = []
        for name in names:
            title = self.line(self.titles[name])
            lines.append((0, (Link(f"#{name}", name), " ", *title)))
        return Nested(tuple(lines))

    def codes(self, names: list[str]) -> Line:
        """Requirements as links, by their ids alone."""
        found: list[Inline] = []
        for name in dict.fromkeys(names):
            found += [", " if found else "", Link(f"#{name}", name)]
        return tuple(each for each in found if each)

    def condition(self, condition: Condition) -> tuple[Block, ...]:
        """A condition in words, whatever it names linked to its description."""
        lines = outline_phrases(condition, self.ruleset)
        if len(lines) == 1:
            return (Paragraph(self._line_of(lines[0][1])),)
        below = tuple((depth - 1, self._line_of(line)) for depth, line in lines[1:])
        return (Paragraph(self._line_of(lines[0][1])), Nested(below))

    def _line_of(self, phrase: Phrase) -> Line:
        first, *rest = (each if isinstance(each, str) else self._link(each) for each in phrase)
        return (self.capital(first) if isinstance(first, str) else first, *rest)

    def _link(self, mention: Mention) -> Link:
        language = ""
        if mention.kind == "question":
            language = self.said(self.ruleset.questions[mention.name].text)[1]
        if mention.kind == "evidence":
            language = self.said(self.ruleset.evidence[mention.name].title)[1]
        return Link(f"#{self.anchor(mention.kind, mention.name)}", mention.words, language)

    def setting(self, name: str) -> Line:
        """A setting as a link."""
        return (Link(f"#{self.anchor('setting', name)}", name),)
