"""Word documents as notes: what of them becomes text, and what is left out and said."""

import io
import struct
import zlib

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Inches

from meetings.minutes import reader
from meetings.minutes.files import take
from meetings.minutes.structure import Kind, Presence
from tests.documents import add_table, append, document_of, member, packed, paragraph, written, xml


def taken(document):
    return take("notes.docx", document if isinstance(document, bytes) else written(document))


def lines(found):
    return found.text.rstrip("\n").split("\n")


def test_paragraphs_headings_tabs_and_breaks():
    document = Document()
    document.add_heading("Notes of the Canal Circle", level=1)
    document.add_paragraph("Held on 4 June 2019")
    document.add_paragraph("")
    document.add_heading("1. Matters arising", level=2)
    document.add_paragraph("Ring the trust\tAB")
    document.add_paragraph("Two spaces  and four    NO")
    document.add_paragraph("No\u00a0break, no\u2011hyphen")
    split = document.add_paragraph("first line")
    split.add_run().add_break()
    split.add_run("second line")
    found = taken(document)
    assert lines(found) == [
        "Notes of the Canal Circle",
        "",
        "Held on 4 June 2019",
        "",
        "## 1. Matters arising",
        "",
        "Ring the trust\tAB",
        "Two spaces  and four    NO",
        "No\u00a0break, no\u2011hyphen",
        "first line",
        "second line",
    ]
    assert found.said == ()


HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
UNSEEN = '<w:rPr><w:rStyle w:val="UnseenRun"/></w:rPr>'
SHOWN = '<w:rPr><w:vanish w:val="0"/></w:rPr>'


