"""`/login/`: asks for an e-mail address and mails a code, to members alone; nobody learns there who is one."""

import re
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse

from members.backends import MembershipBackend
from members.models import Person, User
from tests import factories
from tests.codes import CODE, LOGIN, ask, code_in, log_in
from tests.pages import words_of


@pytest.fixture
def ada(group):
    """A member who has never logged in."""
    return factories.make_person("Ada Birch", role="", email="Ada@private.example")


def logged_in(client) -> str:
    """Who is logged in, as the site's pages know it; nothing for nobody."""
    user = client.get("/").context["user"]
    return str(user) if user.is_authenticated else ""


def test_get_shows_a_form(anonymous_client, group):
    response = anonymous_client.get(LOGIN)
    assert response.status_code == 200
    assert group.name in words_of(response)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies.keys() - {"csrftoken"}


def test_before_the_group_is_set_up(anonymous_client):
    assert anonymous_client.get(LOGIN).status_code == 200


def test_a_member_logs_in_by_the_code(client, ada):
    assert ask(client, "ada@private.example")["Location"] == CODE
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["ada@private.example"], "Elmbridge Data Circle: your code to log in")
    assert "works for 15 minutes" in sent.body
    assert "If you did not ask for it, ignore this mail" in sent.body
    assert "ada@private.example" in client.get(CODE).text
    response = client.post(CODE, {"code": code_in(sent.body)})
    assert (response.status_code, response["Location"]) == (302, reverse("me"))
    assert logged_in(client) == "Ada Birch"
    user = User.objects.get()
    assert (user.person, user.has_usable_password(), user.last_login is not None) == (ada, False, True)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{} ".lower(), "{:.4} {:.0}"])
def test_capitals_spaces_and_the_hyphen_do_not_matter(client, ada, typed):
    ask(client, ada.email)
    code = code_in(mail.outbox[0].body)
    shape = code.lower().replace("-", " ") if typed == "{:.4} {:.0}" else typed.format(code)
    assert client.post(CODE, {"code": shape})["Location"] == reverse("me")


def test_an_administrator_without_a_person_logs_in(client, admin):
    assert log_in(client, admin.email)["Location"] == reverse("admin:index")
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_session_key_is_a_new_one(client, ada):
    ask(client, ada.email)
    before = client.session.session_key
    client.post(CODE, {"code": code_in(mail.outbox[0].body)})
    assert client.session.session_key != before


def test_who_is_logged_in_goes_on(member_client):
    assert member_client.get(LOGIN)["Location"] == reverse("me")
    assert member_client.get(LOGIN, {"next": "/meetings/"})["Location"] == "/meetings/"


# --- which page comes next ---


def test_it_goes_to_the_page_that_was_asked_for(client, ada):
    assert "for members" in words_of(client.get(LOGIN, {"next": "/meetings/?year=2026"}))
    assert log_in(client, ada.email)["Location"] == "/meetings/?year=2026"
    assert client.cookies["next"].value == ""


@pytest.mark.parametrize("following", ["/admin/", "/meetings/?year=2026", "/ł", "/😀", "/%F0%9F%98%80"])
def test_it_remembers_a_page_of_this_site(anonymous_client, group, following):
    response = anonymous_client.get(LOGIN, {"next": following})
    assert response.status_code == 200
    assert response.cookies["next"]["httponly"]


@pytest.mark.parametrize(
    "following",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "http://[",
        "zzz",
        "desk",
        "a b",
        "@elsewhere.example",
        "javascript:alert(1)",
        "/\\elsewhere.example",
        "/\x00",
        "",
        "/" + "x" * 600,
    ],
)
def test_it_forgets_any_other(anonymous_client, group, following):
    response = anonymous_client.get(LOGIN, {"next": following})
    assert response.status_code == 200
    assert "next" not in response.cookies


@pytest.mark.parametrize("field", ["https://x.example/", "//x.example/", "//[", "http://[", "zzz", "@x"])
def test_a_form_does_not_lead_elsewhere(client, ada, field):
    client.post(f"{LOGIN}?next={field}", {"email": ada.email, "next": field})
    code = code_in(mail.outbox[0].body)
    assert client.post(f"{CODE}?next={field}", {"code": code, "next": field})["Location"] == reverse("me")


# --- who may not ---


def test_known_and_unknown_addresses_are_answered_alike(ada):
    User.objects.create_user(ada.email, person=ada)
    answers, bodies = [], []
    for address in ("ada@private.example", "who@private.example"):
        browser = Client()
        asked = ask(browser, address)
        page = browser.get(CODE)
        wrong = browser.post(CODE, {"code": "BBBB-BBBB"})
        answers.append([(each.status_code, each.get("Location")) for each in (asked, page, wrong)])
        bodies.append(
            [
                re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", each.text).replace(address, "ADDRESS")
                for each in (page, wrong)
            ]
        )
        assert {name for name, cookie in asked.cookies.items() if cookie.value} == {"sessionid"}
    assert answers[0] == answers[1]
    assert bodies[0] == bodies[1]
    assert len(mail.outbox) == 2


