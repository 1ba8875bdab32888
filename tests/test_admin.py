"""The stock admin: every page answers the secretary, quickly; bad input gets a message; minutes are never deleted."""

import re
from datetime import date

import pytest
from django.contrib import admin as stock
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, ActionOwner
from meetings.minutes.structure import Kind
from meetings.models import Attendance, Meeting, StandingItem
from members.models import Membership, Organisation, OtherName, Person, User
from tests import factories
from tests.admin_pages import form_of, url
from wishlists.models import Dataset, Entry

MODELS = {
    "meetings_meeting",
    "meetings_attendance",
    "meetings_minutes",
    "meetings_item",
    "meetings_minuteline",
    "meetings_standingitem",
    "meetings_event",
    "members_person",
    "members_membership",
    "members_organisation",
    "members_user",
    "actions_action",
    "wishlists_entry",
    "wishlists_dataset",
}
EVERYONE_BUT_LOGINS = sorted(MODELS - {"members_user"})


def make_group_with(rows):
    """A group whose every list in the admin has this many rows, and more where people are."""
    for number in range(1, rows + 1):
        body = factories.make_organisation(f"Body {number}")
        person = factories.make_person(f"Ada Birch {number}", role="", on_behalf_of=body, email=f"a{number}@x.example")
        meeting = factories.make_meeting(on=date(2026, number, 28), host=body)
        factories.make_attendance(meeting, person, representing=body, deputising_for=person)
        item = factories.make_item(meeting)
        factories.make_action(meeting=meeting, owners=[person, "Bo"], due_on=date(2026, 2, 1), line={"item": item})
        dataset = factories.make_dataset(f"Dataset {number}", url="https://x.example/")
        factories.make_entry(
            meeting=meeting, person=person, organisation=body, kind=Entry.Kind.WANTS, dataset=dataset, added_by=person
        )
        factories.make_line(meeting, kind=Kind.AGREED, names_on=date(2025, 1, 1))
        factories.make_minutes(meeting)
        StandingItem.objects.create(title=f"Standing {number}")
        factories.make_event(on=date(2026, number, 7))


# The same rows for all tests that ask for as many; pytest takes them back before a test that asks for others or none.
@pytest.fixture(scope="module", autouse=True)
def filled(request, kept):
    rows = getattr(request, "param", 0)
    with transaction.atomic():
        make_group_with(rows)
        yield rows
        transaction.set_rollback(True)


def test_the_models_of_the_admin_are_these():
    registered = {f"{model._meta.app_label}_{model._meta.model_name}" for model in stock.site._registry}
    assert registered == MODELS


QUERIES = {
    "meetings_meeting": 10,
    "meetings_attendance": 7,
    "meetings_minutes": 9,
    "meetings_item": 7,
    "meetings_minuteline": 7,
    "meetings_standingitem": 7,
    "meetings_event": 9,
    "members_person": 8,
    "members_membership": 7,
    "members_organisation": 7,
    "actions_action": 10,
    "wishlists_entry": 10,
    "wishlists_dataset": 7,
}


@pytest.mark.parametrize("filled", [1, 3], indirect=True)
@pytest.mark.parametrize("model", EVERYONE_BUT_LOGINS)
def test_lists_ask_the_database_as_often_for_many_rows(filled, secretary_client, django_assert_num_queries, model):
    with django_assert_num_queries(QUERIES[model]):
        response = secretary_client.get(url(model, "changelist"))
    assert response.status_code == 200
    assert len(response.context["cl"].result_list) >= filled


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_logins_too(client, admin, django_assert_num_queries, rows):
    for number in range(rows):
        factories.make_user(f"Ada {number}")
    client.force_login(admin)
    with django_assert_num_queries(6):
        response = client.get(url("members_user", "changelist"))
    assert len(response.context["cl"].result_list) == rows + 1


INLINE = re.compile(
    r"<style|<script(?![^>]*\b(?:src=|type=\"application/json\"))|\son[a-z]+=|\sstyle=|javascript:", re.I
)


