"""What must be hidden: cards, codes, identity numbers, contacts; in a sentence, in long texts, across turns."""
