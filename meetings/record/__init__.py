"""The page on which notes are recorded: the box, what stands beside it, and how notes begin."""
