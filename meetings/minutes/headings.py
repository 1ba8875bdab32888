"""Where an item of business begins: numbers, standing headings, and headings glued to the text of a table's cell."""

import re
from dataclasses import dataclass

from meetings.minutes.dates import date_at, find_dates
from meetings.minutes.names import INITIALS_TEXT, NAME, People

NUMBER = re.compile(
    r"(?:(?:ITEM|Item|Agenda [Ii]tem)\s+(?P<item>\d{1,3})\s*[.:)–-]?\s*"
    r"|(?P<reference>[A-Z]{1,6}/\d{1,4}/\d{1,4}|\d{4}[-/]\d\d[_/]\d{1,3})[:.]?\s*"
    r"|\((?P<bracketed>\d{1,2})\)\s+"
    r"|(?P<plain>\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)](?!\d)\s{0,40}|\s[–-]\s|\s+(?=[A-Z]))"
    r"|(?P<letter>[a-z])[.)]\s+)"
)
AGENDA_TIME = re.compile(r"\d{1,2}[.:]\d\d(?:\s?[ap]m)?\s*(?:[-–]\s*\d{1,2}[.:]\d\d)?\s{2,}")
INNER_NUMBER = re.compile(r"(\d{1,2})[.)]?\s")
MARKDOWN = re.compile(r"#{1,6}\s+")

