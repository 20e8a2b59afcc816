"""From a recording to a program: graphs, what simplifies and differentiates them, and the scheduler."""
