"""What people in minutes are to do: the verbs, and whether words tell somebody to do something."""

import re

DEEDS_WORDS = """
    act action add advertise advise agree amend announce apply approach arrange ask assist attach attend book bring
    build buy call chase check circulate clarify collate collect comment compile complete confirm consider consult
    contact convene copy correct create deal decide deliver design develop discuss display distribute download draft
    draw edit email e-mail encourage enquire ensure enter establish explore feed feedback fetch fill finalise finalize
    find finish fix follow forward gather get give go hand help hire identify include inform inspect install
    investigate invite issue join keep lead let liaise link list locate look mail maintain make measure mend meet
    monitor move nag negotiate note notify obtain offer open order organise organize paint pass pay phone pick plan
    post prepare present print proceed produce progress promote propose provide publicise publish purchase pursue
    push put raise read register remind remove repair replace reply report represent request research respond
    restore resend return review revise rewrite ring run schedule search secure see seek send set share show sign
    sort source speak start submit suggest supply support take talk tell telephone test thank tidy track try tweet
    update upload visit volunteer work write
"""
DEEDS = frozenset(DEEDS_WORDS.split())
# Verbs that as a heading's or sentence's first word are as often nouns.
OR_NOUNS_WORDS = """
    act advise book call check contact copy deal design display draft email e-mail feed feedback forward hand help
    issue lead link list look mail note offer open order plan post present print progress report request research
    review run search set share show sign sort source start support talk test track update visit work act comment
    read see go let present register return supply
"""
OR_NOUNS = frozenset(OR_NOUNS_WORDS.split())
AFTER_NOUN = re.compile(
    r"\s+(?:of|on|from|by|was|is|has|had|are|were|will|for|in|at|and|&|received|showed|given|held|went"
    r"|about|sent)\b"
)
FIRST_WORD = re.compile(r"(?:Please\s+|To\s+|Need to\s+)?(?P<verb>[A-Z]?[a-z]+(?:-?[a-z]+)?)\b")

# Words that open a note in the column of actions when its cell is glued to the one before.
ACTION_WORDS = (
    r"(?:Intro(?:duction)?s?\b|Suggestions?\b|Offers?\b|Ideas?\b|Comments?\b|Agenda items?\b|Invite\b"
    r"|Contact\b|Circulate\b|Send\b|Arrange\b|E-?mail\b|Write\b|Check\b|Investigate\b|Confirm\b|Ask\b|Book\b|Find\b"
    r"|Organi[sz]e\b|Prepare\b|Draft\b|Produce\b|Publish\b|Share\b|Add\b|Chase\b|Follow[- ]?up\b|Set up\b|Speak\b"
    r"|Explore\b|Provide\b|Raise\b|Advertise\b|Promote\b|Finali[sz]e\b|Complete\b|Submit\b|Request\b|Remind\b"
    r"|Look into\b|Liaise\b|Obtain\b|Put on agenda\b|Carry forward\b|Link to\b|Volunteers to\b|Get\b|Tell\b)"
)
OPENS_NOTE = re.compile(rf"{ACTION_WORDS}(?!:)")
PAST_DEED = re.compile(
    r"\b(?:has|had|was|were|said|reported|told|gave|did|thanked|showed|asked|noted|spoke|explained|felt|outlined)\b"
)
TO_BE_DONE = re.compile(
    r"\b(?:to be|needs? to|needed|required|should be|must be|wanted|to do)\b|^To\s",
    re.IGNORECASE,
)


def is_instruction(words: str) -> bool:
    """Whether words tell somebody to do something: "Ring the Trust", "Papers to be printed"."""
    if OPENS_NOTE.match(words) or TO_BE_DONE.search(words):
        return True
    first = FIRST_WORD.match(words)
    if not first or first["verb"].casefold() not in DEEDS:
        return False
    return first["verb"].casefold() not in OR_NOUNS or not AFTER_NOUN.match(words, first.end("verb"))