@pytest.mark.parametrize("filled", [1], indirect=True)
@pytest.mark.parametrize("model", EVERYONE_BUT_LOGINS)
def test_every_page_answers_without_inline_script_or_style(filled, secretary_client, model):
    row = next(each for each in stock.site._registry if model == f"{each._meta.app_label}_{each._meta.model_name}")
    pk = row._default_manager.first().pk
    pages = [url(model, "changelist"), url(model, "change", pk), url(model, "history", pk)]
    if hasattr(row, "history"):
        row._default_manager.first().save()
        pages.append(url(model, "simple_history", pk, row.history.filter(id=pk).first().pk))
    if model in {"meetings_meeting", "meetings_event", "members_person", "members_organisation", "wishlists_dataset"}:
        pages.append(url(model, "add"))
    for page in pages:
        response = secretary_client.get(page)
        assert response.status_code == 200, page
        assert not INLINE.findall(response.text), page


def test_index_names_the_group_and_links_to_the_site(secretary_client, group):
    response = secretary_client.get(reverse("admin:index"))
    assert group.name in response.text
    assert "View site" in response.text
    assert "password" not in response.text.lower()
    assert "Sefa Secretary" in response.text
    assert "sefa.secretary@" not in response.text
    assert not INLINE.findall(response.text)
    rooms = response.context["app_list"]
    assert {f"{room['app_label']}.{model['object_name']}" for room in rooms for model in room["models"]} == {
        "meetings.Meeting",
        "meetings.Event",
        "meetings.Minutes",
        "meetings.Item",
        "meetings.MinuteLine",
        "meetings.StandingItem",
        "members.Person",
        "members.Organisation",
        "actions.Action",
        "wishlists.Entry",
        "wishlists.Dataset",
    }


def test_nobody_is_asked_for_a_password(client, secretary, admin):
    response = client.get("/admin/login/?next=/admin/actions/action/")
    assert (response.status_code, response["Location"]) == (302, "/login/?next=/admin/actions/action/")
    assert client.post("/admin/login/", {"username": admin.email, "password": "x"})["Location"] == "/login/"
    client.force_login(secretary)
    assert client.get("/admin/password_change/").status_code == 404


def test_a_member_is_told_no_and_not_to_log_in_again(member_client):
    for page in ("/admin/", "/admin/members/person/", "/admin/nothing/", "/admin/jsi18n/"):
        assert member_client.get(page).status_code == 403, page


def test_the_secretary_reaches_no_logins_and_no_machinery(secretary_client, member):
    for page in (url("members_user", "changelist"), url("members_user", "change", member.pk)):
        assert secretary_client.get(page).status_code == 403
    for page in ("/admin/auth/group/", "/admin/lib/narrowlink/", "/admin/lib/revision/", "/admin/sessions/session/"):
        assert secretary_client.get(page).status_code == 404


def test_an_administrator_switches_a_login_off(client, admin, member):
    client.force_login(admin)
    assert client.post(url("members_user", "change", member.pk), {}).status_code == 302
    member.refresh_from_db()
    assert (member.is_active, member.is_superuser) == (False, False)


# --- people ---------------------------------------------------------------------------------------------------------
def test_list_of_people_shows_who_they_are_and_not_their_addresses(secretary_client, group):
    council = factories.make_organisation()
    factories.make_person("Ada Birch", role="chair", on_behalf_of=council, email="ada@private.example")
    response = secretary_client.get(url("members_person", "changelist"), {"q": "Birch"})
    assert "Chair" in response.text
    assert council.name in response.text
    assert "ada@private.example" not in response.text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("birch", {"Ada Birch"}),
        ("Addie", {"Ada Birch"}),
        ("BXC", {"Bo Cole"}),
        ("e", {"Ada Birch", "Bo Cole", "Sefa Secretary"}),
    ],
)
def test_people_are_found_by_name_other_name_and_initials(secretary_client, words, found):
    ada = factories.make_person("Ada Birch")
    OtherName.objects.create(person=ada, name="Addie Birche")
    factories.make_person("Bo Cole", initials="BXC")
    response = secretary_client.get(url("members_person", "changelist"), {"q": words})
    assert {person.name for person in response.context["cl"].result_list} == found


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ("yes", {"Sefa Secretary"}),
        ("no", {"Bo Cole", "Fay Former"}),
        ("x", {"Sefa Secretary", "Bo Cole", "Fay Former"}),
    ],
)
def test_people_are_filtered_by_membership_today(secretary_client, choice, found):
    factories.make_person("Bo Cole")
    factories.make_person("Fay Former", role="").memberships.update(end_date=date(2020, 2, 1))
    response = secretary_client.get(url("members_person", "changelist"), {"member": choice})
    assert {person.name for person in response.context["cl"].result_list} == found


