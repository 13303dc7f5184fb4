"""A call to look at: its timeline as small data, and the page that draws it in a chat, a browser or a file."""
