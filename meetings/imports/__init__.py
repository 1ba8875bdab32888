"""Notes that come as files: opened, dated, taken in by the batch, and kept with their meetings."""
