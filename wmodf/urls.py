"""All addresses."""

from django.contrib import admin
from django.urls import include, path

from wmodf import (
    desk,
    feed_views,
    figures_views,
    me,
    moving_views,
    name_views,
    people_views,
    register,
    search_views,
    sitemap_views,
    statement_views,
    views,
)
from wmodf.open_data import views as open_data_views

urlpatterns = [
    path("", views.home, name="home"),
    path("me/", me.me, name="me"),
    path("me/name/", name_views.my_name, name="my_name"),
    path("desk/", desk.desk, name="desk"),
    path("desk/leave/", moving_views.leave, name="leave"),
    path("members/", views.group_detail, name="group_detail"),
    path("people/<record:person_id>/", people_views.person_detail, name="person_detail"),
    path("organisations/", people_views.organisation_list, name="organisation_list"),
    path("organisations/<record:organisation_id>/", people_views.organisation_detail, name="organisation_detail"),
    path("datasets/", people_views.dataset_list, name="dataset_list"),
    path("datasets/<record:dataset_id>/", people_views.dataset_detail, name="dataset_detail"),
    path("figures/", figures_views.figures, name="figures"),
    path("figures/<slug:name>.csv", figures_views.figure_csv, name="figure_csv"),
    path("search/", search_views.search, name="search"),
    path("open-data/", open_data_views.open_data, name="open_data"),
    path("open-data/datapackage.json", open_data_views.open_data_package, name="open_data_package"),
    path("open-data/popolo.json", open_data_views.open_data_popolo, name="open_data_popolo"),
    path("open-data/catalogue.jsonld", open_data_views.open_data_catalogue, name="open_data_catalogue"),
    path("open-data/open-data.sqlite3", open_data_views.open_data_database, name="open_data_database"),
    path("open-data/<slug:name>.<str:ending>", open_data_views.open_data_table, name="open_data_table"),
    path("contact/", views.contact, name="contact"),
    path("accessibility/", statement_views.accessibility, name="accessibility"),
    path("privacy/", statement_views.privacy, name="privacy"),
    path("notes.atom", feed_views.notes_feed, name="notes_feed"),
    path("actions.atom", feed_views.actions_feed, name="actions_feed"),
    path("wants.atom", feed_views.wants_feed, name="wants_feed"),
    path("sitemap.xml", sitemap_views.sitemap, name="sitemap"),
    path("sitemap-<record:number>.xml", sitemap_views.sitemap_part, name="sitemap_part"),
    path("robots.txt", sitemap_views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("", include("members.urls")),
    path("", include("meetings.urls")),
    path("actions/", include("actions.urls")),
    path("wishlists/add/", register.entry_add, name="entry_add"),
    path("wishlists/<entry:number>/change/", register.entry_change, name="entry_change"),
    path("wishlists/<entry:number>/withdraw/", register.entry_withdraw, name="entry_withdraw"),
    path("wishlists/<entry:number>/put-back/", register.entry_put_back, name="entry_put_back"),
    path("wishlists/", include("wishlists.urls")),
]

handler429 = "members.views.too_many"
