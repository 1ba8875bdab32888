"""The page on which the secretary makes an agenda, without JavaScript."""

import re
from datetime import date, time

import pytest
from django.urls import reverse

from meetings.agenda import making, showing
from meetings.agenda.making import items_of
from meetings.models import AgendaItem, Meeting, StandingItem
from tests.factories import NOW, make_action, make_agenda_item, make_meeting, make_minutes, make_person
from tests.pages import words_of

pytestmark = pytest.mark.django_db

FIELDS = ("key", "title", "minutes", "lead", "lead_name", "kind", "note", "not_before")


@pytest.fixture
def meeting(group):
    return make_meeting(on=date(2026, 3, 25))


@pytest.fixture
def url(meeting):
    return reverse("admin:meetings_meeting_agenda", args=[meeting.pk])


@pytest.fixture
def items(meeting):
    return [make_agenda_item(meeting, title, minutes=30) for title in ("One", "Two", "Three")]


def form_of(page):
    """What a browser would send of the page's form, without any button."""
    formset = page.context["formset"]
    data = {"initial-base": page.context["base"]}
    for number, form in enumerate(formset.forms):
        for name in FIELDS:
            value = form[name].value()
            data[f"item-{number}-{name}"] = "" if value is None else str(value)
        if form["is_confidential"].value():
            data[f"item-{number}-is_confidential"] = "on"
    data |= {"item-TOTAL_FORMS": len(formset.forms), "item-INITIAL_FORMS": formset.initial_form_count()}
    answers = page.context["answers"]
    return data | {name: answers[name].value() or "" for name in answers.fields}


def send(client, url, button="save", value="1", page=None, **changes):
    """Open the page (unless it is open), change fields (`_1_title` is the second item's title) and press a button."""
    data = form_of(page or client.get(url))
    for name, words in changes.items():
        data[f"item{name.replace('_', '-', 2)}" if re.match(r"_\d", name) else name.replace("answer_", "answer-")] = (
            words
        )
    return client.post(url, data | {button: value})


def titles(meeting):
    return [item.title for item in items_of(meeting)]


def test_it_is_the_secretarys(anonymous_client, member_client, url, meeting, items):
    assert anonymous_client.get(url).status_code == 302
    given_back = anonymous_client.post(url, {"item-0-title": "What was typed", "initial-base": "f" * 64})
    assert given_back.status_code == 403
    assert "ffff" not in given_back.text
    assert "What was typed" in given_back.text
    assert member_client.get(url).status_code == 403
    assert member_client.post(url, {"item-0-title": "x"}).status_code == 403
    assert titles(meeting) == ["One", "Two", "Three"]


def test_an_unknown_meeting_is_not_found(secretary_client):
    assert secretary_client.get(reverse("admin:meetings_meeting_agenda", args=[999])).status_code == 404


def test_an_empty_agenda_begins_with_one_button(secretary_client, url, meeting):
    page = secretary_client.get(url)
    assert "Begin with the standing items" in page.text
    assert "The group has no standing items yet" in page.text
    assert send(secretary_client, url, "begin").status_code == 302
    assert titles(meeting) == [title for title, *_ in making.USUAL]
    assert "Begin with the standing items" not in secretary_client.get(url).text


def test_what_was_typed_before_the_agenda_was_begun_comes_last(secretary_client, url, meeting):
    StandingItem.objects.create(title="Apologies")
    send(secretary_client, url, "begin", _0_title="Typed")
    assert titles(meeting) == ["Apologies", "Typed"]


def test_an_agenda_begun_by_two_is_begun_once(secretary_client, url, meeting):
    page = secretary_client.get(url)
    send(secretary_client, url, "begin")
    assert send(secretary_client, url, "begin", page=page).status_code == 409
    assert len(titles(meeting)) == len(making.USUAL)


def test_everything_is_edited_in_place(secretary_client, url, meeting, items, secretary):
    response = send(
        secretary_client,
        url,
        _1_title="  Two,\tnew ",
        _1_minutes="45",
        _1_lead=str(secretary.person.pk),
        _1_note="Why.",
        _2_lead_name="Somebody else",
        _2_kind="matters-arising",
        _2_is_confidential="on",
        _3_title="Four",
    )
    assert response.status_code == 302
    _, two, three, four = items_of(meeting)
    assert (two.pk, two.title, two.minutes, two.lead, two.note) == (
        items[1].pk,
        "Two, new",
        45,
        secretary.person,
        "Why.",
    )
    assert (three.lead_name, three.kind, three.is_confidential) == ("Somebody else", "matters-arising", True)
    assert four.title == "Four"
    page = secretary_client.get(url)
    assert "Only you see it until you publish it." in page.text
    assert "Adds up to 105 of 120 minutes: 15 left. 1 item has no minutes." in words_of(page)


