"""W6: which revision introduced a phrase, of W3's and W4's histories."""
import subprocess

from measure import Contestant
from who import has_git, number, with_history
from workloads import read_json

SAMPLE = {'w3': 20, 'w4': 3}


def run(bench):
    for name in ('w3', 'w4'):
        folder = bench.workloads.get(name)
        if folder:
            one_and_all(bench, name, folder)


def one_and_all(bench, name, folder):
    lines = (folder / 'phrases.tsv').read_text(encoding='utf-8').splitlines()
    phrases = [(p, int(r)) for p, r in (line.split('\t') for line in lines)]
    few = phrases[:: max(1, len(phrases) // SAMPLE[name])][:SAMPLE[name]]
    batch = bench.work / 'made' / f'{name}-phrases.txt'
    batch.parent.mkdir(parents=True, exist_ok=True)
    batch.write_text(''.join(f'{p}\n' for p, _ in phrases), encoding='utf-8')
    out, every = [], []
    way, shown = asked(bench, name, few[0][0])
    if way:
        out.append(Contestant('variorum', shown.format('"six words"'), way(few[0][0]), ours=True,
                              score=lambda path: {'found': each(bench, way, few), 'of': len(few)}))
        every.append(Contestant('variorum', shown.format('--batch FILE'), way('--batch', batch), ours=True, codes=(0, 3),
                                score=lambda path: {'found': right(path, phrases), 'of': len(phrases)}))
    if bench.peers.has('git') and has_git(folder):
        git = ['git', '-C', folder / 'book.git', 'log', '--format=%H']
        out.append(Contestant('git', 'git log -S "six words"', [*git, '-S', few[0][0], '--', 'book.txt'], timeout=120,
                              score=lambda path: picked(folder, git, few)))
    bench.race(f'w6/{name} one', out, 'first seen')
    bench.race(f'w6/{name} all', every, 'first seen')


def asked(bench, name, phrase):
    """How an archive is asked for a phrase: (words or --batch FILE -> command, the command as shown)."""
    v = bench.variorum
    place = with_history(bench, name, bench.workloads.get(name))[0]
    if place and v.can('first'):
        return (lambda *what: [v.path, '-C', place, 'first', *what, '--in', 'M', '--json']), 'first {} --in M'
    if place and v.can('who', '--first'):
        def way(*what):
            return [v.path, '-C', place, 'who', 'M', *(what if len(what) > 1 else ('--first', *what)), '--json']
        if bench.untimed(way(phrase))['good']:
            return way, 'who M --first {}'
    return None, ''


def revision_of(item):
    return number(item['first'], {}) if item.get('first') else None


def each(bench, way, few):
    hits = 0
    for phrase, revision in few:
        run = bench.untimed(way(phrase))
        hits += run['good'] and revision_of(read_json(run['out'])['items'][0]) == revision
    return 100 * hits / len(few)


def right(path, phrases):
    items = read_json(path)['items']
    return 100 * sum(revision_of(a) == r for a, (_, r) in zip(items, phrases)) / len(phrases)


def picked(folder, git, few):
    """Phrases whose oldest hit of `git log -S` is right; and those for which it names a later change too."""
    listed = subprocess.run(['git', '-C', folder / 'book.git', 'log', '--format=%H', '--reverse', 'HEAD'],
                            capture_output=True, text=True, check=True).stdout.split()
    right = more = 0
    for phrase, revision in few:
        told = subprocess.run([*git, '-S', phrase, '--', 'book.txt'], capture_output=True, text=True).stdout.split()
        right += bool(told) and told[-1] == listed[revision]
        more += len(told) > 1
    return {'found': 100 * right / len(few), 'more': more, 'of': len(few)}
