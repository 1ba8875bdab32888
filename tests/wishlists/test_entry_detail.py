"""The page of one entry: its life, as far as each reader may know of it."""

import copy
from datetime import date

import pytest

from meetings.minutes.structure import Kind
from tests import factories
from tests.pages import addresses_of, words_of

pytestmark = pytest.mark.django_db


# The same rows for all these tests.
@pytest.fixture(scope="module", autouse=True)
def made_once(kept_group):
    other_member = factories.make_user("Otto Other")
    council = factories.make_organisation("Elmbridge Council")
    hidden = factories.make_person("Zed Ash", public_name="member")
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    entry = factories.make_entry(
        "Zed Ash's tree register", kind="wants", meeting=meeting, person=hidden, organisation=council
    )
    factories.make_minutes(meeting)
    later = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_line(later, "Trees, as Zed said in confidence", kind=Kind.WANTS, entry=entry, is_confidential=True)
    factories.make_minutes(later)
    entry.move(
        status="asked", way="foi", on=date(2026, 2, 3), by=other_member.person, now=factories.NOW, note="Sent to parks."
    )
    entry.move(status="", on=date(2026, 2, 10), by=None, now=factories.NOW, note="They are slow.")
    entry.move(status="promised", on=date(2026, 2, 20), by=None, now=factories.NOW)
    factories.make_support(entry, other_member.person)
    factories.make_support(entry, factories.make_person("Bo Cole"), kind="offer", note="Ours is in the depot.")
    entry.refresh_from_db()
    return {"told": entry, "other_member": other_member}


@pytest.fixture
def told(made_once):
    """A want heard at two meetings, in the second in confidence, moved, wanted by two more and offered by one."""
    return copy.deepcopy(made_once["told"])


@pytest.fixture
def other_member(made_once):
    return copy.deepcopy(made_once["other_member"])


def page_of(client, entry):
    return client.get(entry.get_absolute_url())


def test_the_public_reads_states_and_days_and_no_words_or_names(anonymous_client, told):
    words = words_of(page_of(anonymous_client, told))
    assert "Data wanted: D1 a member's tree register" in words
    assert "Wanted by a member, Elmbridge Council" in words
    assert "State promised 20 February 2026" in words
    assert "28 January 2026 a member's tree register" in words
    assert "3 February 2026 Asked for 20 February 2026 Promised Do you hold this data?" in words
    assert "1 other member wants it too." in words
    for secret in ("Zed", "Otto", "Bo Cole", "parks", "slow", "depot", "Freedom", "confidence", "10 February"):
        assert secret not in words
    assert "Me too" not in words


def test_members_read_words_and_names(member_client, told):
    words = words_of(page_of(member_client, told))
    assert "Wanted by Zed Ash , Elmbridge Council" in words
    assert "25 February 2026 Trees, as Zed said in confidence confidential" in words
    assert "3 February 2026 Otto Other Asked for by a Freedom of Information request Sent to parks." in words
    assert "10 February 2026 They are slow." in words
    assert "1 other wants it too: Otto Other." in words
    assert "Ours is in the depot. Bo Cole, 2 March 2026" in words
    assert "For the secretary" not in words


def test_the_secretary_moves_and_links_it_there(secretary_client, told):
    words = words_of(page_of(secretary_client, told))
    assert "For the secretary How it stands" in words
    assert f"/admin/wishlists/entry/{told.pk}/change/" in page_of(secretary_client, told).text


def test_it_leads_to_the_meetings_that_the_reader_may_read(anonymous_client, member_client, told):
    assert addresses_of(page_of(anonymous_client, told), "/meetings/") == {"/meetings/2026-01-28/#d1"}
    assert addresses_of(page_of(member_client, told), "/meetings/") == {
        "/meetings/2026-01-28/#d1",
        "/meetings/2026-02-25/#d1",
    }


