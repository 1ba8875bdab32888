"""recording.record: notes become rows, the same notes change none, and nobody's words are lost."""

from datetime import date, time

import pytest

from actions.models import Action, ActionOwner, ActionUpdate
from meetings import composing, publishing, recording
from meetings.minutes import reader
from meetings.minutes.structure import Kind
from meetings.models import Attendance, Item, Meeting, MinuteLine, Minutes
from members.models import Membership, Organisation, Person
from tests.factories import NOW, make_attendance, make_group, make_meeting, make_minutes, make_organisation, make_person
from wishlists.models import Entry

pytestmark = pytest.mark.django_db

NOTES = """These are the notes of the EDC meeting held in Elmbridge Council Mill Road on Wednesday 28th January 2026.

  Attendance Ada Birch, Bo Ashworth, Dr Cleo Dunn
  Present Eli Fenn
  Apologies Gia Holt
  Matters Arising Notes of meeting 26/11/2025 agreed.
    AB to write to all members about the spring dates. BA/CD to find a room by 4th March.
  Data Usage & Wish Lists AB: Used: Bus stop times

Wants: Tree positions

    XY: Wants: Better maps
  4. AOB and FUTURE MEETINGS 25th March, 11.00-13.00, hosted by Elmbridge Council



%d bloggers like this:
"""
MODELS = [Action, ActionOwner, ActionUpdate, Attendance, Item, Meeting, Membership, MinuteLine, Minutes]
MODELS += [Entry, Organisation, Person]


@pytest.fixture
def meeting(db):
    make_group()
    make_organisation("Elmbridge Council")
    return make_meeting(on=date(2026, 1, 28), starts=None)


def record(meeting, text, **options):
    options.setdefault("now", NOW)
    return recording.record(meeting=meeting, text=text, **options)


def snapshot():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def test_it_works(meeting):
    recorded = record(meeting, NOTES)
    assert recorded.is_changed
    assert {(a.person_name, a.status, a.capacity) for a in meeting.attendances.all()} == {
        ("Ada Birch", "present", "member"),
        ("Bo Ashworth", "present", "member"),
        ("Dr Cleo Dunn", "present", "member"),
        ("Eli Fenn", "present", "in-attendance"),
        ("Gia Holt", "apologies", "member"),
    }
    assert set(Person.objects.values_list("name", flat=True)) == {
        "Ada Birch", "Bo Ashworth", "Cleo Dunn", "Eli Fenn", "Gia Holt",
    }  # fmt: skip
    actions = list(Action.objects.order_by("number").prefetch_related("owners__person"))
    assert [[owner.person.name for owner in action.owners.all()] for action in actions] == [
        ["Ada Birch"],
        ["Bo Ashworth", "Cleo Dunn"],
    ]
    assert [action.due_on for action in actions] == [None, date(2026, 3, 4)]
    assert [action.raised_on for action in actions] == [date(2026, 1, 28)] * 2
    assert {(e.kind, e.person_name, e.person and e.person.name, e.text, e.status) for e in Entry.objects.all()} == {
        ("used", "AB", "Ada Birch", "Bus stop times", ""),
        ("wants", "AB", "Ada Birch", "Tree positions", "wanted"),
        ("wants", "XY", None, "Better maps", "wanted"),
    }
    named = Meeting.objects.get(on=date(2026, 3, 25))
    # Where and when is told once everyone may read it.
    assert (named.status, named.starts, named.host, named.published_at) == ("tentative", None, None, None)
    assert meeting.lines.get(kind=Kind.AGREED).names_on == date(2025, 11, 26)
    assert recorded.minutes.status == "draft"
    publishing.circulate(minutes=recorded.minutes, now=NOW)
    named.refresh_from_db()
    assert (named.status, named.starts, named.ends, named.host.name, named.published_at) == (
        "tentative", time(11), time(13), "Elmbridge Council", NOW,
    )  # fmt: skip


