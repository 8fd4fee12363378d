"""W3, W4: who wrote each word of the last revision, after 1,000 and 10,000 corrections.

Recorded: the corrections are given as edits, so that nothing is guessed. Inferred:
only full texts are given. Both are scored word by word against the planted truth.
"""
import os
import re
import subprocess
import sys

from ingest import archive
from measure import Contestant
from workloads import read_json

HERE = os.path.dirname(os.path.abspath(__file__))


def run_w3(bench):
    run(bench, 'w3')


def run_w4(bench):
    run(bench, 'w4')


def run(bench, name):
    folder = bench.workloads.get(name)
    if not folder:
        return
    recorded(bench, name, folder)
    inferred(bench, name, folder)


def with_history(bench, name, folder):
    """An archive with the book and its corrections imported, made once for W3/W4, W6 and W7; (place, seconds)."""
    v = bench.variorum
    place = bench.work / 'made' / f'{name}-archive'
    note = bench.work / 'made' / f'{name}-archive.seconds'
    stamp = f'{os.path.getmtime(v.path)} {v.version}'
    if place.is_dir() and note.is_file() and note.read_text().split('\n')[1:] == [stamp]:
        return place, float(note.read_text().split('\n')[0])
    if not v.can('import', 'edits'):
        return None, 0
    edits = bench.work / 'made' / f'{name}-edits.jsonl'
    edits.parent.mkdir(parents=True, exist_ok=True)
    if not edits.is_file():
        converter = os.path.join(os.path.dirname(HERE), 'splices.py')
        made = subprocess.run([sys.executable, converter, bench.workloads.book, folder / 'revs.jsonl', edits],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if made.returncode:
            bench.say(f'{name}: the splices could not be turned into edits: {made.stderr.strip()[-200:]}')
            edits.unlink(missing_ok=True)
            return None, 0
    place = archive(bench, f'{name}-archive')
    if not place:
        return None, 0
    # The book and its corrections as one batch.
    done = bench.untimed([v.path, '-C', place, 'import', 'edits', edits, '--to', 'M', '--base', bench.workloads.book, '--json'])
    if not done['good']:
        return None, 0
    note.write_text(f'{done["wall"]}\n{stamp}')
    return place, done['wall']


def recorded(bench, name, folder):
    v, task = bench.variorum, f'{name}/recorded'
    place, took = with_history(bench, name, folder)

    def score(path):
        told = score_spans(bench, path, folder)
        last = bench.untimed([v.path, '-C', place, 'show', 'M', '--raw'])
        told['gives_back'] = last['good'] and last['out'].read_bytes() == (folder / 'last.txt').read_bytes()
        return told

    out = [Contestant(
        'variorum', 'who M --json', [v.path, '-C', place, 'who', 'M', '--json'], ours=True, timeout=300, score=score,
        note=f'import of all edits took {took:.1f} s')] if place else []
    bench.race(task, out, 'import edits, who M')


def inferred(bench, name, folder):
    v, task, out = bench.variorum, f'{name}/inferred', []
    big = name == 'w4'
    if v.can('who', '--history') and ((folder / 'full').is_dir() or has_git(folder)):
        out.append(Contestant('variorum', 'who --history … --json', history_argv(bench, name, folder), ours=True, timeout=600,
                              score=lambda path: score_spans(bench, path, folder)))
    if big and bench.peers.has('git') and has_git(folder):
        read = "git rev-list --reverse HEAD | sed 's/$/:book.txt/' | git cat-file --batch | wc -c"
        out.append(Contestant('git, reading only', 'git cat-file --batch', ['sh', '-c', read], cwd=folder / 'book.git', timeout=600,
                              note='all full texts taken out of the repository: the least that any reader of it needs'))
    if bench.peers.has('git') and has_git(folder):
        git = ['git', '-C', folder / 'book.git', 'blame', '-s', '-l']
        score = lambda path: score_blame(bench, path, folder)
        out.append(Contestant('git', 'git blame', [*git, 'HEAD', '--', 'book.txt'], timeout=300, score=score))
        if not big or bench.all:
            out.append(Contestant('git, -w -C', 'git blame -w -C', [*git, '-w', '-C', 'HEAD', '--', 'book.txt'],
                                  timeout=600, score=score))
    if bench.peers.has('WikiWho') and not bench.quick:
        driver = [bench.peers.python, bench.peers.driver('run_wikiwho.py')]
        if not big or bench.all:
            source = folder / ('book.git' if big else 'full')
            out.append(Contestant('WikiWho', 'analyse_article', [*driver, source, folder / 'last.txt'], timeout=3600, times=1,
                                  score=lambda path: bench.workloads.score_attr(folder / 'truth.tsv', path)))
        else:
            few = 60
            out.append(Contestant('WikiWho', 'analyse_article', [*driver, folder / 'book.git', '-', str(few)], timeout=300, times=1,
                                  scale=10001 / few, note=f'from the first {few} revisions, not scored'))
    bench.race(task, out, 'who --history')


def has_git(folder):
    return (folder / 'book.git' / 'HEAD').is_file()


def history_argv(bench, name, folder):
    source = folder / 'full' if (folder / 'full').is_dir() else f'{folder}/book.git:book.txt'
    return [bench.variorum.path, 'who', '--history', source, '--json']


def commits(folder):
    """{commit: its number from 0}; git's own list of a file leaves out those that change nothing in it."""
    listed = subprocess.run(['git', '-C', folder / 'book.git', 'log', '--format=%H', '--reverse', 'HEAD'],
                            capture_output=True, text=True, check=True).stdout.split()
    return {c: n for n, c in enumerate(listed)}


def number(told, by_name):
    """A revision of an answer, `M@17`, a commit, or with its place from 1, as the workload counts: from 0."""
    if told['revision'] in by_name:
        return by_name[told['revision']]
    if told.get('number') is not None:
        return told['number'] - 1
    return int(told['revision'].rsplit('@', 1)[1]) - 1


def score_spans(bench, path, folder):
    """The spans of the answer as one revision a word; then the generator's own scorer."""
    answer = read_json(path)
    data = (folder / 'last.txt').read_bytes()
    by_name = commits(folder) if has_git(folder) else {}
    spans = [(s['start'], s['end'], number(s, by_name)) for s in answer['spans']]
    covers = bool(spans) and spans[0][0] == 0 and spans[-1][1] == len(data) and \
        all(a[1] == b[0] for a, b in zip(spans, spans[1:]))
    pred, at = path.with_suffix('.tsv'), 0
    with open(pred, 'w', encoding='utf-8', newline='\n') as out:
        for m in re.finditer(rb'[^ \t\n\v\f\r]+', data):
            while at < len(spans) and spans[at][1] <= m.start():
                at += 1
            held = {r for s, e, r in spans[at:at + 64] if s < m.end() and e > m.start()}
            # A word that is given to two revisions is given to none.
            out.write(f'{m.group().decode()}\t{held.pop() if len(held) == 1 else "-"}\n')
    told = bench.workloads.score_attr(folder / 'truth.tsv', pred)
    told['covers'] = covers
    return told


def score_blame(bench, path, folder):
    """Each line of blame gives its revision to the words of that line."""
    number_of = commits(folder)
    number_of.update({c[:39]: n for c, n in list(number_of.items())})
    lines = (folder / 'last.txt').read_bytes().split(b'\n')
    told = path.read_bytes().split(b'\n')
    pred = path.with_suffix('.tsv')
    with open(pred, 'w', encoding='utf-8', newline='\n') as out:
        for line, by in zip(lines, told):
            if not line.strip():
                continue
            r = number_of[by.split()[0].decode().lstrip('^')]
            for m in re.finditer(rb'[^ \t\n\v\f\r]+', line):
                out.write(f'{m.group().decode()}\t{r}\n')
    return bench.workloads.score_attr(folder / 'truth.tsv', pred)
