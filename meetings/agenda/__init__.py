"""What a meeting is to deal with: made by the secretary, read by everyone, with its papers."""
