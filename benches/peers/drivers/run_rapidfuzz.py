"""rapidfuzz: the best partial match of each quotation; prints start and end in characters."""
import json
import sys

from rapidfuzz import fuzz

text = open(sys.argv[2], encoding='utf-8', newline='').read()
for line in open(sys.argv[1], encoding='utf-8'):
    found = fuzz.partial_ratio_alignment(json.loads(line)['exact'], text)
    print(found.dest_start, found.dest_end)
