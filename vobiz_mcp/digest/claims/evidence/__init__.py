"""What the rules about claims share: speech acts, amounts, records of tools, what is asked for, and word lists."""