# What people who take minutes call their items, the longest first where one begins as another does.
STANDING = re.compile(
    r"(?:introductions?|welcome(?: and introductions?)?|apologies(?: for absence)?|matters arising"
    r"|actions? (?:from|of) (?:the )?"
    r"(?:last|previous) (?:meeting|minutes)|(?:minutes|notes) of (?:the )?(?:last|previous) meeting"
    r"|declarations? of interests?|(?:local |brief |general |members['’]? )?updates?|local|news|events?"
    r"|data us(?:age|ed?) (?:&|and) wish ?lists?|wish ?lists?|correspondence|finance|treasurer['’]s report"
    r"|chair['’]s (?:report|update)"
    r"|aob|any other business|(?:dates? of )?(?:next|future) meetings?|dates? of next meeting"
    r"|a\.o\.b\.?)(?![\w'’])",
    re.IGNORECASE,
)
# What else stands alone as a heading: too common within sentences to be looked for there.
STANDING_ALONE = re.compile(
    r"matters arising from [^.:]{3,60}|(?:previous|last) (?:minutes|notes)|(?:minutes|notes) (?:of"
    r"|from) [^.]{0,30}\bmeeting"
    r"|(?:chair(?:man|person)?|secretary|treasurer|head ?teacher|clerk|president|captain"
    r"|officers?)['’]?s? (?:reports?|updates?"
    r"|items?|remarks|opening remarks)|(?:police|finance|financial|planning|membership|website|safeguarding"
    r"|maintenance|fundraising|committee|(?:county|district) council(?:lor)?['’]?s?) (?:reports?|updates?|matters)"
    r"|elections? of (?:officers|chair\w*|committee|the committee|vice.chair\w*)|public (?:participation|forum"
    r"|session)"
    r"|planning(?: applications)?|safeguarding|membership|newsletter|website|accounts|highways"
    r"|any other (?:competent |urgent )?business.{0,10}|aocb|(?:open|public) forum|welcome\b[^.]{0,30}apologies"
    r"|previous (?:action points|actions)|actions? points?|round.?up|dates? of (?:the )?(?:next|future) .{3,30}",
    re.IGNORECASE,
)
CONNECTORS_WORDS = """
    & and of on with to the for in + / from by a or re at – - members
"""
CONNECTORS = frozenset(CONNECTORS_WORDS.split())
STARTERS_WORDS = """
    a after all also an any as at attendees both discussion during each following for from further he however if
    in it last many members minutes more most next no none not notes nothing on one our please several she since
    some thanks the their there these they this those to two under until we when while with you
"""
STARTERS = frozenset(STARTERS_WORDS.split())
VERBS_WORDS = """
    is are was were has have had will would can could should may might must said agreed reported noted thanked
    outlined gave asked felt does did went came confirmed described mentioned told welcomed explained presented
    shared showed started joined queried spoke led took ran made sent met began wrote brought held heard kept
    drew attended
"""
VERBS = frozenset(VERBS_WORDS.split())
SPEAKER = re.compile(rf"{INITIALS_TEXT}\s?(?::|\s[–-]\s)")
SPEAKER_OF_DATA = re.compile(rf"\s+(?={INITIALS_TEXT}\s?:\s*(?:Used|Wants|USED|WANTS)\b)")
ONLY_SAYS_WHEN = (["on"], ["at"], ["in"])
NOTHING = re.compile(r"\s+(?P<words>(?:None|NONE|Nil|Nothing|N/A)\b.{0,30})")
STARTS_A_SENTENCE = frozenset({"The", "A", "An", "It", "There", "No", "None", "Agreed", "Action", "ACTION", "Noted"})
ALWAYS_START = {"A", "The", "An", "This", "No"}
MEETINGS_TO_COME = re.compile(r"(?:dates? of (?:the )?)?(?:next|future|forthcoming) meetings?", re.IGNORECASE)
KEEPS_DATE = re.compile(r"\b(?:of|for|from|on|meeting|held|since|to|until|the|last|our)$", re.IGNORECASE)
LONGEST_HEADING = 200
TO_DO = re.compile(
    r"To (?:receive|approve|consider|note|confirm|agree|discuss|review|adopt|elect|appoint|ratify|resolve|sign|record"
    r"|hear|report|accept|decide|co-opt|declare|authorise|set|welcome)\b"
)
ANSWER = re.compile(r"\s?:\s?|\s[–—-]\s")
LEADS_TO_COLON = re.compile(r"\s(?:will be|is|are|was|were|to be|include[sd]?)(?: as follows)?$")
GLUED_HYPHEN = re.compile(
    r"(?<=[a-z]{2})[-–](?=(?:the|a|an|this|it|there|all|discussion|no|two|three|members|everyone)\s"
    r"|[A-Z][a-z]+ [A-Za-z])"
)
DASH = re.compile(r"\s+[–—-]\s+(?=\S)")
BULLETS = "·•▪●◦‣*"
PERSON = re.compile(rf"(?P<name>{INITIALS_TEXT}|{NAME.pattern})(?:['’]s?\b)?")
ALSO_A_PERSON = re.compile(rf"(?:and|&|/)\s+(?P<name>{INITIALS_TEXT}|{NAME.pattern})")
# "2 / Locks / All", a row of a table flattened with strokes: number, title, and who leads.
SLASHED = re.compile(
    r"(?P<number>\d{1,2})\.?\s+/\s+(?P<title>[^/\n–]{2,80}?)(?=\s+/\s|\s?–\s|\s*$)(?:\s+/\s*|\s?–\s+)?"
)
TOKEN = re.compile(r"\S+")
REFERENCE = re.compile(r"A\d{1,6}\s?[:–-]")  # "A37: done" speaks of an action; it is no heading


@dataclass(frozen=True)
class Heading:
    """A heading's stretch, its number as written, and where the text after it begins.

    A paragraph that is numbered but has no heading lends its first words as the ``title``; they stay part of it.
    """

    start: int
    end: int
    rest: int
    number: str = ""
    number_start: int = -1
    title: str = ""


def words_between(text: str, start: int, end: int) -> list[str]:
    """The words of a stretch."""
    return text[start:end].split()


def is_sentence(text: str, start: int, end: int) -> bool:
    """Whether a stretch says something: it has a finite verb, or ends as a sentence does and is long."""
    words = words_between(text, start, end)
    for index, word in enumerate(words):
        # "The meeting held on 3 May" is no sentence yet.
        if word.strip(".,;:") in VERBS and not (word == "held" and words[index + 1 : index + 2] in ONLY_SAYS_WHEN):
            return True
    return len(words) > 8 and words[-1].endswith((".", "?", "!"))


