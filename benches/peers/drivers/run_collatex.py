"""CollateX for Python over texts, words between white space; prints vertex<TAB>witness<TAB>word number.

usage: run_collatex.py WORDS|0 FILE...   (WORDS: only so many of each)
"""
import re
import sys

from collatex import Collation, collate

limit = int(sys.argv[1]) or None
collation = Collation()
for number, path in enumerate(sys.argv[2:]):
    words = re.findall(r'[^ \t\n\v\f\r]+', open(path, encoding='utf-8', newline='').read())[:limit]
    collation.add_witness({'id': str(number), 'tokens': [{'t': w + ' ', 'n': w, 'at': at} for at, w in enumerate(words)]})
graph = collate(collation, output='graph', segmentation=False)
for number, vertex in enumerate(graph.vertices()):
    for sigil, held in vertex.tokens.items():
        for token in held:
            print(number, sigil, token.token_data['at'], sep='\t')