def test_strangers_get_404(anonymous_client, member_client, secretary_client, member):
    draft = factories.make_meeting(on=date(2026, 2, 25))
    drafted = factories.make_entry("Drafted census", meeting=draft)
    factories.make_minutes(draft, circulated=False)
    added = factories.make_added_entry(member.person)
    codes = [
        [page_of(client, entry).status_code for client in (anonymous_client, member_client, secretary_client)]
        for entry in (drafted, added)
    ]
    assert codes == [[404, 404, 200], [404, 200, 200]]
    assert "draft notes" in words_of(page_of(secretary_client, drafted))
    assert "Members alone see this entry, until circulated notes name it." in words_of(page_of(member_client, added))
    assert anonymous_client.get("/wishlists/D999999999/").status_code == 404


def test_it_names_the_dataset(anonymous_client, told):
    told.link(
        factories.make_dataset(
            "Trees of Elmbridge", publisher="Elmbridge", licence="CC BY 4.0", url="https://x.example/trees"
        )
    )
    page = page_of(anonymous_client, told)
    assert "Dataset Trees of Elmbridge Elmbridge, CC BY 4.0" in words_of(page)
    assert 'href="https://x.example/trees"' in page.text


def test_its_own_member_changes_and_withdraws_it_there(client, member, other_member, told):
    own = factories.make_added_entry(member.person)
    client.force_login(member)
    page = page_of(client, own)
    assert {"/wishlists/D2/change/"} <= addresses_of(page, "/wishlists/D2/")
    assert "Me too" not in words_of(page)
    assert "We have this" not in words_of(page)
    client.force_login(other_member)
    page = page_of(client, own)
    assert "Withdraw" not in words_of(page)
    assert "Me too: I want it as well" in words_of(page)


def test_a_withdrawn_one_says_so_at_its_own_address(anonymous_client, told):
    told.withdraw(now=factories.at(date(2026, 3, 1)))
    words = words_of(page_of(anonymous_client, told))
    assert "State withdrawn 1 March 2026" in words
    assert "Do you hold this data?" not in words


def test_it_says_what_may_meet_it_to_whom_it_concerns(client, told, member, other_member, secretary):
    used = factories.make_added_entry(member.person, "A register of trees", kind="used")
    expected = {
        member: "D1 Zed Ash , Elmbridge Council wants “Zed Ash's tree register”. Why: both say “trees” and “register”.",
        secretary: "D1 Zed Ash , Elmbridge Council wants",
    }
    for user, words in expected.items():
        client.force_login(user)
        assert words.replace("trees", "tree") in words_of(page_of(client, used))
        assert "Don’t suggest this" in words_of(page_of(client, used))
    client.force_login(other_member)
    assert "may meet" not in words_of(page_of(client, used))


def test_html_is_shown_as_it_was_typed(member_client, member, other_member):
    entry = factories.make_added_entry(member.person, "<b>bold</b> & <script>x()</script>")
    factories.make_support(entry, other_member.person, kind="offer", note="<i>mine</i>")
    text = page_of(member_client, entry).text
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;" in text
    assert "&lt;i&gt;mine&lt;/i&gt;" in text


def test_it_is_only_read(member_client, told):
    assert member_client.post(told.get_absolute_url()).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["anonymous", "member", "secretary"])
def test_it_makes_a_fixed_number_of_queries(request, member, django_assert_num_queries, who, rows):
    client = request.getfixturevalue(f"{who}_client")
    naptan = factories.make_dataset("NaPTAN")
    meeting = factories.make_meeting(on=date(2026, 1, 1))
    entry = factories.make_entry("Trees", kind="wants", meeting=meeting, person=member.person)
    factories.make_minutes(meeting)
    for number in range(rows):
        person = factories.make_person(f"Ada Birch {number}")
        later = factories.make_meeting(on=date(2026, 2, 1 + number))
        factories.make_line(later, "Trees", kind=Kind.WANTS, entry=entry)
        factories.make_minutes(later)
        entry.move(status="asked", on=date(2026, 2, 1 + number), by=person, now=factories.NOW, note="Asked.")
        factories.make_support(entry, person)
        factories.make_support(entry, person, kind="offer", note="Ours.")
        factories.make_added_entry(person, "Trees", kind="used", dataset=naptan)
        factories.make_dataset(f"Dataset {number}")
    with django_assert_num_queries({"anonymous": 6, "member": 11, "secretary": 13}[who]):
        page_of(client, entry)
