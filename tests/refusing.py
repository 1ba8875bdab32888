"""Rules held twice: with words for people, and by the database."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


def refuse(row, words, **changes):
    """Check that a sound row with these changes is refused with these words, and by the database too."""
    row.full_clean()
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert words in " ".join(caught.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
