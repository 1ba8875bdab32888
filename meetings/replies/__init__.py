"""What members say before a meeting: whether they come, and what they would like to talk about."""
