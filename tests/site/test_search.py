"""The page on which everything is looked for."""

import re
from datetime import date

import pytest
from django.urls import reverse

from meetings import publishing
from meetings.agenda.showing import publish_agenda
from meetings.minutes.structure import Kind
from tests import factories
from tests.factories import NOW
from wmodf import finding
from wmodf.lib.searching import SearchText

pytestmark = pytest.mark.django_db
SEARCH = "/search/"


def titles(client, q, **filters):
    """What the page lists, in order: what it is, and its title."""
    page = client.get(SEARCH, {"q": q, **filters}).text
    rows = re.findall(
        r'<li>\s*<p class="search-about">\s*<span class="badge">(.+?)</span>.*?<h2>(.+?)</h2>', page, re.DOTALL
    )
    return [(label, re.sub(r"<.+?>", "", title).strip()) for label, title in rows]


# The same rows for all these tests.
@pytest.fixture(scope="module", autouse=True)
def site(kept_group):
    """One record of each kind that says zebra; the notes' second line is for members."""
    council = factories.make_organisation("Zebra Council")
    ada = factories.make_person("Zebra Birch", role="", on_behalf_of=council)
    meeting = factories.make_meeting(on=date(2025, 3, 25), host=council, venue="Zebra Rooms")
    factories.make_attendance(meeting, ada, representing=council)
    item = factories.make_item(meeting, "Zebra crossings")
    factories.make_line(meeting, "Two zebras were seen & counted.", item=item)
    factories.make_line(meeting, "A zebra quarrel", item=item, is_confidential=True)
    factories.make_action("To count the zebras", meeting=meeting, owners=[ada])
    dataset = factories.make_dataset("Zebras of Britain")
    factories.make_entry("Zebra counts", meeting=meeting, person=ada, organisation=council, dataset=dataset)
    factories.make_entry("Zebra positions", kind="wants", meeting=meeting, person=ada)
    factories.make_minutes(meeting)
    coming = factories.make_meeting(on=date(2026, 5, 27), title="Spring meeting")
    on_agenda = factories.make_agenda_item(coming, "Zebras", note="How many")
    factories.make_paper(coming, "The zebra paper", item=on_agenda)
    publish_agenda(meeting=coming, now=NOW)
    factories.make_event("Zebra day", published=True)
    return meeting


EVERYTHING = {
    ("Meeting", "Steering group meeting, Tuesday 25 March 2025"),
    ("Notes", "Zebra crossings"),
    ("Action", "A1"),
    ("Data used", "D1"),
    ("Data wanted", "D2"),
    ("Agenda", "Zebras"),
    ("Paper", "The zebra paper"),
    ("Event", "Zebra day"),
    ("Person", "Zebra Birch"),
    ("Organisation", "Zebra Council"),
    ("Dataset", "Zebras of Britain"),
}


def test_everything_is_found_by_its_words(site, anonymous_client, member_client, secretary_client):
    assert set(titles(anonymous_client, "zebra")) == EVERYTHING
    assert len(titles(anonymous_client, "zebra")) == 12  # the item, and a line under it
    assert len(titles(member_client, "zebra")) == len(titles(secretary_client, "zebra")) == 13
    assert titles(anonymous_client, "quarrel") == []
    assert titles(member_client, "quarrel") == [("Notes", "Zebra crossings")]


def test_every_address_of_notes_stands_on_their_page(site, anonymous_client):
    """A line that is about an action has that action's anchor, and its own beside it; each stands there once."""
    later = factories.make_meeting(on=date(2025, 5, 21))
    action, words = site.lines.get(action__isnull=False).action, "Okapis were counted instead."
    reviews = [factories.make_line(later, words, kind=Kind.REVIEW, action=action) for _ in range(2)]
    factories.make_minutes(later)
    found = re.findall(r'href="(/meetings/2025-05-21/)#(line-\d+)"', anonymous_client.get(SEARCH, {"q": "okapi"}).text)
    page = anonymous_client.get(later.get_absolute_url()).text
    assert {anchor for _path, anchor in found} == {f"line-{line.pk}" for line in reviews}
    anchors = ["a1", *(f"line-{line.pk}" for line in reviews)]
    assert [page.count(f'id="{anchor}"') for anchor in anchors] == [1, 1, 1]