@pytest.mark.parametrize(("secret", "is_circulated"), [("", False), (" [confidential]", True)])
@pytest.mark.parametrize("is_first", [True, False])
def test_what_a_draft_or_a_confidential_line_announces_stays_off_the_meeting_s_page(
    meeting, secret, is_circulated, is_first
):
    text = NOTES.replace("hosted by Elmbridge Council", f"hosted by Hidden Host at Hidden Place{secret}")
    held = "These are the notes of the EDC meeting held on Wednesday 25th March 2026.\n\nPresent: Ada Birch, Eli Fenn\n"
    later = make_meeting(on=date(2026, 3, 25), starts=None) if not is_first else None
    if later is not None:
        publishing.circulate(minutes=record(later, held).minutes, now=NOW)
    minutes = record(meeting, text).minutes
    if is_circulated:
        publishing.circulate(minutes=minutes, now=NOW)
    later = Meeting.objects.get(on=date(2026, 3, 25))
    publishing.circulate(minutes=record(later, held).minutes, now=NOW)
    later.refresh_from_db()
    assert later.is_published
    assert (later.starts, later.ends, later.host, later.host_name, later.venue) == (None, None, None, "", "")
    assert "Hidden" not in later.event


def test_the_place_goes_to_the_meeting_when_the_notes_are_circulated(meeting):
    minutes = record(meeting, NOTES).minutes
    meeting.refresh_from_db()
    assert meeting.venue == ""
    publishing.circulate(minutes=minutes, now=NOW)
    meeting.refresh_from_db()
    assert meeting.venue == "Elmbridge Council Mill Road"


def test_references_stand_in_the_text_when_it_is_opened_again(meeting):
    minutes = record(meeting, NOTES).minutes
    assert "spring dates. [A1] BA/CD to find a room by 4th March. [A2]" in minutes.text
    assert "Bus stop times [D1]" in minutes.text
    assert composing.text_for_editing(minutes) == (minutes.text, [])
    plain = minutes.text
    for reference in ("A1", "A2", "D1", "D2", "D3"):
        plain = plain.replace(f" [{reference}]", "")
    assert plain == NOTES


def test_references_stand_by_their_actions_where_only_the_meeting_gives_the_year(meeting):
    # Without its year the first sentence tells of no meeting, and the lines are others.
    text = (
        "The group will next meet on 16 July at 7pm; AB to book the hall and The group will next meet on 16 July at 7pm"
    )
    recorded = record(meeting, f"{text}; AB to ask the caretaker")
    again = record(meeting, recorded.minutes.text)
    assert not again.is_changed
    assert {line.text: line.reference for _, line in again.reading.doc.lines() if line.kind is Kind.ACTION} == {
        action.text: action.reference for action in Action.objects.all()
    }


@pytest.mark.parametrize("again", ["as typed", "as opened again"])
def test_the_same_notes_change_no_row(meeting, again):
    minutes = record(meeting, NOTES).minutes
    publishing.circulate(minutes=minutes, now=NOW)
    before = snapshot()
    text = NOTES if again == "as typed" else composing.text_for_editing(minutes)[0]
    recorded = record(meeting, text)
    assert not recorded.is_changed
    assert snapshot() == before


def test_what_was_recorded_composes_to_what_was_read(meeting, secretary):
    secretary.standing = secretary.standing_on(meeting.on)
    minutes = record(meeting, NOTES).minutes
    meeting.refresh_from_db()
    doc, composed = reader.read(minutes.text), composing.compose(meeting, user=secretary)
    assert composed.attendees == doc.attendees
    assert composed.items == doc.items
    assert composed.opening == doc.opening


def test_a_changed_line_changes_its_record_and_makes_no_second_one(meeting):
    text = record(meeting, NOTES).minutes.text
    changed = text.replace("to find a room by 4th March", "to find a bigger room by 11th March")
    record(meeting, changed)
    action = Action.objects.get(number=2)
    assert (action.text, action.due_on) == ("BA/CD to find a bigger room by 11th March.", date(2026, 3, 11))
    assert Action.objects.count() == 2


def test_a_changed_line_without_its_reference_is_recognised(meeting):
    record(meeting, NOTES)
    record(meeting, NOTES.replace("about the spring dates", "about the summer dates"))
    assert {action.text for action in Action.objects.all()} == {
        "AB to write to all members about the summer dates.",
        "BA/CD to find a room by 4th March.",
    }


def test_a_line_moved_to_another_item_keeps_its_record(meeting):
    text = record(meeting, NOTES).minutes.text
    line = " BA/CD to find a room by 4th March. [A2]"
    moved = text.replace(line, "").replace("    XY: Wants", "   " + line + "\n    XY: Wants")
    record(meeting, moved)
    assert Action.objects.count() == 2
    assert meeting.lines.get(action__number=2).item.title == "Data Usage & Wish Lists"


