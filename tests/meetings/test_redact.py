"""Passages taken out of published notes: afterwards their words stand nowhere."""

import copy
import uuid
from datetime import date

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from actions.models import Action, ActionOwner, ActionUpdate
from meetings import publishing, recording
from meetings.corrections import redacting
from meetings.documents import document_of
from meetings.drafts import drafting
from meetings.models import Attendance, Batch, Correction, Draft, Item, Meeting, MinuteLine, Minutes, Original
from meetings.reading import read_for
from members.backends import MembershipBackend
from members.models import Person
from tests import factories
from tests.factories import NOW
from tests.test_canary import ROOMS
from wishlists.models import Entry

pytestmark = pytest.mark.django_db

SECRET = "Zora Quill of Plum Lane"
# The same words as people and programs write them otherwise.
LIKE_IT = ["zora  quill OF plum\u00a0lane", "Zora Quill\n   of Plum Lane"]
NOTES = f"""Present: Ada Birch (Elmbridge Council) – Chair, Bo Marsh, {SECRET}

1. Visit to {SECRET}
There was a long talk about bus stops and {LIKE_IT[1]}.
CP to write to {SECRET} by 14 February 2026
AB: Used: bus stop times of {SECRET}
Agreed that {LIKE_IT[0]} is to be thanked.
All went well.

2. Next meeting
Next meeting: 25 March 2026, 11.00-13.00, {SECRET}, Room 2
"""


def all_texts():
    """Every text field of every model, histories and what the admin keeps too: its name, with the model."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, (models.CharField, models.TextField, models.JSONField, models.BinaryField))
            if is_text and (model._meta.app_label in ROOMS or model is LogEntry):
                yield model, field.attname


def holding(words):
    """Where the words stand, however cased and spaced: model and field."""
    sought = "".join(words.casefold().split())
    found = set()
    for model, name in all_texts():
        for value in model._base_manager.values_list(name, flat=True):
            text = bytes(value).decode(errors="replace") if isinstance(value, (bytes, memoryview)) else str(value)
            text = text.replace("\\n", "").replace("\\xa0", "")  # as lists and the like print them
            if sought in "".join(text.casefold().split()):
                found.add(f"{model.__name__}.{name}")
    return found


def redact(meeting, words=SECRET, *, reason="Their wish.", by=None):
    return redacting.redact(meeting=meeting, words=words, reason=reason, by=by, now=NOW)


# The same notes for all these tests.
@pytest.fixture(scope="module", autouse=True)
def recorded(kept_group):
    factories.make_person("Bo Marsh", role="")
    meeting = factories.make_meeting()
    minutes = recording.record(meeting=meeting, text=NOTES, now=NOW).minutes
    publishing.circulate(minutes=minutes, now=NOW)
    return meeting


@pytest.fixture
def meeting(recorded):
    return copy.deepcopy(recorded)


def plant(meeting):
    """The words in every table that has anything of the meeting's."""
    for words in (SECRET, *LIKE_IT):
        item = factories.make_agenda_item(meeting, words, note=words, lead_name=words, answer=words, as_minuted=words)
        factories.make_agenda_item(None, words, raised_at=meeting, as_minuted=words)
        factories.make_paper(meeting, words, name=words, item=item)
        meeting.changes.create(kind="moved", was_on=meeting.on, reason=words, public_reason=words, made_at=NOW)
        Correction.objects.create(meeting=meeting, was=words, reads=words, reason=words, made_at=NOW)
        Draft.objects.create(
            meeting=meeting, editor=uuid.uuid4(), text=words, base_revision=1, begun_at=NOW, kept_at=NOW
        )
    factories.make_reply(
        meeting,
        factories.make_person("Cy Penn"),
        "deputy",
        note=SECRET,
        deputy_name=SECRET,
        deputy_organisation=SECRET,
    )
    batch = Batch.objects.create(made_at=NOW, answers={f"name:{SECRET.casefold()}": f"new:{SECRET}"})
    factories.make_original(meeting, text=SECRET, batch=batch, said=[SECRET], found={SECRET: [SECRET]})
    Original.objects.create(
        batch=batch,
        name="again.txt",
        data=SECRET.encode(),
        size=5,
        text=SECRET,
        state="read",
        on=meeting.on,
        taken_at=NOW,
    )
    action = Action.objects.get(lines__meeting=meeting)
    ActionOwner.objects.create(action=action, as_minuted=SECRET, position=1)
    action.due_text = f"when {SECRET} is back"
    action.save()
    action.comment(now=NOW, by=factories.make_person("Eve Ash"), note=f"{SECRET} is away.")
    entry = Entry.objects.get(lines__meeting=meeting)
    entry.person_name = SECRET
    entry.save()
    factories.make_support(entry, factories.make_person("Fay Elm"), note=SECRET)
    gone = Action.objects.create(number=900, text=SECRET, raised_on=meeting.on)
    gone.delete()
    LogEntry.objects.create(
        user_id=factories.make_user("Lo Gger").pk,
        content_type=ContentType.objects.get_for_model(Action),
        object_id=str(action.pk),
        object_repr=str(action),
        action_flag=CHANGE,
        change_message="[]",
    )
    # Recorded with other words since: the histories remember.
    attendance = factories.make_attendance(meeting, SECRET, status="absent")
    attendance.note = SECRET
    attendance.save()


