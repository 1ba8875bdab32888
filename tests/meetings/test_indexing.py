"""What search looks in is what the records say, whatever was done to them."""

from datetime import date, time

import pytest
from django.core.management import call_command
from django.urls import reverse

from actions.models import Action
from meetings import indexing, publishing, recording
from meetings.agenda import making, papering
from meetings.agenda.showing import publish_agenda, take_back_agenda
from meetings.corrections import correcting, redacting
from meetings.dates import rescheduling
from meetings.events import publishing as event_publishing
from meetings.models import Meeting, Minutes, Paper
from meetings.names import renaming
from members.models import Person
from tests import factories
from tests.factories import NOW
from wishlists.models import Entry
from wmodf import entering
from wmodf.lib.access import Standing
from wmodf.lib.models import digest
from wmodf.lib.queries import read_query
from wmodf.lib.searching import SearchText

pytestmark = pytest.mark.django_db

NOTES = """Present: Ada Birch, Bo Cole

1. Buses
The timetable was published by Ada Birch.
Action: Bo Cole to write to the tram company
Bo Cole used: Bus stop times
Ada Birch wants: Tree positions
A word on staff. [confidential]
Date of next meeting: 25 March 2026, 11:00 at the Library
"""


def rows(texts):
    return sorted((text.kind, text.key, text.standing, text.meeting or 0, text.on, text.tokens) for text in texts)


def is_whole():
    return rows(SearchText.objects.all()) == rows(indexing.whole())


def found(words, *, standing):
    """The kinds of what the public (0), members (1) or the secretary (2) look in and find."""
    texts = SearchText.objects.readable_by(indexing.Reader(Standing(standing)))
    return set(texts.matching(read_query(words)).values_list("kind", flat=True))


def record(meeting, text):
    return recording.record(meeting=meeting, text=text, now=NOW).minutes


@pytest.fixture
def noted(group):
    """A meeting with notes that are a draft."""
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    record(meeting, NOTES)
    return meeting


def test_notes_are_looked_in_by_whoever_may_read_them(noted):
    assert found("timetable", standing=2) == {"line"}
    assert found("timetable", standing=1) == found("timetable", standing=0) == set()
    assert is_whole()
    minutes = Minutes.objects.get(meeting=noted)
    publishing.publish_highlights(minutes=minutes, now=NOW)
    assert found("tram", standing=0) == {"action"}
    assert found("timetable", standing=0) == set()
    assert is_whole()
    publishing.circulate(minutes=minutes, now=NOW)
    assert found("timetable", standing=0) == found("timetable", standing=1) == {"line"}
    assert found("tree", standing=0) == {"wants"}
    assert found("bus", standing=0) == {"used", "item"}
    assert found("staff", standing=1) == {"line"}
    assert found("staff", standing=0) == set()
    assert found("library", standing=0) >= {"meeting"}
    assert is_whole()
    publishing.withdraw(minutes=minutes, now=NOW)
    assert found("timetable", standing=0) == set()
    assert is_whole()


def test_notes_recorded_again(noted):
    text = Minutes.objects.get(meeting=noted).text
    kept = set(SearchText.objects.values_list("pk", flat=True))
    record(noted, text)
    assert set(SearchText.objects.values_list("pk", flat=True)) == kept  # nothing is written anew
    record(noted, text.replace("tram company", "ferry company").replace("Tree positions", "Bench positions"))
    assert found("tram", standing=2) == found("tree", standing=2) == set()
    assert found("ferry", standing=2) == {"action"}
    assert is_whole()
    record(noted, "1. Buses\nNothing was said.\n")
    assert not Action.objects.exists()
    assert not Entry.objects.exists()
    assert found("ferry", standing=2) == found("stop", standing=2) == found("Library", standing=2) == set()
    assert is_whole()


def test_a_line_in_other_words_than_its_action_is_looked_in_itself(noted):
    publishing.circulate(minutes=Minutes.objects.get(meeting=noted), now=NOW)
    later = factories.make_meeting(on=date(2026, 2, 25))
    record(later, "Present: Bo Cole\n\n1. Matters\nA1: Bo Cole has written to the tram company\n")
    assert found("tram", standing=2) == {"action", "line"}
    assert is_whole()