def add_person(client, group, **changes):
    """Fill in the form for a person with a membership and another name, and send it."""
    page = client.get(url("members_person", "add"))
    data = form_of(page) | {
        "name": "Ada Birch",
        "email": "ada@private.example",
        "other_names-0-name": "Addie",
        "memberships-0-organisation": group.pk,
        "memberships-0-start_date": "2026-01-01",
    }
    return client.post(url("members_person", "add"), data | changes)


def test_a_person_is_added_with_names_and_memberships(secretary_client, group):
    assert add_person(secretary_client, group).status_code == 302
    ada = Person.objects.get(name="Ada Birch")
    assert (ada.sort_name, ada.other_names.get().name, ada.memberships.get().organisation) == (
        "Birch, Ada",
        "Addie",
        group,
    )
    assert ada.history.get().history_user.email == "sefa.secretary@private.example"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": "SEFA.secretary@private.example"}, "Somebody else has this e-mail address."),
        ({"email": "no address"}, "Enter a valid email address."),
        ({"name": "Ada\x00Birch"}, "Null characters are not allowed."),
        ({"other_names-0-name": "Ad\x00die"}, "Null characters are not allowed."),
        ({"name": "   "}, "This field is required."),
        ({"name": "\u200b" + "x" * 300}, "at most 200 characters"),
        ({"memberships-0-end_date": "2025-12-31"}, "The membership ends before it starts."),
        ({"memberships-0-start_date": "31 February 2026"}, "Enter a valid date."),
        ({"memberships-0-organisation": "999999"}, "Select a valid choice."),
        ({"public_name": "nobody"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_with_a_person_is_said_and_nothing_typed_is_lost(secretary_client, group, changes, message):
    response = add_person(secretary_client, group, **changes)
    assert response.status_code == 200
    assert message in response.text
    typed = {"email": "ada@private.example", "other_names-0-name": "Addie"} | changes
    kept = form_of(response)
    assert {name: kept[name] for name in typed if name != "name"} == {
        name: value for name, value in typed.items() if name != "name"
    }
    assert not Person.objects.filter(email="ada@private.example").exists()


def test_a_new_name_gets_a_new_sort_name_unless_one_was_typed(secretary_client, group):
    ada = factories.make_person("Ada Birch")
    page = url("members_person", "change", ada.pk)
    secretary_client.post(page, form_of(secretary_client.get(page)) | {"name": "Ada Cole"})
    ada.refresh_from_db()
    assert ada.sort_name == "Cole, Ada"
    secretary_client.post(page, form_of(secretary_client.get(page)) | {"sort_name": "Zz"})
    secretary_client.post(page, form_of(secretary_client.get(page)) | {"name": "Ada Dean"})
    ada.refresh_from_db()
    assert (ada.name, ada.sort_name) == ("Ada Dean", "Zz")


def test_withholding_a_name_rewrites_what_the_public_reads(secretary_client, group):
    ada = factories.make_person("Ada Birch", role="")
    meeting = factories.make_meeting()
    line = factories.make_line(meeting, "Ada Birch spoke; AB and Addie Birche will ask.")
    factories.make_minutes(meeting)
    page = url("members_person", "change", ada.pk)
    secretary_client.post(page, form_of(secretary_client.get(page)) | {"public_name": "member"})
    line.refresh_from_db()
    assert line.public_text == "a member spoke; a member and Addie Birche will ask."
    secretary_client.post(page, form_of(secretary_client.get(page)) | {"other_names-0-name": "Addie Birche"})
    line.refresh_from_db()
    assert line.public_text == "a member spoke; a member and a member will ask."
    secretary_client.post(page, form_of(secretary_client.get(page)) | {"public_name": "full"})
    line.refresh_from_db()
    assert line.public_text == line.text


def test_somebody_in_minutes_is_not_deleted(secretary_client, group):
    ada = factories.make_person("Ada Birch")
    meeting = factories.make_meeting()
    factories.make_attendance(meeting, ada)
    response = secretary_client.post(url("members_person", "delete", ada.pk), {"post": "yes"})
    assert "would require deleting the following protected related objects" in response.text
    assert "Ada Birch" in response.text
    assert Person.objects.filter(pk=ada.pk).exists()


# --- organisations --------------------------------------------------------------------------------------------------
def test_organisations_are_found_by_short_names(secretary_client):
    factories.make_organisation("Elmbridge Council", short_names="EC, Elmbridge")
    factories.make_organisation("College")
    response = secretary_client.get(url("members_organisation", "changelist"), {"q": "EC,"})
    assert {row.name for row in response.context["cl"].result_list} == {"Elmbridge Council"}


def test_the_group_alone_has_a_public_address_and_stays(secretary_client, group):
    council = factories.make_organisation()
    fields = {
        row: set(secretary_client.get(url("members_organisation", "change", row.pk)).context["adminform"].form.fields)
        for row in (group, council)
    }
    assert fields[group] - fields[council] == {"public_email", "licence"}
    assert "is_group" not in fields[group]
    assert secretary_client.post(url("members_organisation", "delete", group.pk), {"post": "yes"}).status_code == 403
    assert Organisation.objects.group() == group


def test_the_calendar_follows_a_hosts_new_name(secretary_client, group):
    council = factories.make_organisation("Elmbridge Council")
    meeting = factories.make_meeting(host=council)
    page = url("members_organisation", "change", council.pk)
    secretary_client.post(page, form_of(secretary_client.get(page)) | {"name": "Elm Council"})
    meeting.refresh_from_db()
    assert ("Elm Council" in meeting.event, meeting.sequence) == (True, 1)


# --- actions --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "found"),
    [("A2", {2}), ("2", {2}), ("a 2", {2}), ("bus", {1, 2}), ("tram", {3}), ("A9", set()), ("999999999999", set())],
)
def test_actions_are_found_by_reference_and_words(secretary_client, words, found):
    for text in ("Ask the bus company", "Thank the bus company", "Ask the tram company"):
        factories.make_action(text)
    response = secretary_client.get(url("actions_action", "changelist"), {"q": words})
    assert {action.number for action in response.context["cl"].result_list} == found


@pytest.mark.parametrize(
    ("choice", "found"), [({"overdue": "yes"}, {1}), ({"overdue": "x"}, {1, 2, 3}), ({"status__exact": "done"}, {3})]
)
def test_actions_are_filtered(secretary_client, secretary, choice, found):
    factories.make_action(due_on=date(2020, 1, 1))
    factories.make_action()
    factories.make_action(due_on=date(2020, 1, 1)).finish(now=factories.at(date(2020, 2, 1)), by=None)
    response = secretary_client.get(url("actions_action", "changelist"), choice)
    assert {action.number for action in response.context["cl"].result_list} == found


@pytest.mark.parametrize(
    ("verb", "status", "changed"), [("finish", "done", {1, 3}), ("drop", "dropped", {1, 2}), ("reopen", "open", {2, 3})]
)
def test_actions_are_finished_dropped_and_reopened_in_the_secretarys_name(
    secretary_client, secretary, verb, status, changed
):
    opened, done, dropped = (factories.make_action() for _ in range(3))
    done.finish(now=factories.at(date(2020, 2, 1)), by=None)
    dropped.drop(now=factories.at(date(2020, 2, 1)), by=None)
    keys = [opened.pk, done.pk, dropped.pk]
    response = secretary_client.post(
        url("actions_action", "changelist"), {"action": verb, "_selected_action": keys}, follow=True
    )
    assert "2 changed" in response.text
    assert set(Action.objects.values_list("status", flat=True)) == {status}
    today = timezone.localdate()
    told = {
        action.number: update.status
        for action in Action.objects.all()
        for update in action.updates.filter(on=today, by=secretary.person)
    }
    assert told == dict.fromkeys(changed, status)


def test_an_administrator_who_is_no_person_finishes_too(client, admin):
    action = factories.make_action()
    client.force_login(admin)
    client.post(url("actions_action", "changelist"), {"action": "finish", "_selected_action": [action.pk]})
    assert action.updates.get().by is None


def test_the_status_is_not_typed(secretary_client):
    action = factories.make_action()
    page = url("actions_action", "change", action.pk)
    data = form_of(secretary_client.get(page)) | {"status": "done", "ended_on": "2026-01-01"}
    assert secretary_client.post(page, data).status_code == 302
    action.refresh_from_db()
    assert action.status == "open"


def test_owners_are_added_last_and_named(secretary_client, group):
    ada, bo = factories.make_person("Ada Birch"), factories.make_person("Bo Cole")
    action = factories.make_action(owners=[ada])
    page = url("actions_action", "change", action.pk)
    for choice in ({"owners-1-person": bo.pk}, {"owners-2-role": "chair"}, {"owners-3-is_everyone": "on"}):
        assert secretary_client.post(page, form_of(secretary_client.get(page)) | choice).status_code == 302
    assert list(action.owners.values_list("as_minuted", "position")) == [
        ("AB", 0),
        ("BC", 1),
        ("the Chair", 2),
        ("all members", 3),
    ]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"owners-1-person": "same"}, "Please correct the duplicate"),
        ({"owners-1-person": "other", "owners-1-role": "chair"}, "An owner is a person, an office or all members"),
        ({"owners-1-as_minuted": " ", "owners-1-role": "king"}, "Select a valid choice."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
        ({"due_on": "2026-02-30"}, "Enter a valid date."),
    ],
)
def test_what_is_wrong_with_an_action_is_said(secretary_client, group, choice, message):
    people = {"same": factories.make_person("Ada Birch"), "other": factories.make_person("Bo Cole")}
    action = factories.make_action(owners=[people["same"]])
    page = url("actions_action", "change", action.pk)
    choice = {name: people[value].pk if value in people else value for name, value in choice.items()}
    response = secretary_client.post(page, form_of(secretary_client.get(page)) | choice)
    assert response.status_code == 200
    assert message in response.text
    assert ActionOwner.objects.count() == 1