def test_a_line_taken_out_takes_its_draft_record_along(meeting):
    text = record(meeting, NOTES).minutes.text
    record(meeting, text.replace(" BA/CD to find a room by 4th March. [A2]", ""))
    assert [action.number for action in Action.objects.all()] == [1]


def test_a_circulated_action_outlives_its_line_unseen(meeting):
    minutes = record(meeting, NOTES).minutes
    publishing.circulate(minutes=minutes, now=NOW)
    record(meeting, minutes.text.replace(" BA/CD to find a room by 4th March. [A2]", ""))
    action = Action.objects.get(number=2)
    assert (action.is_circulated, action.is_public, action.public_text) == (False, False, "")


def test_what_the_admin_corrected_stays_when_nothing_was_changed_in_the_notes(meeting):
    minutes = record(meeting, NOTES).minutes
    Action.objects.filter(number=1).update(due_on=date(2026, 2, 2), text="Corrected.")
    other = make_person("Olu Park")
    ActionOwner.objects.filter(action__number=1).update(person=other)
    record(meeting, minutes.text)
    action = Action.objects.get(number=1)
    assert (action.due_on, action.text, action.owners.get().person) == (date(2026, 2, 2), "Corrected.", other)


def test_a_question_is_answered_later_and_the_answer_is_kept(meeting):
    recorded = record(meeting, NOTES)
    assert [question.key for question in recorded.reading.questions] == ["initials:xy"]
    xenia = make_person("Xenia Young")
    answered = record(meeting, recorded.minutes.text, answers={"initials:xy": f"person:{xenia.pk}"})
    assert answered.is_changed
    assert Entry.objects.get(text="Better maps").person == xenia
    again = record(meeting, recorded.minutes.text)
    assert not again.is_changed
    assert [question.answer for question in again.reading.questions] == [f"person:{xenia.pk}"]
    record(meeting, recorded.minutes.text, answers={"initials:xy": ""})
    assert Entry.objects.get(text="Better maps").person is None


def test_an_answer_may_add_a_person(meeting):
    record(meeting, NOTES, answers={"initials:xy": "new:Xenia Young"})
    assert Entry.objects.get(text="Better maps").person.name == "Xenia Young"


def test_twins_in_initials_are_asked_once(meeting):
    text = NOTES.replace("Bo Ashworth", "Bo Ashworth, Alma Brook")
    recorded = record(meeting, text)
    keys = [question.key for question in recorded.reading.questions]
    assert sorted(keys) == ["initials:ab", "initials:xy"]
    assert ActionOwner.objects.get(action__number=1).person is None


def test_a_near_spelling_is_asked_and_never_merged(meeting):
    known = make_person("Bo Ashworthe")
    recorded = record(meeting, NOTES)
    question = next(q for q in recorded.reading.questions if q.key == "name:bo-ashworth")
    assert [choice.value for choice in question.choices] == [f"person:{known.pk}"]
    assert meeting.attendances.get(person_name="Bo Ashworth").person is None
    record(meeting, NOTES, answers={"name:bo-ashworth": f"person:{known.pk}"})
    assert meeting.attendances.get(person_name="Bo Ashworth").person == known


def test_a_spelling_once_answered_is_asked_about_in_no_other_notes(meeting):
    known = make_person("Bo Ashworthe")
    record(meeting, NOTES, answers={"name:bo-ashworth": f"person:{known.pk}"})
    later = make_meeting(on=date(2026, 3, 25), starts=None)
    recorded = record(later, NOTES.replace("Wednesday 28th January", "Wednesday 25th March"))
    assert "name:bo-ashworth" not in {question.key for question in recorded.reading.questions}
    assert later.attendances.get(person_name="Bo Ashworth").person == known
    assert Person.objects.filter(name__startswith="Bo").count() == 1


def test_whoever_is_listed_by_the_right_name_is_not_the_one_spelt_like_it(meeting):
    make_person("Bo Ashworthe")
    recorded = record(meeting, NOTES.replace("Bo Ashworth,", "Bo Ashworth, Bo Ashworthe,"))
    assert [question.key for question in recorded.reading.questions if question.key.startswith("name:")] == []
    assert {person.name for person in Person.objects.filter(name__startswith="Bo")} == {"Bo Ashworth", "Bo Ashworthe"}