def run(words, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def test_hidden_text_is_left_out_and_said():
    document = document_of(
        f"<w:p>{run('Seen. ')}{run('SECRET one', HIDDEN)}{run('SECRET still one', HIDDEN)}{run('Seen too.')}</w:p>",
        f"<w:p>{run('SECRET paragraph', HIDDEN)}</w:p>",
        f"<w:p><w:pPr><w:pStyle w:val='Unseen'/></w:pPr>{run('SECRET by style')}{run('shown after all', SHOWN)}</w:p>",
        f"<w:p>{run('SECRET by run style', UNSEEN)}</w:p>",
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>"
        f"{run('SECRET row')}</w:p></w:tc></w:tr><w:tr><w:tc>{paragraph('A row')}</w:tc></w:tr></w:tbl>",
    )
    append_styles(
        document,
        '<w:style w:type="paragraph" w:styleId="Unseen"><w:name w:val="Unseen"/><w:basedOn w:val="Base"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/><w:rPr><w:vanish/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="UnseenRun"><w:name w:val="U"/><w:rPr><w:vanish/></w:rPr></w:style>',
    )
    found = taken(document)
    assert lines(found) == ["Seen. Seen too.", "shown after all", "", "A row"]
    assert found.said == ("5 passages of hidden text were left out.",)


def append_styles(document, *styles):
    for style in styles:
        document.styles.element.append(xml(style))


CHANGED = 'w:id="1" w:author="A" w:date="2019-06-04T00:00:00Z"'


def test_tracked_changes_are_taken_as_accepted():
    deleted = f"<w:del {CHANGED}><w:r><w:delText>GONE</w:delText></w:r></w:del>"
    document = document_of(
        f"<w:p>{run('Kept ')}{deleted}<w:ins {CHANGED}>{run('put in')}</w:ins></w:p>",
        f"<w:p><w:moveFrom {CHANGED}>{run('moved once')}</w:moveFrom></w:p>",
        f"<w:p><w:moveTo {CHANGED}>{run('moved once')}</w:moveTo></w:p>",
        f"<w:p><w:pPr><w:rPr><w:del {CHANGED}/></w:rPr></w:pPr>{run('joined ')}</w:p>",
        f"<w:p>{run('to one')}</w:p>",
        f"<w:p><w:r><w:rPr><w:rPrChange {CHANGED}><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>"
        "<w:t>was hidden once</w:t></w:r></w:p>",
        f"<w:p>{run('gone', '<w:rPr><w:strike/></w:rPr>')}{run('stays')}</w:p>",
    )
    found = taken(document)
    assert lines(found) == ["Kept put in", "moved once", "joined to one", "was hidden once", "stays"]
    assert found.said == (
        "1 passage that tracked changes delete was left out.",
        "1 passage that tracked changes insert was kept.",
        "1 passage that is struck through was left out.",
    )


NUMBERING = """
<w:abstractNum w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%4."/></w:lvl>
</w:abstractNum>"""
RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
NUMS = (
    '<w:num w:numId="771"><w:abstractNumId w:val="77"/></w:num>',
    f'<w:num w:numId="772"><w:abstractNumId w:val="77"/>{RESTART}</w:num>',
)


def point(words, level, number="771"):
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return f"<w:p>{properties}{run(words)}</w:p>"


def test_numbers_of_lists_are_written():
    document = document_of(
        point("Apologies", 0),
        point("Matters arising", 0),
        point("The sluice", 1),
        point("The boat", 1),
        point("its oars", 2),
        point("its sails", 2),
        point("deep", 3),
        point("Fair", 0),
        point("Flags", 1),
        point("Begun anew", 0, "772"),
        point("And on", 0, "772"),
        point("No list", 0, "0"),
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, xml(NUMBERING.strip()))
    for num in NUMS:
        numbering.append(xml(num))
    document.add_paragraph("By style", style="List Number")
    document.add_paragraph("A point", style="List Bullet")
    found = taken(document)
    assert lines(found) == [
        "1. Apologies",
        "2. Matters arising",
        "  2.1 The sluice",
        "  2.2 The boat",
        "    (a) its oars",
        "    (b) its sails",
        "      IV. deep",
        "3. Fair",
        "  3.1 Flags",
        "7. Begun anew",
        "8. And on",
        "No list",
        "1. By style",
        "• A point",
    ]


def test_a_deleted_point_is_not_counted():
    gone = point("x", 0).replace(run("x"), f"<w:del {CHANGED}><w:r><w:delText>GONE</w:delText></w:r></w:del>")
    document = document_of(point("One", 0), gone, point("Two", 0))
    numbering = document.part.numbering_part.element
    numbering.insert(0, xml(NUMBERING.strip()))
    numbering.append(xml(NUMS[0]))
    assert lines(taken(document)) == ["1. One", "2. Two"]


def picture():
    """The smallest of pictures."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


BOX = (
    "<w:p><w:r><w:t>Beside it</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>"
    "<a:graphic><a:graphicData uri='x'><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p>"
    "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback>"
    "<w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent></v:textbox>"
    "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> and on</w:t></w:r></w:p>"
)


def test_what_else_a_document_holds_is_kept_or_said():
    document = Document()
    document.add_picture(io.BytesIO(picture()), width=Inches(1))
    document.sections[0].header.paragraphs[0].text = "Draft of 5 June"
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 3"
    append(
        document,
        BOX,
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent>"
        "</w:sdt><w:r><w:t>After a field</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>Area </w:t></w:r><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></w:p>",
        "<w:p><w:smartTag><w:r><w:t>Tagged</w:t></w:r></w:smartTag><w:fldSimple w:instr='DATE'><w:r><w:t> 4 June</w:t>"
        "</w:r></w:fldSimple><w:bdo><w:r><w:t> turned</w:t></w:r></w:bdo></w:p>",
    )
    remark = document.add_paragraph("Remarked upon")
    document.add_comment(remark.runs, text="SECRET remark", author="A", initials="A")
    found = taken(document)
    assert lines(found) == [
        "Beside it and on",
        "In the box",
        "After a field",
        "Area a=b",
        "Tagged 4 June turned",
        "Remarked upon",
    ]
    assert found.said == (
        "1 comment was left out.",
        "1 empty field’s prompt was left out.",
        "1 picture was left out.",
        "The words of 1 text box stand after the paragraph that it was beside.",
        "1 formula was made plain text: please look at it.",
        "The headers and footers of its pages were left out: “Draft of 5 June”.",
    )


def linked(document, target, words):
    number = document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return f'<w:p><w:hyperlink r:id="{number}">{run(words)}</w:hyperlink></w:p>'


def test_links_keep_their_words_and_addresses_of_the_web():
    document = Document()
    append(
        document,
        linked(document, "https://circle.example/slides?a=1&b=2", "the slides"),
        linked(document, "https://circle.example/", "circle.example"),
        linked(document, "mailto:ada@circle.example", "Ada Boyle"),
        linked(document, "javascript:alert(1)", "a trap"),
        linked(document, "file:///C:/secret.doc", "a file"),
        f'<w:p><w:hyperlink r:id="rIdNowhere">{run("nowhere")}</w:hyperlink></w:p>',
    )
    found = taken(document)
    assert lines(found) == [
        "the slides (https://circle.example/slides?a=1&b=2)",
        "circle.example",
        "Ada Boyle",
        "a trap",
        "a file",
        "nowhere",
    ]
    assert found.said == (
        "2 links lead to no web page or e-mail address: their words were kept, their addresses were left out.",
        "1 e-mail address behind a link was left out: its words were kept.",
    )


def test_footnotes_stand_at_the_end():
    data = written(document_of(f'<w:p>{run("Said")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(" aloud")}</w:p>'))
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:id="2"><w:p>{run("In a low voice")}</w:p></w:footnote></w:footnotes>'
    )
    relations = member(data, "word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relations = relations.replace(
        "</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    )
    found = taken(packed({"word/footnotes.xml": notes, "word/_rels/document.xml.rels": relations}, data))
    assert lines(found) == ["Said[1] aloud", "", "[1] In a low voice"]
    assert found.said == ("1 footnote stands at the end.",)


ROWS = [
    ("Item", "Discussion", "ACTION"),
    ("1. Matters arising", "The sluice was mended.\nSomebody to ring the Weir Trust.", "\nNO"),
    ("2. Fair", "Flags were bought. Bunting is to be hung.", "AB/NO"),
    ("3. Boat", "It leaks.", "UV to caulk it"),
    ("4. Locks", "Paint them. Oil them.", "Ned Orme"),
]


def test_a_column_of_actions_stays_one_of_owners():
    document = Document()
    for line in ("Notes of the Canal Circle held on 4 June 2019", "Present: Ada Boyle, Ned Orme, Uma Vance", ""):
        document.add_paragraph(line)
    add_table(document, ROWS)
    found = taken(document)
    doc = reader.read(found.text)
    assert [(line.text, line.owners) for line in doc.of_kind(Kind.ACTION)] == [
        ("Somebody to ring the Weir Trust. ACTION NO", ("NO",)),
        ("Bunting is to be hung. ACTION AB/NO", ("AB", "NO")),
        ("UV to caulk it", ("UV",)),
        ("Ned Orme: Oil them.", ("Ned Orme",)),
    ]
    assert [(item.number, item.title) for item in doc.items] == [
        ("1", "Matters arising"),
        ("2", "Fair"),
        ("3", "Boat"),
        ("4", "Locks"),
    ]
    assert [attendee.name for attendee in doc.listed(Presence.ATTENDED)] == ["Ada Boyle", "Ned Orme", "Uma Vance"]


def test_merged_and_nested_cells_keep_the_column_where_it_is():
    document = Document()
    made = add_table(
        document,
        [
            ("Item", "Discussion", "Action"),
            ("1. Locks", "Paint them.", "AB"),
            ("", "Oil them.", "NO"),
            ("2. Boat", "It leaks badly.", ""),
        ],
    )
    made.cell(1, 0).merge(made.cell(2, 0))
    made.cell(3, 1).merge(made.cell(3, 2))
    inner = made.cell(3, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text = "Oars"
    inner.cell(0, 1).text = "two"
    assert [line for line in lines(taken(document)) if line] == [
        "## 1. Locks",
        "Paint them.    ACTION AB",
        "Oil them.    ACTION NO",
        "## 2. Boat",
        "It leaks badly.",
        "Oars    two",
    ]


@pytest.mark.parametrize("kind", ["strict", "macros"])
def test_other_kinds_of_word_documents_are_taken(kind):
    data = written(document_of(paragraph("Said")))
    if kind == "strict":
        name = "word/document.xml"
        old, new = (
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        assert taken(packed({name: member(data, name).replace(old, new)}, data)).text == "Said\n"
    else:
        types = (
            member(data, "[Content_Types].xml")
            .decode()
            .replace(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        )
        found = taken(packed({"[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}, data))
        assert found.text == "Said\n"
        assert found.said == ("The document’s macros were left out.",)
