"""Python's difflib on words, as shipped (autojunk); prints deleted and inserted words."""
import difflib
import sys

a, b = (open(path, 'rb').read().split() for path in sys.argv[1:3])
deleted = inserted = 0
for kind, i, j, k, l in difflib.SequenceMatcher(None, a, b).get_opcodes():
    if kind != 'equal':
        deleted += j - i
        inserted += l - k
print(deleted, inserted)
