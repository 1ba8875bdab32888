"""Published notes changed in the open: what a meeting corrected, and what was taken out."""
