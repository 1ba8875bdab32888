"""Word files that the site wrote, handed back in: they record the same."""

from pathlib import Path

import pytest

from meetings.minutes import reader
from meetings.minutes.documents.layouts import Layout, lay_out
from meetings.minutes.documents.word import to_word
from meetings.minutes.files.taken import Remarks
from meetings.minutes.files.word_child import to_text
from tests.meetings.minutes.test_layouts import COVER, NOTES, assert_same_records, people_of, records_of, told


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_the_corpus_reads_back_the_same(path: Path, layout):
    doc = told(path)
    # In this process: what its child adds to it is limits, which other tests show.
    again = reader.read(to_text(to_word(lay_out(doc, layout=layout, cover=COVER)), Remarks()))
    assert (again.on, again.starts, again.ends, again.place) == (doc.on, doc.starts, doc.ends, doc.place)
    assert people_of(again) == people_of(doc)
    assert_same_records(records_of(doc, layout=layout), records_of(again, layout=layout))
