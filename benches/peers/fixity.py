"""W7: the whole archive checked, every stored byte; and how many bytes that is."""
import os
import shutil

from ingest import bagit, size
from measure import Contestant
from who import has_git, with_history
from workloads import read_json


def run(bench):
    for name in ('w3', 'w4'):
        folder = bench.workloads.get(name)
        if folder:
            checks(bench, name, folder)


def checks(bench, name, folder):
    v = bench.variorum
    place, _ = with_history(bench, name, folder)
    revisions = sum(1 for _ in open(folder / 'revs.jsonl', 'rb'))
    full = []
    if place:
        full.append(Contestant('variorum', 'verify --full --json', [v.path, '-C', place, 'verify', '--full', '--json'], ours=True,
                               timeout=600, score=lambda path: verified(path, revisions)))
    if bench.peers.has('git') and has_git(folder):
        full.append(Contestant('git', 'git fsck --full', ['git', '-C', folder / 'book.git', 'fsck', '--full'], timeout=300))
    bench.race(f'w7/{name} full', full, 'import edits, verify --full')
    flat = []
    if place and v.can('verify', '--flat'):
        flat.append(Contestant('variorum', 'verify --flat --json', [v.path, '-C', place, 'verify', '--flat', '--json'], ours=True,
                               timeout=900, score=lambda path: verified(path, revisions)))
    if (folder / 'full').is_dir():
        flat += flat_peers(bench, folder / 'full')
    bench.race(f'w7/{name} flat', flat, 'import edits, verify --flat')
    stored(bench, f'w7/{name} stored', place, folder)


def stored(bench, task, place, folder):
    """Bytes on disk. Our index can be thrown away and is told apart."""
    def row(name, shown, ours, bytes, note):
        return {'name': name, 'shown': shown, 'ours': ours, 'state': 'size' if bytes else 'not built', 'n': 0,
                'quality': {'stored': bytes / 1e6} if bytes else {}, 'note': note, 'sampled': False}

    kept, note = (0, '')
    if place:
        index = sum(p.stat().st_size for p in place.glob('index.sqlite*'))
        kept = size(place) - index
        packs = sum(p.stat().st_size for p in place.rglob('*.pack'))
        note = f'of it packs {packs / 1e6:.2f} MB; and a disposable index of {index / 1e6:.2f} MB'
    rows = [row('variorum', 'the archive: book and all revisions', True, kept, note)]
    if has_git(folder):
        git = folder / 'book.git'
        rows += [row('git', 'fast-import, a text a revision', False, size(git), ''), *repacked(bench, git, row)]
    bench.rows.append({'task': task, 'rows': rows})


def repacked(bench, git, row):
    """git at its smallest; takes minutes for W4."""
    if not bench.peers.has('git') or bench.quick or not (bench.all or git.parent.name == 'w3'):
        return []
    copy = bench.fresh('repacked') / 'book.git'
    shutil.copytree(git, copy)
    done = bench.untimed(['git', '-C', copy, 'repack', '-adfq', '--depth=250', '--window=50'])
    return [row('git, repacked', 'git repack -adf --depth=250 --window=50', False, size(copy), f'takes {done["wall"]:.0f} s')] \
        if done['good'] else []


def flat_peers(bench, texts):
    """The full texts as files, checked by the tools of archivists."""
    out, made = [], bench.work / 'made'
    names = sorted(p.name for p in texts.glob('r*.txt'))
    if bench.peers.has('sha256sum'):
        sums = made / 'full.sha256'
        done = bench.untimed(['sh', '-c', 'sha256sum r*.txt'], cwd=texts)
        if done['good']:
            sums.write_bytes(done['out'].read_bytes())
            out.append(Contestant('sha256sum', f'sha256sum -c, {len(names):,} texts', ['sha256sum', '-c', '--quiet', sums], cwd=texts))
    if bench.peers.has('openssl'):
        out.append(Contestant('openssl', 'openssl dgst -sha256', ['sh', '-c', 'openssl dgst -sha256 r*.txt'], cwd=texts,
                              note='hashes only, compares with nothing'))
    if bench.peers.has('bagit'):
        bag = made / 'full-bag'
        if not (bag / 'bagit.txt').is_file():
            place = bench.fresh('full-bag')
            for name in names:
                os.link(texts / name, place / name) if same_disk(texts, place) else (place / name).symlink_to(texts / name)
            bench.untimed([*bagit(bench), '--sha256', place])
        if (bag / 'bagit.txt').is_file():
            out.append(Contestant('bagit.py', 'bagit.py --validate --processes 2',
                                  [*bagit(bench), '--validate', '--processes', '2', bag], timeout=120))
    return out


def same_disk(a, b):
    return os.stat(a).st_dev == os.stat(b).st_dev


def verified(path, revisions):
    answer = read_json(path)
    counted = answer.get('checked', {}).get('revisions', 0)
    # The last one and all before it, the book's own among them.
    return {'ok': bool(answer['ok']) and counted >= revisions, 'checked': counted}