def test_an_entry_in_its_members_own_words(noted, group):
    publishing.circulate(minutes=Minutes.objects.get(meeting=noted), now=NOW)
    want = Entry.objects.get(kind="wants")
    entering.reword(entry=want, text="Positions of benches", seen=digest(want.text), now=NOW)
    assert found("tree", standing=1) == {"line"}  # the notes say it, still
    assert found("bench", standing=1) == {"wants"}
    assert is_whole()
    bo = Person.objects.get(name="Bo Cole")
    entry, _ = entering.add_entry(
        user=None, person=bo, organisation=None, kind="used", text="Ferry tickets", dataset=None, now=NOW
    )
    entry.withdraw(now=NOW)
    assert found("ferry", standing=1) == {"used"}
    assert found("ferry", standing=0) == set()
    assert is_whole()


def test_notes_corrected_and_redacted(noted):
    publishing.circulate(minutes=Minutes.objects.get(meeting=noted), now=NOW)
    minutes = Minutes.objects.get(meeting=noted)
    _, passages = correcting.passages_of(noted, minutes)
    passage = next(one for one in passages if any("timetable" in minutes.text[a:b] for a, b in one.pieces))
    correcting.correct(
        meeting=noted, passage=passage, reads="The quokka map was published.", reason="It was the map.",
        decided_at=None, by=None, now=NOW,
    )  # fmt: skip
    assert found("timetable", standing=1) == set()
    assert found("quokka", standing=0) == {"line"}
    assert is_whole()
    redacting.redact(meeting=noted, words="quokka map", reason="Their wish.", by=None, now=NOW)
    redacting.redact(meeting=noted, words="Tree positions", reason="Their wish.", by=None, now=NOW)
    for standing in (0, 1, 2):
        assert found("quokka", standing=standing) == found("tree", standing=standing) == set()
    assert not SearchText.objects.filter(tokens__contains="quokka").exists()
    assert is_whole()


def test_names_withheld(noted):
    publishing.circulate(minutes=Minutes.objects.get(meeting=noted), now=NOW)
    assert found("birch", standing=0) == {"line"}
    Person.objects.filter(name="Ada Birch").update(public_name="initials")
    renaming.rename(now=NOW)
    assert found("birch", standing=0) == set()
    assert found("birch", standing=1) == {"line"}
    assert is_whole()


def test_meetings_moved_announced_and_taken_back(noted):
    coming = Meeting.objects.get(on=date(2026, 3, 25))
    assert found('"25 March 2026"', standing=0) == set()
    publishing.announce(meeting=coming, now=NOW)
    assert found('"25 March 2026"', standing=0) == {"meeting"}
    rescheduling.move(
        meeting=coming, on=date(2026, 4, 1), starts=time(11), ends=None, host=None, venue="The Zebra Rooms",
        reason="Snow", by=None, now=NOW,
    )  # fmt: skip
    assert found("zebra April", standing=0) == {"meeting"}
    assert is_whole()
    publishing.circulate(minutes=Minutes.objects.get(meeting=noted), now=NOW)
    noted.refresh_from_db()
    noted.on = date(2026, 1, 29)
    publishing.publish(meeting=noted, now=NOW, changed=["on"])
    assert set(SearchText.objects.filter(kind="line", meeting=noted.pk).values_list("on", flat=True)) == {noted.on}
    publishing.take_back(meeting=factories.make_meeting(on=date(2026, 5, 6), title="Okapi day"), now=NOW)
    assert found("okapi", standing=2) == {"meeting"}
    assert found("okapi", standing=1) == set()
    assert is_whole()