def test_the_words_that_the_public_reads_follow_the_actions(secretary_client, group):
    factories.make_person("Ada Birch", role="", public_name="member")
    meeting = factories.make_meeting()
    action = factories.make_action(meeting=meeting)
    factories.make_minutes(meeting)
    page = url("actions_action", "change", action.pk)
    secretary_client.post(page, form_of(secretary_client.get(page)) | {"text": "Ada Birch to ask ada@x.example"})
    action.refresh_from_db()
    assert action.public_text == "a member to ask (address withheld)"


def test_actions_and_entries_in_minutes_are_neither_added_nor_deleted(secretary_client):
    meeting = factories.make_meeting()
    factories.make_action(meeting=meeting)
    factories.make_entry(meeting=meeting)
    for model, row in (("actions_action", Action.objects.get()), ("wishlists_entry", Entry.objects.get())):
        assert secretary_client.get(url(model, "add")).status_code == 403
        assert secretary_client.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
        secretary_client.post(
            url(model, "changelist"), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        )
    assert (Action.objects.count(), Entry.objects.count()) == (1, 1)


def test_an_action_of_no_minutes_is_deleted(secretary_client):
    action = factories.make_action(owners=["Bo"])
    secretary_client.post(url("actions_action", "delete", action.pk), {"post": "yes"})
    assert Action.objects.count() == 0


