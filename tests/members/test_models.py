"""members.models: what the database refuses, with words for people; who is what on which day; logins."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from members.models import Membership, Organisation, OtherName, Person, User, may_log_in, user_for
from tests import factories
from tests.refusing import refuse
from wmodf.lib.access import Standing

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def test_one_group(group):
    refuse(Organisation(name="Another"), "There is a group already: one site serves one group.", is_group=True)


def test_organisation_names_are_unique(group):
    refuse(Organisation(name="Another"), "already exists", name=group.name)


@pytest.mark.parametrize("address", ["ada@private.example", "ADA@private.example"])
def test_email_addresses_are_unique_however_cased(db, address):
    factories.make_person(email="ada@private.example")
    refuse(Person(name="Bo Cole"), "Somebody else has this e-mail address.", email=address)


def test_many_people_may_have_no_address(db):
    factories.make_person("Ada Birch")
    factories.make_person("Bo Cole")
    assert Person.objects.count() == 2


def test_public_name_is_one_of_three(db):
    refuse(Person(name="Bo Cole"), "not a valid choice", public_name="none")


def test_other_name_once_per_person(db):
    ada = factories.make_person()
    OtherName.objects.create(person=ada, name="Addie")
    refuse(OtherName(person=ada, name="Adi"), "This name is listed already.", name="Addie")


def test_membership_ends_after_it_starts(group):
    ada = factories.make_person()
    row = Membership(person=ada, organisation=group, start_date=date(2026, 2, 2), end_date=date(2026, 2, 2))
    refuse(row, "The membership ends before it starts.", end_date=date(2026, 2, 1))


def test_membership_role_is_an_office(group):
    refuse(Membership(person=factories.make_person(), organisation=group), "not a valid choice", role="king")


def test_nobody_with_a_membership_is_deleted(group):
    ada = factories.make_person(role="")
    with pytest.raises(ProtectedError):
        ada.delete()
    with pytest.raises(ProtectedError):
        group.delete()


def test_clean_tidies_the_name_and_makes_the_sort_name(db):
    person = Person(name="  Ana   de la Cruz ")
    person.full_clean()
    assert (person.name, person.sort_name) == ("Ana de la Cruz", "de la Cruz, Ana")


def test_clean_refuses_a_name_of_spaces(db):
    with pytest.raises(ValidationError) as caught:
        Person(name=" \u00a0 ").full_clean()
    assert "name" in caught.value.message_dict


@pytest.mark.parametrize(
    ("public_name", "to_public", "to_member"),
    [("full", "Ada Birch", "Ada Birch"), ("initials", "AB", "Ada Birch"), ("member", "a member", "Ada Birch")],
)
def test_name_for_each_reader(member, public_name, to_public, to_member):
    ada = factories.make_person(public_name=public_name)
    member.standing = Standing.MEMBER
    assert (ada.name_for(None), ada.name_for(member)) == (to_public, to_member)


def test_all_initials_are_those_given_or_else_those_of_the_name(db):
    assert factories.make_person("Hana Smith-Jones", initials="HSJ HS-J").all_initials() == {"hsj"}
    assert factories.make_person("Ann Mary Brown").all_initials() == {"amb", "ab"}


@pytest.mark.parametrize(
    ("start", "end", "is_current"),
    [
        (None, None, True),
        (TODAY, None, True),
        (None, TODAY, True),
        (date(2026, 3, 3), None, False),
        (None, date(2026, 3, 1), False),
    ],
)
def test_current_counts_the_first_and_the_last_day(group, start, end, is_current):
    row = Membership.objects.create(person=factories.make_person(), organisation=group, start_date=start, end_date=end)
    assert set(Membership.objects.current(on=TODAY)) == ({row} if is_current else set())


def test_members_and_holders_are_those_of_the_group(group):
    council = factories.make_organisation()
    secretary = factories.make_person("Sefa", role="secretary")
    plain = factories.make_person("Mina", role="")
    outsider = factories.make_person("Otto")
    Membership.objects.create(person=outsider, organisation=council, role="secretary")
    assert set(Person.objects.members(on=TODAY)) == {secretary, plain}
    assert set(Person.objects.holding("secretary", on=TODAY)) == {secretary}


def test_represented_are_the_bodies_that_todays_members_speak_for(group):
    council, college = factories.make_organisation("Council"), factories.make_organisation("College")
    factories.make_person(role="", on_behalf_of=council)
    former = factories.make_person("Bo Cole", role="", on_behalf_of=college)
    former.memberships.update(end_date=date(2026, 3, 1))
    assert set(Organisation.objects.represented(on=TODAY)) == {council}


def test_by_email_finds_no_one_for_no_address(db):
    ada = factories.make_person(email="Ada@private.example")
    factories.make_person("Bo Cole")
    assert set(Person.objects.by_email(" ada@PRIVATE.example ")) == {ada}
    assert set(Person.objects.by_email("")) == set()


def test_may_log_in_needs_an_address_a_membership_today_and_a_login_not_switched_off(group):
    ada = factories.make_person(role="", email="ada@private.example")
    factories.make_person("Bo Cole", email="bo@private.example")
    assert may_log_in("ada@private.example", now=NOW) == ada
    assert may_log_in("bo@private.example", now=NOW) is None
    User.objects.create_user(ada.email, person=ada, is_active=False)
    assert may_log_in("ada@private.example", now=NOW) is None


def test_user_for_makes_one_login_whose_address_follows(group):
    ada = factories.make_person(role="", email="ada@private.example")
    user = user_for(ada)
    assert (user.email, user.has_usable_password()) == ("ada@private.example", False)
    ada.email = "birch@private.example"
    ada.save()
    assert user_for(ada) == user
    assert set(User.objects.values_list("email", flat=True)) == {"birch@private.example"}


def test_user_for_takes_over_the_administrator_with_the_same_address(group):
    admin = User.objects.create_superuser("Ada@private.example")
    ada = factories.make_person(role="", email="ada@private.example")
    assert user_for(ada) == admin
    assert user_for(ada).person == ada


def test_user_for_frees_an_address_that_was_another_persons(group):
    ada = factories.make_person(role="", email="chair@private.example")
    bo = factories.make_person("Bo Cole", role="")
    adas = user_for(ada)
    ada.email = "ada@private.example"
    ada.save()
    bo.email = "chair@private.example"
    bo.save()
    assert user_for(bo) != adas
    assert user_for(bo).email == "chair@private.example"
    assert user_for(ada) == adas
    assert user_for(ada).email == "ada@private.example"


@pytest.mark.parametrize(
    ("role", "standing"),
    [("", Standing.MEMBER), ("chair", Standing.MEMBER), ("secretary", Standing.SECRETARY), (None, Standing.PUBLIC)],
)
def test_standing_follows_from_memberships(group, role, standing):
    ada = factories.make_person(role=role, email="ada@private.example")
    assert user_for(ada).standing_on(TODAY) == standing


def test_standing_ends_with_the_membership_and_with_the_login(secretary):
    assert secretary.standing_on(date(2019, 12, 31)) == Standing.PUBLIC
    secretary.is_active = False
    assert secretary.standing_on(TODAY) == Standing.PUBLIC


def test_an_office_elsewhere_is_no_office_here(group):
    ada = factories.make_person(email="ada@private.example")
    Membership.objects.create(person=ada, organisation=factories.make_organisation(), role="secretary")
    assert user_for(ada).standing_on(TODAY) == Standing.PUBLIC


def test_an_administrator_stands_as_the_secretary_does(admin):
    assert admin.standing_on(TODAY) == Standing.SECRETARY
    assert User.objects.administrator(" ADMIN@private.example") == admin
