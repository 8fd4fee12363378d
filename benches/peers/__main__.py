"""Peers and variorum on the same workloads, in one run: time, memory and quality.

    python3 benches/peers --book BOOK --workloads DIR [--only w2,w8] [--quick] [--all]

Needs only Python's standard library. Uses what is installed, installs nothing,
and says of the rest that it is not here. Every block's figures are kept as JSON in
the work folder; benches/RESULTS.md is written anew from all of them, so that
`--only w5` refreshes one table. The bars are in bars.py.
"""
import argparse
import json
import os
import pathlib
import platform
import re
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # nothing is left in the checkout
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import anchor  # noqa: E402
import collate  # noqa: E402
import diff  # noqa: E402
import first_seen  # noqa: E402
import fixity  # noqa: E402
import ingest  # noqa: E402
import measure  # noqa: E402
import report  # noqa: E402
import translate  # noqa: E402
import who  # noqa: E402
import workloads  # noqa: E402
import worst  # noqa: E402
from peers import Peers, Variorum  # noqa: E402

HOME = pathlib.Path(__file__).resolve().parents[2]
BLOCKS = {
    'w1': ingest.run, 'w2': diff.run, 'w3': who.run_w3, 'w4': who.run_w4, 'w5': collate.run,
    'w6': first_seen.run, 'w7': fixity.run, 'w8': anchor.run, 'translations': translate.run, 'worst': worst.run,
}


class Bench:
    """One run: where things are, and the rows so far."""

    def __init__(self, options):
        self.all, self.quick = options.all, options.quick
        self.work = pathlib.Path(options.work).resolve()
        self.results = self.work / 'results'
        for folder in (self.results, self.work / 'out', self.work / 'made'):
            folder.mkdir(parents=True, exist_ok=True)
        self.book = pathlib.Path(options.book).resolve() if options.book else None
        self.bitexts = pathlib.Path(options.bitexts).resolve() if options.bitexts else None
        self.notes, self.broken = [], []
        if self.quick and not self.book:
            self.book = self.work / 'made-up.txt'
            workloads.made_up_book(self.book, 30000)
        elif self.book and not self.book.is_file():
            self.say(f'the book is not here: {options.book}')
            self.book = None
        self.variorum = Variorum(pathlib.Path(options.variorum).resolve())
        self.peers = Peers(options.python, options.node_path)
        folder = options.workloads or self.work / 'workloads'
        self.workloads = workloads.Workloads(folder, self.book and str(self.book), options.generator, self.quick, self.say)
        self.runner = measure.Runner()
        self.kept = {} if options.again or self.quick else self.earlier()
        # Keys of the archives made here, apart from the user's own.
        os.environ['VARIORUM_PRIVATE'] = str(self.work / 'private')

    def say(self, text):
        print(text, file=sys.stderr, flush=True)
        if not text.startswith(' '):
            self.notes.append(text)

    def earlier(self):
        """Rows of peers that took over SLOW seconds in an earlier run on the machine at rest; --again runs them anew."""
        kept = {}
        for path in self.results.glob('*.json'):
            block = json.loads(path.read_text())
            same = block['machine'] == machine() and block['versions'] == self.peers.versions
            if block['quick'] or not same or report.loaded(block['load']):
                continue
            for task in block['tasks']:
                for row in task['rows']:
                    if not row['ours'] and row['state'] in ('done', 'timeout') and row.get('wall', 0) > measure.SLOW \
                            and row['n'] == 1 and not row['sampled']:
                        note = row['note'].replace('earlier run, ', '')
                        kept[(task['task'], row['name'], row['shown'])] = {**row, 'note': f'earlier run, {note}'.rstrip(', ')}
        return kept

    def block(self, name):
        self.rows, self.notes = [], []
        self.say(f'  {name}')
        with measure.Load() as self.load:
            empty = measure.empty_process(self.runner)
            try:
                BLOCKS[name](self)
            except Exception as error:  # one block that breaks must not take the others with it
                self.broken.append(name)
                self.say(f'{name}: stopped by {type(error).__name__}: {error}')
                if os.environ.get('PEERS_TRACE'):
                    raise
        told = {'block': name, 'tasks': self.rows, 'notes': self.notes, 'load': {**self.load.told(), 'empty': empty},
                'machine': machine(), 'versions': self.peers.versions, 'missing': self.peers.missing,
                'variorum': self.variorum.version, 'quick': self.quick, 'day': time.strftime('%Y-%m-%d')}
        kept = self.results / f'{name}.json'
        if not self.rows and kept.exists():
            return  # earlier figures are worth more than the note that nothing could be run
        kept.write_text(json.dumps(told, indent=1, ensure_ascii=False))

    def race(self, task, contestants, wanted=None):
        """Runs the contestants of a task in turns and keeps their rows.

        When none of them is ours, `wanted` is the command that the program lacks: it
        stands in the table all the same, its bars not reached.
        """
        self.say(f'  {task}')
        out = self.work / 'out' / task.replace('/', '_').replace(' ', '_')
        if self.quick:
            for c in contestants:
                c.times, c.timeout = 1, min(c.timeout, 10)
        early = {n: self.kept.get((task, c.name, c.shown)) for n, c in enumerate(contestants) if not c.ours}
        early = {n: row for n, row in early.items() if row}
        late = [c for n, c in enumerate(contestants) if n not in early]
        rows = measure.race(self.runner, self.load, late, out, thorough=self.all, say=self.say)
        for n, row in sorted(early.items()):
            rows.insert(n, row)
        if wanted and not any(c.ours for c in contestants):
            rows.insert(0, {'name': 'variorum', 'shown': wanted, 'ours': True, 'state': 'not built', 'n': 0,
                            'quality': {}, 'note': '', 'sampled': False})
        self.rows.append({'task': task, 'rows': rows})

    def untimed(self, argv, timeout=1200, **more):
        """Runs a command that a task needs before it; returns (done well, its output file)."""
        out = self.work / 'out' / 'setup'
        run = self.runner.run(argv, timeout=timeout, stdout=out, stderr=out.with_suffix('.err'), **more)
        self.load.ours += run.get('user', 0) + run.get('sys', 0)
        good = not run.get('failed') and run['code'] == 0
        if not good:
            err = out.with_suffix('.err')
            text = (err.read_text(errors='replace') if err.exists() else '') or (out.read_text(errors='replace') if out.exists() else '')
            self.say(f'not done: {" ".join(map(str, argv[1:3]))}: {run.get("failed") or run["code"]} {text.strip()[:200]}')
        run['good'] = good
        run['out'] = out
        return run

    def fresh(self, name):
        """An empty folder of that name."""
        place = self.work / 'made' / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        return place


