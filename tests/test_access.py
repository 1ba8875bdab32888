"""Who may open what. Readable but not changeable: 403. Not to be known of: 404. Not logged in: the login page."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from meetings import publishing
from meetings.agenda.showing import publish_agenda
from meetings.models import Batch, StandingItem
from members import logins
from members.models import CalendarAddress, User, user_for
from tests import factories
from wmodf.lib.models import NarrowLink, digest

pytestmark = pytest.mark.django_db

# Every view that opens without a login. Each says why, at its head.
PUBLIC = {
    "home",
    "group_detail",
    "figures",
    "figure_csv",
    "open_data",
    "open_data_table",
    "open_data_package",
    "open_data_popolo",
    "open_data_catalogue",
    "open_data_database",
    "contact",
    "accessibility",
    "privacy",
    "notes_feed",
    "actions_feed",
    "wants_feed",
    "sitemap",
    "sitemap_part",
    "robots",
    "healthz",
    "login",
    "account_login",
    "account_request_login_code",
    "account_signup",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "login_link",
    "logout",
    "account_logout",
    "meetings:meeting_list",
    "meetings:meeting_detail",
    "meetings:meeting_calendar",
    "meetings:minutes_document",
    "meetings:meeting_highlights",
    "meetings:highlights_text",
    "meetings:meeting_agenda",
    "meetings:agenda_document",
    "meetings:paper_file",
    "meetings:calendar",
    "meetings:calendar_feed",
    "meetings:event_list",
    "meetings:event_feed",
    "meetings:personal_feed",
    "meetings:personal_tasks",
    "actions:action_list",
    "actions:action_detail",
    "wishlists:entry_list",
    "wishlists:entry_detail",
    "person_detail",
    "organisation_list",
    "dataset_list",
    "organisation_detail",
    "dataset_detail",
    "search",
    "admin:login",
}

LOGIN = "the login page"  # a redirection there; 302 is one to anywhere else
# Route, arguments, and what answers a GET by somebody not logged in, a member, the secretary, an administrator.
MATRIX = [
    ("home", [], 200, 200, 200, 200),
    ("group_detail", [], 200, 200, 200, 200),
    ("contact", [], 200, 200, 200, 200),
    ("figures", [], 200, 200, 200, 200),
    ("figure_csv", ["promises-kept"], 200, 200, 200, 200),
    ("figure_csv", ["none-such"], 404, 404, 404, 404),
    ("organisation_list", [], 200, 200, 200, 200),
    ("dataset_list", [], 200, 200, 200, 200),
    ("accessibility", [], 200, 200, 200, 200),
    ("privacy", [], 200, 200, 200, 200),
    ("notes_feed", [], 200, 200, 200, 200),
    ("actions_feed", [], 200, 200, 200, 200),
    ("wants_feed", [], 200, 200, 200, 200),
    ("sitemap", [], 200, 200, 200, 200),
    ("sitemap_part", [1], 200, 200, 200, 200),
    ("sitemap_part", [2], 404, 404, 404, 404),
    ("robots", [], 200, 200, 200, 200),
    ("open_data", [], 200, 200, 200, 200),
    ("open_data_table", ["lines", "csv"], 200, 200, 200, 200),
    ("open_data_table", ["lines", "json"], 200, 200, 200, 200),
    ("open_data_table", ["lines", "xml"], 404, 404, 404, 404),
    ("open_data_table", ["users", "csv"], 404, 404, 404, 404),
    ("open_data_package", [], 200, 200, 200, 200),
    ("open_data_popolo", [], 200, 200, 200, 200),
    ("open_data_catalogue", [], 200, 200, 200, 200),
    ("open_data_database", [], 200, 200, 200, 200),
    ("person_detail", ["NAMED"], 200, 200, 200, 200),
    ("person_detail", ["UNNAMED"], 404, 200, 200, 200),
    ("person_detail", ["UNTOLD"], 404, 404, 200, 200),
    ("person_detail", [999999999], 404, 404, 404, 404),
    ("organisation_detail", ["GROUP"], 200, 200, 200, 200),
    ("organisation_detail", ["UNTOLD_ORGANISATION"], 404, 404, 200, 200),
    ("organisation_detail", [999999999], 404, 404, 404, 404),
    ("dataset_detail", ["DATASET_OF_D1"], 200, 200, 200, 200),
    ("dataset_detail", ["DATASET"], 404, 404, 200, 200),
    ("dataset_detail", [999999999], 404, 404, 404, 404),
    ("search", [], 200, 200, 200, 200),
    ("healthz", [], 200, 200, 200, 200),
    ("login", [], 200, 302, 302, 302),
    ("account_login", [], 200, 302, 302, 302),
    ("account_request_login_code", [], 200, 302, 302, 302),
    ("account_signup", [], 200, 302, 302, 302),
    ("account_confirm_login_code", [], LOGIN, 302, 302, 302),
    ("mfa_authenticate", [], LOGIN, 302, 302, 302),
    ("mfa_login_webauthn", [], LOGIN, 302, 302, 302),
    ("mfa_index", [], LOGIN, 200, 200, 200),
    ("mfa_list_webauthn", [], LOGIN, 200, 200, 200),
    ("mfa_reauthenticate", [], LOGIN, 403, 403, 403),
    ("mfa_reauthenticate_webauthn", [], LOGIN, 403, 403, 403),
    ("mfa_activate_totp", [], LOGIN, 200, 200, 200),
    ("mfa_deactivate_totp", [], LOGIN, 404, 404, 404),
    ("mfa_add_webauthn", [], LOGIN, 200, 200, 200),
    ("mfa_edit_webauthn", ["PASSKEY"], LOGIN, 404, 404, 404),
    ("mfa_remove_webauthn", ["PASSKEY"], LOGIN, 404, 404, 404),
    ("mfa_view_recovery_codes", [], LOGIN, 404, 404, 404),
    ("mfa_generate_recovery_codes", [], LOGIN, 200, 200, 200),
    ("mfa_download_recovery_codes", [], LOGIN, 404, 404, 404),
    ("login_link", ["TOKEN"], 200, 200, 200, 200),
    ("login_link", ["never-made"], 404, 404, 404, 404),
    ("logout", [], 405, 405, 405, 405),
    ("account_logout", [], 405, 405, 405, 405),
    ("meetings:meeting_list", [], 200, 200, 200, 200),
    ("meetings:meeting_detail", ["2026-01-28"], 200, 200, 200, 200),
    ("meetings:meeting_detail", ["2026-03-25"], 404, 404, 200, 200),
    ("meetings:meeting_detail", ["1999-01-01"], 404, 404, 404, 404),
    ("meetings:meeting_calendar", ["2026-01-28"], 200, 200, 200, 200),
    ("meetings:meeting_calendar", ["2026-03-25"], 404, 404, 404, 404),
    ("meetings:meeting_calendar", ["1999-01-01"], 404, 404, 404, 404),
    ("meetings:minutes_document", ["2026-01-28", "pdf"], 200, 200, 200, 200),
    ("meetings:minutes_document", ["2026-01-28", "docx"], 200, 200, 200, 200),
    ("meetings:minutes_document", ["2026-01-28", "md"], 200, 200, 200, 200),
    ("meetings:minutes_document", ["2026-01-28", "txt"], 200, 200, 200, 200),
    ("meetings:meeting_agenda", ["2026-01-28"], 200, 200, 200, 200),
    ("meetings:meeting_agenda", ["2026-03-25"], 404, 404, 200, 200),
    ("meetings:agenda_document", ["2026-01-28", "txt"], 200, 200, 200, 200),
    ("meetings:agenda_document", ["2026-03-25", "txt"], 404, 404, 200, 200),
    ("meetings:paper_file", ["2026-01-28", "PAPER", "how-we-publish.txt"], 200, 200, 200, 200),
    ("meetings:paper_file", ["2026-01-28", "PAPER_OF_MEMBERS", "staff.txt"], 404, 200, 200, 200),
    ("meetings:paper_file", ["2026-03-25", "PAPER_OF_DRAFT", "draft.txt"], 404, 404, 200, 200),
    ("meetings:paper_file", ["2026-01-28", 10**30, "x.txt"], 404, 404, 404, 404),
    ("meetings:minutes_document", ["2026-01-28", "whole.txt"], 200, 200, 200, 200),
    ("meetings:minutes_document", ["2026-01-28", "doc"], 404, 404, 404, 404),
    ("meetings:minutes_document", ["2026-03-25", "pdf"], 404, 404, 404, 404),
    ("meetings:minutes_document", ["2026-02-18", "pdf"], 404, 404, 200, 200),
    ("meetings:minutes_document", ["1999-01-01", "pdf"], 404, 404, 404, 404),
    ("meetings:meeting_highlights", ["2026-01-28"], 200, 200, 200, 200),
    ("meetings:meeting_highlights", ["2026-02-18"], 404, 404, 200, 200),
    ("meetings:meeting_highlights", ["2026-03-04"], 200, 200, 200, 200),
    ("meetings:meeting_highlights", ["2026-03-25"], 404, 404, 404, 404),
    ("meetings:meeting_highlights", ["1999-01-01"], 404, 404, 404, 404),
    ("meetings:highlights_text", ["2026-01-28"], 200, 200, 200, 200),
    ("meetings:highlights_text", ["2026-02-18"], 404, 404, 200, 200),
    ("meetings:highlights_text", ["2026-03-04"], 200, 200, 200, 200),
    ("meetings:highlights_text", ["2026-03-25"], 404, 404, 404, 404),
    ("meetings:highlights_text", ["1999-01-01"], 404, 404, 404, 404),
    ("meetings:minutes_document", ["2026-03-04", "txt"], 404, 404, 200, 200),
    ("meetings:reply", ["COMING"], LOGIN, 405, 405, 405),
    ("meetings:propose_item", ["COMING"], LOGIN, 200, 200, 403),
    ("meetings:propose_item", ["2026-03-25"], LOGIN, 404, 200, 403),
    ("meetings:propose_item", ["1999-01-01"], LOGIN, 404, 404, 404),
    ("meetings:proposal_take_back", ["PROPOSAL"], LOGIN, 405, 405, 405),
    ("meetings:calendar", [], 200, 200, 200, 200),
    ("meetings:calendar_feed", [], 200, 200, 200, 200),
    ("meetings:event_list", [], 200, 200, 200, 200),
    ("meetings:event_feed", [], 200, 200, 200, 200),
    ("meetings:personal_calendar", [], LOGIN, 200, 200, 200),
    ("meetings:personal_feed", ["CALENDAR"], 200, 200, 200, 200),
    ("meetings:personal_feed", ["never-made"], 404, 404, 404, 404),
    ("meetings:personal_tasks", ["CALENDAR"], 200, 200, 200, 200),
    ("meetings:personal_tasks", ["never-made"], 404, 404, 404, 404),
    ("actions:action_list", [], 200, 200, 200, 200),
    ("actions:action_detail", [1], 200, 200, 200, 200),
    ("actions:action_detail", [2], 404, 404, 200, 200),
    ("actions:action_detail", [999999999], 404, 404, 404, 404),
    ("me", [], LOGIN, 200, 200, 200),
    ("my_name", [], LOGIN, 200, 200, 403),
    ("desk", [], LOGIN, 403, 200, 200),
    ("leave", [], LOGIN, 403, 200, 200),
    ("wishlists:entry_list", [], 200, 200, 200, 200),
    ("wishlists:entry_detail", [1], 200, 200, 200, 200),
    ("wishlists:entry_detail", [2], 404, 404, 200, 200),
    ("wishlists:entry_detail", [999999999], 404, 404, 404, 404),
    ("entry_add", [], LOGIN, 200, 200, 403),
    ("entry_change", [1], LOGIN, 403, 403, 403),
    ("entry_change", [2], LOGIN, 404, 403, 403),
    ("entry_withdraw", [1], LOGIN, 405, 405, 405),
    ("entry_put_back", [1], LOGIN, 405, 405, 405),
    ("wishlists:suggestion_dismiss", [], LOGIN, 405, 405, 405),
    ("wishlists:me_too", [1], LOGIN, 405, 405, 405),
    ("wishlists:me_too_take_back", [1], LOGIN, 405, 405, 405),
    ("wishlists:offer", [1], LOGIN, 405, 405, 405),
    ("wishlists:offer_take_back", [1], LOGIN, 405, 405, 405),
    ("wishlists:move", [1], LOGIN, 405, 405, 405),
    ("wishlists:dataset_link", [1], LOGIN, 405, 405, 405),
    ("wishlists:dataset_suggested", [1], LOGIN, 405, 405, 405),
    ("wishlists:dataset_unlink", [1], LOGIN, 405, 405, 405),
    ("admin:index", [], LOGIN, 403, 200, 200),
    ("admin:login", [], LOGIN, LOGIN, LOGIN, LOGIN),
    ("admin:logout", [], LOGIN, 403, 405, 405),
    ("admin:jsi18n", [], LOGIN, 403, 200, 200),
    ("admin:autocomplete", [], LOGIN, 403, 403, 403),
    ("admin:view_on_site", ["TYPE", "MEETING"], LOGIN, 403, 302, 302),
    ("admin:app_list", ["meetings"], LOGIN, 403, 200, 200),
    ("admin:app_list", ["members"], LOGIN, 403, 200, 200),
    ("admin:app_list", ["actions"], LOGIN, 403, 200, 200),
    ("admin:app_list", ["wishlists"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_changelist", [], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_add", [], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_change", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_history", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_simple_history", ["MEETING", "HISTORY"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_delete", ["MEETING"], LOGIN, 403, 403, 403),
    ("admin:meetings_meeting_versions", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_agenda", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_agenda", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_papers", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_papers", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_record", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_record", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_correct", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_correct", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_redact", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_redact", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_replies", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_replies", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_replies_for_host", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_replies_for_host", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_preview", ["MEETING"], LOGIN, 403, 405, 405),
    ("admin:meetings_meeting_draft", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_draft", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_put_away", ["MEETING"], LOGIN, 403, 405, 405),
    ("admin:meetings_meeting_drafts", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_draft_detail", ["MEETING", "DRAFT"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_draft_detail", ["MEETING", 0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_help", [], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_import", [], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_import_batch", ["BATCH"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_import_batch", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_original", ["ORIGINAL"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_original", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_names", [], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_withheld_name", ["UNNAMED"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_withheld_name", ["NAMED"], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_withheld_name", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_dates", [], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_move", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_move", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_meeting_cancel", ["MEETING"], LOGIN, 403, 200, 200),
    ("admin:meetings_meeting_cancel", [0], LOGIN, 403, 404, 404),
    ("admin:meetings_event_changelist", [], LOGIN, 403, 200, 200),
    ("admin:meetings_event_add", [], LOGIN, 403, 200, 200),
    ("admin:meetings_event_change", ["EVENT"], LOGIN, 403, 200, 200),
    ("admin:meetings_event_history", ["EVENT"], LOGIN, 403, 200, 200),
    ("admin:meetings_event_simple_history", ["EVENT", "HISTORY"], LOGIN, 403, 200, 200),
    ("admin:meetings_event_delete", ["EVENT"], LOGIN, 403, 200, 200),
    ("admin:meetings_attendance_changelist", [], LOGIN, 403, 200, 200),
    ("admin:meetings_attendance_add", [], LOGIN, 403, 403, 403),
    ("admin:meetings_attendance_change", ["ATTENDANCE"], LOGIN, 403, 200, 200),
    ("admin:meetings_attendance_history", ["ATTENDANCE"], LOGIN, 403, 200, 200),
    ("admin:meetings_attendance_simple_history", ["ATTENDANCE", "HISTORY"], LOGIN, 403, 200, 200),
    ("admin:meetings_attendance_delete", ["ATTENDANCE"], LOGIN, 403, 403, 403),
    ("admin:meetings_minutes_changelist", [], LOGIN, 403, 200, 200),
    ("admin:meetings_minutes_add", [], LOGIN, 403, 403, 403),
    ("admin:meetings_minutes_change", ["MINUTES"], LOGIN, 403, 200, 200),
    ("admin:meetings_minutes_history", ["MINUTES"], LOGIN, 403, 200, 200),
    ("admin:meetings_minutes_simple_history", ["MINUTES", "HISTORY"], LOGIN, 403, 200, 200),
    ("admin:meetings_minutes_delete", ["MINUTES"], LOGIN, 403, 403, 403),
    ("admin:meetings_item_changelist", [], LOGIN, 403, 200, 200),
    ("admin:meetings_item_add", [], LOGIN, 403, 403, 403),
    ("admin:meetings_item_change", ["ITEM"], LOGIN, 403, 200, 200),
    ("admin:meetings_item_history", ["ITEM"], LOGIN, 403, 200, 200),
    ("admin:meetings_item_delete", ["ITEM"], LOGIN, 403, 403, 403),
    ("admin:meetings_minuteline_changelist", [], LOGIN, 403, 200, 200),
    ("admin:meetings_minuteline_add", [], LOGIN, 403, 403, 403),
    ("admin:meetings_minuteline_change", ["MINUTELINE"], LOGIN, 403, 200, 200),
    ("admin:meetings_minuteline_history", ["MINUTELINE"], LOGIN, 403, 200, 200),
    ("admin:meetings_minuteline_delete", ["MINUTELINE"], LOGIN, 403, 403, 403),
    ("admin:meetings_standingitem_changelist", [], LOGIN, 403, 200, 200),
    ("admin:meetings_standingitem_add", [], LOGIN, 403, 200, 200),
    ("admin:meetings_standingitem_change", ["STANDINGITEM"], LOGIN, 403, 200, 200),
    ("admin:meetings_standingitem_history", ["STANDINGITEM"], LOGIN, 403, 200, 200),
    ("admin:meetings_standingitem_delete", ["STANDINGITEM"], LOGIN, 403, 200, 200),
    ("admin:members_person_changelist", [], LOGIN, 403, 200, 200),
    ("admin:members_person_add", [], LOGIN, 403, 200, 200),
    ("admin:members_person_change", ["PERSON"], LOGIN, 403, 200, 200),
    ("admin:members_person_history", ["PERSON"], LOGIN, 403, 200, 200),
    ("admin:members_person_simple_history", ["PERSON", "HISTORY"], LOGIN, 403, 200, 200),
    ("admin:members_person_delete", ["PERSON"], LOGIN, 403, 200, 200),
    ("admin:members_membership_changelist", [], LOGIN, 403, 200, 200),
    ("admin:members_membership_add", [], LOGIN, 403, 403, 403),
    ("admin:members_membership_change", ["MEMBERSHIP"], LOGIN, 403, 200, 200),
    ("admin:members_membership_history", ["MEMBERSHIP"], LOGIN, 403, 200, 200),
    ("admin:members_membership_simple_history", ["MEMBERSHIP", "HISTORY"], LOGIN, 403, 200, 200),
    ("admin:members_membership_delete", ["MEMBERSHIP"], LOGIN, 403, 403, 403),
    ("admin:members_organisation_changelist", [], LOGIN, 403, 200, 200),
    ("admin:members_organisation_add", [], LOGIN, 403, 200, 200),
    ("admin:members_organisation_change", ["ORGANISATION"], LOGIN, 403, 200, 200),
    ("admin:members_organisation_history", ["ORGANISATION"], LOGIN, 403, 200, 200),
    ("admin:members_organisation_simple_history", ["ORGANISATION", "HISTORY"], LOGIN, 403, 200, 200),
    ("admin:members_organisation_delete", ["ORGANISATION"], LOGIN, 403, 403, 403),
    ("admin:members_user_changelist", [], LOGIN, 403, 403, 200),
    ("admin:members_user_add", [], LOGIN, 403, 403, 403),
    ("admin:members_user_change", ["USER"], LOGIN, 403, 403, 200),
    ("admin:members_user_history", ["USER"], LOGIN, 403, 403, 200),
    ("admin:members_user_delete", ["USER"], LOGIN, 403, 403, 403),
    ("admin:actions_action_changelist", [], LOGIN, 403, 200, 200),
    ("admin:actions_action_add", [], LOGIN, 403, 403, 403),
    ("admin:actions_action_change", ["ACTION"], LOGIN, 403, 200, 200),
    ("admin:actions_action_history", ["ACTION"], LOGIN, 403, 200, 200),
    ("admin:actions_action_simple_history", ["ACTION", "HISTORY"], LOGIN, 403, 200, 200),
    ("admin:actions_action_delete", ["ACTION"], LOGIN, 403, 403, 403),
    ("admin:wishlists_entry_changelist", [], LOGIN, 403, 200, 200),
    ("admin:wishlists_entry_add", [], LOGIN, 403, 403, 403),
    ("admin:wishlists_entry_change", ["ENTRY"], LOGIN, 403, 200, 200),
    ("admin:wishlists_entry_history", ["ENTRY"], LOGIN, 403, 200, 200),
    ("admin:wishlists_entry_simple_history", ["ENTRY", "HISTORY"], LOGIN, 403, 200, 200),
    ("admin:wishlists_entry_delete", ["ENTRY"], LOGIN, 403, 403, 403),
    ("admin:wishlists_dataset_changelist", [], LOGIN, 403, 200, 200),
    ("admin:wishlists_dataset_add", [], LOGIN, 403, 200, 200),
    ("admin:wishlists_dataset_change", ["DATASET"], LOGIN, 403, 200, 200),
    ("admin:wishlists_dataset_history", ["DATASET"], LOGIN, 403, 200, 200),
    ("admin:wishlists_dataset_simple_history", ["DATASET", "HISTORY"], LOGIN, 403, 200, 200),
    ("admin:wishlists_dataset_delete", ["DATASET"], LOGIN, 403, 200, 200),
]

# Route, arguments and form; what answers a POST by somebody not logged in, a member whose action A3 and want D3 it is,
# another member, the secretary, and an administrator who is no person. 302 is what was done, 403 and 404 are refusals.
POSTS = [
    ("my_name", [], {"public_name": "initials"}, 403, 302, 302, 302, 403),
    ("actions:action_detail", [3], {"comment": "", "note": "So far."}, 403, 302, 403, 302, 302),
    ("actions:action_detail", [3], {"finish": ""}, 403, 302, 403, 302, 302),
    ("actions:action_detail", [3], {"drop": ""}, 403, 403, 403, 302, 302),
    ("actions:action_detail", [2], {"comment": "", "note": "So far."}, 403, 404, 404, 302, 302),
    ("entry_add", [], {"kind": "used", "text": "Trams"}, 403, 302, 302, 302, 403),
    ("entry_change", [3], {"text": "Trees", "seen": digest("Trees")}, 403, 302, 403, 403, 403),
    ("entry_withdraw", [3], {}, 403, 302, 403, 403, 403),
    ("entry_put_back", [3], {}, 403, 302, 403, 403, 403),
    ("entry_withdraw", [2], {}, 403, 404, 404, 403, 403),
    ("wishlists:me_too", [3], {}, 403, 403, 302, 302, 403),
    ("wishlists:me_too", [2], {}, 403, 404, 404, 403, 403),
    ("wishlists:me_too_take_back", [3], {}, 403, 403, 302, 302, 403),
    ("wishlists:offer", [3], {"text": "Ask me."}, 403, 403, 302, 302, 403),
    ("wishlists:offer_take_back", [3], {}, 403, 403, 302, 302, 403),
    ("wishlists:suggestion_dismiss", [], {"want": 3, "used": 1}, 403, 302, 302, 302, 403),
    ("wishlists:suggestion_dismiss", [], {"want": 3, "used": 2}, 403, 404, 404, 302, 403),
    ("wishlists:move", [3], {"status": "asked", "on": "2026-03-01"}, 403, 403, 403, 302, 302),
    ("wishlists:dataset_link", [3], {"name": "Trees of Britain"}, 403, 403, 403, 302, 302),
    ("wishlists:dataset_suggested", [3], {"name": "OpenStreetMap"}, 403, 403, 403, 302, 302),
    ("wishlists:dataset_unlink", [3], {}, 403, 403, 403, 302, 302),
    ("leave", [], {}, 403, 403, 403, 200, 200),
    ("meetings:personal_calendar", [], {}, 403, 302, 302, 302, 403),
    ("meetings:reply", ["COMING"], {"answer": "online"}, 403, 302, 302, 302, 403),
    ("meetings:reply", ["COMING"], {"take_back": "1"}, 403, 302, 302, 302, 403),
    ("meetings:reply", ["2026-03-25"], {"answer": "online"}, 403, 404, 404, 422, 403),
    ("meetings:propose_item", ["COMING"], {"title": "Trees"}, 403, 302, 302, 302, 403),
    ("meetings:propose_item", ["2026-03-25"], {"title": "Trees"}, 403, 404, 404, 422, 403),
    ("meetings:proposal_take_back", ["PROPOSAL"], {}, 403, 404, 404, 404, 403),
]
# Forms of one's own login, which touch nothing else: tests/members looks at each.
LOGGING_IN = {
    "login",
    "account_login",
    "account_request_login_code",
    "account_signup",
    "account_confirm_login_code",
    "login_link",
    "logout",
    "account_logout",
}


def routes(resolver=None, spaces=()):
    """Every pattern of the site with its name, namespaces in front; no name where it has none."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, (*spaces, one.namespace) if one.namespace else spaces)
        elif isinstance(one, URLPattern):
            yield ":".join([*spaces, one.name]) if one.name else "", one


