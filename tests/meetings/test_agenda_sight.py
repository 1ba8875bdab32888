"""Who may see an agenda and its papers, from when."""

import pytest

from meetings import publishing
from meetings.agenda.showing import publish_agenda, show_agenda, take_back_agenda
from meetings.models import AgendaItem, Paper
from meetings.names import renaming
from meetings.sight import spellings
from members.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group):
    return factories.make_meeting()


def sights(meeting) -> dict[str, str]:
    """Who sees which item or paper of the meeting: everyone, members, or the secretary alone."""
    rows = [*AgendaItem.objects.filter(meeting=meeting), *Paper.objects.filter(meeting=meeting)]
    return {row.title: "everyone" if row.is_public else "members" if row.is_circulated else "secretary" for row in rows}


def test_it_is_the_secretary_s_until_it_is_published(meeting):
    item = factories.make_agenda_item(meeting, "Bus stops")
    factories.make_paper(meeting, "The paper", item=item)
    show_agenda(meeting=meeting, now=factories.NOW)
    assert sights(meeting) == {"Bus stops": "secretary", "The paper": "secretary"}
    publish_agenda(meeting=meeting, now=factories.NOW)
    assert sights(meeting) == {"Bus stops": "everyone", "The paper": "everyone"}
    take_back_agenda(meeting=meeting, now=factories.NOW)
    assert sights(meeting) == {"Bus stops": "secretary", "The paper": "secretary"}
    meeting.refresh_from_db()
    assert meeting.agenda_published_at is None
    assert meeting.is_published


def test_what_is_confidential_is_for_members(meeting):
    secret = factories.make_agenda_item(meeting, "Staff", is_confidential=True)
    item = factories.make_agenda_item(meeting, "Bus stops")
    factories.make_paper(meeting, "Of the secret item", item=secret)
    factories.make_paper(meeting, "Secret of itself", item=item, is_confidential=True)
    publish_agenda(meeting=meeting, now=factories.NOW)
    assert sights(meeting) == {
        "Staff": "members",
        "Bus stops": "everyone",
        "Of the secret item": "members",
        "Secret of itself": "members",
    }
    assert {item.public_title for item in meeting.agenda.all()} == {"", "Bus stops"}


def test_items_that_are_not_on_it_stay_with_the_secretary_and_so_do_their_papers(meeting):
    factories.make_agenda_item(meeting, "On")
    for status in ("proposed", "aside", "declined"):
        item = factories.make_agenda_item(meeting, status, status=status)
        factories.make_paper(meeting, f"{status} paper", item=item)
    later = factories.make_meeting(on=factories.NOW.date())
    elsewhere = factories.make_agenda_item(later, "Elsewhere")
    factories.make_paper(meeting, "Gone with its item", item=elsewhere)
    publish_agenda(meeting=meeting, now=factories.NOW)
    assert {title for title, who in sights(meeting).items() if who != "secretary"} == {"On"}
    publish_agenda(meeting=later, now=factories.NOW)
    assert sights(later) == {"Elsewhere": "everyone", "Gone with its item": "everyone"}


def test_publishing_an_agenda_announces_the_meeting_and_keeps_its_first_day(group):
    meeting = factories.make_meeting(published=False)
    factories.make_agenda_item(meeting)
    publish_agenda(meeting=meeting, now=factories.NOW)
    later = factories.at(factories.NOW.date(), hour=20)
    publish_agenda(meeting=meeting, now=later)
    meeting.refresh_from_db()
    assert (meeting.published_at, meeting.agenda_published_at) == (factories.NOW, factories.NOW)
    assert meeting.event


def test_taking_the_meeting_back_hides_everything(meeting):
    factories.make_paper(meeting, "The paper", item=factories.make_agenda_item(meeting, "Bus stops"))
    publish_agenda(meeting=meeting, now=factories.NOW)
    publishing.take_back(meeting=meeting, now=factories.NOW)
    assert set(sights(meeting).values()) == {"secretary"}
    publishing.announce(meeting=meeting, now=factories.NOW)
    assert set(sights(meeting).values()) == {"secretary"}


