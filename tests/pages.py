"""Reading an answered page as its reader does."""

import html
import re


def words_of(response) -> str:
    """All the words of a page, single-spaced, without its markup."""
    return _words(re.sub(r"<head>.*?</head>", " ", response.content.decode(), flags=re.DOTALL))


def section_of(response, heading: str) -> str:
    """The words of the page's section that the heading with this id names."""
    after = response.content.decode().partition(f'<section aria-labelledby="{heading}">')[2]
    return _words(after.partition("</section>")[0])


def _words(body: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def options_of(response, name: str) -> set[str]:
    """What the select box of this name offers, but for the empty choice."""
    select = re.search(rf'<select name="{name}".*?</select>', response.content.decode(), flags=re.DOTALL)
    found = re.findall(r'<option value="[^"]+"[^>]*>\s*(.*?)\s*</option>', select[0], flags=re.DOTALL)
    return {html.unescape(option) for option in found}


def addresses_of(response, pattern: str) -> set[str]:
    """The addresses that links of the page's main part lead to and that match from their start."""
    main = response.content.decode().partition("<main")[2]
    return {address for address in re.findall(r'href="([^"]*)"', main) if re.match(pattern, address)}