# --- data used and wanted -------------------------------------------------------------------------------------------
def test_how_an_entry_stands_is_read_in_the_admin_and_moved_on_its_page(secretary_client):
    want, used = factories.make_entry(kind=Entry.Kind.WANTS), factories.make_entry()
    page = url("wishlists_entry", "change", want.pk)
    response = secretary_client.get(page)
    assert 'Wanted. <a href="/wishlists/D1/">Move it, or link its dataset, on its own page</a>' in response.text
    secretary_client.post(page, form_of(response) | {"status": "released", "text": "Trees"})
    want.refresh_from_db()
    assert (want.status, want.text) == ("wanted", "Trees")
    response = secretary_client.get(url("wishlists_entry", "change", used.pk))
    assert 'Used. <a href="/wishlists/D2/">Link its dataset on its own page</a>' in response.text


@pytest.mark.parametrize(("words", "found"), [("naptan", {"NaPTAN"}), ("stop list", {"NaPTAN"}), ("Elm", {"Trees"})])
def test_datasets_are_found_by_name_other_name_and_publisher(secretary_client, words, found):
    factories.make_dataset("NaPTAN", other_names="stop list, stops")
    factories.make_dataset("Trees", publisher="Elmbridge")
    response = secretary_client.get(url("wishlists_dataset", "changelist"), {"q": words})
    assert {dataset.name for dataset in response.context["cl"].result_list} == found