def test_these_views_are_public_and_say_why():
    views = {name: pattern.callback for name, pattern in routes()}
    opened = {name: view for name, view in views.items() if not getattr(view, "login_required", True)}
    assert set(opened) == PUBLIC
    reasons = {name: getattr(view, "public_reason", "") for name, view in opened.items()}
    assert {name for name, reason in reasons.items() if len(reason.split()) < 3 or not reason.endswith(".")} == set()


def test_every_route_is_in_the_table():
    names = {name for name, _ in routes()}
    assert "" in names  # the admin's two patterns without a name; the next test looks at them
    assert {row[0] for row in MATRIX} == names - {""}


def test_patterns_without_a_name_are_the_admins():
    nameless = {str(pattern.pattern) for name, pattern in routes() if not name}
    assert nameless == {"<path:object_id>/", "(?P<url>.*)$"}


# The same rows and people for all these tests: there are hundreds.
@pytest.fixture(scope="module")
def admin(kept_group):
    return User.objects.create_superuser("admin@private.example")


@pytest.fixture(scope="module")
def member(kept_group):
    return factories.make_user("Mina Member")


@pytest.fixture(scope="module")
def owner(kept_group):
    return factories.make_user("Oona Owner")


@pytest.fixture(scope="module")
def secretary(kept_group):
    return factories.make_user("Sefa Secretary", role="secretary")