def is_title(text: str, start: int, end: int) -> bool:
    """A few words that do not end as a sentence does and have no verb."""
    words = words_between(text, start, end)
    return 1 <= len(words) <= 9 and words[-1][-1] not in ".;,?!" and not is_sentence(text, start, end)


def is_standing(text: str, start: int, end: int) -> bool:
    """Whether a stretch is what people who take minutes call an item, and nothing else."""
    return bool(STANDING.fullmatch(text, start, end) or STANDING_ALONE.fullmatch(text, start, end))


def is_title_case(words: list[str]) -> bool:
    """Most of the words that matter are capitalised."""
    matter = [word for word in words if len(word) > 3 and word[:1].isalpha()]
    return bool(words) and words[0][:1].isupper() and sum(word[0].isupper() for word in matter) * 2 > len(matter)


def standing_alone(text: str, start: int, end: int) -> bool:
    """A line that is a heading by its looks: short, capitalised, no verb, no stop at its end."""
    words = words_between(text, start, end)
    if not words or len(words) > 9 or text[end - 1] in ".,;:?!–-)":
        return False
    if words[0][:1].isupper() and is_standing(text, start, end):
        return True
    if len(words) == 1:
        return False
    if is_sentence(text, start, end) or not words[0][:1].isupper() or date_at(text, start, end):
        return False
    if any(character in text[start:end] for character in "@|:"):
        return False
    return is_title_case(words)


def numbered(text: str, start: int, end: int) -> Heading | None:
    """A numbered item whose number stands at ``start``: its heading, and the text that may follow in the same row."""
    found = NUMBER.match(text, start, end)
    if not found or found["letter"] or found.end() >= end or AGENDA_TIME.match(text, start, end):
        return None
    number = found["item"] or found["reference"] or found["bracketed"] or found["plain"]
    if found["plain"] and "." in number:
        return _sub_item(text, found, end, start)
    if found["plain"] and _is_bare_number(text, found, end):
        return None
    heading_end, rest = split_heading(text, found.end(), end)
    if heading_end > found.end():
        return Heading(found.end(), heading_end, rest, number, start)
    stop = found.end() + len(text[found.end() : end].rstrip(" ."))
    if is_standing(text, found.end(), stop) or (text[found.end() : stop].isupper() and "\n" not in text[start:stop]):
        return Heading(found.end(), stop, end, number, start)
    lent = Heading(found.end(), found.end(), found.end(), number, start, lent_title(text, found.end(), end))
    return None if found["reference"] else lent


def _sub_item(text: str, found: re.Match[str], end: int, start: int) -> Heading | None:
    """ "4.1 School visits", alone on its row: an item within an item; "4.1 It was agreed" is a paragraph of one."""
    stop = found.end() + len(text[found.end() : end].split("\n", maxsplit=1)[0].rstrip(" :"))
    words = words_between(text, found.end(), stop)
    if not 1 <= len(words) <= 8 or words[0][0].islower() or text[stop - 1] in ".,;?!":
        return None
    if is_sentence(text, found.end(), stop) or stop < end - 1 or words[0] in STARTS_A_SENTENCE:
        return None
    return Heading(found.end(), stop, end, found["plain"], start)


def _is_bare_number(text: str, found: re.Match[str], end: int) -> bool:
    """A number without a stop counts only before words in capitals ("2 UPDATES"); "25 March", "5 people" are none."""
    after_number = text[found.end("plain") : found.end("plain") + 1]
    if DASH.match(text, found.end("plain"), end):
        return False
    if after_number in ".)":
        return date_at(text, found.start(), end) is not None
    is_capitals = text[found.end() : end].split("\n", maxsplit=1)[0].isupper()
    return not is_capitals or date_at(text, found.start(), end) is not None