def test_words_that_name_somebody_in_the_list_mean_that_person(secretary_client, url, meeting, items, secretary):
    send(secretary_client, url, _0_lead_name="sefa secretary")
    assert items_of(meeting)[0].lead == secretary.person


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"_0_title": ""}, "Write what the item is called, or remove it."),
        ({"_0_title": "x" * 301}, "at most 300 characters"),
        ({"_0_minutes": "0"}, "greater than or equal to 1"),
        ({"_0_minutes": "a while"}, "Enter a whole number."),
        ({"_0_lead": "999999"}, "Select a valid choice"),
        ({"_0_lead": "LEAD", "_0_lead_name": "Another"}, "Choose a person or write who leads, not both."),
        ({"_0_kind": "motion"}, "Select a valid choice"),
        ({"_0_note": "x" * 4_001}, "4,000 is the most"),
        ({"_0_not_before": "soon"}, "Enter a valid date."),
        ({"_3_note": "No title"}, "Write what the item is called, or remove it."),
    ],
)
@pytest.mark.parametrize("button", ["save", "publish", "down"])
def test_a_form_that_cannot_be_taken_gives_everything_back(
    *, secretary_client, url, meeting, items, secretary, changes, said, button
):
    changes = {name: str(secretary.person.pk) if words == "LEAD" else words for name, words in changes.items()}
    response = send(secretary_client, url, button, "0", **({"_1_title": "Kept <b>", "_2_note": "Kept too"} | changes))
    assert response.status_code == 400
    words = words_of(response)
    assert "Nothing was saved" in words
    assert said in words
    assert 'value="Kept &lt;b&gt;"' in response.text
    assert "Kept too</textarea>" in response.text
    assert titles(meeting) == ["One", "Two", "Three"]
    assert meeting.agenda.filter(note="").count() == 3
    meeting.refresh_from_db()
    assert meeting.agenda_published_at is None


@pytest.mark.parametrize(
    ("button", "value", "after"),
    [
        ("up", "1", ["Two", "One", "Three"]),
        ("down", "1", ["One", "Three", "Two"]),
        ("up", "0", ["One", "Two", "Three"]),
        ("remove", "1", ["One", "Three"]),
        ("up", "99", ["One", "Two", "Three"]),
        ("up", "x", ["One", "Two", "Three"]),
    ],
)
def test_a_button_for_one_item_saves_the_others_too(*, secretary_client, url, meeting, items, button, value, after):
    assert send(secretary_client, url, button, value, _0_note="Typed", _3_title="Four").status_code == 302
    assert titles(meeting) == [*after, "Four"]
    assert AgendaItem.objects.get(title="One").note == "Typed"


def test_the_page_opens_where_the_item_went(secretary_client, url, items):
    response = send(secretary_client, url, "up", "1")
    page = secretary_client.get(response["Location"])
    # It is the first now: up leads nowhere, so the way down is at hand.
    assert re.findall(r'name="(\w+)" value="(\d)" autofocus', page.text) == [("down", "0")]
    page = secretary_client.get(send(secretary_client, url, "down", "0")["Location"])
    assert re.findall(r'name="(\w+)" value="(\d)" autofocus', page.text) == [("down", "1")]
    page = secretary_client.get(send(secretary_client, url, "add", _3_title="Four")["Location"])
    assert re.findall(r'name="(item-\d-title)"[^>]* autofocus', page.text) == ["item-4-title"]


def test_an_item_is_put_aside_until_a_day_and_offered_to_the_next_agenda(secretary_client, url, meeting, items):
    send(secretary_client, url, "aside", "1", _1_not_before="2026-09-01")
    assert titles(meeting) == ["One", "Three"]
    later = make_meeting(on=date(2026, 9, 30))
    page = secretary_client.get(reverse("admin:meetings_meeting_agenda", args=[later.pk]))
    assert "Two not before 1 September 2026 Put aside at the meeting of 25 March 2026" in words_of(page)
    address = reverse("admin:meetings_meeting_agenda", args=[later.pk])
    send(secretary_client, address, "take", items[1].pk)
    assert titles(later) == ["Two"]
    assert AgendaItem.objects.get(title="Two").pk == items[1].pk


