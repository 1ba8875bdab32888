"""Lists of names that stand in sentences: "Those present were A and B. Apologies had been received from C."."""

import re

from meetings.minutes.attendance import NameList
from meetings.minutes.brackets import is_remark
from meetings.minutes.headings import VERBS
from meetings.minutes.list_labels import LABEL, MEANING, NOBODY_SENT, SENT_APOLOGIES
from meetings.minutes.list_rows import LONGEST_ENTRY
from meetings.minutes.name_lists import find_name, read_list
from meetings.minutes.name_rows import NameRows
from meetings.minutes.names import is_person, looks_like_name
from meetings.minutes.sentences import split_sentences
from meetings.minutes.structure import Stretch

FIRST_NAME = re.compile(r"[^,;(\[&/|\t\n–]{1,80}")
LINKS = {"from", "of", "for", "and", "plus", "at"}
RANK_ENDS = re.compile(r"\b(?:Maj|Sgt|Capt|Lt|Col|Insp|Supt|Prof|Revd?|Cllr|Dr|Mrs?|Ms|St|Fr|Hon)\.\s*$")
# Behind the sentence that tells where the meeting was held, at the top.
TOP_ROWS, LONGEST_ROW = 12, 1_200


class SentenceLists(NameRows):
    """Sentences, and the lists that they hold."""

    def _names_follow(self, start: int, end: int, *, has_mark: bool) -> bool:
        """Whether a label's own line goes on with names: after a colon one will do, without it they must be plain."""
        end = min(end, start + 4 * LONGEST_ENTRY)
        first = FIRST_NAME.match(self.text, start, end)
        found = find_name(self.text, start, end)
        if not first or not found or NOBODY_SENT.match(self.text, start, end):
            return False
        after = self.text[found.end : first.end()].split()
        if any(word.strip(".,") in VERBS for word in after):
            return False
        name = " ".join(self.text[found.start : found.end].split())
        if has_mark:
            is_plain = not after or after[0] in LINKS or not after[0][0].islower() or is_remark(" ".join(after))
            return is_plain and (is_person(name) or name.isupper() or bool(found.office)) and len(after) <= 10
        words = re.sub(r"\s+(?:and|of|from)\s.*", "", " ".join(first.group().split()), flags=re.DOTALL)
        words = words.removesuffix(" ACTION").rstrip(".")
        if looks_like_name(words):
            return words.split()[0].lower() not in VERBS
        return len(first.group()) < end - start and self._are_first_names(start, end)

    def _sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        """The sentences; "Maj. Piers Quill" is not two."""
        found: list[tuple[int, int]] = []
        for begin, stop in split_sentences(self.text, start, end):
            is_rank = found and RANK_ENDS.search(self.text, max(start, found[-1][1] - 8), found[-1][1])
            found.append((found.pop()[0] if is_rank else begin, stop))
        return found

    def _read_sentence(self, start: int, end: int) -> bool:
        """ "Those present were A and B. Apologies had been received from C." holds two lists."""
        label = LABEL.match(self.text, start, end)
        if not label or not self._names_follow(*self.source.trim(label.end(), end), has_mark=bool(label["mark"])):
            return False
        entries = read_list(self.text, *self.source.trim(label.end(), end)).entries
        self.found.lists.append(NameList(next(name for name in MEANING if label[name]), entries))
        self.source.mark(Stretch.LABEL, start, label.end())
        return True

    def _read_sent_apologies(self, index: int) -> bool:
        """ "Bea Stubbs and Ivor Pratt sent their apologies."."""
        row = self.rows[index]
        sent = SENT_APOLOGIES.match(self.text, row.start, row.end)
        if not sent:
            return False
        entries = read_list(self.text, row.start, sent.end("names")).entries
        if not entries or not all(is_person(entry.name) and " " in entry.name for entry in entries):
            return False
        self.found.rows.add(index)
        self.found.lists.append(NameList("apologies", entries))
        self.source.mark(Stretch.APOLOGIES, row.start, sent.end())
        if self.text[sent.end() : row.end].strip(" ."):
            self.found.leftovers.append((index, sent.end(), row.end))
        return True

    def _read_opening(self, index: int) -> bool:
        """ "The meeting was held in the hall at 8pm. Those present were: A, B": the list ends the row."""
        row = self.rows[index]
        if index >= TOP_ROWS or row.end - row.start > LONGEST_ROW:
            return False
        start, end = self._sentences(row.start, row.end)[-1]
        label = LABEL.match(self.text, start, end)
        if start == row.start or not label or not (label["attended"] or label["present"]) or not label["mark"]:
            return False
        if not self._read_sentence(start, end):
            return False
        self.found.rows.add(index)
        self.found.leftovers.append((index, row.start, self.source.trim(row.start, start)[1]))
        return True