def test_the_words_stand_nowhere_afterwards(meeting):
    plant(meeting)
    planted = holding(SECRET)
    assert planted >= {
        *(
            "Minutes.text",
            "HistoricalMinutes.text",
            "MinuteLine.text",
            "MinuteLine.as_minuted",
            "MinuteLine.public_text",
        ),
        *("Item.title", "Item.public_title", "Action.text", "Action.due_text", "Action.event", "Action.public_text"),
        *("HistoricalAction.text", "HistoricalAction.due_text", "ActionUpdate.note", "ActionOwner.as_minuted"),
        *("Entry.text", "Entry.person_name", "HistoricalEntry.text", "HistoricalEntry.person_name"),
        *("Attendance.person_name", "Attendance.note", "HistoricalAttendance.note", "HistoricalAttendance.person_name"),
        *("Meeting.venue", "Meeting.event", "HistoricalMeeting.venue", "AgendaItem.title", "AgendaItem.as_minuted"),
        *("Correction.was", "Draft.text", "Original.data", "Original.text", "Batch.answers", "Change.reason"),
        *("Support.note", "Reply.deputy_name", "Paper.title", "LogEntry.object_repr"),
    }
    assert "HistoricalAttendance.representing_name" in holding("Plum Lane")  # the notes' lists tell the two apart
    redact(meeting)
    assert holding(SECRET) == holding("Plum Lane") == set()
    # Her row in the list of people stays: taking a person out is another thing.
    assert holding("Zora Quill") == {"Person.name", "HistoricalPerson.name"}


def test_what_is_not_of_these_words_stays(meeting):
    redact(meeting)
    text = Minutes.objects.get(meeting=meeting).text
    assert text.startswith("Present: Ada Birch (Elmbridge Council) – Chair, Bo Marsh, [redacted]\n")
    assert "\n1. Visit to [redacted]\nThere was a long talk about bus stops and [redacted].\n" in text
    assert [line.text for line in MinuteLine.objects.filter(meeting=meeting, kind="prose")][-1] == "All went well."
    assert Item.objects.filter(meeting=meeting).first().title == "Visit to [redacted]"
    action = Action.objects.get()
    assert action.text == action.public_text == "CP to write to [redacted] by 14 February 2026"
    assert (str(action.due_on), action.lines.get().as_minuted["owners"]) == ("2026-02-14", ["CP"])


def test_by_whom_when_and_why_is_kept_and_no_words(meeting, secretary):
    correction = redact(meeting, by=secretary)
    correction.refresh_from_db()
    assert (correction.kind, correction.by, correction.made_at) == ("redaction", secretary, NOW)
    assert (correction.was, correction.reads, correction.reason) == ("", "", "Their wish.")
    assert (correction.is_public, correction.public_reason) == (True, "")
    user = MembershipBackend().get_user(secretary.pk)
    told = [Correction.objects.visible_to(reader).get().shown for reader in (None, user)]
    assert told == ["", "Their wish."]