@pytest.fixture(scope="module")
def rows(kept_group, admin, owner):
    found = rows_of_every_kind(kept_group, admin)
    make_records_of(owner)
    return found


def rows_of_every_kind(group, admin):
    """One row of every kind, a published meeting and one that is not; words of the table → keys."""
    person = factories.make_person("Ada Birch", role="", email="ada@private.example")
    meeting = factories.make_meeting(on=date(2026, 1, 28))
    draft = factories.make_meeting(on=date(2026, 3, 25), published=False)
    attendance = factories.make_attendance(meeting, person)
    hidden = factories.make_person("Hilda Hidden", public_name="initials")
    factories.make_attendance(meeting, hidden)
    item = factories.make_item(meeting)
    action = factories.make_action(meeting=meeting)
    factories.make_action("Drafted", meeting=draft)
    dataset = factories.make_dataset("Bus stops")
    entry = factories.make_entry(meeting=meeting, dataset=dataset)
    factories.make_entry("Drafted", meeting=draft)
    minutes = factories.make_minutes(meeting)
    factories.make_minutes(factories.make_meeting(on=date(2026, 2, 18)), circulated=False)
    ahead = factories.make_minutes(factories.make_meeting(on=date(2026, 3, 4)), circulated=False)
    publishing.publish_highlights(minutes=ahead, now=timezone.now())
    papers = agendas_of(meeting, draft)
    token = NarrowLink.objects.issue(
        purpose=logins.PURPOSE, subject=str(person.pk), now=timezone.now(), lifetime=timedelta(minutes=5)
    )
    coming = factories.make_meeting(on=timezone.localdate() + timedelta(days=30))
    found = {
        "MEETING": meeting,
        "COMING": coming.slug,
        "PROPOSAL": factories.make_agenda_item(coming, status="proposed", proposed_by=person),
        "BATCH": Batch.objects.create(made_at=timezone.now()),
        "ORIGINAL": factories.make_original(meeting),
        "EVENT": factories.make_event(),
        "ATTENDANCE": attendance,
        "ITEM": item,
        "ACTION": action,
        "ENTRY": entry,
        "DATASET": factories.make_dataset(),
        "MINUTES": minutes,
        "DRAFT": factories.make_draft(meeting, admin),
        "CALENDAR": CalendarAddress.objects.make(person=person, now=timezone.now()),
        "PASSKEY": Authenticator.objects.create(user=user_for(person), type="webauthn", data={"name": "Ada’s"}),
        "MINUTELINE": meeting.lines.first(),
        "STANDINGITEM": StandingItem.objects.create(title="Apologies"),
        "PERSON": person,
        "ORGANISATION": group,
        "NAMED": person,
        "UNNAMED": hidden,
        "UNTOLD": factories.make_person("Una Told"),
        "GROUP": group,
        "UNTOLD_ORGANISATION": factories.make_organisation("Nowhere Council"),
        "DATASET_OF_D1": dataset,
        "MEMBERSHIP": person.memberships.get(),
        "USER": admin,
    }
    return {"TOKEN": token} | found | papers