def test_a_spelling_of_somebody_who_is_not_named_leaves_the_public_texts_of_all_meetings(meeting):
    text = NOTES.replace("Bo Ashworth, ", "") + "\nBo Ashworth sent a parcel.\n"
    publishing.circulate(minutes=record(meeting, text).minutes, now=NOW)
    hidden = make_person("Bo Ashworthe", public_name="member")
    later = make_meeting(on=date(2026, 3, 25), starts=None)
    assert "Bo Ashworth sent" in meeting.lines.get(text__endswith="parcel.").public_text
    said = NOTES.replace("Wednesday 28th January", "Wednesday 25th March")
    record(later, said, answers={"name:bo-ashworth": f"person:{hidden.pk}"})
    assert meeting.lines.get(text__endswith="parcel.").public_text == "a member sent a parcel."


def test_nothing_is_published_while_a_name_may_be_that_of_somebody_who_is_not_named(meeting):
    hidden = make_person("Bo Ashworthe", public_name="member")
    minutes = record(meeting, NOTES).minutes
    with pytest.raises(publishing.NotAllowedError, match="Bo Ashworth"):
        publishing.circulate(minutes=minutes, now=NOW)
    assert Minutes.objects.get().status == "draft"
    minutes = record(meeting, NOTES, answers={"name:bo-ashworth": f"person:{hidden.pk}"}).minutes
    publishing.circulate(minutes=minutes, now=NOW)
    with pytest.raises(publishing.NotAllowedError, match="Bo Ashwerthe"):
        record(meeting, minutes.text.replace("Bo Ashworth", "Bo Ashwerthe"))


def test_a_spelling_of_somebody_who_is_not_named_leaves_the_lists_and_owners_of_all_meetings(meeting, anonymous_client):
    hidden = make_person("Bo Ashworthe")
    text = NOTES.replace("\n\nWants", "\n  Bo Ashworth to bring cake.\n  Bo Ashworth: Used: Cake sales\n\nWants", 1)
    publishing.circulate(minutes=record(meeting, text).minutes, now=NOW)
    Person.objects.update(public_name="member")  # asked for since
    assert "Bo Ashworth" in anonymous_client.get(meeting.get_absolute_url()).text
    later = make_meeting(on=date(2026, 3, 25), starts=None)
    said = NOTES.replace("Wednesday 28th January", "Wednesday 25th March")
    record(later, said, answers={"name:bo-ashworth": f"person:{hidden.pk}"})
    assert meeting.attendances.get(person_name="Bo Ashworth").person == hidden
    pages = [anonymous_client.get(address).text for address in (meeting.get_absolute_url(), "/actions/", "/wishlists/")]
    assert [page for page in pages if "Ashworth" in page] == []
    assert "cake" in pages[1]


def test_two_new_people_with_the_same_initials_are_offered_at_once(meeting):
    text = NOTES.replace("Bo Ashworth", "Bo Ashworth, Alma Brook")
    recorded = record(meeting, text)
    question = next(question for question in recorded.reading.questions if question.key == "initials:ab")
    assert [choice.label for choice in question.choices] == ["Ada Birch", "Alma Brook"]
    again = make_meeting(on=date(2026, 5, 20), starts=None)
    said = text.replace("Wednesday 28th January", "Wednesday 20th May").replace("Alma Brook", "Anna Beech")
    first = recording.read_for(again, said)
    question = next(question for question in first.questions if question.key == "initials:ab")
    assert [choice.value for choice in question.choices][1] == "new:Anna Beech"
    record(again, said, answers={"initials:ab": "new:Anna Beech"})
    assert again.lines.get(kind=Kind.ACTION, text__startswith="AB").action.owners.get().person.name == "Anna Beech"
    kept = record(again, said)
    assert not kept.is_changed
    question = next(question for question in kept.reading.questions if question.key == "initials:ab")
    assert question.answer == f"person:{Person.objects.get(name='Anna Beech').pk}"


@pytest.mark.parametrize(
    ("owner", "listed"),
    [
        ("Cllr Birch", "Ada Birch"),
        ("Mrs Birch", "Ada Birch"),
        ("Ada", "Ada Birch"),
        ("Cleo D", "Dr Cleo Dunn"),
        ("HF-L", "Hana Frost-Lee"),
        ("HFL", "Hana Frost-Lee"),
        ("Hana F-L", "Hana Frost-Lee"),
    ],
)
def test_an_owner_is_known_by_whatever_the_notes_call_somebody_there(meeting, owner, listed):
    text = NOTES.replace("Bo Ashworth,", "Bo Ashworth, Hana Frost-Lee,") + f"\nAction: {owner} to bring cake.\n"
    record(meeting, text)
    action = Action.objects.get(text__endswith="bring cake.")
    assert [(one.as_minuted, one.person.name) for one in action.owners.all()] == [(owner, listed.removeprefix("Dr "))]


