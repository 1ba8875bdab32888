"""What data members used and which they want."""

from django.apps import AppConfig


class WishlistsConfig(AppConfig):
    """What data members used and which they want."""

    name = "wishlists"
    verbose_name = "Data used and wanted"
