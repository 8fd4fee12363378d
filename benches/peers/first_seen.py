"""W6: which revision introduced a phrase, of W3's and W4's histories."""
import json
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
    v = bench.variorum
    lines = (folder / 'phrases.tsv').read_text(encoding='utf-8').splitlines()
    phrases = [(p, int(r)) for p, r in (line.split('\t') for line in lines)]
    verb = next((x for x in ('first-seen', 'first', 'since') if v.can(x)), None)
    place = with_history(bench, name, folder)[0] if verb else None
    few = phrases[:: max(1, len(phrases) // SAMPLE[name])][:SAMPLE[name]]
    out = []
    if place:
        argv = [v.path, '-C', place, verb]
        out.append(Contestant('variorum', f'{verb} "six words" --in M --json', [*argv, few[0][0], '--in', 'M', '--json'], ours=True,
                              score=lambda path: {'found': each(bench, argv, few), 'of': len(few)}))
    if bench.peers.has('git') and has_git(folder):
        git = ['git', '-C', folder / 'book.git', 'log', '--format=%H']
        score = lambda path: picked(folder, git, few)
        out.append(Contestant('git', 'git log -S "six words"', [*git, '-S', few[0][0], '--', 'book.txt'], timeout=120, score=score))
    bench.race(f'w6/{name} one', out, 'first seen')
    if not place:
        bench.race(f'w6/{name} all', [], 'first seen')
        return
    batch = bench.work / 'made' / f'{name}-phrases.jsonl'
    batch.write_text(''.join(json.dumps({'quote': p}, ensure_ascii=False) + '\n' for p, _ in phrases), encoding='utf-8')
    bench.race(f'w6/{name} all', [Contestant(
        'variorum', f'{verb} --batch, {len(phrases)} phrases', [*argv, '--batch', batch, '--in', 'M', '--json'], ours=True,
        score=lambda path: {'found': batch_right(path, phrases)})])


def revision_of(answer):
    for key in ('first', 'revision', 'first_seen'):
        value = answer.get(key)
        if isinstance(value, dict):
            value = value.get('revision')
        if value:
            return number(str(value))
    return None


def each(bench, argv, few):
    right = 0
    for phrase, revision in few:
        run = bench.untimed([*argv, phrase, '--in', 'M', '--json'])
        right += run['good'] and revision_of(read_json(run['out'])) == revision
    return 100 * right / len(few)


def batch_right(path, phrases):
    answers = [json.loads(line) for line in open(path, encoding='utf-8')]
    answers = [a.get('data', a) for a in answers]
    if len(answers) == 1 and 'items' in answers[0]:
        answers = answers[0]['items']
    right = sum(revision_of(a) == r for a, (_, r) in zip(answers, phrases))
    return 100 * right / len(phrases)


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