@pytest.mark.parametrize("owner", ["Support Team", "WG Chairs", "Elmbridge Council"])
def test_a_team_or_a_body_owns_an_action_and_nobody_is_asked_about(meeting, owner):
    recorded = record(meeting, NOTES + f"\nAction: {owner} to bring cake.\n")
    owners = Action.objects.get(text__endswith="bring cake.").owners.all()
    assert [(one.as_minuted, one.person, one.role) for one in owners] == [(owner, None, "")]
    assert [question.key for question in recorded.reading.questions] == ["initials:xy"]


def test_an_apology_goes_before_members_and_members_before_anyone_known(meeting):
    make_person("Gail Hurst", role="")
    record(meeting, NOTES + "\nAction: GH to bring cake.\n")
    assert Action.objects.get(text__endswith="bring cake.").owners.get().person.name == "Gia Holt"
    make_person("Xander York")
    member = make_person("Xenia Young", role="")
    question = next(one for one in record(meeting, NOTES).reading.questions if one.key == "initials:xy")
    assert [choice.label for choice in question.choices] == [member.name, "Xander York"]


def test_initials_printed_beside_somebody_known_otherwise_are_told(meeting):
    make_person("Gia Holt")
    recorded = record(meeting, NOTES.replace("Gia Holt", "Gia Holt (GJH)"))
    assert [note.partition(",")[0] for note in recorded.reading.notes] == ["GJH stands beside Gia Holt"]


def test_an_absent_member_may_own_an_action_but_not_speak(meeting):
    xenia = make_person("Xenia Young", role="")
    recorded = record(meeting, NOTES.replace("BA/CD to find", "XY to find"))
    assert Action.objects.get(number=2).owners.get().person == xenia
    assert [question.key for question in recorded.reading.questions] == ["initials:xy"]
    assert Entry.objects.get(text="Better maps").person is None


def test_a_want_said_again_is_the_same_want(meeting):
    record(meeting, NOTES)
    later = make_meeting(on=date(2026, 5, 20))
    record(later, NOTES.replace("Wednesday 28th January 2026", "Wednesday 20th May 2026"))
    assert Entry.objects.filter(text="Tree positions").count() == 1
    assert Entry.objects.filter(text="Bus stop times").count() == 2
    assert Entry.objects.filter(text="Better maps").count() == 2  # whose it is is open: it may be two


def test_next_meetings_are_never_moved_revived_or_doubled(meeting):
    minutes = record(meeting, NOTES).minutes
    named = Meeting.objects.get(on=date(2026, 3, 25))
    named.status, named.starts, named.ends = Meeting.Status.CANCELLED, time(15), time(16)
    publishing.publish(meeting=named, now=NOW)
    record(meeting, minutes.text)
    named.refresh_from_db()
    assert (named.status, named.starts, Meeting.objects.count()) == ("cancelled", time(15), 2)


def test_a_changed_date_asks_whether_to_move_the_meeting(meeting):
    minutes = record(meeting, NOTES).minutes
    named = Meeting.objects.get(on=date(2026, 3, 25))
    changed = minutes.text.replace("25th March", "26th March")
    key = f"move:{named.pk}"
    recorded = record(meeting, changed)
    named.refresh_from_db()
    assert [q.key for q in recorded.reading.questions if q.key.startswith("move")] == [key]
    assert named.on == date(2026, 3, 25)
    record(meeting, changed, answers={key: "move"})
    named.refresh_from_db()
    assert named.on == date(2026, 3, 26)
    assert Meeting.objects.count() == 2


def test_a_changed_date_may_be_another_meeting(meeting):
    minutes = record(meeting, NOTES).minutes
    named = Meeting.objects.get(on=date(2026, 3, 25))
    record(meeting, minutes.text.replace("25th March", "26th March"), answers={f"move:{named.pk}": "another"})
    assert set(Meeting.objects.values_list("on", flat=True)) == {
        date(2026, 1, 28), date(2026, 3, 25), date(2026, 3, 26),
    }  # fmt: skip


