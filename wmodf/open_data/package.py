"""The tables as a Frictionless data package (https://specs.frictionlessdata.io/data-package/), each field described."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from members.models import Organisation
from members.naming import mask_emails
from wmodf.lib.tabular import json_text
from wmodf.lib.urls import absolute
from wmodf.open_data.files import Standing
from wmodf.open_data.structure import Field, Table
from wmodf.open_data.tables import TABLES


def title_of(group: Organisation) -> str:
    """What the data is called."""
    return _("Open data of %(group)s") % {"group": mask_emails(group.name)}


def description_of(group: Organisation) -> str:
    """What the data is, in a sentence or two."""
    return _(
        "What %(group)s publishes: its meetings and notes, what was promised and decided, the data that its members"
        " used and want, and the people and organisations named there."
    ) % {"group": mask_emails(group.name)}


def package(group: Organisation, standing: Standing) -> Iterator[str]:
    """The package's descriptor, in one piece. Paths are relative: a copy of the files is a package too."""
    licence = group.get_licence()
    yield (
        json_text(
            {
                "profile": "tabular-data-package",
                "name": slugify(group.name) or "open-data",
                "title": title_of(group),
                "description": description_of(group),
                "homepage": absolute(reverse("open_data")),
                "version": standing.version,
                "created": standing.changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "licenses": [{"name": licence.value, "path": licence.address, "title": licence.label}],
                "contributors": [
                    {"title": mask_emails(group.name), "path": absolute(reverse("home")), "role": "publisher"}
                ],
                "resources": [_resource(table) for table in TABLES.values()],
            }
        )
        + "\n"
    )


def _resource(table: Table) -> dict[str, Any]:
    foreign = [
        {"fields": field.name, "reference": {"resource": field.foreign[0], "fields": field.foreign[1]}}
        for field in table.fields
        if field.refers
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": str(table.title),
        "description": str(table.description),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(field) for field in table.fields],
            "missingValues": [""],
            "primaryKey": table.key,
            **({"foreignKeys": foreign} if foreign else {}),
        },
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.choices:
        constraints["enum"] = list(field.choices)
    return {
        "name": field.name,
        "type": field.type,
        "format": field.format,
        "title": field.title,
        "description": str(field.description),
        **({"constraints": constraints} if constraints else {}),
    }
