"""Worst cases of a word diff: nothing in common, everything out of order, one word, fifty megabytes."""
import os
import random

from diff import score_git, score_json, score_statistics
from measure import Contestant


def run(bench):
    made = bench.work / 'made' / 'worst'
    made.mkdir(parents=True, exist_ok=True)
    small = bench.quick
    words = 20000 if small else 200000
    rng = random.Random('worst')
    cases = []

    def text(name, content):
        path = made / name
        path.write_text(content, encoding='utf-8')
        return path

    def prose(rng, count, vocabulary):
        row = [rng.choice(vocabulary) for _ in range(count)]
        return '\n'.join(' '.join(row[i:i + 12]) + ('\n' if i % 96 == 84 else '') for i in range(0, count, 12)) + '\n'

    left = [f'a{n:x}' for n in range(8000)]
    right = [f'b{n:x}' for n in range(8000)]
    shared = [f'w{n:x}' for n in range(3000)]
    cases.append(('nothing in common', text('left.txt', prose(rng, words, left)), text('right.txt', prose(rng, words, right))))
    cases.append(('unrelated, one vocabulary', text('one.txt', prose(rng, words, shared)), text('two.txt', prose(rng, words, shared))))
    if bench.book:
        lines = bench.book.read_bytes().decode(errors='replace').splitlines()
        rng.shuffle(lines)
        cases.append(('the book, its lines shuffled', bench.book, text('shuffled.txt', '\n'.join(lines) + '\n')))
    million = 50000 if small else 1000000
    cases.append(('one word a million times, half of it', text('same.txt', 'word\n' * million), text('half.txt', 'word\n' * (million // 2))))
    cases.append(('one word a million times, others in between',
                  text('mixed.txt', ''.join('word\n' if n % 100 else f'x{n}\n' for n in range(million))),
                  text('mixed2.txt', ''.join('word\n' if n % 97 else f'y{n}\n' for n in range(million)))))
    size = 1 if small else 40
    many = [rng.choice(shared) + str(rng.randrange(50)) for _ in range(size * 200000)]
    fifty = text('fifty.txt', ' '.join(many).replace('0 ', '0\n'))
    edited = [w if rng.random() > .01 else 'changed' for w in many]
    cases.append((f'{fifty.stat().st_size / 1e6:.0f} MB, one word of a hundred changed', fifty, text('fifty2.txt', ' '.join(edited).replace('0 ', '0\n'))))
    del many, edited
    for name, old, new in cases:
        bench.race(f'worst/{name}', contestants(bench, old, new))


def contestants(bench, old, new):
    limit = 300 if bench.all else 60
    out = [Contestant('variorum', 'diff A B --json', [bench.variorum.path, 'diff', old, new, '--json'], ours=True, timeout=limit, times=3,
                      score=lambda path: score_json(path, old.read_bytes(), new.read_bytes(), None))]
    if bench.peers.has('git'):
        quiet = {'GIT_CONFIG_GLOBAL': os.devnull, 'GIT_CONFIG_SYSTEM': os.devnull}
        out.append(Contestant('git', 'git diff --word-diff=porcelain', ['git', 'diff', '--no-index', '--word-diff=porcelain', old, new],
                              codes=(0, 1), env=quiet, timeout=limit, times=3, score=score_git))
    if bench.peers.has('wdiff'):
        out.append(Contestant('wdiff', 'wdiff -s', ['wdiff', '-s', old, new], codes=(0, 1), timeout=limit, times=3, score=score_statistics))
    return out
