"""Running a function on a recorder, and what is kept of it: arguments, the recordings, when to record again."""
