"""Notes while they are typed, and the versions they leave: kept, compared, put back."""