def test_a_dataset_is_entered_once(secretary_client):
    page = url("wishlists_dataset", "add")
    data = {"name": " NaPTAN ", "publisher": "DfT", "url": "naptan.example/stops"}
    assert secretary_client.post(page, data).status_code == 302
    dataset = Dataset.objects.get()
    assert (dataset.name, dataset.url) == ("NaPTAN", "https://naptan.example/stops")
    response = secretary_client.post(page, data | {"name": "naptan"})
    assert "There is a dataset with this name already." in response.text
    assert Dataset.objects.count() == 1


def test_a_linked_dataset_is_not_deleted(secretary_client):
    entry = factories.make_entry(dataset=factories.make_dataset())
    page = url("wishlists_dataset", "delete", entry.dataset_id)
    assert "would require deleting the following protected related objects" in secretary_client.get(page).text
    secretary_client.post(page, {"post": "yes"})
    assert Dataset.objects.exists()


@pytest.mark.parametrize(
    ("words", "found"), [("D2", {2}), ("bus", {1}), ("Birch", {2}), ("Elm", {1}), ("as minuted", {1}), ("d 3", set())]
)
def test_entries_are_found_by_reference_words_and_people(secretary_client, words, found):
    factories.make_entry("Bus stops", organisation=factories.make_organisation("Elm"), person_name="As minuted")
    factories.make_entry("Tree counts", person=factories.make_person("Ada Birch"))
    response = secretary_client.get(url("wishlists_entry", "changelist"), {"q": words})
    assert {entry.number for entry in response.context["cl"].result_list} == found


def test_the_public_reads_an_entry_without_a_name_withheld(secretary_client, group):
    ada = factories.make_person("Ada Birch", public_name="member")
    meeting = factories.make_meeting()
    entry = factories.make_entry("AB's counts", meeting=meeting)
    factories.make_minutes(meeting)
    page = url("wishlists_entry", "change", entry.pk)
    secretary_client.post(page, form_of(secretary_client.get(page)) | {"person": ada.pk})
    entry.refresh_from_db()
    assert entry.public_text == "a member's counts"


