import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("actions", "0002_updates_and_calendars"),
    ]

    operations = [
        migrations.AlterField(
            model_name="action",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