def test_an_item_that_waits_is_dropped(secretary_client, url):
    item = make_agenda_item(None, "Waits", as_minuted="Agenda item for next meeting.", raised_at=None)
    assert "Waits" in words_of(secretary_client.get(url))
    send(secretary_client, url, "drop", item.pk)
    assert "Nothing." in words_of(secretary_client.get(url))


def test_an_item_that_somebody_else_took_is_told(secretary_client, url, meeting):
    item = make_agenda_item(None, "Waits")
    page = secretary_client.get(url)
    AgendaItem.objects.filter(pk=item.pk).update(status="declined")
    response = send(secretary_client, url, "take", item.pk, page=page, _0_title="Typed")
    assert response.status_code == 400
    assert "This item waits no more" in response.text
    assert 'value="Typed"' in response.text
    assert titles(meeting) == []


@pytest.fixture
def proposal(meeting, member):
    return make_agenda_item(meeting, "Trams", status="proposed", proposed_by=member.person, note="They run late.")


def test_a_proposal_is_accepted(secretary_client, url, meeting, proposal):
    assert "Trams Mina Member They run late." in words_of(secretary_client.get(url))
    send(secretary_client, url, "accept", proposal.pk, **{f"answer_{proposal.pk}": "Gladly."})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.meeting, proposal.answer) == ("on", meeting, "Gladly.")


def test_a_proposal_is_declined_with_a_word_alone(secretary_client, url, proposal):
    response = send(secretary_client, url, "decline", proposal.pk)
    assert response.status_code == 400
    assert "Write a word to say why not." in response.text
    send(secretary_client, url, "decline", proposal.pk, **{f"answer_{proposal.pk}": "Not now."})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.answer) == ("declined", "Not now.")


def test_a_proposal_for_another_meeting_stands_on_that_one_s_page(secretary_client, url, proposal):
    other = make_meeting(on=date(2026, 5, 20))
    AgendaItem.objects.update(meeting=other)
    assert "Trams" not in secretary_client.get(url).text


def test_words_and_days_that_a_button_did_not_use_stay_in_the_form(secretary_client, url, meeting, items, proposal):
    changes = {f"answer_{proposal.pk}": "I think so.", "_1_not_before": "2026-09-01"}
    response = send(secretary_client, url, "up", "2", **changes)
    assert response.status_code == 200
    assert titles(meeting) == ["One", "Three", "Two"]
    assert 'value="I think so."' in response.text
    assert form_of(response)["item-2-not_before"] == "2026-09-01"
    assert send(secretary_client, url, "aside", "2", page=response, **{f"answer_{proposal.pk}": ""}).status_code == 302
    assert AgendaItem.objects.get(title="Two").not_before == date(2026, 9, 1)


def test_a_stale_save_is_refused_with_both(secretary_client, url, meeting, items):
    page = secretary_client.get(url)
    send(secretary_client, url, _0_title="Theirs", _0_minutes="5", _3_title="Added")
    send(secretary_client, url, "remove", "2")
    response = send(secretary_client, url, page=page, _0_title="Mine", _3_title="My own")
    assert response.status_code == 409
    words = words_of(response)
    assert "Somebody else changed this agenda since you opened it" in words
    assert "Saved meanwhile by somebody else: title “Theirs”, 5 minutes." in words
    assert "Somebody else took this off the agenda meanwhile." in words
    assert "Somebody else put this on the agenda meanwhile." in words
    assert titles(meeting) == ["Theirs", "Two", "Added"]
    sent = form_of(response)
    assert [sent[f"item-{n}-title"] for n in range(5)] == ["Mine", "Two", "Three", "My own", "Added"]
    assert send(secretary_client, url, page=response).status_code == 302
    assert titles(meeting) == ["Mine", "Two", "Three", "My own", "Added"]


@pytest.mark.parametrize("button", ["up", "remove", "publish", "aside", "begin"])
def test_no_button_works_on_a_stale_page(secretary_client, url, meeting, items, button):
    page = secretary_client.get(url)
    send(secretary_client, url, _0_title="Theirs")
    assert send(secretary_client, url, button, "1", page=page).status_code == 409
    assert titles(meeting) == ["Theirs", "Two", "Three"]
    assert Meeting.objects.get(pk=meeting.pk).agenda_published_at is None


