from django.db import migrations


def note_where_wants_stand(apps, schema_editor):
    """A want's state follows from its updates: give one to each want that was moved in the admin before."""
    Entry = apps.get_model("wishlists", "Entry")
    EntryUpdate = apps.get_model("wishlists", "EntryUpdate")
    for entry in Entry.objects.filter(kind="wants").exclude(status="wanted").iterator():
        EntryUpdate.objects.create(entry=entry, on=entry.raised_on, status=entry.status)


class Migration(migrations.Migration):

    dependencies = [
        ("wishlists", "0002_datasets_support_and_updates"),
    ]

    operations = [
        migrations.RunPython(note_where_wants_stand, migrations.RunPython.noop),
    ]
