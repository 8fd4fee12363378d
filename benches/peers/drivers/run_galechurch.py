"""galechurch over two files of sentences; prints [[source numbers], [target numbers]] a line."""
import json
import sys

import galechurch

a, b = ([line.rstrip('\n') for line in open(path, encoding='utf-8', newline='\n')] for path in sys.argv[1:3])
for line in galechurch.align(a, b).to_pharaoh_lines():
    left, right = line.split(':')
    print(json.dumps([json.loads(left), json.loads(right)]))
