"""Lists as whole notes give them: without a label, in columns, in groups, with full stops; and who was in office."""

import pytest

from meetings.minutes import reader
from meetings.minutes.structure import Presence


def listed(text):
    doc = reader.read(text)
    return [[attendee.name for attendee in doc.listed(presence)] for presence in Presence]


def there(text):
    return [attendee.name for attendee in reader.read(text).listed(Presence.ATTENDED)]


FOUR = ["Ada Boyle", "Ned Orme", "Uma Vance", "Gil Hart"]


@pytest.mark.parametrize(
    "text",
    [
        "Quay Committee\n3 May 2018\n\nAda Boyle (Chair), Ned Orme, Uma Vance, Gil Hart\n\n1. Welcome\nNoted.",
        "Present. Ada Boyle. Ned Orme.\nUma Vance. Gil Hart.\n\n1. Welcome\nNoted.",
        "PRESENT\nAda Boyle        Ned Orme\nUma Vance        Gil Hart\n\n1. Welcome\nNoted.",
        "Present:\nChair: Ada Boyle\nTrustees: Ned Orme, Uma Vance\nParent representatives: Gil Hart\n\n1. Welcome",
        "1. Persons present (by invitation)\nAB - Ada Boyle\nNO - Ned Orme\nUV - Uma Vance\nGH - Gil Hart",
        "Name:      Name:\nAda Boyle      Ned Orme\nUma Vance      Gil Hart\n\n1. Welcome\nNoted.",
        "Present: -, Ada Boyle, Ned Orme, Uma Vance, Gil Hart\n\n1. Welcome\nNoted.",
        "Present: Ada Boyle, Ned Orme, Uma Vance. Gil Hart\n\n1. Welcome\nNoted.",
    ],
)
def test_those_present_are_read_whatever_stands_between_them(text):
    assert there(text) == FOUR


def test_bodies_in_a_second_column_are_no_people():
    doc = reader.read("PRESENT\nAda Boyle        Canal Trust\nNed Orme        Digital Lockham\n\n1. Welcome\nNoted.")
    assert [(one.name, one.organisation) for one in doc.attendees] == [
        ("Ada Boyle", "Canal Trust"),
        ("Ned Orme", "Digital Lockham"),
    ]


def test_a_table_whose_columns_one_space_parts_gives_names_and_bodies():
    doc = reader.read("Present Representing\nAda Boyle Natural Lockham\nNed Orme (NO) Quay Trust\n\n1. Welcome\nNoted.")
    assert [(one.name, one.organisation) for one in doc.attendees] == [
        ("Ada Boyle", "Natural Lockham"),
        ("Ned Orme", "Quay Trust"),
    ]


def test_posts_in_a_second_column_are_no_people():
    text = "PRESENT\nAda Boyle      Town Rep\nNed Orme      Town Rep\nUma Vance      Quay Rep\n\n1. Welcome\nNoted."
    assert there(text) == ["Ada Boyle", "Ned Orme", "Uma Vance"]


def test_those_above_the_ones_in_attendance_were_there():
    text = "Ada Boyle (Chair)\nNed Orme (Treasurer)\nUma Vance (Captain)\n\nIn attendance:\n\nGil Hart (Coach)\n"
    assert listed(text)[:2] == [["Ada Boyle", "Ned Orme", "Uma Vance"], ["Gil Hart"]]


def test_who_is_counted_first_stands_before_names():
    assert there("In Attendance:\n\nOne member of the public\nMrs R Hill (Clerk)\n") == ["Mrs R Hill"]


def test_apologies_below_the_late_are_apologies():
    text = "Present were: Ada Boyle (AB) and Ned Orme.\nApologies were received from: Gil Hart (who later attended).\n"
    assert listed(text) == [["Ada Boyle", "Ned Orme"], [], ["Gil Hart"]]


def test_a_sentence_of_four_names_is_no_list():
    assert there("Quay Committee\n\nAda Boyle, Ned Orme, Uma Vance and Gil Hart agreed to write to the council.") == []


