"""Translations paired sentence by sentence, without models.

The texts are not ours to ship. `--bitexts DIR` holds for each pair a folder NAME
with a.tsv and b.tsv: one sentence a line, its verse (or any label of the truth),
a tab, the sentence. A link is right when its two sides share a label; a label of
both texts is found when a right link holds it.
"""
import json
import re
import shutil

from measure import Contestant
from workloads import read_json


def run(bench):
    if not bench.bitexts or not bench.bitexts.is_dir():
        bench.say('translations: no texts here (--bitexts DIR); the bars are hunalign -realign on each pair, see bars.py')
        return
    for folder in sorted(p for p in bench.bitexts.iterdir() if (p / 'a.tsv').is_file() and (p / 'b.tsv').is_file()):
        one(bench, folder)


def is_script(program):
    with open(program, 'rb') as f:
        return f.read(2) == b'#!'


def read(path):
    rows = [line.rstrip('\n').split('\t', 1) for line in open(path, encoding='utf-8', newline='\n')]
    return [r[0] for r in rows], [r[1].strip() for r in rows]


def one(bench, folder):
    v = bench.variorum
    task = f'translations/{folder.name}'
    made = bench.fresh(f'bitext-{folder.name}')
    sides = []
    for side in ('a', 'b'):
        labels, sentences = read(folder / f'{side}.tsv')
        (made / f'{side}.txt').write_text('\n'.join(sentences) + '\n', encoding='utf-8')
        sides.append((labels, sentences))
    out, a, b = [], made / 'a.txt', made / 'b.txt'
    if v.can('align'):
        out.append(Contestant('variorum', 'align A B --json', [v.path, 'align', a, b, '--json'], ours=True, timeout=120,
                              score=lambda path: score(ours(path, a, b), sides)))
    if bench.peers.has('galechurch'):
        out.append(Contestant('galechurch', 'align', [bench.peers.python, bench.peers.driver('run_galechurch.py'), a, b],
                              score=lambda path: score(beads(path), sides)))
    if bench.peers.has('hunalign'):
        # It wants tokens with spaces between them.
        empty, tokens = made / 'empty.dic', []
        empty.write_text('')
        for side, (_, sentences) in zip(('a', 'b'), sides):
            tokens.append(made / f'{side}.tok')
            tokens[-1].write_text(''.join(' '.join(re.findall(r'\w+|[^\w\s]', s.lower())) + '\n' for s in sentences))
        how = ' (through node)' if is_script(shutil.which('hunalign')) else ''
        for name, more in (('hunalign', []), ('hunalign, realign', ['-realign'])):
            out.append(Contestant(name, ' '.join(['hunalign', *more]) + how, ['hunalign', *more, empty, *tokens],
                                  score=lambda path: score(ladder(path), sides)))
    bench.race(task, out, 'align A B')


def ours(path, a, b):
    """Pairs of byte spans as sets of sentence numbers on both sides."""
    answer = read_json(path)

    def numbers(file, span):
        if not span:
            return []
        data = file.read_bytes()
        first, last = data.count(b'\n', 0, span['start']), data.count(b'\n', 0, max(span['start'], span['end'] - 1))
        return list(range(first, last + 1))

    return [(numbers(a, p.get('a') or p.get('old')), numbers(b, p.get('b') or p.get('new'))) for p in answer['pairs']]


def beads(path):
    """Our driver of galechurch: [[source numbers], [target numbers]] a line."""
    return [tuple(json.loads(line)) for line in open(path)]


def ladder(path):
    """hunalign's rungs: numbers of the first sentences of each bead."""
    rungs = [[int(x) for x in re.split(r'\s+', line)[:2]] for line in open(path)]
    return [(list(range(p[0], q[0])), list(range(p[1], q[1]))) for p, q in zip(rungs, rungs[1:])]


def score(links, sides):
    (labels_a, _), (labels_b, _) = sides
    right = made = 0
    found = set()
    for left, other in links:
        if not left or not other:
            continue
        made += 1
        shared = {labels_a[i] for i in left} & {labels_b[j] for j in other}
        right += bool(shared)
        found |= shared
    both = set(labels_a) & set(labels_b)
    return {'link_p': right / max(1, made), 'link_r': len(found & both) / max(1, len(both))}
