"""The catalogue (DCAT, https://www.w3.org/TR/vocab-dcat-2/, as JSON-LD), and what a page says of the data to machines.

It holds the group's own data, each table of it, and the datasets of others that members named.
"""

from collections.abc import Iterator
from datetime import UTC, date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import Organisation
from members.naming import mask_emails
from wmodf.lib.tabular import json_text
from wmodf.lib.urls import absolute
from wmodf.open_data import files
from wmodf.open_data.files import Standing
from wmodf.open_data.package import description_of, title_of
from wmodf.open_data.records import DATASETS
from wmodf.open_data.structure import Table
from wmodf.open_data.tables import TABLES

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
IANA = "https://www.iana.org/assignments/media-types/"
# Files that hold all tables, or describe them: route, name, media type.
WHOLES = {
    "open_data_package": ("datapackage.json", files.JSON),
    "open_data_database": ("open-data.sqlite3", files.SQLITE),
    "open_data_popolo": ("popolo.json", files.JSON),
}


def catalogue(group: Organisation, standing: Standing, *, on: date) -> Iterator[str]:
    """The graph, a dataset at a time."""
    home = absolute(reverse("open_data"))
    yield f'{{"@context":{json_text(CONTEXT)},"@graph":[\n'
    yield json_text(_catalogue(group, standing, home))
    yield f",\n{json_text(_whole(group, standing, home))}"
    for table in TABLES.values():
        yield f",\n{json_text(_table(group, standing, table, home))}"
    for row in DATASETS.rows(on=on):
        named = dict(zip(DATASETS.names, row, strict=True))
        yield f",\n{json_text(_named(named, home))}"
    yield "\n]}\n"


def _catalogue(group: Organisation, standing: Standing, home: str) -> dict[str, Any]:
    return {
        "@id": f"{home}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _english(title_of(group)),
        "dct:description": _english(description_of(group)),
        "dct:publisher": _publisher(group),
        "dct:modified": _time(standing),
        "foaf:homepage": {"@id": home},
        **_licence(group),
    }


def _whole(group: Organisation, standing: Standing, home: str) -> dict[str, Any]:
    return {
        "@id": f"{home}#data",
        "@type": "dcat:Dataset",
        "dct:title": _english(title_of(group)),
        "dct:description": _english(description_of(group)),
        "dct:publisher": _publisher(group),
        "dct:modified": _time(standing),
        "dcat:version": standing.version,
        "dcat:landingPage": {"@id": home},
        "dct:hasPart": [{"@id": f"{home}#{name}"} for name in TABLES],
        "dcat:distribution": [
            _distribution(group, absolute(reverse(route)), name, kind) for route, (name, kind) in WHOLES.items()
        ],
        **_in_catalogue(home),
        **_licence(group),
    }


def _table(group: Organisation, standing: Standing, table: Table, home: str) -> dict[str, Any]:
    return {
        "@id": f"{home}#{table.name}",
        "@type": "dcat:Dataset",
        "dct:title": _english(str(table.title)),
        "dct:description": _english(str(table.description)),
        "dct:publisher": _publisher(group),
        "dct:isPartOf": {"@id": f"{home}#data"},
        "dct:modified": _time(standing),
        "dcat:landingPage": {"@id": home},
        "dcat:distribution": [
            _distribution(group, table_address(table, ending), f"{table.name}.{ending}", kind)
            for ending, kind in files.MEDIA_TYPES.items()
        ],
        **_in_catalogue(home),
        **_licence(group),
    }


def _named(row: dict[str, Any], home: str) -> dict[str, Any]:
    """A dataset of others: that it is named here says nothing of its licence but what the secretary noted."""
    publisher = {"@type": "foaf:Agent", "foaf:name": row["publisher"]}
    others = [part.strip() for part in row["other_names"].split(",")]
    rights = {"@type": "dct:RightsStatement", "rdfs:label": row["licence"]}
    found = {
        "@id": row["url"],
        "@type": "dcat:Dataset",
        "dct:title": _english(row["name"]),
        "dct:alternative": [_english(name) for name in others if name],
        "dct:publisher": publisher if row["publisher"] else None,
        "dct:rights": rights if row["licence"] else None,
        "dcat:landingPage": [{"@id": address} for address in (row["address"], row["url"]) if address],
        **_in_catalogue(home),
    }
    return {name: value for name, value in found.items() if value}


def table_address(table: Table, ending: str) -> str:
    """Where the table is in this form."""
    return absolute(reverse("open_data_table", args=[table.name, ending]))


def _distribution(group: Organisation, address: str, name: str, kind: str) -> dict[str, Any]:
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{IANA}{kind.partition(';')[0]}"},
        **_licence(group),
    }


def _publisher(group: Organisation) -> dict[str, Any]:
    page = absolute(group.get_absolute_url()) if group.pk else absolute(reverse("home"))
    return {"@id": page, "@type": "foaf:Organization", "foaf:name": mask_emails(group.name)}


def _licence(group: Organisation) -> dict[str, Any]:
    return {"dct:license": {"@id": group.get_licence().address}}


def _in_catalogue(home: str) -> dict[str, Any]:
    """The way back from a dataset: a catalogue's list of many is not needed in memory, then."""
    return {"@reverse": {"dcat:dataset": {"@id": f"{home}#catalogue"}}}


def _english(words: str) -> dict[str, str]:
    return {"@value": words, "@language": "en"}


def _time(standing: Standing) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": standing.changed_at.astimezone(UTC).isoformat(timespec="seconds")}


def about(group: Organisation, standing: Standing) -> dict[str, Any]:
    """The data as schema.org describes a dataset."""
    home = absolute(reverse("open_data"))
    licence = group.get_licence()
    parts = [
        (table_address(table, ending), kind) for table in TABLES.values() for ending, kind in files.MEDIA_TYPES.items()
    ]
    parts += [(absolute(reverse(route)), kind) for route, (_name, kind) in WHOLES.items()]
    return {
        "@type": "Dataset",
        "@id": f"{home}#data",
        "url": home,
        "name": title_of(group),
        "description": description_of(group),
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": licence.address,
        "version": standing.version,
        "dateModified": standing.changed_at.astimezone(UTC).isoformat(timespec="seconds"),
        "creator": {"@type": "Organization", "name": mask_emails(group.name), "url": absolute(reverse("home"))},
        "keywords": [_("minutes"), _("meetings"), _("open data"), _("actions")],
        "distribution": [
            {"@type": "DataDownload", "contentUrl": address, "encodingFormat": kind.partition(";")[0]}
            for address, kind in parts
        ],
    }
