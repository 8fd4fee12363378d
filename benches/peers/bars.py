"""The bars, as data: what the program is held to, on each task.

A bar is (metric, comparison, value). Times are wall, from the start of the
process to its end, in milliseconds; memory is the peak in MB; shares are
percent. A bar on a metric that was not measured is not reached.
"""

# metric -> (how it is written, what it means)
METRICS = {
    'ms': ('{:,.0f} ms', 'wall time'),
    'rss': ('{:,.0f} MB', 'peak memory'),
    'changed': ('{:,.0f} words', 'words deleted + inserted; a word broken over two lines is one'),
    'runs': ('{:,.0f} runs', 'the same in runs without white space, where a broken word is two'),
    'layout': ('{:,.0f} as layout', 'such words listed apart as layout or typography'),
    'same_words': ('{}', 'says that no word differs'),
    'moves': ('{:,.0f} moves', 'planted moved paragraphs that are named as moved'),
    'moves_named': ('{:,.0f} named in all', 'moves named, planted or not'),
    'applies': ('{}', 'the changes, applied to the old text, give the new one'),
    'covers': ('{}', 'the spans cover the text without gap or overlap'),
    'stored': ('{:,.2f} MB', 'bytes on disk'),
    'right': ('{:.2f} % right', 'words given to the revision that wrote them'),
    'right_readers': ('{:.2f} % of readers', 'the same, of the words not in the first revision'),
    'recall': ('R {:.5f}', 'pairs of words of one descent that are aligned'),
    'precision': ('P {:.5f}', 'aligned pairs that are of one descent'),
    'vertices': ('{:,.0f} vertices', 'rows of aligned words'),
    'order_free': ('{}', 'the texts in another order give the same result'),
    'gives_back': ('{}', 'what was put in comes out byte for byte'),
    'found': ('{:.1f} % right', 'phrases whose first revision is right'),
    'of': ('of {:,.0f}', 'phrases asked for'),
    'more': ('{:,.0f} with a later change named too', 'phrases for which a re-wrap or move is named as well'),
    'ms_each': ('{:,.2f} ms each', 'wall time for one of many'),
    'exact': ('{:.2f} % exact', 'quotations placed at exactly the true span'),
    'good': ('{:.2f} % IoU ≥ .8', 'quotations placed with four fifths of the true span'),
    'wrong': ('{:,.0f} wrong', 'quotations placed where the true span is not'),
    'lost': ('{:,.0f} lost', 'quotations that stand in the text and were not placed'),
    'damaged': ('{:,.0f} of {} damaged', 'quotations that lost half of their words, and reported so'),
    'placed_silently': ('{:,.0f} placed silently', 'quotations that lost half of their words, placed as if whole'),
    'checked': ('{:,.0f} checked', 'objects that the check counted'),
    'ok': ('{}', 'the check finds the archive whole'),
    'cut': ('{:,.0f} cut in two', 'quotations that a move cut in two: not scored'),
    'moved_rows': ('{:,.0f} rows moved', 'rows that are named as moved with others'),
    'link_p': ('P {:.3f}', 'links that are right'),
    'link_r': ('R {:.3f}', 'verses found'),
}

YES = [('same_words', '==', True)]