def agendas_of(meeting, draft):
    """An agenda that is published and one that is not, each with papers."""
    factories.make_agenda_item(draft, "Draft")
    factories.make_agenda_item(meeting)
    papers = {
        "PAPER": factories.make_paper(meeting),
        "PAPER_OF_MEMBERS": factories.make_paper(meeting, "Staff", is_confidential=True),
        "PAPER_OF_DRAFT": factories.make_paper(draft, "Draft"),
    }
    publish_agenda(meeting=meeting, now=factories.NOW)
    return papers


def make_records_of(owner):
    """An action and a want of the member's, told by circulated notes."""
    meeting = factories.make_meeting(on=date(2026, 2, 25))
    factories.make_action("Count the trees", owners=[owner.person], meeting=meeting)
    factories.make_entry("Trees", kind="wants", person=owner.person, meeting=meeting)
    factories.make_minutes(meeting)


def path_of(route, args, rows):
    """The address of a row of the table."""
    keys = []
    for arg in args:
        if arg == "HISTORY":
            keys.append(rows[args[0]].history.first().pk)
        elif arg == "TYPE":
            keys.append(ContentType.objects.get_for_model(rows["MEETING"]).pk)
        else:
            found = rows.get(arg, arg)
            keys.append(getattr(found, "pk", found))
    return reverse(route, args=keys)


