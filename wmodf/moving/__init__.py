"""Leaving with everything, and arriving on another site: one zip, on either database.

`leaving` writes the file and `arriving` reads it; here is what both agree on.
"""

from django.apps import apps
from django.db import models

from members.models import User

# Rises when a site of today could no longer read what a site of tomorrow writes.
FORM = 1
ABOUT = "group.json"

# The group's own records, what others point to first.
KEPT = [
    "members.Organisation",
    "members.Person",
    "members.OtherName",
    "members.Membership",
    "members.User",
    "wishlists.Dataset",
    "actions.Action",
    "actions.ActionOwner",
    "actions.ActionUpdate",
    "wishlists.Entry",
    "wishlists.EntryUpdate",
    "wishlists.Support",
    "wishlists.Dismissal",
    "meetings.Meeting",
    "meetings.OldSlug",
    "meetings.Minutes",
    "meetings.Item",
    "meetings.MinuteLine",
    "meetings.Attendance",
    "meetings.StandingItem",
    "meetings.AgendaItem",
    "meetings.Paper",
    "meetings.Reply",
    "meetings.Batch",
    "meetings.Original",
    "meetings.Draft",
    "meetings.Correction",
    "meetings.Change",
    "meetings.Event",
    "meetings.Mention",
    "lib.Revision",
    "members.HistoricalOrganisation",
    "members.HistoricalPerson",
    "members.HistoricalMembership",
    "wishlists.HistoricalDataset",
    "wishlists.HistoricalEntry",
    "actions.HistoricalAction",
    "meetings.HistoricalMeeting",
    "meetings.HistoricalMinutes",
    "meetings.HistoricalAttendance",
    "meetings.HistoricalEvent",
]
# What stays behind, and why.
LEFT = {
    "members.CalendarAddress": "a secret of one address: each member makes a new one",
    "members.Edition": "when files were last given out that are made anew",
    "lib.SearchText": "what search looks in is made anew",
    "lib.NarrowLink": "a link to the old site, for a short while",
    "meetings.Editor": "a page that is open at this moment",
    "account.EmailAddress": "the people's own addresses count",
    "account.EmailConfirmation": "a link to the old site, for a short while",
    "mfa.Authenticator": "a second step is tied to the site's address and its secret key",
    "admin.LogEntry": "what the stock admin noted; the histories hold what was changed",
    "auth.Group": "not used: memberships say who may do what",
    "auth.Permission": "made by every site itself",
    "contenttypes.ContentType": "made by every site itself",
    "sessions.Session": "a browser that is logged in at the old site",
}
# Of a login what belongs to the group; that somebody administers a machine does not.
FIELDS_OF = {"members.User": ["email", "person", "is_active", "joined_at"]}
# Bytes are files of their own, under this folder.
FOLDERS = {"meetings.Paper": "papers", "meetings.Original": "originals"}


class RefusedError(Exception):
    """The group can't leave, or can't arrive here; the message says why and what to do, for people."""


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """The fields of a kept model that its rows have in the file; not its key, nor its bytes."""
    only = FIELDS_OF.get(model._meta.label)  # noqa: SLF001 (Django's documented interface)
    return [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001 (the same)
        if not field.primary_key and not isinstance(field, models.BinaryField) and (only is None or field.name in only)
    ]


def kept_models() -> list[type[models.Model]]:
    """The models whose rows are kept, what others point to first."""
    return [apps.get_model(label) for label in KEPT]


def rows_of(model: type[models.Model]) -> models.QuerySet:
    """The rows of a kept model that leave with the group, by key; of logins only those of people."""
    rows = model._base_manager.order_by("pk")  # noqa: SLF001 (Django's documented interface)
    return rows.filter(person__isnull=False) if model is User else rows
