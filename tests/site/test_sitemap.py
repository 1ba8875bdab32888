"""What crawlers are told: the public pages, all of them and no others."""

import pytest
from lxml import etree

from tests import factories
from wmodf import sitemap

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def rows(group):
    """A record of every kind, a public one and one that is not."""
    hidden = factories.make_person("Hilda Hidden", public_name="member")
    for number, (published, person) in enumerate([(True, factories.make_person()), (False, hidden)], 1):
        meeting = factories.make_meeting(on=factories.NOW.date().replace(day=number), published=published)
        factories.make_action(meeting=meeting, owners=[person])
        factories.make_entry(meeting=meeting, person=person, dataset=factories.make_dataset(f"Data {number}"))
        factories.make_minutes(meeting, circulated=published)


def test_every_public_page_is_listed_and_no_other(rows, anonymous_client):
    response = anonymous_client.get("/sitemap.xml")
    assert (response["Content-Type"], dict(response.cookies)) == ("application/xml; charset=utf-8", {})
    found = etree.fromstring(response.content)
    assert found.tag == f"{{{NAMES['s']}}}urlset"
    site = "http://127.0.0.1:8000"
    paths = [address.removeprefix(site) for address in found.xpath("//s:loc/text()", namespaces=NAMES)]
    assert len(paths) == len(set(paths))
    assert {"/", "/meetings/2026-03-01/", "/actions/A1/", "/wishlists/D1/", "/privacy/"} <= set(paths)
    assert {"/meetings/2026-03-02/", "/actions/A2/", "/wishlists/D2/"} & set(paths) == set()
    assert len([path for path in paths if path.startswith(("/people/", "/datasets/"))]) == 3
    assert [path for path in paths if anonymous_client.get(path).status_code != 200] == []
    changed = found.xpath("//s:url[contains(s:loc, '/meetings/2026')]/s:lastmod/text()", namespaces=NAMES)
    assert changed == ["2026-03-02T09:30:00+00:00"]


def test_too_many_for_one_file_are_in_several(rows, anonymous_client, monkeypatch):
    whole = etree.fromstring(anonymous_client.get("/sitemap.xml").content).xpath("//s:loc/text()", namespaces=NAMES)
    monkeypatch.setattr(sitemap, "MOST", 7)
    index = etree.fromstring(anonymous_client.get("/sitemap.xml").content)
    assert index.tag == f"{{{NAMES['s']}}}sitemapindex"
    files = [one.removeprefix("http://127.0.0.1:8000") for one in index.xpath("//s:loc/text()", namespaces=NAMES)]
    parts = [etree.fromstring(anonymous_client.get(file).content) for file in files]
    assert [address for part in parts for address in part.xpath("//s:loc/text()", namespaces=NAMES)] == whole
    assert anonymous_client.get(f"/sitemap-{len(files) + 1}.xml").status_code == 404


def test_crawlers_learn_where_to_look(anonymous_client):
    response = anonymous_client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /me/", "Disallow: /desk/"} <= set(lines)
    assert lines[-1] == "Sitemap: http://127.0.0.1:8000/sitemap.xml"


@pytest.mark.parametrize(("path", "words"), [("/accessibility/", "EHRC"), ("/privacy/", "UK GDPR")])
def test_statements_name_the_group_and_are_in_every_footer(group, anonymous_client, path, words):
    response = anonymous_client.get(path)
    assert group.name in response.text
    assert words in response.text
    assert '<a href="/contact/">' in response.text.partition("<main")[2].partition("</main>")[0]
    assert f'<a href="{path}">' in anonymous_client.get("/").text.partition("<footer")[2]


def test_reading_sets_no_cookie(rows, anonymous_client):
    """As the privacy notice says."""
    for path in ("/", "/meetings/", "/meetings/2026-03-01/", "/actions/A1/", "/wishlists/", "/calendar/", "/privacy/"):
        assert dict(anonymous_client.get(path).cookies) == {}, path