@pytest.mark.once
@pytest.mark.parametrize("row", MATRIX, ids=lambda row: " ".join(map(str, [row[0], *row[1]])))
def test_everyone_gets_what_the_table_says(rows, member, secretary, admin, row):
    route, args, *expected = row
    path = path_of(route, args, rows)
    codes = []
    for user in (None, member, secretary, admin):
        client = Client()
        if user:
            client.force_login(user)
        response = client.get(path)
        where = response.get("Location", "").partition("?")[0]
        codes.append(LOGIN if where in {"/login/", "/admin/login/"} else response.status_code)
        list(response)  # to its end: a file that is sent is open until then
    assert codes == expected


@pytest.mark.parametrize("row", POSTS, ids=lambda row: " ".join(map(str, [row[0], *row[1], *row[2]])))
def test_everyone_may_send_what_the_table_says(*, rows, owner, member, secretary, admin, row):
    route, args, form, *expected = row
    path = path_of(route, args, rows)
    codes = []
    for user in (None, owner, member, secretary, admin):
        client = Client()
        if user:
            client.force_login(user)
        response = client.post(path, form)
        codes.append(response.status_code)
        list(response)  # to its end: a file that is sent is open until then
    assert codes == expected


def test_every_route_that_takes_a_form_is_in_the_table(rows, secretary_client):
    taking = set()
    for route, args, *_ in MATRIX:
        is_ours = not route.startswith(("admin:", "mfa_")) and route not in LOGGING_IN
        response = secretary_client.post(path_of(route, args, rows)) if is_ours else None
        if response is not None and response.status_code != 405:
            taking.add(route)
            list(response)  # to its end, as above
    assert taking == {row[0] for row in POSTS}


