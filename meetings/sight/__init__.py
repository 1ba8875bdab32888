"""What readers may see, written into rows: whose names stay out, and which words stand in their place."""