def test_agendas_and_papers(group):
    meeting, later = (factories.make_meeting(on=on) for on in (date(2026, 3, 25), date(2026, 4, 29)))
    item = factories.make_agenda_item(meeting, "Zebra crossings", note="Where they are missing")
    file = ("map.txt", b"Plain words.")
    papering.add_file(meeting=meeting, upload=file, title="Okapi map", item=item, by=None, now=NOW)
    assert found("zebra", standing=2) == {"agenda"}
    assert found("zebra", standing=1) == set()
    publish_agenda(meeting=meeting, now=NOW)
    assert found("zebra missing", standing=0) == {"agenda"}
    assert found("okapi", standing=0) == {"paper"}
    paper = Paper.objects.get()
    papering.change_paper(paper=paper, title="Okapi plan", kind="slides", item=item, is_confidential=True, now=NOW)
    assert found("okapi", standing=0) == set()
    assert found("okapi plan", standing=1) == {"paper"}
    assert is_whole()
    making.put_aside(item=item, not_before=None, now=NOW)
    assert found("zebra", standing=2) == set()
    assert is_whole()
    making.take_from_aside(item=item, meeting=later, now=NOW)
    assert SearchText.objects.filter(kind="paper", meeting=later.pk).exists()
    assert is_whole()
    publish_agenda(meeting=later, now=NOW)
    take_back_agenda(meeting=later, now=NOW)
    assert is_whole()
    papering.remove_paper(paper=Paper.objects.get(), now=NOW)
    assert found("okapi", standing=2) == set()
    assert is_whole()


def test_events(db):
    event = factories.make_event("Zebra day", description="In the park")
    event_publishing.publish(event=event, now=NOW)
    assert found("zebra park", standing=2) == {"event"}
    event_publishing.announce(event=event, now=NOW)
    assert found("zebra park", standing=0) == {"event"}
    event_publishing.take_back(event=event, now=NOW)
    assert found("zebra", standing=0) == set()
    assert is_whole()


def test_what_the_admin_deletes(secretary_client):
    meeting = factories.make_meeting(published=False, title="Zebra day")
    event = factories.make_event("Zebra day")
    event_publishing.publish(event=event, now=NOW)
    action, entry = factories.make_action("To count zebras"), factories.make_entry("Zebra counts")
    publishing.show_records(actions=[action.pk], entries=[entry.pk], now=NOW)
    assert found("zebra", standing=2) == {"meeting", "event", "action", "used"}
    for room, row in (("meetings", meeting), ("meetings", event), ("actions", action), ("wishlists", entry)):
        address = reverse(f"admin:{room}_{row._meta.model_name}_delete", args=[row.pk])
        assert secretary_client.post(address, {"post": "yes"}).status_code == 302
    assert found("zebra", standing=2) == set()
    several = [factories.make_action(f"To count zebras {number}").pk for number in range(2)]
    publishing.show_records(actions=several, now=NOW)
    data = {"action": "delete_selected", "_selected_action": several, "post": "yes"}
    secretary_client.post(reverse("admin:actions_action_changelist"), data)
    assert not Action.objects.exists()
    assert found("zebra", standing=2) == set()
    assert is_whole()


def test_what_the_admin_changes(secretary_client, noted):
    host = factories.make_organisation("Zebra Trust")
    Meeting.objects.filter(pk=noted.pk).update(host=host)
    data = {"name": "Okapi Trust", "short_names": "", "website": "", "description": "", "public_email": ""}
    formset = {f"memberships-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    address = reverse("admin:members_organisation_change", args=[host.pk])
    assert secretary_client.post(address, data | formset).status_code == 302
    assert found("okapi", standing=0) == {"meeting"}
    assert is_whole()


def test_it_is_made_anew_by_a_command(noted, capsys):
    made = rows(SearchText.objects.all())
    SearchText.objects.all().delete()
    call_command("rebuild_search", "--if-empty")
    assert rows(SearchText.objects.all()) == made
    assert f"Search looks in {len(made)} texts now." in capsys.readouterr().out
    SearchText.objects.filter(kind="line").delete()
    call_command("rebuild_search", "--if-empty")
    assert capsys.readouterr().out == ""
    call_command("rebuild_search")
    assert rows(SearchText.objects.all()) == made


@pytest.mark.parametrize("lines", [1, 3])
def test_writing_it_takes_as_many_queries_for_more_lines(group, django_assert_num_queries, lines):
    meeting = factories.make_meeting()
    for number in range(lines):
        factories.make_line(meeting, f"Word {number}")
        factories.make_action(f"Do {number}", meeting=meeting)
    with django_assert_num_queries(9):
        indexing.index(meetings=[meeting.pk], actions=Action.objects.values_list("pk", flat=True))