def test_a_refusal_in_between_does_not_hide_that_somebody_else_saved(secretary_client, url, meeting, items):
    page = secretary_client.get(url)
    send(secretary_client, url, _0_title="Theirs")
    refused = send(secretary_client, url, page=page, _0_minutes="x")
    assert send(secretary_client, url, page=refused, _0_minutes="5").status_code == 409
    assert titles(meeting)[0] == "Theirs"


def test_it_is_published_and_taken_back(secretary_client, url, meeting, items, anonymous_client):
    send(secretary_client, url, "publish", _0_title="For all")
    meeting.refresh_from_db()
    assert meeting.agenda_published_at
    assert AgendaItem.objects.get(title="For all").is_public
    page = secretary_client.get(url)
    assert "is seen by everyone at once" in page.text
    assert 'name="publish"' not in page.text
    send(secretary_client, url, _0_title="For all at once")
    assert AgendaItem.objects.get(pk=items[0].pk).public_title == "For all at once"
    assert "everyone sees the change" in secretary_client.get(url).text
    send(secretary_client, url, "take_back")
    assert not AgendaItem.objects.filter(is_circulated=True).exists()


def test_an_empty_agenda_is_not_published(secretary_client, url, meeting):
    response = send(secretary_client, url, "publish")
    assert response.status_code == 400
    assert "Nothing is on this agenda yet" in response.text
    meeting.refresh_from_db()
    assert meeting.agenda_published_at is None


def test_publishing_says_that_it_announces_the_meeting(secretary_client):
    meeting = make_meeting(on=date(2026, 3, 25), published=False)
    make_agenda_item(meeting)
    page = secretary_client.get(reverse("admin:meetings_meeting_agenda", args=[meeting.pk]))
    assert "Publishing it announces the meeting too." in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"starts": time(11), "ends": time(12)}, "Adds up to 90 of 60 minutes: 30 minutes too long."),
        ({"starts": None}, "Adds up to 90 minutes; the meeting has no start and end yet."),
    ],
)
def test_it_says_how_the_minutes_add_up(secretary_client, group, fields, words):
    meeting = make_meeting(on=date(2026, 3, 25), **fields)
    for title in ("One", "Two", "Three"):
        make_agenda_item(meeting, title, minutes=30)
    page = secretary_client.get(reverse("admin:meetings_meeting_agenda", args=[meeting.pk]))
    assert words in words_of(page)


def test_matters_arising_stand_below_their_item(secretary_client, url, meeting):
    earlier = make_meeting(on=date(2026, 1, 28))
    make_action("AB to ask the bus company", meeting=earlier)
    make_minutes(earlier)
    page = secretary_client.get(url)
    assert "No item of this agenda is of the kind “matters arising” yet" in page.text
    assert "C/F since 28 January 2026" in page.text
    make_agenda_item(meeting, "Matters arising", kind="matters-arising")
    page = secretary_client.get(url)
    assert "No item of this agenda" not in page.text
    assert page.text.count("C/F since 28 January 2026") == 1


def test_the_form_s_own_counts_forged_lose_no_item(secretary_client, url, meeting, items):
    data = form_of(secretary_client.get(url))
    for forged in ({"item-TOTAL_FORMS": "x"}, {"item-TOTAL_FORMS": 5_000}, {"item-TOTAL_FORMS": 1}):
        assert secretary_client.post(url, data | forged | {"save": "1"}).status_code in {302, 400, 409}
    assert set(titles(meeting)) == {"One", "Two", "Three"}


def test_the_tabs_and_the_meeting_s_page_lead_here(secretary_client, url, meeting):
    for name in ("change", "record"):
        assert (
            f'href="{url}"' in secretary_client.get(reverse(f"admin:meetings_meeting_{name}", args=[meeting.pk])).text
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_it_makes_a_fixed_number_of_queries(secretary_client, url, meeting, rows, django_assert_num_queries):
    earlier = make_meeting(on=date(2026, 1, 28))
    for number in range(rows):
        person = make_person(f"Ada Birch {number}", role="")
        make_agenda_item(meeting, f"Item {number}", lead=person, kind="matters-arising")
        make_agenda_item(None, f"Waits {number}", raised_at=earlier, lead=person)
        make_agenda_item(meeting, f"Proposed {number}", status="proposed", proposed_by=person)
        make_action("Ask", owners=[person], meeting=earlier)
    make_minutes(earlier)
    showing.publish_agenda(meeting=meeting, now=NOW)
    with django_assert_num_queries(15):
        page = secretary_client.get(url)
    assert len(page.context["rows"]) == rows
