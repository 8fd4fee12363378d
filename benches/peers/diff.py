"""W2: the book against eleven edited copies of it, word by word."""
import bisect
import os
import re

from measure import Contestant
from workloads import read_json, tokens

ASCII = re.compile(r'[^ \t\n\v\f\r]+')
VARIANTS = ('base', 'e01', 'e05', 'e20', 'mv30', 'e01mv30', 'e05mv30', 'e20mv30', 'rewrap', 'dehyph', 'dehyph_rewrap')


def run(bench):
    folder = bench.workloads.get('w2')
    if not folder:
        return
    base = folder / 'base.txt'
    for name in VARIANTS:
        bench.race(f'w2/{name}', contestants(bench, base, folder / f'{name}.txt', name))


def contestants(bench, old, new, name):
    v, out = bench.variorum, []
    asked = [v.path, 'diff', old, new]

    def score(_):
        """What is read is timed against the bar; it is scored by the same answer as JSON."""
        told = bench.untimed([*asked, '--json'])
        return score_json(told['out'], old.read_bytes(), new.read_bytes(), bench.workloads.moved(name))

    out.append(Contestant('variorum', 'diff A B', asked, score=score, ours=True))
    out.append(Contestant('variorum', 'diff A B --json', [*asked, '--json'], ours=True))
    if bench.peers.has('git'):
        # An own copy of the settings: none, so that the reader's configuration changes nothing.
        quiet = {'GIT_CONFIG_GLOBAL': os.devnull, 'GIT_CONFIG_SYSTEM': os.devnull}
        git = ['git', 'diff', '--no-index', '--word-diff=porcelain']
        out.append(Contestant('git', 'git diff --word-diff=porcelain', [*git, old, new], codes=(0, 1), env=quiet, score=score_git))
        out.append(Contestant('git, patience', '… --patience', [*git, '--patience', old, new], codes=(0, 1), env=quiet, score=score_git))
    if bench.peers.has('wdiff'):
        out.append(Contestant('wdiff', 'wdiff -s', ['wdiff', '-s', old, new], codes=(0, 1), score=score_statistics))
    if bench.peers.has('dwdiff'):
        out.append(Contestant('dwdiff', 'dwdiff -s', ['dwdiff', '-s', old, new], codes=(0, 1), score=score_statistics))
    if bench.all or (name in ('e01', 'e05', 'rewrap') and not bench.quick):
        slow_ones(bench, out, old, new, name)
    return out


def slow_ones(bench, out, old, new, name):
    limit = 600 if bench.all else 60
    once = None if bench.all else 1
    if bench.peers.has('node diff'):
        out.append(Contestant('jsdiff', 'diffWords', ['node', bench.peers.driver('run_jsdiff.js'), old, new],
                              env=bench.peers.node_env, timeout=limit, times=once, score=score_counts))
    if bench.peers.has('node diff-match-patch') and name != 'rewrap':
        out.append(Contestant('diff-match-patch', 'diff_main, 1 s as shipped',
                              ['node', bench.peers.driver('run_dmp.js'), old, new],
                              env=bench.peers.node_env, timeout=limit, times=once, score=score_counts))
    if bench.peers.has('python') and (name == 'e01' or bench.all):
        out.append(Contestant('python difflib', 'SequenceMatcher on words',
                              [bench.peers.python, bench.peers.driver('run_difflib.py'), old, new],
                              timeout=limit, times=once, score=score_counts))


def score_git(path):
    deleted = inserted = 0
    hunks = False
    for line in open(path, 'rb'):
        if line.startswith(b'@@'):
            hunks = True
        elif hunks and line.startswith(b'-'):
            deleted += len(line[1:].split())
        elif hunks and line.startswith(b'+'):
            inserted += len(line[1:].split())
    return {'changed': deleted + inserted}


def score_statistics(path):
    """wdiff and dwdiff: "old: 10 words  8 80% common  1 10% deleted  1 10% changed", after the text or on stderr."""
    changed = 0
    text = path.read_bytes()[-2000:] + path.with_suffix('.err').read_bytes()
    found = re.findall(rb'(\d+) words  (\d+) \d+% common', text)
    if len(found) < 2:
        raise ValueError('no statistics')
    for words, common in found[-2:]:
        changed += int(words) - int(common)
    return {'changed': changed}


def score_counts(path):
    """Our drivers of libraries print deleted and inserted words."""
    return {'changed': sum(int(x) for x in path.read_text().split()[:2])}


