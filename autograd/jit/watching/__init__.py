"""What a recorded function reads besides its arguments: found while it runs, compared before each replay.

`observation.py` is a run under observation: `frames.py` tells which code runs and `walk.py` follows what that code
mentions, by way of `visitors.py`; the outcome is an `Observed` (watch.py), which says what has changed since.
`attempts.py` runs a function until it leaves what it reads as it was, or has to be refused.
"""
