"""The cast of every test: anonymous, two members, the secretary and the technical administrator."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from hypothesis import settings as hypothesis_settings

from members.models import User
from tests import factories

# The same examples at every run: a failure is a change, not chance. For new ones: --hypothesis-profile=default
hypothesis_settings.register_profile("steady", derandomize=True)
hypothesis_settings.load_profile("steady")

# An import contract keeps the database out of what these tests are of, so they need not run for each.
WITHOUT_DATABASE = Path(__file__).parent / "meetings" / "minutes"


def pytest_collection_modifyitems(config, items):
    """Mark what asks no database; leave out what only PostgreSQL can do where the tests run on another one."""
    for item in items:
        if item.path.is_relative_to(WITHOUT_DATABASE):
            item.add_marker("without_database")
    if connection.vendor != "postgresql":
        left = [item for item in items if item.get_closest_marker("postgresql")]
        items[:] = [item for item in items if item not in left]
        config.hook.pytest_deselected(items=left)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file, as people run it: in memory, the browser's requests would share one connection."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def group(db):
    """The group itself."""
    return factories.make_group()


@pytest.fixture
def member(group):
    """A plain member's login."""
    return factories.make_user("Mina Member")


@pytest.fixture
def other_member(group):
    """Another plain member's login."""
    return factories.make_user("Otto Other")


@pytest.fixture
def secretary(group):
    """The secretary's login."""
    return factories.make_user("Sefa Secretary", role="secretary")


@pytest.fixture
def admin(db):
    """The technical administrator's login."""
    return User.objects.create_superuser("admin@private.example")


@pytest.fixture
def anonymous_client(db):
    """Somebody who is not logged in."""
    return Client()


@pytest.fixture
def member_client(member):
    """A member's browser."""
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def secretary_client(secretary):
    """The secretary's browser."""
    client = Client()
    client.force_login(secretary)
    return client
