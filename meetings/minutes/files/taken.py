"""What comes of a file of notes: its text with what was left out of it, or a refusal."""

from collections import Counter
from dataclasses import dataclass, field


class NotTakenError(ValueError):
    """A file that holds no notes which can be read; the message tells people why, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The text of a file, and a sentence for people on each thing that was left out or added on the way."""

    text: str
    said: tuple[str, ...] = ()


# What is counted on the way: how one of them is said, and how several are.
COUNTED = {
    "hidden": ("1 passage of hidden text was left out.", "{} passages of hidden text were left out."),
    "deleted": (
        "1 passage that tracked changes delete was left out.",
        "{} passages that tracked changes delete were left out.",
    ),
    "inserted": (
        "1 passage that tracked changes insert was kept.",
        "{} passages that tracked changes insert were kept.",
    ),
    "struck": ("1 passage that is struck through was left out.", "{} passages that are struck through were left out."),
    "comment": ("1 comment was left out.", "{} comments were left out."),
    "prompt": ("1 empty field’s prompt was left out.", "{} empty fields’ prompts were left out."),
    "picture": ("1 picture was left out.", "{} pictures were left out."),
    "text box": (
        "The words of 1 text box stand after the paragraph that it was beside.",
        "The words of {} text boxes stand after the paragraphs that they were beside.",
    ),
    "formula": ("1 formula was made plain text: please look at it.", "{} formulas were made plain text: please look."),
    "note": ("1 footnote stands at the end.", "{} footnotes stand at the end."),
    "address": (
        "1 link leads to no web page or e-mail address: its words were kept, its address was left out.",
        "{} links lead to no web page or e-mail address: their words were kept, their addresses were left out.",
    ),
    "e-mail": (
        "1 e-mail address behind a link was left out: its words were kept.",
        "{} e-mail addresses behind links were left out: their words were kept.",
    ),
    "unsure owner": (
        "In 1 row of a table no owner is beside just one paragraph: they stand with the last. Please look at it.",
        "In {} rows of tables no owner is beside just one paragraph: they stand with the last. Please look at them.",
    ),
}


@dataclass
class Remarks:
    """What is said about a file while it is taken: things counted, and whole sentences."""

    counts: Counter[str] = field(default_factory=Counter)
    sentences: dict[str, None] = field(default_factory=dict)

    def count(self, what: str, number: int = 1) -> None:
        """Count a thing of ``COUNTED``."""
        self.counts[what] += number

    def say(self, sentence: str) -> None:
        """Say a sentence, once."""
        self.sentences[sentence] = None

    def said(self) -> tuple[str, ...]:
        """Every sentence, those on things counted first."""
        counted = ((COUNTED[what], self.counts[what]) for what in COUNTED if self.counts[what])
        return (
            *(one if number == 1 else several.format(number) for (one, several), number in counted),
            *self.sentences,
        )


class UnreadableError(Exception):
    """Raised in the child process; the message goes on from the file's name: "is …", "holds …"."""