BARS = {
    'w1/add': [('ms', '<=', 15), ('stored', '<=', 0.34), ('gives_back', '==', True)],

    'w2/e01': [('ms', '<=', 15), ('changed', '<=', 3285), ('applies', '==', True)],
    'w2/e05': [('ms', '<=', 20), ('changed', '<=', 16282), ('applies', '==', True)],
    'w2/e20': [('ms', '<=', 40), ('changed', '<=', 64928), ('applies', '==', True)],
    'w2/mv30': [('moves', '>=', 30), ('applies', '==', True)],
    'w2/e01mv30': [('moves', '>=', 30), ('applies', '==', True)],
    'w2/e05mv30': [('changed', '<=', 16300), ('moves', '>=', 30), ('applies', '==', True)],
    'w2/e20mv30': [('moves', '>=', 28), ('applies', '==', True)],
    'w2/rewrap': YES, 'w2/dehyph': YES, 'w2/dehyph_rewrap': YES,

    'w3/recorded': [('ms', '<=', 100), ('right', '>=', 100), ('covers', '==', True), ('rss', '<=', 150), ('gives_back', '==', True)],
    'w4/recorded': [('ms', '<=', 500), ('right', '>=', 100), ('covers', '==', True), ('rss', '<=', 150), ('gives_back', '==', True)],
    'w3/inferred': [('ms', '<=', 2000), ('right', '>=', 99.8), ('covers', '==', True)],
    'w4/inferred': [('ms', '<=', 15000), ('right', '>=', 99), ('covers', '==', True), ('rss', '<=', 300)],

    'w5/chap16': [('ms', '<=', 20), ('recall', '>=', .998), ('precision', '>=', .9999), ('vertices', '<=', 6850),
                  ('order_free', '==', True), ('gives_back', '==', True)],
    'w5/book16': [('ms', '<=', 2000), ('rss', '<=', 400), ('recall', '>=', .998), ('vertices', '<=', 280000),
                  ('gives_back', '==', True)],

    'w6/w3 one': [('ms', '<=', 5), ('found', '>=', 100)],
    'w6/w4 one': [('ms', '<=', 5), ('found', '>=', 100)],
    'w6/w3 all': [('ms', '<=', 50), ('found', '>=', 100)],
    'w6/w4 all': [('ms', '<=', 50), ('found', '>=', 100)],

    'w7/w3 full': [('ms', '<=', 30), ('ok', '==', True)],
    'w7/w4 full': [('ms', '<=', 300), ('ok', '==', True)],
    'w7/w4 flat': [('ms', '<=', 5000), ('ok', '==', True)],
    'w7/w3 stored': [('stored', '<=', 0.5)],
    'w7/w4 stored': [('stored', '<=', 1.4)],

    'w8/e20': [('ms', '<=', 45), ('exact', '>=', 99.9), ('wrong', '<=', 0), ('placed_silently', '<=', 0)],
    'w8/e20mv30': [('exact', '>=', 99.5), ('wrong', '<=', 0), ('placed_silently', '<=', 0)],
}

# Translations: hunalign -realign on each pair, from the measurements of the peers.
HUNALIGN = {
    'en-vi matthew': (.75, .85), 'en-vi john': (.75, .87), 'en-vi acts': (.57, .65), 'en-ru genesis': (.76, .88),
    'en-hy genesis': (.72, .84), 'en-ru exodus': (.71, .81), 'en-hy exodus': (.61, .70),
}
for pair, (p, r) in HUNALIGN.items():
    BARS[f'translations/{pair}'] = [('ms', '<=', 300), ('link_p', '>=', p), ('link_r', '>=', r)]


def written(metric, value, row=None):
    """A value as the tables show it."""
    form = METRICS[metric][0]
    if metric == 'damaged':
        return form.format(value, (row or {}).get('damaged_true', '?'))
    if isinstance(value, bool):
        yes, no = {'same_words': ('no change of words', 'words differ'), 'applies': ('applies', 'does NOT apply'),
                   'covers': ('covers', 'does NOT cover'), 'order_free': ('any order', 'order matters'),
                   'gives_back': ('gives back', 'does NOT give back'), 'ok': ('whole', 'NOT whole')}[metric]
        return yes if value else no
    return form.format(value)


def judged(task, row):
    """[(bar as text, reached, figure as text)] for the program's row of a task."""
    values = dict(row.get('quality', {}))
    if row.get('state') == 'done':
        values['ms'] = row['wall'] * 1000
        values['rss'] = row['rss_mb']
    out = []
    for metric, sign, bar in BARS.get(task, []):
        have = values.get(metric)
        reached = have is not None and {'<=': have <= bar, '>=': have >= bar, '==': have == bar}[sign]
        text = written(metric, bar) if isinstance(bar, bool) else {'<=': '≤ ', '>=': '≥ '}[sign] + written(metric, bar)
        out.append((text, reached, 'not measured' if have is None else written(metric, have, values)))
    return out
