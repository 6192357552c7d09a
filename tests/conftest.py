"""Settings that all tests share."""

from hypothesis import settings

# Two busy cores make any deadline a coin toss; a failure prints what repeats it.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")