def machine():
    cpu, memory = platform.processor() or platform.machine(), ''
    try:
        found = re.search(r'model name\s*: (.*)', open('/proc/cpuinfo').read())
        cpu = found.group(1) if found else cpu
        memory = int(re.search(r'MemTotal:\s*(\d+)', open('/proc/meminfo').read()).group(1))
        memory = f'{memory / 1048576:.0f} GiB'
    except OSError:
        pass
    flags = ''
    try:
        flags = ', '.join(f for f in ('sha_ni', 'avx2', 'avx512f') if f' {f} ' in open('/proc/cpuinfo').read())
    except OSError:
        pass
    return {'cores': os.cpu_count(), 'cpu': cpu, 'flags': flags, 'memory': memory,
            'kernel': f'{platform.system()} {platform.release().split("-")[0]}'}


def arguments():
    parser = argparse.ArgumentParser(prog='python3 benches/peers', description=__doc__.splitlines()[0])
    parser.add_argument('--book', help='a text of some 200,000 words (30,000 at least)')
    parser.add_argument('--workloads', metavar='DIR', help='folder of the workloads, made there when missing')
    parser.add_argument('--generator', default=str(HOME.parent / 'shared/bench/workloads.py'))
    parser.add_argument('--bitexts', metavar='DIR', help='pairs of translations; translate.py tells their form')
    parser.add_argument('--only', metavar='LIST', help=f'of {",".join(BLOCKS)}')
    parser.add_argument('--quick', action='store_true', help='one run each, on a small made-up text unless --book')
    parser.add_argument('--all', action='store_true', help='peers that take minutes too, in full')
    parser.add_argument('--again', action='store_true', help='peers over 20 s too, that an earlier run has timed')
    parser.add_argument('--variorum', default=str(HOME / 'target/release/variorum'))
    parser.add_argument('--python', default=os.environ.get('PEERS_PYTHON') or shutil.which('python3') or sys.executable,
                        help='the Python that has the peers (PEERS_PYTHON)')
    parser.add_argument('--node-path', default=os.environ.get('NODE_PATH', ''), help='folder of node modules')
    parser.add_argument('--work', help='archives, outputs and figures (default: target/peers)')
    parser.add_argument('--results', default=str(HOME / 'benches/RESULTS.md'), help='the page that is written')
    parser.add_argument('--report', action='store_true', help='write the page from the figures at hand, run nothing')
    return parser.parse_args()


def main():
    options = arguments()
    if options.quick and not options.work:
        # Figures of a smoke test do not take the place of real ones.
        with tempfile.TemporaryDirectory(prefix='peers-') as folder:
            options.work, options.results = folder, os.path.join(folder, 'RESULTS.md')
            return run(options)
    options.work = options.work or HOME / 'target/peers'
    run(options)


def run(options):
    names = options.only.split(',') if options.only else list(BLOCKS)
    unknown = [n for n in names if n not in BLOCKS]
    if unknown:
        sys.exit(f'no such block: {", ".join(unknown)}; there are {", ".join(BLOCKS)}')
    bench = Bench(options)
    if not options.report:
        if not bench.variorum.version:
            sys.exit(f'the program is not here: {options.variorum}; first: cargo build --release')
        if not bench.book:
            bench.say('no book (--book): only workloads that are there already')
        for name in names:
            bench.block(name)
            bench.broken += [t['task'] for t in bench.rows for r in t['rows']
                             if r['ours'] and (r['state'] in ('failed', 'timeout') or 'not scored' in r['note'])]
    bench.runner.close()
    page = report.page(bench.results)
    pathlib.Path(options.results).write_text(page, encoding='utf-8')
    print(f'written: {options.results}', file=sys.stderr)
    if options.quick:
        print(page)
    if bench.broken:
        sys.exit(f'not as it should be: {", ".join(bench.broken)}')


if __name__ == '__main__':
    main()