def test_a_review_counts_once_the_notes_are_circulated(meeting):
    record(meeting, NOTES)
    later = make_meeting(on=date(2026, 3, 25), status="confirmed")
    text = NOTES.replace("28th January 2026", "25th March 2026").replace(
        "    AB to write to all members about the spring dates.", "    A1: done, all have answered."
    )
    minutes = record(later, text).minutes
    action = Action.objects.get(number=1)
    assert action.status == "open"
    publishing.circulate(minutes=minutes, now=NOW)
    action.refresh_from_db()
    assert (action.status, action.ended_on) == ("done", later.on)
    record(later, minutes.text.replace("A1: done, all have answered.", ""))
    action.refresh_from_db()
    assert action.status == "open"
    assert not ActionUpdate.objects.exists()


def test_an_unknown_reference_is_said(meeting):
    recorded = record(meeting, NOTES.replace("AB to write", "A99: done. AB to write"))
    assert any("A99" in note for note in recorded.reading.notes)


def test_a_stale_save_is_refused(meeting):
    first = record(meeting, NOTES, base_revision=0).minutes
    with pytest.raises(recording.StaleError) as refusal:
        record(meeting, "Other notes.", base_revision=0)
    assert refusal.value.minutes.text == first.text
    assert Minutes.objects.get().text == first.text
    record(meeting, "Other notes.", base_revision=first.revision)
    assert Minutes.objects.get().text == "Other notes."


def test_agreed_notes_are_not_changed(meeting):
    minutes = record(meeting, NOTES).minutes
    publishing.circulate(minutes=minutes, now=NOW)
    later = make_meeting(on=date(2026, 3, 25))
    later_minutes = record(later, "Matters Arising Notes of meeting 28/01/2026 agreed.").minutes
    publishing.circulate(minutes=later_minutes, now=NOW)
    with pytest.raises(publishing.NotAllowedError):
        record(meeting, minutes.text + "\nOne more thing.")
    assert not record(meeting, minutes.text).is_changed