def test_somebody_unknown_is_told_by_mail(client, group):
    ask(client, "who@private.example")
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["who@private.example"], "Elmbridge Data Circle: this address can't log in")
    assert "No member has it" in sent.body
    assert "hello@circle.example" in sent.body
    assert "http" not in sent.body
    assert User.objects.count() == 0
    assert client.post(CODE, {"code": ""}).status_code == 200
    assert logged_in(client) == ""


@pytest.mark.parametrize("spoil", ["ended", "off", "never"])
def test_who_is_no_member_today_gets_no_code(client, group, spoil):
    person = factories.make_user("Ada Birch", email="ada@private.example").person
    if spoil == "ended":
        person.memberships.update(end_date=date(2020, 2, 1))
    elif spoil == "off":
        User.objects.update(is_active=False)
    else:
        person.memberships.all().delete()
    ask(client, "ada@private.example")
    assert "No member has it" in mail.outbox[0].body


def test_an_administrator_switched_off_gets_no_code(client, admin):
    User.objects.update(is_active=False)
    ask(client, admin.email)
    assert "No member has it" in mail.outbox[0].body


@pytest.mark.parametrize("is_superuser", [False, True])
def test_only_the_present_address_counts(client, group, is_superuser):
    """Not a login's former one, nor any that allauth may have kept."""
    user = factories.make_user("Ada Birch", email="old@private.example")
    User.objects.update(is_superuser=is_superuser)
    EmailAddress.objects.create(user=user, email="stale@private.example", verified=True, primary=True)
    Person.objects.update(email="new@private.example")
    for address in ("old@private.example", "stale@private.example"):
        ask(Client(), address)
        assert "No member has it" in mail.outbox.pop().body
    assert log_in(client, "new@private.example")["Location"] == reverse("me")
    assert User.objects.get().email == "new@private.example"


def test_an_address_given_to_somebody_else_lets_in_its_new_owner(client, group):
    factories.make_user("Ada Birch", email="office@private.example")
    Person.objects.update(email="ada@private.example")
    factories.make_person("Bo Cole", role="", email="office@private.example")
    log_in(client, "office@private.example")
    assert logged_in(client) == "Bo Cole"


@pytest.mark.parametrize("typed", ["maıl@circle.example", "mail@cırcle.example", "mail@cir\u212ale.example"])
def test_letters_that_a_database_takes_for_the_same_are_not(group, typed, monkeypatch):
    person = factories.make_person("Ada Birch", role="", email="mail@circle.example")
    monkeypatch.setattr("members.models.PersonQuerySet.by_email", lambda people, _: people.filter(pk=person.pk))
    assert MembershipBackend().user_of_address("MAIL@circle.example").person == person
    assert MembershipBackend().user_of_address(typed) is None


@pytest.mark.parametrize(
    "address", ["", "no address", "a@b", "x" * 400 + "@x.example", "a@b.example\x00", "<b>@x.example"]
)
def test_what_is_no_address_comes_back(client, group, address):
    response = ask(client, address)
    assert response.status_code == 200
    assert 'class="errorlist"' in response.text
    assert mail.outbox == []


def test_another_site_cannot_ask(ada):
    assert Client(enforce_csrf_checks=True).post(LOGIN, {"email": ada.email}).status_code == 403
    assert mail.outbox == []


# --- what there is none of ---


def test_there_is_no_page_for_signing_up_passwords_or_addresses():
    """Every view of allauth's that the site has, by name of its class."""

    def views(resolver):
        for one in resolver.url_patterns:
            yield from views(one) if hasattr(one, "url_patterns") else [one.callback]

    classes = {view.view_class.__name__ for view in views(get_resolver()) if hasattr(view, "view_class")}
    assert {name for name in classes if re.search("Sign[uU]p|Password|Email|Phone|Inactive|Social", name)} == set()
    assert "DeactivateTOTPView" in classes


@pytest.mark.parametrize("path", ["/signup/", "/login/signup/", "/accounts/", "/accounts/signup/", "/password/reset/"])
def test_there_is_nothing_at_addresses_that_allauth_would_have(anonymous_client, path):
    assert anonymous_client.get(path).status_code == 404


def test_whose_membership_ended_reads_so(member_client, member):
    member.person.memberships.update(end_date=date(2020, 2, 1))
    response = member_client.get(reverse("me"))
    assert response["Location"] == f"{LOGIN}?next=/me/"
    assert "Your membership of Elmbridge Data Circle has ended" in words_of(member_client.get(response["Location"]))
    assert "has ended" not in words_of(Client().get(response["Location"]))