def test_circulated_notes_show_the_papers(meeting):
    factories.make_agenda_item(meeting, "Bus stops")
    factories.make_paper(meeting, "Slides")
    minutes = factories.make_minutes(meeting)
    assert sights(meeting) == {"Bus stops": "secretary", "Slides": "everyone"}
    publishing.withdraw(minutes=minutes, now=factories.NOW)
    assert sights(meeting) == {"Bus stops": "secretary", "Slides": "secretary"}


def test_the_public_reads_no_name_that_is_withheld_and_no_address(meeting):
    una = factories.make_person("Una Away", role="", public_name=Person.PublicName.MEMBER)
    factories.make_agenda_item(
        meeting,
        "Talk by Una Away",
        note="UA will tell; write to una@private.example.",
        lead_name="Una Away and Cy Example",
    )
    AgendaItem.objects.update(lead_name="UA, cy@private.example")
    factories.make_agenda_item(meeting, "Led", lead=una)
    factories.make_paper(meeting, "Slides by Una Away")
    factories.make_paper(meeting, "Linked", link="https://files.example/una-away.pdf")
    publish_agenda(meeting=meeting, now=factories.NOW)
    item = meeting.agenda.first()
    shown = una.public_form()
    assert item.public_title == f"Talk by {shown}"
    assert item.public_note == f"{shown} will tell; write to (address withheld)."
    assert item.public_lead_name == f"{shown}, (address withheld)"
    assert meeting.papers.get(title="Slides by Una Away").public_title == f"Slides by {shown}"
    assert sights(meeting)["Linked"] == "members"


def test_a_lead_who_may_be_somebody_withheld_is_asked_about_first(meeting):
    factories.make_person("Una Away", role="", public_name=Person.PublicName.MEMBER)
    factories.make_agenda_item(meeting, "Secret", lead_name="Una Awai", is_confidential=True)
    item = factories.make_agenda_item(meeting, "Talk", lead_name="Cy Parr and Una Awai")
    with pytest.raises(publishing.NotAllowedError, match="Una Awai"):
        publish_agenda(meeting=meeting, now=factories.NOW)
    meeting.refresh_from_db()
    assert meeting.agenda_published_at is None
    AgendaItem.objects.filter(pk=item.pk).update(lead_name="")
    publish_agenda(meeting=meeting, now=factories.NOW)
    AgendaItem.objects.filter(pk=item.pk).update(lead_name="Una Awai")
    show_agenda(meeting=meeting, now=factories.NOW)
    item.refresh_from_db()
    assert item.public_lead_name == ""


def test_a_lead_in_words_becomes_whoever_the_secretary_says_it_is(meeting):
    una = factories.make_person("Una Away", role="", public_name=Person.PublicName.MEMBER)
    item = factories.make_agenda_item(meeting, lead_name="Una Awai")
    spellings.settle(person=una, name="Una Awai")
    item.refresh_from_db()
    assert item.lead == una
    publish_agenda(meeting=meeting, now=factories.NOW)
    assert item.lead_for(None) == "a member"


def test_nothing_on_it_is_not_published(meeting):
    factories.make_agenda_item(meeting, status="proposed")
    with pytest.raises(publishing.NotAllowedError, match="add an item"):
        publish_agenda(meeting=meeting, now=factories.NOW)


def test_somebody_who_asks_not_to_be_named_leaves_the_agenda(meeting):
    una = factories.make_person("Una Away", role="")
    factories.make_agenda_item(meeting, "Talk by Una Away")
    publish_agenda(meeting=meeting, now=factories.NOW)
    una.public_name = Person.PublicName.MEMBER
    una.save()
    renaming.rename(now=factories.NOW)
    assert meeting.agenda.get().public_title == f"Talk by {una.public_form()}"


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_the_database_as_often_for_three_items_as_for_one(meeting, rows, django_assert_num_queries):
    for _ in range(rows):
        factories.make_paper(meeting, item=factories.make_agenda_item(meeting, lead_name="Cy Parr"))
    type(meeting).objects.filter(pk=meeting.pk).update(agenda_published_at=factories.NOW)
    with django_assert_num_queries(18):
        show_agenda(meeting=meeting, now=factories.NOW)