class Side:
    """One text, and what the answer says of its words."""

    def __init__(self, data):
        self.data, self.tokens = data, tokens(data)
        self.starts = [a for a, _ in self.tokens]

    def numbers(self, spans):
        """Numbers of the tokens that the byte spans touch."""
        touched, at = set(), 0
        for start, end in sorted(spans):
            while at > 0 and self.tokens[at - 1][1] > start:
                at -= 1
            while at < len(self.tokens) and self.tokens[at][1] <= start:
                at += 1
            n = at
            while n < len(self.tokens) and self.tokens[n][0] < end:
                touched.add(n)
                n += 1
        return touched

    def pieces(self, side):
        """The bytes of the words of a change: a word that is broken over a page has its running head in between."""
        start, end = side['start'], side['end']
        inside, wanted = self.data[start:end], folded(side['text'].encode())
        if folded(inside) == wanted:
            return [(start, end)]
        words = tokens(inside)
        if len(words) > 200:  # no word is broken over so much
            return [(start, end)]
        parts = [folded(inside[a:b]) for a, b in words]
        for gap in range(1, len(words)):
            for first in range(1, len(words) - gap):
                if ''.join(parts[:first] + parts[first + gap:]) == wanted:
                    return [(start, start + words[first - 1][1]), (start + words[first + gap][0], end)]
        return [(start, end)]

    def rest(self, start, end, without):
        """The characters from start to end that no span of `without` holds, as compared: no spaces, hyphens, typography."""
        out, at = [], start
        for a, b in sorted(without):
            if b <= start or a >= end:
                continue
            out.append(self.data[at:max(at, a)])
            at = max(at, b)
        out.append(self.data[at:end])
        return folded(b''.join(out))


def folded(data):
    text = data.decode('utf-8', errors='replace')
    return re.sub(r'[\s\-\u00ad\u2010-\u2015\u2212\'"\u2018-\u201f\u200b-\u200f\ufeff]+', '', text)


def within(spans, start, end):
    """Those of the sorted spans that can touch the bytes: spans of one list hardly overlap."""
    first = max(0, bisect.bisect_left(spans, (start,)) - 8)
    return spans[first:bisect.bisect_left(spans, (end,))]


def flat(changes):
    """Every deletion and insertion, those inside moves too."""
    for c in changes:
        if c['kind'] == 'move':
            yield from flat(c.get('inner') or [])
        else:
            yield c


def span(side):
    return (side['start'], side['end'])


def score_json(path, old_bytes, new_bytes, planted):
    """Counts from the changes of the answer, not from its own statistics; then whether they tell the truth.

    The changes apply when, moves taken out and paired, what is left of both texts is the same.
    """
    answer = read_json(path)
    old, new = Side(old_bytes), Side(new_bytes)
    changes = list(flat(answer['changes']))
    moves = [c for c in answer['changes'] if c['kind'] == 'move']
    gone = [s for c in changes if c['kind'] != 'insert' for s in old.pieces(c['old'])]
    came = [s for c in changes if c['kind'] != 'delete' for s in new.pieces(c['new'])]
    layer = answer.get('layer') or []
    apart_old = [span(c['old']) for c in layer if c['kind'] == 'layout']
    apart_new = [span(c['new']) for c in layer if c['kind'] == 'layout']
    words = sum(len(ASCII.findall(c[side]['text'])) for c in changes for side in ('old', 'new')
                if c['kind'] != {'old': 'insert', 'new': 'delete'}[side])
    told = answer['stats']['deleted'] + answer['stats']['inserted']
    if not .95 * words <= told <= words:  # a text as read may show a broken word in two runs, no more
        raise ValueError(f'stats tell {told} words, the changes hold {words}')
    result = {'changed': told, 'same_words': answer['same_words']}
    words = told
    runs = len(old.numbers(gone)) + len(new.numbers(came))
    if runs != words:
        result['runs'] = runs
    apart = len(old.numbers(apart_old)) + len(new.numbers(apart_new))
    if apart:
        result['layout'] = apart
    out_old = gone + apart_old
    out_new = came + apart_new
    applies = old.rest(0, len(old_bytes), out_old + [span(m['old']) for m in moves]) == \
        new.rest(0, len(new_bytes), out_new + [span(m['new']) for m in moves])
    out_old.sort()
    out_new.sort()
    for m in moves:
        (a, b), (c, d) = span(m['old']), span(m['new'])
        applies &= old.rest(a, b, within(out_old, a, b)) == new.rest(c, d, within(out_new, c, d))
    result['applies'] = applies
    if planted and planted[0]:
        result['moves'] = named(planted, moves, old, new)
        result['moves_named'] = len(moves)
    return result


def named(planted, moves, old, new):
    """Planted moves of which some named move holds half of the words on both sides."""
    pairs = [(old.numbers([span(m['old'])]), new.numbers([span(m['new'])])) for m in moves]
    place = planted[1]
    count = 0
    for words in planted[0]:
        held = sum(1 for w in words if any(w in a and place[w] in b for a, b in pairs))
        count += 2 * held >= len(words)
    return count
