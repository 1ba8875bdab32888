"""A choice of name, written everywhere; and words in old notes that may still mean somebody."""
