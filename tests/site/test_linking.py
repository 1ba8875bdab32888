"""Names of people, organisations and datasets lead to their pages, as far as the reader may know of them."""

from datetime import date

import pytest

from tests import factories
from tests.pages import addresses_of
from wmodf.templatetags.linking import name_link, owner_links, page_link

pytestmark = pytest.mark.django_db

RECORDS = "/(people|organisations|datasets)/."


@pytest.fixture
def told(group):
    """Notes that name two people, one of whom withholds the name, two organisations and a dataset."""
    council, trust = factories.make_organisation("Elmbridge Council"), factories.make_organisation("Library Trust")
    ada = factories.make_person("Ada Birch", role="chair", on_behalf_of=council)
    hidden = factories.make_person("Zed Quietly", public_name="member")
    stops = factories.make_dataset("NaPTAN", url="https://naptan.example/")
    meeting = factories.make_meeting(on=date(2026, 1, 28), host=trust)
    factories.make_attendance(meeting, ada, representing=council)
    factories.make_attendance(meeting, hidden, deputising_for=ada)
    factories.make_attendance(meeting, "Gus Guest", representing_name="Nowhere Ltd")
    factories.make_action("Ask the bus company", owners=[ada, hidden, "Facilities"], meeting=meeting)
    factories.make_entry("Bus stops", meeting=meeting, person=hidden, organisation=council, dataset=stops)
    factories.make_minutes(meeting)
    return {one: record.get_absolute_url() for one, record in zip(
        ("council", "trust", "ada", "hidden", "stops"), (council, trust, ada, hidden, stops), strict=True
    )}  # fmt: skip


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ("/meetings/2026-01-28/", {"council", "trust", "ada", "hidden"}),
        ("/actions/", {"ada", "hidden"}),
        ("/actions/A1/", {"ada", "hidden"}),
        ("/wishlists/", {"hidden", "council", "stops"}),
        ("/wishlists/D1/", {"hidden", "council", "stops"}),
        ("/members/", {"ada", "council"}),
    ],
)
def test_names_lead_to_pages_that_open(anonymous_client, member_client, told, page, named):
    members = addresses_of(member_client.get(page), RECORDS)
    assert members == {told[one] for one in named}
    public = addresses_of(anonymous_client.get(page), RECORDS)
    assert public == {told[one] for one in named - {"hidden"}}
    assert {member_client.get(address).status_code for address in members} == {200}
    assert {anonymous_client.get(address).status_code for address in public} == {200}


def test_links_hold_names_as_text_without_addresses(member):
    odd = factories.make_organisation("<b>Odd</b> & Sons odd@private.example")
    assert page_link(odd) == (
        f'<a href="/organisations/{odd.pk}/">&lt;b&gt;Odd&lt;/b&gt; &amp; Sons (address withheld)</a>'
    )
    action = factories.make_action(owners=["<i>GH</i> gh@private.example", member.person])
    assert owner_links(action, None) == (
        f'&lt;i&gt;GH&lt;/i&gt; (address withheld) and <a href="/people/{member.person.pk}/">Mina Member</a>'
    )
    assert owner_links(factories.make_action(), None) == ""
    assert name_link(factories.make_person("Zed Quietly", public_name="member"), None) == "a member"
