"""RESULTS.md from the kept figures of all blocks."""
import json

from bars import BARS, judged, written

TITLES = {
    'w1': 'W1: ingest of one book',
    'w2': 'W2: word diff, the book against an edited copy',
    'w3': 'W3: who wrote each word, 1,000 corrections',
    'w4': 'W4: who wrote each word, 10,000 corrections',
    'w5': 'W5: collation of many texts',
    'w6': 'W6: which revision introduced a phrase',
    'w7': 'W7: fixity and storage',
    'w8': 'W8: 10,000 quotations found again in the edited text',
    'translations': 'Translations paired sentence by sentence',
    'worst': 'Worst cases',
}
HEAD = '| task | who, command | time (runs) | × | memory | quality | bar | reached |\n|---|---|---|---|---|---|---|---|'


def page(results):
    blocks = []
    for name in TITLES:
        path = results / f'{name}.json'
        if path.exists():
            blocks.append(json.loads(path.read_text()))
    if not blocks:
        return '# Results\n\nNothing was run yet.\n'
    parts = [head(blocks), summary(blocks)]
    parts += [section(b) for b in blocks]
    parts.append(versions(blocks))
    return '\n\n'.join(p for p in parts if p) + '\n'


def head(blocks):
    machines = sorted({describe(b['machine']) for b in blocks})
    days = sorted({b['day'] for b in blocks})
    lines = ['# Peers and variorum on one machine', '']
    lines.append('Written by `python3 benches/peers --book BOOK --workloads DIR`; do not edit. '
                 'The bars stand in `benches/peers/bars.py`.')
    if any(b['quick'] for b in blocks):
        lines.append('**Quick run on a small text: a test of the harness, no measurement.**')
    lines += ['', f'Machine: {"; ".join(machines)}. Run on {", ".join(days)}. Program: {", ".join(sorted({b["variorum"] for b in blocks}))}.']
    lines += ['', 'How it is measured: whole processes, start to end, output into a file, page cache warm; the '
              'commands of one task take turns; the time is the median of 5 runs (3 over 4 s, 1 over 20 s), '
              'in brackets CPU time (user + system) and runs. “×” is the time as a multiple of variorum’s. '
              'Memory is the peak of the largest process (10 MB or less reads as 10 MB). '
              'Quality is taken from the output of the timed command, against the planted truth. '
              '“~” marks a time reckoned up from a sample. “!” marks a block during which other work took '
              'over 10 % of the machine: read the CPU time there.']
    return '\n'.join(lines)


def describe(m):
    return f'{m["cores"]} cores, {m["cpu"]} ({m["flags"]}), {m["memory"]}, {m["kernel"]}'


def summary(blocks):
    """Every bar that is not reached, in one place."""
    if any(b['quick'] for b in blocks):
        return ''
    reached, missed, short = 0, 0, []
    for b in blocks:
        for t in b['tasks']:
            ours = first_ours(t)
            bars = judged(t['task'], ours or {})
            failed = [(bar, have) for bar, good, have in bars if not good]
            reached += len(bars) - len(failed)
            missed += len(failed)
            if failed:
                have = 'not built' if ours['state'] == 'not built' else ', '.join(h for _, h in failed) + mark(b['load'])
                short.append((t['task'], ', '.join(bar for bar, _ in failed), have))
    seen = {t['task'] for b in blocks for t in b['tasks']}
    absent = [t for t in BARS if t not in seen and not t.startswith('translations/')]
    lines = ['## Bars', '', f'{reached} reached, {missed} not reached' + (f', {len(absent)} not run' if absent else '') + '.']
    if short:
        lines += ['', '| not reached | bar | measured |', '|---|---|---|']
        lines += [f'| {task} | {bar} | {have} |' for task, bar, have in short]
    if absent:
        lines += ['', f'Not run: {", ".join(absent)}.']
    return '\n'.join(lines)


def first_ours(task):
    return next((r for r in task['rows'] if r['ours']), None)


def loaded(load):
    return (load['others'] or 0) > .10


def mark(load):
    return ' !' if loaded(load) else ''


def section(block):
    load = block['load']
    others = 'not known' if load['others'] is None else f'{load["others"]:.0%}'
    lines = [f'## {TITLES[block["block"]]}', '',
             f'{block["day"]}; load average before: {load["load_before"]}; other work during the block: {others} of the machine'
             f'{"!" if loaded(load) else ""}; an empty process takes {seconds(load.get("empty") or 0)}; {load["seconds"]:.0f} s in all.']
    if block['tasks']:
        lines += ['', HEAD]
        for task in block['tasks']:
            lines += table(task, block['quick'])
    if block['notes']:
        lines += [''] + [f'- {n}' for n in block['notes']]
    return '\n'.join(lines)


def table(task, quick):
    lines, ours = [], first_ours(task)
    base = ours['wall'] if ours and ours['state'] == 'done' else None
    label = task['task'].split('/', 1)[1]
    for row in task['rows']:
        bars = judged(task['task'], row) if row is ours and not quick else []
        met = ''
        if bars:
            missed = [have for _, good, have in bars if not good]
            met = 'yes' if not missed else '**no**' if row['state'] == 'not built' else '**no**: ' + ', '.join(missed)
        cells = [label if row is task['rows'][0] else '', f'{row["name"]}: `{row["shown"]}`', time_of(row),
                 times(row, base, ours), memory(row), quality(row), ', '.join(bar for bar, _, _ in bars), met]
        lines.append('| ' + ' | '.join(c.replace('|', '/') for c in cells) + ' |')
    return lines


def seconds(value):
    if value < 1:
        return f'{value * 1000:.0f} ms' if value >= .01 else f'{value * 1000:.1f} ms'
    return f'{value:.1f} s' if value < 100 else f'{value:,.0f} s'


def time_of(row):
    if row['state'] in ('not built', 'failed'):
        return row['state']
    if 'wall' not in row:
        return ''
    if row['state'] == 'timeout':
        return f'> {seconds(row["wall"])}'
    about = '~' if row['sampled'] else ''
    return f'{about}{seconds(row["wall"])} ({seconds(row["cpu"])}, {row["n"]})'


def times(row, base, ours):
    if base is None or row is ours or 'wall' not in row or row['state'] == 'failed':
        return ''
    ratio = row['wall'] / base
    text = f'{ratio:,.0f}' if ratio >= 10 else f'{ratio:.1f}'
    return f'> {text}' if row['state'] == 'timeout' else text


def memory(row):
    return f'{row["rss_mb"]:,.0f} MB' if 'rss_mb' in row and row['state'] != 'failed' else ''


def quality(row):
    told = [written(k, v, row['quality']) for k, v in row['quality'].items() if not k.endswith('_true')]
    return ', '.join(told + ([row['note']] if row['note'] else []))


def versions(blocks):
    found, missing = {}, set()
    for b in blocks:
        found.update(b['versions'])
        missing.update(b['missing'])
    missing -= set(found)
    lines = ['## Versions', '', ', '.join(f'{k} {v}' for k, v in sorted(found.items(), key=lambda x: x[0].lower())) + '.']
    if missing:
        lines += ['', f'Not here: {", ".join(sorted(missing))}.']
    return '\n'.join(lines)
