"""W5: many copies of one text, aligned word by word; every word's descent is known."""

from measure import Contestant
from workloads import read_json, tokens

SIZES = (2, 4, 8, 16)


def run(bench):
    folder = bench.workloads.get('w5')
    if not folder:
        return
    for kind in ('chap', 'book'):
        for n in SIZES:
            if kind == 'book' and n in (4, 8) and not bench.all:
                continue
            place = folder / f'{kind}{n}'
            out = ours(bench, place, n, kind) + collatex(bench, place, n, kind)
            bench.race(f'w5/{kind}{n}', out, 'compare A B C…')
    cuts(bench, folder / 'chap2')


def ours(bench, place, n, kind):
    if not bench.variorum.can('compare', '...'):
        return []
    files = [place / f'w{i:02}.txt' for i in range(n)]
    shuffled = files[n // 2:][::-1] + files[:n // 2]

    def score(path):
        """What is read is timed against the bar; it is scored by the same answer as JSON."""
        answer = read_json(bench.untimed([*argv, '--json'])['out'])
        told = score_rows(bench, answer, files, place, path.with_suffix('.tsv'))
        if kind == 'chap':
            again = bench.untimed([bench.variorum.path, 'compare', *shuffled, '--json'])
            told['order_free'] = again['good'] and same(answer, read_json(again['out']))
        return told

    argv = [bench.variorum.path, 'compare', *files]
    return [Contestant('variorum', f'compare, {n} texts', argv, ours=True, timeout=300, score=score),
            Contestant('variorum', f'compare, {n} texts, --json', [*argv, '--json'], ours=True, timeout=300)]


def cells(answer):
    """{path: [(row, start, end)]} in the order of each text."""
    held = {}
    for number, row in enumerate(answer['rows']):
        for text, cell in row['readings'].items():
            if cell:
                held.setdefault(text, []).append((number, cell['start'], cell['end']))
    return {text: sorted(c, key=lambda x: x[1:]) for text, c in held.items()}


def score_rows(bench, answer, files, place, vertices):
    """One vertex for equal words at one place of one row, and of the rows that it was moved with.

    Words of a longer cell are paired by their place in it. Different words in one row
    are variants of each other, not the same word.
    """
    held, passage = cells(answer), moved_together(answer['rows'])
    gives_back = True
    with open(vertices, 'w') as out:
        for number, path in enumerate(files):
            data = path.read_bytes()
            words, mine = tokens(data), held.get(str(path), [])
            at = 0
            for row, start, end in mine:
                inside = 0
                while at < len(words) and words[at][1] <= start:
                    # What the workload takes for a word may be a lone no-break space: that is none.
                    gives_back &= data[slice(*words[at])].decode().isspace()
                    at += 1
                while at < len(words) and words[at][0] < end:
                    word = data[slice(*words[at])].decode()
                    out.write(f'{passage[row]}.{inside}.{word}\t{number}\t{at}\n')
                    inside, at = inside + 1, at + 1
            gives_back &= at == len(words)
    told = bench.workloads.score_collate(vertices, place, len(files))
    told['gives_back'] = gives_back
    moved = sum(1 for row in answer['rows'] if any(c and c.get('moved_with') for c in row['readings'].values()))
    if moved:
        told['moved_rows'] = moved
    return told


def moved_together(rows):
    """For each row the first of the rows that it was moved with (union of all that name each other)."""
    first = list(range(len(rows)))

    def root(n):
        while first[n] != n:
            first[n] = first[first[n]]
            n = first[n]
        return n

    for number, row in enumerate(rows):
        for cell in row['readings'].values():
            for other in (cell or {}).get('moved_with') or ():
                a, b = root(number), root(other)
                first[max(a, b)] = min(a, b)
    return [root(n) for n in range(len(rows))]


def same(a, b):
    """The same rows, as sets of places, whatever the order of texts and rows."""
    def rows(answer):
        return {tuple(sorted((t, c['start'], c['end']) for t, c in r['readings'].items() if c)) for r in answer['rows']}
    return rows(a) == rows(b)


def collatex(bench, place, n, kind):
    if not bench.peers.has('collatex', 'Levenshtein') or kind == 'book' or bench.quick or (n > 2 and not bench.all):
        return []
    files = [place / f'w{i:02}.txt' for i in range(n)]
    return [Contestant('CollateX python', 'collate, graph', collatex_argv(bench, files), times=1,
                       timeout=600 if bench.all else 60,
                       score=lambda path: bench.workloads.score_collate(path, place, n))]


def collatex_argv(bench, files, words=0):
    return [bench.peers.python, bench.peers.driver('run_collatex.py'), str(words), *files]


def cuts(bench, place):
    """The sizes that CollateX python manages, for a figure of how its time grows; ours on the same words."""
    if not bench.peers.has('collatex', 'Levenshtein') or bench.quick:
        return
    for words in (500, 1000, 2000):
        made = bench.fresh(f'cut{words}')
        files = []
        for i in range(2):
            data = (place / f'w{i:02}.txt').read_bytes()
            files.append(made / f'w{i:02}.txt')
            files[-1].write_bytes(data[:tokens(data)[words - 1][1]] + b'\n')
            ids = (place / f'w{i:02}.ids').read_text().split('\n')
            (made / f'w{i:02}.ids').write_text('\n'.join(ids[:words]))
        out = []
        if bench.variorum.can('compare', '...'):
            out.append(Contestant('variorum', 'compare, 2 texts, --json', [bench.variorum.path, 'compare', *files, '--json'], ours=True,
                                  score=lambda path, f=files, m=made: score_rows(bench, read_json(path), f, m, path.with_suffix('.tsv'))))
        out.append(Contestant('CollateX python', 'collate, graph', collatex_argv(bench, files), times=1, timeout=60,
                              score=lambda path, m=made: bench.workloads.score_collate(path, m, 2)))
        bench.race(f'w5/2 × {words} words', out, 'compare A B C…')
