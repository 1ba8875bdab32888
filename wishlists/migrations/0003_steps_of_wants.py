from django.db import migrations
from django.utils import timezone


def note_where_wants_stand(apps, schema_editor):
    """A want's state follows from its updates: give one to each want that was moved in the admin before."""
    Entry = apps.get_model("wishlists", "Entry")
    EntryUpdate = apps.get_model("wishlists", "EntryUpdate")
    HistoricalEntry = apps.get_model("wishlists", "HistoricalEntry")
    for entry in Entry.objects.filter(kind="wants").exclude(status="wanted").iterator():
        since = entry.raised_on
        for former in HistoricalEntry.objects.filter(id=entry.pk).order_by("-history_date", "-history_id"):
            if former.status != entry.status:
                break
            since = timezone.localdate(former.history_date)
        since = max(since, entry.raised_on)
        EntryUpdate.objects.create(entry=entry, on=since, status=entry.status)
        Entry.objects.filter(pk=entry.pk).update(stands_since=since)


class Migration(migrations.Migration):

    dependencies = [
        ("wishlists", "0002_datasets_support_and_updates"),
    ]

    operations = [
        migrations.RunPython(note_where_wants_stand, migrations.RunPython.noop),
    ]
