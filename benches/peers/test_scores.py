"""The scorers must catch a wrong answer: `python3 benches/peers/test_scores.py`."""
import json
import pathlib
import sys
import tempfile
import types
import unittest

sys.dont_write_bytecode = True
import anchor  # noqa: E402
import collate  # noqa: E402
import diff  # noqa: E402
import measure  # noqa: E402
import translate  # noqa: E402
import who  # noqa: E402
from bars import judged  # noqa: E402

OLD = b'one two three four five six\n\nseven eight nine ten\n\neleven twelve\n'
NEW = b'one two THREE four\nfive six\n\neleven twelve\n\nseven eight nine ten\n'


def side(data, text):
    start = data.index(text)
    return {'start': start, 'end': start + len(text), 'text': text.decode()}


class Scores(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name) / 'answer.json'
        self.addCleanup(self.folder.cleanup)

    def answer(self, deleted=1, inserted=1, **data):
        if 'changes' in data:
            data['stats'] = {'deleted': deleted, 'inserted': inserted}
        self.path.write_text(json.dumps({'ok': True, 'data': data}))
        return self.path

    def test_a_diff_applies_only_when_every_change_is_told(self):
        replace = {'kind': 'replace', 'old': side(OLD, b'three'), 'new': side(NEW, b'THREE')}
        move = {'kind': 'move', 'old': side(OLD, b'eleven twelve'), 'new': side(NEW, b'eleven twelve')}
        planted = ([[10, 11]], {10: 6, 11: 7})
        told = diff.score_json(self.answer(same_words=False, changes=[replace, move]), OLD, NEW, planted)
        self.assertEqual(told, {'changed': 2, 'same_words': False, 'applies': True, 'moves': 1, 'moves_named': 1})
        self.assertFalse(diff.score_json(self.answer(0, 0, same_words=False, changes=[move]), OLD, NEW, planted)['applies'])
        wrong = dict(move, old=side(OLD, b'seven eight'))
        told = diff.score_json(self.answer(same_words=False, changes=[replace, wrong]), OLD, NEW, planted)
        self.assertFalse(told['applies'])
        self.assertEqual(told['moves'], 0)

    def test_a_head_inside_a_broken_word_is_not_part_of_it(self):
        old, new = b'a consid-\n\nThe Head\n\neration b', b'a x\n\nThe Head\n\n b'
        start = old.index(b'consid')
        word = {'start': start, 'end': old.index(b' b'), 'text': 'consideration'}
        change = {'kind': 'replace', 'old': word, 'new': side(new, b'x')}
        self.assertTrue(diff.score_json(self.answer(same_words=False, changes=[change]), old, new, None)['applies'])

    def test_words_changed_inside_a_move_count(self):
        inner = {'kind': 'replace', 'old': side(OLD, b'three'), 'new': side(NEW, b'THREE')}
        move = {'kind': 'move', 'old': side(OLD, b'two three four'), 'new': side(NEW, b'two THREE four'), 'inner': [inner]}
        told = diff.score_json(self.answer(same_words=False, changes=[move]), OLD[:27], NEW[:27], None)
        self.assertEqual((told['changed'], told['applies']), (2, True))

    def spans(self, *spans):
        text = pathlib.Path(self.folder.name) / 'last.txt'
        text.write_bytes(b'one two three')
        seen = []
        bench = types.SimpleNamespace(workloads=types.SimpleNamespace(
            score_attr=lambda truth, pred: seen.append(pred.read_text()) or {}))
        path = self.answer(spans=[{'start': a, 'end': b, 'revision': r} for a, b, r in spans])
        told = who.score_spans(bench, path, pathlib.Path(self.folder.name))
        return told['covers'], seen[0]

    def test_spans_must_cover_and_a_divided_word_is_nobody_s(self):
        self.assertEqual(self.spans((0, 4, 'M@1'), (4, 13, 'M@3')), (True, 'one\t0\ntwo\t2\nthree\t2\n'))
        self.assertFalse(self.spans((0, 4, 'M@1'), (5, 13, 'M@3'))[0])
        self.assertFalse(self.spans((0, 4, 'M@1'), (4, 12, 'M@3'))[0])
        self.assertIn('two\t-', self.spans((0, 5, 'M@1'), (5, 13, 'M@3'))[1])

    def test_a_collation_must_give_back_every_word(self):
        folder = pathlib.Path(self.folder.name)
        files = [folder / 'w00.txt', folder / 'w01.txt']
        files[0].write_text('a b c')
        files[1].write_text('a x c')
        seen = []
        bench = types.SimpleNamespace(workloads=types.SimpleNamespace(
            score_collate=lambda vertices, place, n: seen.append(vertices.read_text()) or {}))
        cell = lambda n: {'start': 2 * n, 'end': 2 * n + 1}
        rows = [{'readings': {str(files[0]): cell(n), str(files[1]): cell(n)}} for n in range(3)]
        vertices = folder / 'vertices'
        self.assertTrue(collate.score_rows(bench, {'rows': rows}, files, folder, vertices)['gives_back'])
        # Variants of one place are not the same word.
        self.assertIn('1.0.b\t0\t1\n', seen[0])
        self.assertIn('1.0.x\t1\t1\n', seen[0])
        self.assertFalse(collate.score_rows(bench, {'rows': rows[:2]}, files, folder, vertices)['gives_back'])
        moved = [{'readings': {str(files[0]): cell(0)}}, {'readings': {str(files[1]): dict(cell(0), moved_with=[0])}}, *rows[1:]]
        self.assertTrue(collate.score_rows(bench, {'rows': moved}, files, folder, vertices)['gives_back'])
        self.assertIn('0.0.a\t0\t0\n', seen[-1])
        self.assertIn('0.0.a\t1\t0\n', seen[-1])
        self.assertTrue(collate.same({'rows': rows}, {'rows': rows[::-1]}))
        self.assertFalse(collate.same({'rows': rows}, {'rows': rows[:2]}))

    def test_a_quotation_placed_wrong_or_silently_is_seen(self):
        quotes = [{'id': n} for n in range(4)]
        planted = {0: (0, 10), 1: (20, 30), 2: None, 3: None}
        answers = [('exact', False, 0, 10), ('fuzzy', False, 40, 50), ('fuzzy', True, 5, 9), ('fuzzy', False, 5, 9)]
        told = anchor.score(answers, quotes, planted)
        self.assertEqual((told['exact'], told['wrong'], told['damaged'], told['placed_silently']), (50, 1, 1, 1))

    def test_links_without_a_shared_label_are_wrong(self):
        sides = ((['1', '2'], None), (['1', '3'], None))
        self.assertEqual(translate.score([([0], [0]), ([1], [1])], sides), {'link_p': .5, 'link_r': 1})

    def test_a_bar_that_was_not_measured_is_not_reached(self):
        self.assertTrue(all(not good for _, good, _ in judged('w8/e20', {})))
        row = {'state': 'done', 'wall': .02, 'rss_mb': 1, 'quality': {'changed': 3286, 'applies': True}}
        self.assertEqual([good for _, good, _ in judged('w2/e01', row)], [False, False, True])

    def test_a_command_is_timed_and_a_runaway_is_killed(self):
        runner = measure.Runner()
        self.addCleanup(runner.close)
        run = runner.run(['sleep', '0.05'], timeout=5)
        self.assertTrue(.05 <= run['wall'] < 5 and run['code'] == 0)
        self.assertTrue(runner.run(['sleep', '30'], timeout=.05)['timed_out'])
        self.assertIn('failed', runner.run(['no-such-program-here']))


if __name__ == '__main__':
    unittest.main()
