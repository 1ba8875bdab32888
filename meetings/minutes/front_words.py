"""The words by which notes say which meeting they are of, when and where it was, and who was in office."""

import re

# "Date & time:", "Venue –", or the first cell of a table's row.
HEADER_WORDS = (
    r"(?i:(?:meeting )?date|(?:start |finish |end )?times?|venue|place|location|where|when|held at)"
    r"|Title|Meeting|TITLE|MEETING|Subject|Group"
)
HEADER_MARK = (
    r"(?:\s?:(?:\s?-(?=\s))?(?:\*\*|__)?(?=\s|\d|$|[A-Z|])|(?:\s{0,20}\||\s/|\t|\s{3,}|\s[–-])(?=\s?\S)|\s[–-]$)"
)
HEADER = re.compile(
    rf"(?:\|\s{{0,20}}|#{{1,6}}\s+(?:Meeting )?|\*\*|__)?(?P<label>{HEADER_WORDS})s?"
    r"(?i:(?:\s?(?:/|&|and)\s?(?:time|place|venue|location)){0,2})(?i: of (?:the )?meeting)?(?:\*\*|__)?"
    rf"{HEADER_MARK}"
)
TITLE_SENTENCE = re.compile(
    r"(?:(?:these|here) are |this is )?(?:the )?(?:(?:approved|draft|final|confirmed|un(?:approved|confirmed)"
    r"|agreed|signed|formal|brief|summary|public) )?(?:notes|minutes|record|report) (?:of|for|from) (?:an? |the )?",
    re.IGNORECASE,
)
HELD = re.compile(
    r"\s+(?:(?:which )?was |which took place |that was |due to be )?held\b|\s+(?=on\s+(?:\w+day\b|the\s|\d))"
    r"|,?\s+(?=(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)",
    re.IGNORECASE,
)
AT = re.compile(
    r"\s*(?:held\s+)?(?:(?:at|in|via|by|using|through)\s+|@\s*)(?:the\s+)?(?!\d{1,2}[.:]\d\d|\d{1,2}\s?[ap]m)",
    re.IGNORECASE,
)
ONLINE = re.compile(
    r"(?:(?:held|meeting)\s+)?(?:via |by |on |using )?(?P<place>on-?line|virtually|remotely"
    r"|(?:microsoft |ms )?teams|zoom|google (?:meet|hangouts?)|skype|telephone conference|conference call)\b"
    r"(?: \([^()\n]{1,40}\))?",
    re.IGNORECASE,
)
ONLINE_MEETING = re.compile(
    r"(?:on-?line|virtual|remote) meeting(?: (?:held )?(?:via|by|on|using|through) (?P<place>.{3,40}))?", re.IGNORECASE
)
ROOM = re.compile(r"(?:the )?(?:(?:committee|board|meeting|seminar|conference) )?room\b", re.IGNORECASE)
HOURS = re.compile(r"(?:hrs?|hours|o['’]clock|prompt)\b.{0,3}", re.IGNORECASE)
OF_THE_PAGE = re.compile(
    r"\(?(?:page |document )?(?:last )?(?:modified|updated|published|posted|uploaded|printed|revised)\b", re.IGNORECASE
)
LEADS_TO_TIME = re.compile(r"\s+(?:on|from|at|commencing|starting|beginning)$", re.IGNORECASE)
# Words of a place, where "Lock Society" would be the group.
PLACE_WORDS = re.compile(
    r"\b(?:room|hall|house|inn|arms|tavern|pub|hotel|caf[eé]|library|church|chapel|centre|center|building|street|st|road|rd"
    r"|lane|avenue|square|court|offices?|school|college|university|campus|theatre|studio|suite|floor|hub|pavilion|clubhouse"
    r"|surgery|works|mill|station|park|place|museum|parliament|via|zoom|teams|online|on-line|skype|hq|headquarters)\b"
    r"|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b",
    re.IGNORECASE,
)
TITLE_WORDS = re.compile(
    r"\b(?:meetings?|minutes|notes|agenda|steering group|committee|forum|board(?! ?room)|council|agm|a\.g\.m|assembly"
    r"|working (?:group|party)|sub-?group|task ?force)\b",
    re.IGNORECASE,
)
GROUP_WORDS = re.compile(
    r"\b(?:group|society|association|club|circle|trust|council|committee|forum|board|partnership|friends|network|pta|ptfa"
    r"|ppg|fsa|alliance|federation|guild|league|team|consortium|parish|project|union|trustees|governors)\b",
    re.IGNORECASE,
)
TITLE_LEAD = re.compile(
    r"(?:#{1,6}\s+)?(?:(?:approved|draft|final|un(?:approved|confirmed)) )?(?:(?:meeting )?(?:minutes|notes)(?: of| for"
    r"|\s?[-–:])|agenda for) (?:the )?",
    re.IGNORECASE,
)
# What says only what kind of page this is: "Minutes of", "Notes from".
PAGE_KIND = re.compile(
    r"(?:(?:draft|final|approved|the|minutes?|notes?|agenda|of|for|from|on|held|dated|-|–|:)\s?)+", re.IGNORECASE
)
CHAIRED = re.compile(
    r"\b(?:chaired|led|facilitated) by:?\s+(?P<name>[A-Z].{0,60})"
    r"|(?P<before>[A-Z][^.,;:()\n]{1,40}?)(?:, [^.;:()\n]{1,60}?,?)?(?: was)? (?:in the [Cc]hair|took the [Cc]hair"
    r"|chaired the (?:(?:rest|remainder) of the )?meeting|presided"
    r"|agreed to chair th(?:e|is) meeting|(?:(?:was|were) )?(?:elected|supported|appointed|chosen|nominated) "
    r"(?:as |to be )?(?:the )?[Cc]hair(?:man|person)? (?:of|for) (?:the |this )?meeting)\b"
    r"|\b[Tt]he [Cc]hair(?:man|person|woman)?(?:, | \()(?P<beside>[A-Z][^.,;:()\n]{1,40})(?=[,)])",
    re.DOTALL,
)
TAKEN = re.compile(
    r"\b(?:minutes|notes) (?:were |was )?(?:taken|recorded|written) by:?\s+(?P<name>[A-Z].{0,60})"
    r"|(?P<before>[A-Z][^.,;:()\n]{1,40}?) (?:took|takes|was taking|is taking|(?:will|agreed to|offered to) take)"
    r" (?:the )?(?:minutes|notes)\b(?! (?:at|for) (?:the )?(?:next|future))",
    re.DOTALL,
)
BEFORE_DATE = re.compile(r"(?:^|(?<=\s))(?:held on|held|on|at|from|of|dated|commencing|starting)$", re.IGNORECASE)
OTHER_MEETING = re.compile(
    r"\b(?:last|previous|next|agreed|approved|accepted|confirmed as|deadline|future)\b", re.IGNORECASE
)
ON_A_DATE = re.compile(r"(?:held )?on (?:the )?", re.IGNORECASE)
COMPACT = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)")
EDGE = " \t,;:|–—-.#*/@"
