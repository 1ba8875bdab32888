"""All tables of the open data, in the order in which pages list them."""

from wmodf.open_data.meetings import ATTENDANCES, EVENTS, MEETINGS
from wmodf.open_data.notes import AGENDA_ITEMS, CORRECTIONS, ITEMS, LINES, PAPERS
from wmodf.open_data.people import MEMBERSHIPS, ORGANISATIONS, PEOPLE
from wmodf.open_data.records import ACTION_OWNERS, ACTION_UPDATES, ACTIONS, DATASETS, ENTRIES, ENTRY_UPDATES

TABLES = {
    table.name: table
    for table in (
        MEETINGS,
        ATTENDANCES,
        ITEMS,
        LINES,
        CORRECTIONS,
        ACTIONS,
        ACTION_OWNERS,
        ACTION_UPDATES,
        ENTRIES,
        ENTRY_UPDATES,
        DATASETS,
        ORGANISATIONS,
        PEOPLE,
        MEMBERSHIPS,
        AGENDA_ITEMS,
        PAPERS,
        EVENTS,
    )
}