# --- all of them ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("meetings.meeting", "host"),
        ("meetings.attendance", "person"),
        ("meetings.attendance", "representing"),
        ("meetings.attendance", "deputising_for"),
        ("members.membership", "organisation"),
        ("members.membership", "on_behalf_of"),
        ("actions.actionowner", "person"),
        ("wishlists.entry", "person"),
        ("wishlists.entry", "organisation"),
    ],
)
@pytest.mark.parametrize("term", ["birch", "\x00birch"])
def test_autocomplete_finds_people_and_organisations(secretary_client, model, field, term):
    factories.make_person("Ada Birch")
    factories.make_organisation("Birch Council")
    app, _, name = model.partition(".")
    response = secretary_client.get(
        reverse("admin:autocomplete"), {"app_label": app, "model_name": name, "field_name": field, "term": term}
    )
    if "\x00" in term:
        assert response.status_code == 400
    else:
        found = {result["text"] for result in response.json()["results"]}
        assert found == ({"Ada Birch"} if field in {"person", "deputising_for"} else {"Birch Council"})


def test_a_member_finds_nobody_by_autocomplete(member_client):
    response = member_client.get(
        reverse("admin:autocomplete"),
        {"app_label": "wishlists", "model_name": "entry", "field_name": "person", "term": "a"},
    )
    assert response.status_code == 403


ODD_QUERIES = [
    "q=%00",
    "on__year=99999999999999999999999999",
    "q=" + "x" * 3000,
    "p=99999",
    "o=99",
    "nothing=1",
    "pk__exact=x",
    "status__exact=%00",
    "host__id__exact=x",
    "on__year=x",
    "on__year=99999&on__month=13",
    "raised_on__year=0",
    "meeting__on__year=99999",
    "member=%00",
    "overdue=%00",
    "notes=%00",
]


@pytest.mark.parametrize("filled", [1], indirect=True)
@pytest.mark.parametrize("model", EVERYONE_BUT_LOGINS)
def test_odd_addresses_are_answered(filled, secretary_client, model):
    codes = {query: secretary_client.get(f"{url(model, 'changelist')}?{query}").status_code for query in ODD_QUERIES}
    assert {query for query, code in codes.items() if code not in {200, 302, 400}} == set()
    assert {code for query, code in codes.items() if "%00" in query} == {400}


@pytest.mark.parametrize("model", EVERYONE_BUT_LOGINS)
def test_pages_of_rows_that_are_not_there(secretary_client, model):
    pages = [url(model, page, key) for page in ("change", "history", "delete") for key in ("x", "0", "9" * 20, "\x00")]
    codes = {page: secretary_client.get(page).status_code for page in pages}
    assert {page for page, code in codes.items() if code not in {302, 403, 404}} == set()


@pytest.mark.parametrize("filled", [1], indirect=True)
@pytest.mark.parametrize("model", ["meetings_meeting", "meetings_minutes", "actions_action", "members_person"])
def test_an_old_version_is_shown_and_never_put_back(filled, secretary_client, model):
    row = next(each for each in stock.site._registry if model == f"{each._meta.app_label}_{each._meta.model_name}")
    first = row.history.order_by("history_id").first()
    before = row.objects.filter(pk=first.id).values().get()
    page = url(model, "simple_history", first.id, first.pk)
    response = secretary_client.get(page)
    assert response.status_code == 200
    assert 'value="Revert"' not in response.text
    assert secretary_client.post(page, {"_save": "Revert"}).status_code == 405
    assert row.objects.filter(pk=first.id).values().get() == before


@pytest.mark.parametrize("rows", [1, 3])
def test_a_history_says_who_did_what(secretary_client, django_assert_num_queries, rows):
    entry = factories.make_entry()
    page = url("wishlists_entry", "change", entry.pk)
    for number in range(rows):
        secretary_client.post(page, form_of(secretary_client.get(page)) | {"text": f"Trees {number}"})
    page = url("wishlists_entry", "history", entry.pk)
    secretary_client.get(page)  # content types are asked for once a process
    with django_assert_num_queries(7):
        response = secretary_client.get(page)
    assert "Sefa Secretary" in response.text
    assert "Trees 0" in response.text


def test_only_the_people_of_the_cast_are_logins(secretary, admin, member):
    assert set(User.objects.all()) == {secretary, admin, member}
    assert Meeting.objects.count() + Attendance.objects.count() + Membership.objects.count() == 2
