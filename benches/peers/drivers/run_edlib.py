"""edlib: each quotation at its least edit distance (HW); prints start and end in characters."""
import json
import sys

import edlib

text = open(sys.argv[2], encoding='utf-8', newline='').read()
kept, codes = [], {}
for ch in text:
    # edlib takes 256 different characters; rare ones share the last.
    kept.append(chr(codes.setdefault(ch, min(len(codes), 254))))
coded = ''.join(kept)
for line in open(sys.argv[1], encoding='utf-8'):
    quote = ''.join(chr(codes.get(ch, 254)) for ch in json.loads(line)['exact'])
    found = edlib.align(quote, coded, mode='HW', task='locations')['locations'][0]
    print(found[0], found[1] + 1)
