"""Races: the same task done by several commands, in turns, so that a change of
the machine's mood meets all of them alike.

A command is run once first (its files are then in the page cache, which every
later run finds warm; that run counts only when it took over MEDIUM seconds), then
all take turns. The time is from the start of the process to its end, its output
in a file that is scored afterwards: what is timed is what is scored.
"""
import dataclasses
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

SLOW = 20.0    # seconds; over it a command is run once
MEDIUM = 4.0   # seconds; over it three times, unless --all
TURNS = 5


@dataclasses.dataclass
class Contestant:
    """One command that does a task."""
    name: str                     # 'git', 'variorum'
    shown: str                    # the command as the table shows it, short
    argv: list
    cwd: object = None
    env: dict = None
    stdin: object = None
    timeout: float = 60.0
    prepare: object = None        # called before each run, not timed
    score: object = None          # called with the file of the last output; returns {metric: value}
    codes: tuple = (0,)           # exit codes that mean done
    times: int = None             # runs at most
    scale: float = 1.0            # a sample's time is multiplied by this; the row is marked
    note: str = ''
    ours: bool = False


class Runner:
    """The small process that starts the commands."""

    def __init__(self):
        here = pathlib.Path(__file__).with_name('spawn.py')
        self.process = subprocess.Popen(
            [sys.executable, '-I', '-S', str(here)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, argv, *, cwd=None, env=None, stdin=None, stdout=None, stderr=None, timeout=None):
        order = {
            'argv': [str(a) for a in argv],
            'cwd': str(cwd) if cwd else None,
            'env': {**os.environ, **{k: str(v) for k, v in (env or {}).items()}},
            'stdin': str(stdin) if stdin else None,
            'stdout': str(stdout) if stdout else None,
            'stderr': str(stderr) if stderr else None,
            'timeout': timeout,
        }
        self.process.stdin.write(json.dumps(order) + '\n')
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def empty_process(runner):
    """Seconds that a process takes which does nothing: part of every time, and a sign of the machine's mood."""
    times = [runner.run(['true']).get('wall') for _ in range(9)]
    return statistics.median(t for t in times if t is not None) if any(times) else None


def busy():
    """Seconds of all processors spent working since the start of the machine, or None."""
    try:
        fields = [int(x) for x in open('/proc/stat').readline().split()[1:]]
    except OSError:
        return None
    idle = fields[3] + fields[4]
    return (sum(fields[:8]) - idle) / os.sysconf('SC_CLK_TCK')


class Load:
    """How much of the machine others took while a block ran."""

    def __enter__(self):
        self.before = os.getloadavg()[0]
        self.start, self.busy, self.ours = time.perf_counter(), busy(), 0.0
        self.harness = sum(os.times()[:2])
        return self

    def __exit__(self, *_):
        self.seconds = time.perf_counter() - self.start
        own = self.ours + sum(os.times()[:2]) - self.harness
        spent = None if self.busy is None else busy() - self.busy
        cores = os.cpu_count() or 1
        self.others = None if spent is None else min(1.0, max(0.0, (spent - own) / (self.seconds * cores)))

    def told(self):
        return {'load_before': round(self.before, 2), 'seconds': round(self.seconds, 1),
                'others': None if self.others is None else round(self.others, 3)}


def turns_for(wall, contestant, thorough):
    if wall > SLOW:
        turns = 1
    elif wall > MEDIUM and not thorough:
        turns = 3
    else:
        turns = TURNS
    return min(turns, contestant.times or turns)


def race(runner, load, contestants, out, *, thorough=False, say=lambda text: None):
    """Runs all in turns; returns one row for each, in order."""
    out.mkdir(parents=True, exist_ok=True)
    rows, runs, wanted = [], {}, {}

    def once(number, c):
        if c.prepare:
            c.prepare()
        base = out / f'{number}'
        run = runner.run(c.argv, cwd=c.cwd or out, env=c.env, stdin=c.stdin, timeout=c.timeout,
                         stdout=base.with_suffix('.out'), stderr=base.with_suffix('.err'))
        load.ours += run.get('user', 0) + run.get('sys', 0)
        return run

    for number, c in enumerate(contestants):
        first = once(number, c)
        bad = first.get('failed') or first['timed_out'] or first['code'] not in c.codes
        runs[number] = [first]
        wanted[number] = 0 if bad else turns_for(first['wall'], c, thorough)
        if wanted[number] > 1 and first['wall'] <= MEDIUM:
            runs[number] = []
        elif wanted[number] >= 1:
            wanted[number] -= 1
        say(f'    {c.name}: {first.get("wall", 0):.3f} s{" (failed)" if bad else ""}')
    for turn in range(TURNS):
        for number, c in enumerate(contestants):
            if turn < wanted[number]:
                runs[number].append(once(number, c))
    for number, c in enumerate(contestants):
        rows.append(row_of(c, runs[number], out / f'{number}.out', out / f'{number}.err'))
    return rows


def row_of(c, runs, stdout, stderr):
    row = {'name': c.name, 'shown': c.shown, 'ours': c.ours, 'n': len(runs), 'note': c.note,
           'sampled': c.scale != 1.0, 'quality': {}, 'state': 'done'}
    last = runs[-1]
    if last.get('failed'):
        row.update(state='failed', note=last['failed'])
        return row
    row['wall'] = statistics.median(r['wall'] for r in runs) * c.scale
    row['spread'] = [min(r['wall'] for r in runs) * c.scale, max(r['wall'] for r in runs) * c.scale]
    row['cpu'] = statistics.median(r['user'] + r['sys'] for r in runs) * c.scale
    row['rss_mb'] = max(r['rss_kb'] for r in runs) / 1024
    if last['timed_out']:
        row.update(state='timeout', note=f'killed after {c.timeout:.0f} s')
    elif last['code'] not in c.codes:
        text = stderr.read_text(errors='replace').strip().splitlines()
        row.update(state='failed', note=f'exit {last["code"]}: {text[-1][:100] if text else ""}')
    elif c.score:
        try:
            row['quality'] = c.score(stdout)
        except Exception as error:  # a score that fails is a result, and told
            row['note'] = f'{row["note"]} not scored: {type(error).__name__} {error}'.strip()
    return row
