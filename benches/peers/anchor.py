"""W8: 10,000 quotations of the book found again in the edited text; with moved paragraphs too."""
import json
import re

from measure import Contestant

SAMPLES = {'rapidfuzz': 100, 'edlib': 40}


def run(bench):
    folder = bench.workloads.get('w8')
    if not folder:
        return
    quotes = [json.loads(line) for line in open(folder / 'quotes.jsonl', encoding='utf-8')]
    old = (folder / 'old.txt').read_bytes().decode()
    planted = {}
    for line in open(folder / 'truth.tsv', encoding='utf-8'):
        number, a, b, _ = line.rstrip('\n').split('\t')
        planted[int(number)] = None if a == '-' else (int(a), int(b))
    task(bench, 'e20', folder / 'old.txt', folder / 'new.txt', quotes, planted, old)
    w2 = bench.workloads.get('w2')
    moved = bench.workloads.moved('e20mv30') if w2 else None
    if moved:
        new = w2 / 'e20mv30.txt'
        task(bench, 'e20mv30', folder / 'old.txt', new, quotes, truth_with_moves(old, new, quotes, moved), old)
    else:
        bench.say('W8 with moves: the planted moves are not known, not run')


def truth_with_moves(old, new, quotes, moved):
    """As the generator says it for e20; a quotation that a move cut in two has no true place ('cut')."""
    _, place = moved
    words = lambda text: [m.span() for m in re.finditer(r'[^ \t\n\v\f\r]+', text)]
    old_words, new_words = words(old), words(new.read_bytes().decode())
    number = {a: n for n, (a, _) in enumerate(old_words)}
    ends = {b: n for n, (_, b) in enumerate(old_words)}
    planted = {}
    for q in quotes:
        first, last = number[q['start']], ends[q['start'] + len(q['exact'])]
        left = [place[n] for n in range(first, last + 1) if n in place]
        if 2 * len(left) < last - first + 1:
            planted[q['id']] = None
        elif left != sorted(left) or left[-1] - left[0] > 2 * (last - first + 1) + 10:
            planted[q['id']] = 'cut'
        else:
            planted[q['id']] = (new_words[left[0]][0], new_words[left[-1]][1])
    return planted


def task(bench, name, old, new, quotes, planted, text):
    v, out = bench.variorum, []
    batch = bench.work / 'made' / 'quotes.jsonl'
    batch.parent.mkdir(parents=True, exist_ok=True)
    with open(batch, 'w', encoding='utf-8') as f:
        for q in quotes:
            f.write(json.dumps({'quote': q['exact'], 'prefix': q['prefix'], 'suffix': q['suffix'],
                                'start': len(text[:q['start']].encode())}, ensure_ascii=False) + '\n')
    if v.can('locate', '--batch', '--from'):
        argv = [v.path, 'locate', '--batch', batch, '--from', old, '--in', new, '--json']
        out.append(Contestant('variorum', 'locate --batch Q --from A --in B', argv, ours=True, codes=(0, 3), timeout=300,
                              score=lambda path: score(placed(path, new), quotes, planted)))
    for peer, few in SAMPLES.items():
        if bench.peers.has(peer) and (name == 'e20' or bench.all):
            count = few * (10 if bench.all else 1)
            sample = quotes[::len(quotes) // count][:count]
            some = bench.work / 'made' / f'quotes-{peer}.jsonl'
            some.write_text(''.join(json.dumps(q, ensure_ascii=False) + '\n' for q in sample), encoding='utf-8')
            out.append(Contestant(peer, {'rapidfuzz': 'partial_ratio_alignment', 'edlib': 'align, HW'}[peer],
                                  [bench.peers.python, bench.peers.driver(f'run_{peer}.py'), some, new],
                                  scale=len(quotes) / count, times=1, timeout=600, note=f'from {count} quotations',
                                  score=lambda path, s=sample: score(pairs(path), s, planted)))
    bench.race(f'w8/{name}', out, 'locate --batch Q --from A --in B')


def placed(path, new):
    """Answers line by line, bytes turned into characters; (outcome, damaged, start, end)."""
    data = new.read_bytes()
    chars, byte, char = {}, 0, 0
    wanted, answers = set(), []
    for line in open(path, encoding='utf-8'):
        answer = json.loads(line)
        answer = answer.get('data', answer) if 'ok' in answer else answer
        answers.append(answer)
        wanted.update(x for x in (answer.get('start'), answer.get('end')) if x is not None)
    for at in sorted(wanted):
        char += len(data[byte:at].decode())
        byte = at
        chars[at] = char
    out = []
    for a in answers:
        whole = a.get('start') is not None
        out.append((a['resolution'], bool(a.get('damaged')), chars[a['start']] if whole else None, chars[a['end']] if whole else None))
    return out


def pairs(path):
    out = []
    for line in open(path):
        a, b = line.split()
        out.append(('lost', False, None, None) if a == '-' else ('fuzzy', False, int(a), int(b)))
    return out


def score(answers, quotes, planted):
    """Against the planted places. Damaged: under half of the words left; a right answer says damaged or lost."""
    if len(answers) != len(quotes):
        raise ValueError(f'{len(answers)} answers to {len(quotes)} quotations')
    whole = exact = good = wrong = lost = damaged = silently = damaged_true = cut = 0
    for (outcome, marked, a, b), q in zip(answers, quotes):
        truth = planted[q['id']]
        if truth == 'cut':
            cut += 1
            continue
        if truth is None:
            damaged_true += 1
            said = marked or a is None
            damaged += said
            silently += not said
            continue
        whole += 1
        if a is None:
            lost += 1
            continue
        inter = max(0, min(b, truth[1]) - max(a, truth[0]))
        exact += (a, b) == truth
        good += inter / (max(b, truth[1]) - min(a, truth[0])) >= .8
        wrong += inter == 0
    told = {'exact': 100 * exact / whole, 'good': 100 * good / whole, 'lost': lost, 'wrong': wrong}
    if damaged_true:
        told.update(damaged=damaged, damaged_true=damaged_true, placed_silently=silently)
    if cut:
        told['cut'] = cut
    return told
