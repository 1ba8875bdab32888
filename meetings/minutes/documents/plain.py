"""A laid-out document as plain text, to be read in any program and to be pasted anywhere."""

from collections.abc import Iterable

from meetings.minutes.documents.layouts import Laid, Layout, NameList


def to_plain(laid: Laid) -> str:
    """The document as text. What a table has in its column of actions stands in lines that begin "Action:"."""
    blocks = [
        "\n".join(f"{label}: {words}" for label, words in ((laid.kind or "Meeting", laid.title), *laid.facts) if words)
    ]
    blocks += ["\n".join(_list(names, is_in_columns=laid.layout is Layout.COLUMNS)) for names in laid.lists]
    for section in laid.sections:
        heading = section.heading + (f" – {section.beside}" if section.beside else "")
        blocks += [f"## {heading}"] if heading else []
        blocks += ["- " + "\n  ".join(statement.lines) for statement in section.statements]
    if laid.foot:
        blocks += [f"## {laid.about}", *laid.foot]
    return "\n\n".join(blocks) + "\n"


def _list(names: NameList, *, is_in_columns: bool) -> Iterable[str]:
    yield f"{names.label}:"
    width = max(len(name.who) for name in names.names) + 4 if is_in_columns else 0
    for name in names.names:
        yield "- " + (f"{name.who:{width}}{name.beside}" if name.beside and width else str(name))
