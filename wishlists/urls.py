"""Addresses of data used and wanted; those of adding and changing are the site's, since they publish."""

from django.urls import path

from wishlists import secretary_views, support_views, views

app_name = "wishlists"
urlpatterns = [
    path("", views.entry_list, name="entry_list"),
    path("suggestions/dismiss/", support_views.suggestion_dismiss, name="suggestion_dismiss"),
    path("<entry:number>/", views.entry_detail, name="entry_detail"),
    path("<entry:number>/me-too/", support_views.me_too, name="me_too"),
    path("<entry:number>/me-too/take-back/", support_views.me_too_take_back, name="me_too_take_back"),
    path("<entry:number>/offer/", support_views.offer, name="offer"),
    path("<entry:number>/offer/take-back/", support_views.offer_take_back, name="offer_take_back"),
    path("<entry:number>/move/", secretary_views.move, name="move"),
    path("<entry:number>/dataset/", secretary_views.dataset_link, name="dataset_link"),
    path("<entry:number>/dataset/suggested/", secretary_views.dataset_suggested, name="dataset_suggested"),
    path("<entry:number>/dataset/unlink/", secretary_views.dataset_unlink, name="dataset_unlink"),
]