def test_a_failure_half_way_leaves_nothing(meeting, monkeypatch):
    def fail(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(publishing, "show", fail)
    before = snapshot()
    with pytest.raises(RuntimeError):
        record(meeting, NOTES)
    assert snapshot() == before


def test_attendance_changed_in_the_admin_is_written_into_the_text(meeting):
    minutes = record(meeting, NOTES).minutes
    gia = meeting.attendances.get(person_name="Gia Holt")
    gia.status = Attendance.Status.PRESENT
    gia.save()
    text, notices = composing.text_for_editing(minutes)
    assert notices == [composing.REWRITTEN]
    assert "  Attendance Ada Birch, Bo Ashworth, Dr Cleo Dunn, Gia Holt" in text
    before = snapshot()
    record(meeting, text)
    after = snapshot()
    assert after["MinuteLine"] == before["MinuteLine"]
    assert set(meeting.attendances.present().values_list("person_name", flat=True)) == {
        "Ada Birch", "Bo Ashworth", "Dr Cleo Dunn", "Gia Holt",
    }  # fmt: skip
    minutes.refresh_from_db()
    assert composing.text_for_editing(minutes) == (text, [])


@pytest.mark.parametrize("actions", [1, 3])
def test_saving_unchanged_notes_asks_no_more_for_more_lines(meeting, actions, django_assert_num_queries):
    lines = "".join(f"    AB to write letter number {number}.\n" for number in range(actions))
    text = NOTES.replace("  Data Usage", lines + "  Data Usage")
    minutes = record(meeting, text).minutes
    with django_assert_num_queries(56):
        record(meeting, minutes.text)


def test_hostile_text_is_only_text(meeting):
    record(meeting, "Attendance Ada Birch\nAB to <script>alert(1)</script> ask.\n" + "(" * 2000)
    assert "<script>" in MinuteLine.objects.exclude(kind="left out").filter(text__contains="script").first().text


def test_minutes_of_another_meeting_are_untouched(meeting):
    other = make_meeting(on=date(2026, 2, 4))
    make_minutes(other, text="Theirs.")
    record(meeting, NOTES)
    assert Minutes.objects.get(meeting=other).text == "Theirs."


def test_attendance_that_the_admin_corrected_stays_when_the_text_says_the_same(meeting):
    minutes = record(meeting, NOTES).minutes
    other = make_person("Bodil Ashworth")
    meeting.attendances.filter(person_name="Bo Ashworth").update(person=other, role="Chair", note="from 11.30")
    make_attendance(meeting, make_person("Abel Absent"), status="absent")
    before = snapshot()
    record(meeting, minutes.text)
    assert snapshot() == before


def test_a_remark_taken_out_of_the_text_goes(meeting):
    text = NOTES.replace("Bo Ashworth,", "Bo Ashworth (until 12.00),")
    record(meeting, text)
    assert meeting.attendances.get(person_name="Bo Ashworth").note
    record(meeting, NOTES)
    assert meeting.attendances.get(person_name="Bo Ashworth").note == ""


@pytest.mark.parametrize(
    "lines",
    [
        "A1: done.\n    A1: noted again.",
        "AB to write twice [A1]\n    AB to write thrice [A1]",
        "BA to do it [A999]",
    ],
    ids=["two reviews", "two actions", "an unknown reference"],
)
def test_a_reference_twice_or_unknown_changes_no_row_at_the_second_save(meeting, lines):
    record(make_meeting(on=date(2025, 11, 26)), NOTES.replace("28th January 2026", "26th November 2025"))
    text = NOTES.replace("    BA/CD to find", f"    {lines}\n    BA/CD to find")
    record(meeting, record(meeting, text).minutes.text)
    before = snapshot()
    assert not record(meeting, meeting.minutes.text).is_changed
    assert snapshot() == before


def test_the_only_next_meeting_with_another_date_time_and_host_is_the_same_one_changed(meeting):
    minutes = record(meeting, NOTES).minutes
    named = Meeting.objects.get(on=date(2026, 3, 25))
    changed = minutes.text.replace(
        "25th March, 11.00-13.00, hosted by Elmbridge Council", "2nd April, 14.00, at the mill"
    )
    recorded = record(meeting, changed)
    assert f"move:{named.pk}" in [question.key for question in recorded.reading.questions]
    assert Meeting.objects.count() == 2


def test_agreed_notes_recorded_again_from_their_file_are_no_change(meeting):
    publishing.circulate(minutes=record(meeting, NOTES).minutes, now=NOW)
    later = make_meeting(on=date(2026, 3, 25))
    publishing.circulate(minutes=record(later, "Notes of meeting 28/01/2026 agreed.").minutes, now=NOW)
    assert Minutes.objects.get(meeting=meeting).status == "agreed"
    assert not record(meeting, NOTES).is_changed


def test_of_two_meetings_on_a_day_the_one_that_goes_ahead_is_meant(meeting):
    make_meeting(on=date(2026, 3, 25), status="cancelled")
    live = make_meeting(on=date(2026, 3, 25))
    record(meeting, NOTES)
    assert meeting.lines.get(kind=Kind.NEXT_MEETING).named_meeting == live


def test_a_next_meeting_taken_out_of_a_draft_goes_with_its_line(meeting):
    minutes = record(meeting, NOTES).minutes
    line = "  4. AOB and FUTURE MEETINGS 25th March, 11.00-13.00, hosted by Elmbridge Council\n"
    assert line in minutes.text
    record(meeting, minutes.text.replace(line, ""))
    assert [one.on for one in Meeting.objects.all()] == [meeting.on]


def test_a_next_meeting_that_was_announced_stays(meeting):
    minutes = record(meeting, NOTES).minutes
    publishing.circulate(minutes=minutes, now=NOW)
    record(meeting, minutes.text.split("  4. AOB")[0])
    assert Meeting.objects.count() == 2


def test_a_want_joined_later_keeps_the_words_in_which_it_was_raised(meeting):
    record(meeting, NOTES)
    later = make_meeting(on=date(2026, 5, 20))
    text = record(later, NOTES.replace("28th January 2026", "20th May 2026")).minutes.text
    record(later, text.replace("Tree positions [D2]", "Tree positions and heights [D2]"))
    assert Entry.objects.get(number=2).text == "Tree positions"
    assert later.lines.get(entry__number=2).text == "Tree positions and heights"


def test_an_address_among_the_names_is_asked_about_and_never_a_name(meeting):
    recorded = record(meeting, "Attendance Ada Birch, Zed Quill zed@private.example\n\n1. Welcome\n\nAll came.\n")
    assert {person.name for person in Person.objects.all()} <= {"Ada Birch", "Zed Quill"}
    assert recorded.minutes.pk
