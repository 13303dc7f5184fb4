"""Many calls to look at: tables in which each number opens the calls that it counts, as one file."""
