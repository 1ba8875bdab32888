"""Days on which the group meets: entered, looked at for clashes, moved and called off with a reason."""