def test_what_is_found_leads_to_its_line(site, anonymous_client):
    page = anonymous_client.get(SEARCH, {"q": "seen"}).text
    line = site.lines.get(text__startswith="Two")
    assert f'href="/meetings/2025-03-25/#line-{line.pk}"' in page
    assert "Two zebras were <mark>seen</mark> &amp; counted." in page
    page = anonymous_client.get(SEARCH, {"q": "crossings"}).text
    assert f'href="/meetings/2025-03-25/#item-{site.items.get().pk}"' in page
    assert "Zebra <mark>crossings</mark>" in page


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("notes", ["Notes", "Notes"]),
        ("meetings", ["Meeting"]),
        ("actions", ["Action"]),
        ("used", ["Data used"]),
        ("wants", ["Data wanted"]),
        ("agendas", ["Agenda"]),
        ("papers", ["Paper"]),
        ("events", ["Event"]),
        ("people", ["Person"]),
        ("organisations", ["Organisation"]),
        ("datasets", ["Dataset"]),
    ],
)
def test_by_kind(site, anonymous_client, kind, labels):
    assert [label for label, _ in titles(anonymous_client, "zebra", kind=kind)] == labels


def test_by_year_and_organisation(site, anonymous_client):
    assert {label for label, _ in titles(anonymous_client, "zebra", year=2026)} == {"Agenda", "Paper", "Event"}
    council = finding.Organisation.objects.get(name="Zebra Council")
    labels = {label for label, _ in titles(anonymous_client, "zebra", organisation=council.pk)}
    assert labels == {"Meeting", "Notes", "Action", "Data used", "Person", "Organisation"}


def test_the_best_fit_or_the_newest_first(group, anonymous_client):
    for on, words in ((date(2024, 1, 10), "Bus and bus"), (date(2025, 1, 8), "Bus"), (date(2026, 1, 7), "A bus")):
        meeting = factories.make_meeting(on=on)
        item = factories.make_item(meeting, f"Heading of {on.year}")
        factories.make_line(meeting, words, item=item)
        factories.make_minutes(meeting)
    headings = [f"Heading of {year}" for year in (2024, 2025, 2026)]
    assert [title for _, title in titles(anonymous_client, "bus")] == headings
    assert [title for _, title in titles(anonymous_client, "bus", order="date")] == headings[::-1]


@pytest.mark.parametrize(
    "typed", ["2025-03-25", "25 March 2025", "Tuesday 25th March 2025", "25/03/2025", "March 25, 2025"]
)
def test_a_date_leads_to_its_meeting(site, anonymous_client, typed):
    response = anonymous_client.get(SEARCH, {"q": typed})
    assert response.context["meant"].address == "/meetings/2025-03-25/"


def test_a_reference_leads_to_its_record(site, anonymous_client, member_client):
    for typed, address in (("A1", "/actions/A1/"), ("[a1]", "/actions/A1/"), ("D2", "/wishlists/D2/")):
        assert anonymous_client.get(SEARCH, {"q": typed}).context["meant"].address == address
    hidden = factories.make_action("Drafted", meeting=factories.make_meeting(on=date(2026, 4, 1)))
    for typed in (hidden.reference, "A999", "A0", "2026-02-31", "31/02/2026", "99/99/2026"):
        assert member_client.get(SEARCH, {"q": typed}).context["meant"] is None


@pytest.mark.parametrize(
    ("name", "value"), [("kind", "x"), ("year", "1999"), ("year", "x"), ("organisation", "99"), ("order", "x")]
)
def test_an_unknown_filter_is_said_and_left(site, anonymous_client, name, value):
    page = anonymous_client.get(SEARCH, {"q": "zebra", name: value}).text
    assert "Something in the form could not be used" in page
    assert "12 found" in page


def test_what_says_nothing_finds_nothing(site, anonymous_client):
    assert "What is found will be here" in anonymous_client.get(SEARCH).text
    assert "There is no word in this" in anonymous_client.get(SEARCH, {"q": "“*”"}).text
    assert "Nothing was found." in anonymous_client.get(SEARCH, {"q": "gnu"}).text
    assert "Write at most 200 characters." in anonymous_client.get(SEARCH, {"q": "zebra " * 2_000}).text


