"""Many calls: a row of each, sums of rows that add up exactly, and what they come to on a page."""