def test_initials_below_the_label_are_a_list():
    assert there("Attendees:\nAB., NO., UV, GH\nApologies: RH\n") == ["AB", "NO", "UV", "GH"]


def test_who_stands_apart_below_a_list_without_a_label_is_a_guest():
    text = "Quay School\n\nAda Boyle, Ned Orme, Uma Vance, Gil Hart\n\n\nMrs R Hill – Support Officer\n\n1. Welcome"
    assert listed(text)[:2] == [FOUR, ["Mrs R Hill"]]


@pytest.mark.parametrize(
    "text",
    [
        "1. Apologies for Absence\nApologies were received from members: Ada Boyle and Ned Orme.",
        "Apologies for absence were received and accepted from Ada Boyle and Ned Orme.",
        "Apologies: Ada Boyle, Ned Orme,\nMINUTES of the May meeting were agreed.",
        "Apologies: Ada Boyle, Ned Orme,\nOverview of accounts: Gil Hart",
    ],
)
def test_apologies_end_where_the_names_end(text):
    doc = reader.read(f"Present: Uma Vance\n{text}\n")
    assert [one.name for one in doc.listed(Presence.APOLOGIES)] == ["Ada Boyle", "Ned Orme"]


def test_a_heading_beside_apologies_is_nobody():
    assert listed("Present: Ada Boyle\n1. Apologies / Introductions\nNone.")[2] == []


@pytest.mark.parametrize(
    ("text", "chair", "secretary"),
    [
        ("Present: Ada Boyle (Outgoing Chair), Ned Orme (Incoming Chair)", "Ada Boyle", ""),
        ("Ada Boyle – Practice Manager\nNed Orme – Chairman\nGil Hart – Quay CC\nApologies: Rose Hill", "Ned Orme", ""),
        ("Present: Ada Boyle (Jt Chair), Ned Orme (Jt Chair)", "Ada Boyle", ""),
        ("Present: Ada Boyle (Chair), Ned Orme (Secretary), Uma Vance (Minute Taker)", "Ada Boyle", "Uma Vance"),
        ("Present: Ada Boyle (Chair of Governors), Ned Orme (Chair)", "Ned Orme", ""),
        ("Present: Ada Boyle, Ned Orme\nChairing the meeting: Ned Orme", "Ned Orme", ""),
        ("Chair - Ada Boyle(QSC). Secretary - Ned Orme(QSC).\nPresent: Uma Vance", "Ada Boyle", "Ned Orme"),
        ("Cllr Ada Boyle, Chairman of the Council, chaired the meeting.\n\nPresent: Cllr A Boyle", "Cllr A Boyle", ""),
        ("Present: Ada Boyle, Ned Orme\n\n1. Welcome\nNO will take notes for this meeting only.", "", "Ned Orme"),
        ("Present: Ada Boyle, Ned Orme\n\n1. Welcome\nNO will take notes at the next meeting.", "", ""),
        ("Present: Ada Boyle, Ned Orme\n\n1. Officers\nAB chaired the rest of the meeting.", "Ada Boyle", ""),
    ],
)
def test_who_was_in_office_at_this_meeting(text, chair, secretary):
    doc = reader.read(text)
    assert (doc.officer("Chair"), doc.officer("Secretary")) == (chair, secretary)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Quay Committee\nThursday 3 May 2018\n@ Lock House\n\nPresent: Ada Boyle", "Lock House"),
        ("Quay Committee\n3 May 2018 19:00 hrs to 20:30 hrs\nThe Board Room, Lock House\n\nPresent: Ada Boyle", None),
        ("Quay Committee\n3 May 2018\nRoom 3, Lock Forum\n\nPresent: Ada Boyle", "Room 3, Lock Forum"),
        ("Date: 3 May 2018 Time: 9.30am\n\nIn attendance:\n\nAda Boyle\nNed Orme", ""),
        ("Quay Committee 3 May 2018 (Lock Inn)\n\nPresent: Ada Boyle", "Lock Inn"),
    ],
)
def test_where_it_was(text, place):
    assert reader.read(text).place == ("The Board Room, Lock House" if place is None else place)