HOSTILE = [
    "\x00zebra",
    "NEAR(zebra",
    '"zebra',
    "zebra* OR *",
    "'; DROP TABLE lib_searchtext; --",
    "\u202ezebra\u202c",
    "é" + "\u0301" * 150,
    "%",
    "🦓" * 200,
    "\ud800",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_do_no_harm(site, anonymous_client, typed):
    response = anonymous_client.get(SEARCH, {"q": typed.encode("utf-8", "surrogatepass")})
    assert response.status_code == 200
    assert len(titles(anonymous_client, "zebra")) == 12


def test_many_results_come_in_pages(group, anonymous_client, monkeypatch):
    meeting = factories.make_meeting()
    for number in range(25):
        factories.make_line(meeting, f"Okapi {number}")
    factories.make_minutes(meeting)
    assert len(titles(anonymous_client, "okapi")) == 20
    assert len(titles(anonymous_client, "okapi", page=2)) == 5
    monkeypatch.setattr(finding, "MOST", 10)
    page = anonymous_client.get(SEARCH, {"q": "okapi"}).text
    assert "More than 10 texts say this" in page


def test_highlights_lead_to_their_own_page(group, anonymous_client, secretary_client):
    meeting = factories.make_meeting(on=date(2026, 2, 25))
    named = factories.make_meeting(on=date(2026, 4, 29))
    line = factories.make_line(meeting, "Next: okapi day", kind="next meeting", named_meeting=named)
    publishing.publish_highlights(minutes=factories.make_minutes(meeting, circulated=False), now=NOW)
    assert 'href="/meetings/2026-02-25/highlights/"' in anonymous_client.get(SEARCH, {"q": "okapi"}).text
    assert f'href="/meetings/2026-02-25/#line-{line.pk}"' in secretary_client.get(SEARCH, {"q": "okapi"}).text


def test_a_text_left_behind_shows_nothing(site, anonymous_client):
    """Whatever search looks in, a record is asked for anew, and so are its words."""
    line = site.lines.get(is_confidential=True)
    SearchText.objects.filter(kind="line", key=line.pk).update(standing=0)
    SearchText.objects.create(kind="line", key=987654, standing=0, on=site.on, tokens="wquarrel squarrel")
    assert titles(anonymous_client, "quarrel") == []
    assert anonymous_client.get(SEARCH, {"q": "quarrel"}).context["page"].paginator.count == 0


def test_somebody_who_is_not_named_is_found_by_members_alone(site, anonymous_client, member_client):
    meeting = factories.make_meeting(on=date(2025, 4, 30))
    factories.make_attendance(meeting, factories.make_person("Okapi Reed", public_name="initials"))
    factories.make_minutes(meeting)
    assert titles(anonymous_client, "okapi") == []
    assert titles(member_client, "okapi") == [("Person", "Okapi Reed")]


def test_the_secretary_is_told_when_there_is_nothing_to_look_in(site, anonymous_client, secretary_client):
    assert "rebuild_search" not in secretary_client.get(SEARCH).text
    SearchText.objects.all().delete()
    assert "rebuild_search" in secretary_client.get(SEARCH).text
    assert "rebuild_search" not in anonymous_client.get(SEARCH).text


def test_no_machine_keeps_the_page(site, anonymous_client):
    response = anonymous_client.get(SEARCH, {"q": "zebra"})
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.text
    assert anonymous_client.post(SEARCH).status_code == 405
    assert reverse("search") == SEARCH


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_more_results(group, member_client, django_assert_num_queries, rows):
    meeting = factories.make_meeting()
    for number in range(rows):
        item = factories.make_item(meeting, f"Okapi {number}")
        factories.make_line(meeting, "An okapi", item=item)
        factories.make_action("An okapi", meeting=meeting)
        factories.make_entry("An okapi", meeting=meeting)
        factories.make_person(f"Okapi {number}")
    factories.make_minutes(meeting)
    member_client.get(SEARCH)
    with django_assert_num_queries(14):
        page = member_client.get(SEARCH, {"q": "okapi"}).text
    assert f"{4 * rows} found" in page


def test_no_e_mail_address_is_shown_or_found(group, anonymous_client, member_client):
    council = factories.make_organisation("Okapi zoe@x.example", short_names="yan@x.example")
    meeting = factories.make_meeting(host=council)
    names = {"other_names": "xia@x.example", "publisher": "wim@x.example"}
    dataset = factories.make_dataset("Okapis vic@x.example", **names)
    factories.make_entry("Okapi counts", meeting=meeting, organisation=council, dataset=dataset)
    factories.make_minutes(meeting)
    for client in (anonymous_client, member_client):
        page = client.get(SEARCH, {"q": "okapi"}).text
        assert page.count("(address withheld)") >= 5
        assert "x.example" not in page
        for word in ("zoe", "yan", "xia", "vic"):
            assert titles(client, word) == []
    for path in ("/meetings/", "/wishlists/"):  # their lists to choose from
        page = anonymous_client.get(path).text
        assert "Okapi (address withheld)</option>" in page
        assert "x.example" not in page
