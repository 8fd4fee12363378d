"""The workloads with their planted truth: where they are, or how they are made.

They come from a generator given by path (its functions w2, w34, w5, w8 and its
scorers are used as they are). Where the generator keeps no truth for a question
that is asked here (which paragraphs were moved, where a quotation stands after
moves), it is worked out by running the same seeded steps with an identity on
every word, and dropped when the result is not byte for byte the workload's text.
"""
import contextlib
import importlib.util
import io
import json
import os
import pathlib
import random
import re

WORDS = ('archive border council delegate evening frontier garden harbour island journey kitchen letter '
         'mountain notebook orchard protest quarter railway station teacher umbrella village witness '
         'yesterday signed agreed refused wrote heard crossed waited answered carried between before '
         'after against without under over and the of to in it was that with as for on by at from').split()


def made_up_book(path, words):
    """A text for smoke tests: paragraphs of seeded words, some lines broken with hyphens."""
    rng = random.Random('a made-up book')
    names = [''.join(rng.choice('bcdfghklmnprstvz') + rng.choice('aeiou') for _ in range(rng.randint(2, 4)))
             for _ in range(3000)]
    out, left = [], words
    while left > 0:
        size = min(left, rng.randint(25, 120))
        left -= size
        row = [rng.choice(WORDS) if rng.random() < .5 else rng.choice(names) for _ in range(size)]
        row[0] = row[0].capitalize()
        lines, line = [], ''
        for word in row:
            if len(line) + len(word) > 64 and rng.random() < .3 and len(word) > 5:
                lines.append(f'{line} {word[:3]}-'.strip())
                line = word[3:]
            elif len(line) + len(word) > 68:
                lines.append(line)
                line = word
            else:
                line = f'{line} {word}'.strip()
        out.append('\n'.join(lines + [line]) + '.')
    path.write_text('\n\n'.join(out) + '\n', encoding='utf-8')


class Workloads:
    """What is there; `missing(name)` says why something is not."""

    def __init__(self, folder, book, generator, quick, say):
        self.folder, self.book, self.quick, self.say = pathlib.Path(folder), book, quick, say
        self.generator = None
        self.generator_missing = None
        if generator and pathlib.Path(generator).is_file():
            spec = importlib.util.spec_from_file_location('workload_generator', generator)
            self.generator = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(self.generator)
        else:
            self.generator_missing = 'the generator of the workloads is not here (--generator)'

    def get(self, name):
        """The folder of a workload, made when it is not there; None and a reason said otherwise."""
        place = self.folder / name
        if self.ready(name):
            return place
        if not self.generator:
            self.say(f'{name}: not here, and {self.generator_missing}')
            return None
        if not self.book:
            self.say(f'{name}: not here, and no book to make it from (--book)')
            return None
        if place.exists():
            self.say(f'{name}: begun and not finished in its folder; wait for it, or remove it')
            return None
        # Made apart and renamed when whole, so that a second run never writes into the first.
        self.folder.mkdir(parents=True, exist_ok=True)
        made = self.folder / f'{name}.part-{os.getpid()}'
        self.say(f'    {name} is being made (w3 takes a minute, w4 ten)')
        small = self.quick
        make = {
            'w2': lambda: self.generator.w2(self.book, str(made)),
            'w3': lambda: self.generator.w34(self.book, str(made), 40 if small else 1000, 'w3', texts_every=1),
            'w4': lambda: self.generator.w34(self.book, str(made), 100 if small else 10000, 'w4'),
            'w5': lambda: self.generator.w5(self.book, str(made)),
            'w8': lambda: self.generator.w8(self.book, str(made)),
        }[name]
        with contextlib.redirect_stdout(io.StringIO()):
            make()
        made.rename(place)
        return place if self.ready(name) else None

    def ready(self, name):
        """The file that the generator writes last."""
        last = {'w2': 'truth.json', 'w3': 'phrases.tsv', 'w4': 'phrases.tsv', 'w5': 'book16/w15.ids',
                'w8': 'truth.tsv'}[name]
        return (self.folder / name / last).is_file()

    def scored(self, scorer, *args):
        """Runs a scorer of the generator and gives what it printed."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            getattr(self.generator, scorer)(*map(str, args))
        return out.getvalue()

    def score_attr(self, truth, pred):
        text = self.scored('score_attr', truth, pred)
        m = re.search(r'right ([\d.]+)%; readers \d+: ([\d.]+)%', text)
        return {'right': float(m.group(1)), 'right_readers': float(m.group(2))}

    def score_collate(self, vertices, folder, n):
        m = re.search(r'vertices (\d+) \(true (\d+)\) precision ([\d.]+) recall ([\d.]+)',
                      self.scored('score_collate', vertices, folder, n))
        return {'recall': float(m.group(4)), 'precision': float(m.group(3)),
                'vertices': int(m.group(1)), 'vertices_true': int(m.group(2))}

    def moved(self, name):
        """The planted moves of a w2 variant, and where each word of the base stands in it.

        Returns (moves, place): moves are lists of token numbers of the base text in
        the order of the variant; place maps a token of the base to its token in the
        variant. None when the steps do not give the workload's bytes.
        """
        g = self.generator
        if not g or not self.ready('w2'):
            return None
        head, toks = g.load(str(self.folder / 'w2/base.txt'))
        rows = [[t, s] for t, s in toks]
        edit = re.match(r'e(\d\d)', name)
        if edit:
            rows, where, _ = g.edit_words(rows, int(edit.group(1)) / 100, random.Random('w2' + edit.group(0)), g.vocab(toks))
            old_of = {n: o for o, n in enumerate(where) if n is not None}
        else:
            old_of = {n: n for n in range(len(rows))}
        rows = [[t, s, n] for n, (t, s) in enumerate(rows)]
        moves = []
        if name.endswith('mv30'):
            rng = random.Random('w2mv' + name[:-4])
            spans = g.paragraphs(rows)
            big = [i for i, (a, b) in enumerate(spans) if b - a >= 20]
            picked = sorted(random.Random('w2mv' + name[:-4]).sample(big, 30))
            rows, _ = g.move_paragraphs(rows, 30, rng)
            moves = [[old_of[n] for n in range(*spans[i]) if n in old_of] for i in picked]
        if g.dump(head, rows) != (self.folder / f'w2/{name}.txt').read_bytes().decode():
            return None
        place = {old_of[row[2]]: at for at, row in enumerate(rows) if row[2] in old_of}
        return moves, place


def tokens(data):
    """(start, end) bytes of each run of bytes without ASCII white space."""
    return [m.span() for m in re.finditer(rb'[^ \t\n\v\f\r]+', data)]


def read_json(path):
    """The data of an answer of the program, or an error that says what it said instead."""
    answer = json.loads(pathlib.Path(path).read_bytes())
    if not answer.get('ok'):
        raise ValueError(answer.get('error', {}).get('message', 'not ok'))
    return answer['data']
