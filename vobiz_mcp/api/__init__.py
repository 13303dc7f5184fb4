"""What the two APIs say and how they are asked: HTTP bodies as values, requests as values. Pure."""
