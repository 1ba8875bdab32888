"""Minutes as data: text becomes a MinutesDoc, and a MinutesDoc becomes text. No database, no request, no settings."""