def test_a_member_does_not_read_why(meeting, member):
    redact(meeting)
    user = MembershipBackend().get_user(member.pk)
    assert Correction.objects.visible_to(user).get().shown == ""


def test_a_passage_of_a_confidential_line_is_nobodys_to_know_of(meeting):
    text = Minutes.objects.get(meeting=meeting).text.replace("All went well.", "All went well. [confidential]")
    recording.record(meeting=meeting, text=text, now=NOW)
    correction = redact(meeting, "went well")
    correction.refresh_from_db()
    assert (correction.is_confidential, correction.is_public, correction.is_circulated) == (True, False, True)
    assert MinuteLine.objects.get(meeting=meeting, text="All [redacted].").is_confidential


def test_recording_the_notes_again_changes_nothing(meeting):
    plant(meeting)
    redact(meeting)
    minutes = Minutes.objects.get(meeting=meeting)
    assert not recording.record(meeting=meeting, text=minutes.text, now=NOW).is_changed
    assert holding(SECRET) == set()


def test_whoever_has_the_notes_open_cannot_save_the_words_again(meeting):
    revision = Minutes.objects.get(meeting=meeting).revision
    redact(meeting)
    with pytest.raises(recording.StaleError):
        recording.record(meeting=meeting, text=NOTES, base_revision=revision, now=NOW)


def test_agreed_notes_too(meeting):
    later = factories.make_meeting(on=date(2026, 3, 26))
    words = "Present: Ada Birch, Bo Marsh\n\n1. Notes of the last meeting\nNotes of 28 January 2026 agreed.\n"
    publishing.circulate(minutes=recording.record(meeting=later, text=words, now=NOW).minutes, now=NOW)
    redact(meeting, "went well")
    minutes = Minutes.objects.get(meeting=meeting)
    assert minutes.status == "agreed"
    assert "All [redacted].\n" in minutes.text


def test_an_attendee_and_a_whole_action_leave_valid_rows(meeting):
    redact(meeting, "Bo Marsh")
    redact(meeting, f"CP to write to {redacting.REDACTED}".removesuffix(" [redacted]"))
    assert holding("Bo Marsh") <= {"Person.name", "Person.sort_name", "HistoricalPerson.name", "Person.initials"}
    for model in (Attendance, Action, ActionOwner, ActionUpdate, Entry, MinuteLine, Item, Correction):
        for row in model.objects.all():
            row.full_clean()


def test_an_action_whose_owner_is_taken_out_stays_one(meeting):
    redact(meeting, "CP")
    action = Action.objects.get()
    assert (action.is_public, action.text) == (True, f"[redacted] to write to {SECRET} by 14 February 2026")
    assert (
        f"\nAction: [redacted] to write to {SECRET} by 14 February 2026 [A1]\n"
        in Minutes.objects.get(meeting=meeting).text
    )
    assert "redacted" not in str(read_for(meeting, Minutes.objects.get(meeting=meeting).text).questions)
    assert "CP" not in {owner.as_minuted for owner in ActionOwner.objects.all()}


def test_a_subscriber_of_the_calendar_is_told(meeting):
    announced = Meeting.objects.get(on=date(2026, 3, 25))
    assert SECRET in announced.venue
    redact(meeting)
    former, announced = announced, Meeting.objects.get(pk=announced.pk)
    assert "[redacted]" in announced.venue
    assert announced.sequence > former.sequence
    action = Action.objects.get()
    assert action.sequence == 1


@pytest.mark.parametrize("ending", ["txt", "md", "docx", "pdf", "whole.txt"])
def test_documents_are_others_to_a_cache(meeting, ending):
    before = document_of(Minutes.objects.select_related("meeting").get(meeting=meeting), ending=ending, user=None)
    redact(meeting)
    after = document_of(Minutes.objects.select_related("meeting").get(meeting=meeting), ending=ending, user=None)
    assert before.etag != after.etag


