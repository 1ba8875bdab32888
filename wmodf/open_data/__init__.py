"""Everything public as data: the same for everyone, whoever asks.

`tables` describes the rows; `files`, `package`, `popolo`, `catalogue` and `database` give them forms; `views` sends
them.
"""
