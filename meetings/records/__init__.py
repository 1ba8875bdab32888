"""Rows that hang on a meeting, one noun a file; `meetings.models` has the meeting itself and gathers them."""