def test_notes_in_the_sites_own_form(group):
    meeting = factories.make_meeting()
    head = f"Minutes of: Circle\nDate: 28 January 2026\n\nAttended:\n- Ada Birch\n- {SECRET}\n"
    text = f"{head}\n# 1. Talk\nAction (CP): Ask {SECRET}\n{SECRET} spoke.\n"
    publishing.circulate(minutes=recording.record(meeting=meeting, text=text, now=NOW).minutes, now=NOW)
    redact(meeting)
    assert [row.person_name for row in meeting.attendances.all()] == ["Ada Birch", "[redacted]"]
    assert [line.text for line in meeting.lines.all()] == ["Ask [redacted]", "[redacted] spoke."]
    assert Person.objects.filter(name__contains="redacted").count() == 0
    assert read_for(meeting, Minutes.objects.get(meeting=meeting).text).resolver.questions.keys() == {"initials:cp"}
    assert "- \\[redacted\\]\n" in Minutes.objects.get(meeting=meeting).text


@pytest.mark.parametrize(
    ("words", "reason", "message"),
    [
        ("", "Their wish.", "Write the words"),
        (" . ", "Their wish.", "Write the words"),
        ("redacted", "Their wish.", "can’t be taken out itself"),
        ("not in these notes", "Their wish.", "stand nowhere"),
        ("is to be thanked.\nAll went well", "Their wish.", "several lines"),
        (SECRET, "", "Say why"),
        (SECRET, f"The wish of {LIKE_IT[0]}.", "reason holds the words"),
    ],
)
def test_it_is_refused_with_a_word(meeting, words, reason, message):
    before = Minutes.objects.get(meeting=meeting).text
    with pytest.raises(publishing.NotAllowedError, match=message):
        redact(meeting, words, reason=reason)
    assert Minutes.objects.get(meeting=meeting).text == before
    assert not Correction.objects.exists()


def test_a_draft_is_simply_edited(meeting):
    publishing.withdraw(minutes=Minutes.objects.get(meeting=meeting), now=NOW)
    with pytest.raises(publishing.NotAllowedError, match="draft"):
        redact(meeting)


def test_nothing_is_half_done(meeting, monkeypatch):
    def fail(**_kwargs):
        raise RuntimeError

    before = holding(SECRET)
    monkeypatch.setattr(Correction.objects, "create", fail)
    with pytest.raises(RuntimeError):
        redact(meeting)
    assert holding(SECRET) == before


def test_how_many_places_will_change_is_said_before(meeting):
    factories.make_original(meeting, text=SECRET)
    other = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_minutes(other, text=f"{SECRET} again.")
    minutes = Minutes.objects.get(meeting=meeting)
    places = redacting.look(meeting=meeting, minutes=minutes, words=SECRET.upper())
    counts = dict(places.counts)
    assert (counts["the notes"], counts["headings"], counts["actions"]) == (1, 1, 1)
    assert (places.files, places.inside, places.elsewhere) == (1, 0, [other])
    assert any("CP to write to [redacted]" in line for block in places.differences for line in block.second)


def test_words_within_longer_words_stay_and_are_counted(meeting):
    minutes = Minutes.objects.get(meeting=meeting)
    minutes.text = minutes.text.replace("All went well.", "Al went well, all agreed.")
    recording.record(meeting=meeting, text=minutes.text, now=NOW)
    minutes.refresh_from_db()
    assert redacting.look(meeting=meeting, minutes=minutes, words="Al").inside == 2  # talk, all
    redact(meeting, "Al")
    assert "[redacted] went well, all agreed." in Minutes.objects.get(meeting=meeting).text


def test_a_page_that_was_open_does_not_keep_the_words_as_a_draft(meeting, secretary):
    opened = Minutes.objects.get(meeting=meeting)
    redacting.redact(meeting=meeting, words=SECRET, reason="Their wish.", by=None, now=timezone.now())

    with pytest.raises(drafting.NotKeptError, match="a passage was taken out"):
        factories.make_draft(meeting, secretary, f"{opened.text} And", base_revision=opened.revision)

    assert holding(SECRET) == set()
    since = Minutes.objects.get(meeting=meeting).revision
    factories.make_draft(meeting, secretary, "What is typed on a page opened since", base_revision=since)
    assert Draft.objects.exists()