@pytest.mark.once
@pytest.mark.parametrize("row", [row for row in MATRIX if row[0].startswith("admin:") and row[0] != "admin:login"])
def test_nobody_but_the_secretary_posts_to_the_admin(rows, anonymous_client, member_client, row):
    path = path_of(row[0], row[1], rows)
    response = anonymous_client.post(path, {"post": "yes", "_save": "Save"})
    assert response.status_code == 403
    assert "You are no longer logged in" in response.text
    assert member_client.post(path, {"post": "yes", "_save": "Save"}).status_code == 403


def test_somebody_whose_membership_ended_is_anonymous(rows, member_client, member):
    member.person.memberships.update(end_date=date(2020, 2, 1))
    response = member_client.get("/admin/")
    assert (response.status_code, response["Location"]) == (302, "/admin/login/?next=/admin/")
    assert "Mina Member" not in member_client.get("/").text


def test_a_secretary_who_became_a_member_is_one_at_once(rows, secretary_client, secretary):
    assert secretary_client.get("/admin/").status_code == 200
    secretary.person.memberships.update(role="")
    assert secretary_client.get("/admin/").status_code == 403
    assert secretary_client.get("/meetings/2026-03-25/").status_code == 404


def test_addresses_under_the_admin_that_are_none(rows, anonymous_client, member_client, secretary_client):
    clients = (anonymous_client, member_client, secretary_client)
    codes = [client.get("/admin/none/such/").status_code for client in clients]
    assert codes == [302, 403, 404]