def split_heading(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the heading that begins at ``start`` ends and the text after it begins; no heading: ``start`` twice."""
    line_end = text.find("\n", start, end)
    first_end = end if line_end < 0 else line_end
    for rule in (_before_speaker, _standing_heading, _to_do, _before_colon, _before_date, _before_dash, _before_hyphen):
        found = rule(text, start, first_end, end)
        if found:
            return found
    question = 3 <= len(text[start:first_end].split()) <= 10 and text[first_end - 1] == "?"
    if not question and not is_heading_like(text, start, first_end):
        return start, start
    if first_end < end:
        return first_end, first_end
    return end - (text[end - 1] == ":"), end


def _before_speaker(text: str, start: int, first_end: int, _end: int) -> tuple[int, int] | None:
    """ "Data wish lists AB: Used: …"."""
    speaker = SPEAKER_OF_DATA.search(text, start, first_end)
    if speaker and is_heading_like(text, start, speaker.start()):
        return speaker.start(), speaker.end()
    return None


def _standing_heading(text: str, start: int, first_end: int, _end: int) -> tuple[int, int] | None:
    """ "AOB None", "Next meeting – To be confirmed"."""
    standing = STANDING.match(text, start, first_end)
    if not standing:
        return None
    nothing = NOTHING.fullmatch(text, standing.end(), first_end)
    dash = DASH.match(text, standing.end(), first_end)
    if nothing:
        return standing.end(), nothing.start("words")
    return (standing.end(), dash.end()) if dash else None


def _to_do(text: str, start: int, first_end: int, _end: int) -> tuple[int, int] | None:
    """ "To receive the report of the wharf": an agenda's words for an item, the whole line of them."""
    is_long = first_end - start > LONGEST_HEADING or ". " in text[start:first_end]
    if is_long or not TO_DO.match(text, start, first_end):
        return None
    answer = ANSWER.search(text, start, first_end)
    return answer.span() if answer else (start + len(text[start:first_end].rstrip(" .")), first_end)


def _before_colon(text: str, start: int, first_end: int, _end: int) -> tuple[int, int] | None:
    """ "Themes: January was …", "Next meeting will be: 3 May"."""
    colon = text.find(":", start, min(first_end, start + 90))
    said = LEADS_TO_COLON.search(text, start, colon) if colon > start else None
    if said and is_heading_like(text, start, said.start()):
        return said.start(), colon + 1
    colon = _heading_colon(text, start, first_end)
    return (colon, colon + 1) if colon else None


def _before_hyphen(text: str, start: int, first_end: int, _end: int) -> tuple[int, int] | None:
    """ "Audit of the Locks-the audit was read": a hyphen with no spaces, then a sentence."""
    hyphen = GLUED_HYPHEN.search(text, start, min(first_end, start + 100))
    if not hyphen or not is_sentence(text, hyphen.end(), first_end):
        return None
    words = words_between(text, start, hyphen.start())
    is_heading = len(words) > 1 and is_heading_like(text, start, hyphen.start())
    return hyphen.span() if is_heading and words[0][0].isupper() else None


def _before_date(text: str, start: int, first_end: int, end: int) -> tuple[int, int] | None:
    """ "Future meetings 25 March"; but "Notes of the meeting of 11 March" keeps its date."""
    written = next(find_dates(text, start, first_end), None)
    before = text[start : written.start].rstrip(" ,–-(") if written else ""
    keeps = KEEPS_DATE.search(before) and not MEETINGS_TO_COME.fullmatch(before)
    if not before or keeps or not is_heading_like(text, start, start + len(before)):
        return None
    return start + len(before), _past_comma(text, start + len(before), end)


def _before_dash(text: str, start: int, first_end: int, _end: int) -> tuple[int, int] | None:
    """ "Boats – there were fourteen": a heading, then what is said of it."""
    dash = DASH.search(text, start, min(first_end, start + 80))
    if not dash or not is_heading_like(text, start, dash.start()) or len(text[start : dash.start()].split()) > 8:
        return None
    rest = text[dash.end() : first_end]
    tells = rest[:1].islower() and (len(rest.split()) > 2 or rest.endswith("."))
    says = is_sentence(text, dash.end(), first_end) or tells or NOTHING.fullmatch(f" {rest}")
    return (dash.start(), dash.end()) if (says and len(rest.split()) != 1) or NOTHING.fullmatch(f" {rest}") else None


def _past_comma(text: str, stop: int, end: int) -> int:
    while stop < end and text[stop] in " ,–-":
        stop += 1
    return stop


def _heading_colon(text: str, start: int, end: int) -> int:
    """The colon that ends a heading, with text after it; 0 if there is none."""
    colon = text.find(":", start, min(end, start + 90))
    if colon < 0 or not text[colon + 1 : end].strip():
        return 0
    words = words_between(text, start, colon)
    if len(words) > 8 or is_sentence(text, start, colon) or any(mark in text[start:colon] for mark in ".;"):
        return 0
    # "Notes of the last meeting: Corrections and Actions" is one heading.
    if is_heading_like(text, start, end) and is_title_case(words_between(text, colon + 1, end)):
        return 0
    return colon


def is_heading_like(text: str, start: int, end: int) -> bool:
    """Short, no sentence: what stands after an item's number may be in lower case."""
    words = words_between(text, start, end)
    if not words or len(words) > 14 or is_sentence(text, start, end):
        return False
    return not text[start:end].rstrip().endswith((".", "?", "!", ";")) and ". " not in text[start:end]


def lent_title(text: str, start: int, end: int) -> str:
    """The first words of a numbered paragraph without a heading, to call the item by."""
    words = words_between(text, start, min(end, start + 200))
    sentence: list[str] = []
    for word in words[:14]:
        sentence.append(word)
        if word.endswith((".", "?", "!", ":")):
            break
    verb = next((index for index, word in enumerate(sentence) if word.strip(",.") in VERBS), 0)
    chosen = sentence[:verb] if 4 <= verb <= 9 else sentence[:6]
    if not verb and len(sentence) <= 10 and sentence[-1].endswith(".") and "," not in " ".join(sentence):
        chosen = sentence  # a short one without a verb is a title with a full stop
    # A title needs no numbers: "The notes of the meeting of 3/4/2019" is called by the words before its date.
    if any(character.isdigit() for character in chosen[-1]) and "/" in chosen[-1]:
        chosen = chosen[:-1]
    while len(chosen) > 1 and chosen[-1].lower() in CONNECTORS:
        chosen = chosen[:-1]
    return " ".join(chosen).strip(" .,:;–-")


def glued(text: str, start: int, end: int, people: People, *, is_numbered: bool = False) -> int:
    """Where, in a table's row, the first cell's heading ends and the second's text begins; ``start`` if nowhere.

    ``is_numbered``: the heading's number stands before it, so that it may be in lower case.
    """
    tokens = list(TOKEN.finditer(text, start, min(end, start + 160)))[:16]
    if not tokens or REFERENCE.match(text, start, end) or _starts_text(text, tokens, 0, people, end):
        return start
    if date_at(text, start, end):
        return start
    standing = STANDING.match(text, start, end)
    capitals = _end_of_capitals(text, tokens, people, end)
    if not capitals and not (standing and _after_standing(text, standing.end(), end)):
        return _before_somebody(text, tokens, people, end, is_numbered=is_numbered) or start
    if standing and _after_standing(text, standing.end(), end):
        # "Local History Ada Birch showed": the person begins the text, so the heading is more than "Local".
        begun = text[capitals:end].lstrip()
        is_longer = capitals > standing.end() and _is_person_at(text, end - len(begun), end, people)
        return capitals if is_longer else standing.end()
    return capitals or start


def _end_of_capitals(text: str, tokens: list[re.Match[str]], people: People, end: int) -> int:
    """Where a run of capitalised words gives way to a sentence; 0 if no sentence follows it."""
    for index, token in enumerate(tokens[1:], start=1):
        if _starts_text(text, tokens, index, people, end):
            return tokens[index - 1].end()
        word = token.group()
        if not (word[0].isupper() or word[0] in "&+/(“\"'‘" or word.lower() in CONNECTORS or word[0].isdigit()):
            if word.endswith(",") and index + 1 < len(tokens) and date_at(text, tokens[index + 1].start(), end):
                return token.end()
            return _before_subject(tokens, index)
        if word[-1] in ".;?!":
            return 0
    return 0


def _before_somebody(text: str, tokens: list[re.Match[str]], people: People, end: int, *, is_numbered: bool) -> int:
    """ "Young people AB showed", "Data store It was agreed": words in lower case, then plainly a sentence; else 0."""
    for index, token in enumerate(tokens[1:7], start=1):
        word = tokens[index - 1].group()
        if word.lower() in VERBS or word[-1] in ".;:?!,":
            return 0
        if word.lower() in CONNECTORS:
            continue
        opens = token.group() in ALWAYS_START | {"It", "There", "We"} and tokens[index + 1 : index + 2]
        if _is_person_at(text, token.start(), end, people) or (
            opens and tokens[index + 1].group()[0].islower() and (is_numbered or index <= 3)
        ):
            return tokens[index - 1].end()
    return 0


def _after_standing(text: str, position: int, end: int) -> bool:
    rest = text[position:end].lstrip(" :")
    first = rest.split(maxsplit=1)[0] if rest.strip() else ""
    return (
        bool(first)
        and (first[0].isupper() or first[0] in BULLETS or first[0].isdigit())
        and first.lower() not in CONNECTORS - {"a"}
    )


def _starts_text(text: str, tokens: list[re.Match[str]], index: int, people: People, end: int) -> bool:
    """Whether a cell's text begins here: a bullet, a date, a speaker, somebody's name, or how sentences open."""
    position, word = tokens[index].start(), tokens[index].group()
    before = tokens[index - 1].group() if index else ""
    after = tokens[index + 1].group() if index + 1 < len(tokens) else ""
    if word[0] in BULLETS or SPEAKER.match(text, position, end) or word in {"Used", "Wants", "Used:", "Wants:"}:
        return True
    if before and date_at(text, position, end):
        return before.endswith((",", "–", "-")) or before.lower() not in CONNECTORS
    if word.lower() in STARTERS and word[0].isupper() and (after[:1].islower() or word in ALWAYS_START):
        return True
    return _is_person_at(text, position, end, people)


def _is_person_at(text: str, position: int, end: int, people: People) -> bool:
    """Somebody from the lists, and then a word in lower case: what they said or did."""
    found = PERSON.match(text, position, end)
    if not found or not people.has(" ".join(found["name"].split())):
        return False
    after = text[found.end() : min(end, found.end() + 80)].lstrip()
    also = ALSO_A_PERSON.match(after)
    if also and people.has(also["name"]):
        return True
    after = after.removeprefix(",").lstrip()
    return after[:1].islower() and after.split(maxsplit=1)[0] not in CONNECTORS


def _before_subject(tokens: list[re.Match[str]], index: int) -> int:
    """A verb ends the run of capitals: its subject, two capitalised words before it, belongs to the text; else 0."""
    verb = tokens[index].group().strip(",.")
    first = index - 2
    if first < 2 or not (verb in VERBS or verb.endswith(("ed", "ew"))):
        return 0
    subject = [tokens[first].group(), tokens[first + 1].group()]
    heading = [token.group() for token in tokens[:first]]
    if not all(word[0].isupper() and word.lower() not in CONNECTORS for word in subject):
        return 0
    if heading[-1].lower() in CONNECTORS or not is_title_case(heading):
        return 0
    return tokens[first - 1].end()
