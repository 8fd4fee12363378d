"""W1: one book from a file to a durable, checkable state in an empty archive."""
import hashlib
import os
import pathlib
import shutil

from measure import Contestant

GIT = {'GIT_AUTHOR_NAME': 'a', 'GIT_AUTHOR_EMAIL': 'a@x', 'GIT_COMMITTER_NAME': 'a', 'GIT_COMMITTER_EMAIL': 'a@x',
       'GIT_CONFIG_GLOBAL': os.devnull, 'GIT_CONFIG_SYSTEM': os.devnull}


def size(folder):
    """Bytes of all files under it."""
    return sum(p.stat().st_size for p in pathlib.Path(folder).rglob('*') if p.is_file() and not p.is_symlink())


def holds(folder, sha256):
    """Whether some file under the folder has these bytes."""
    return any(hashlib.sha256(p.read_bytes()).hexdigest() == sha256
               for p in pathlib.Path(folder).rglob('*') if p.is_file())


def archive(bench, name):
    """An empty archive of ours."""
    place = bench.fresh(name)
    made = bench.untimed([bench.variorum.path, 'init', place, '--title', name])
    return place if made['good'] else None


def run(bench):
    if not bench.book:
        bench.say('W1: no book (--book)')
        return
    book, v = bench.book, bench.variorum
    sha256 = hashlib.sha256(book.read_bytes()).hexdigest()
    before = {}

    def ours():
        place = archive(bench, 'ingest')
        before['ours'] = size(place) if place else 0

    def ours_score(_):
        place = bench.work / 'made/ingest'
        stored = (size(place) - before['ours']) / 1e6
        plain = bench.fresh('ingest-plain')
        done = bench.untimed([v.path, '-C', place, 'export', 'plain', plain])
        return {'stored': stored, 'gives_back': done['good'] and holds(plain, sha256)}

    def git(config=''):
        place = bench.fresh('ingest-git')
        shutil.copy(book, place / 'book.txt')
        bench.untimed(['git', 'init', '-q', '.'], cwd=place, env=GIT)
        if config:
            bench.untimed(['git', 'config', *config.split()], cwd=place)
        before['git'] = size(place / '.git')

    def git_score(_):
        return {'stored': (size(bench.work / 'made/ingest-git/.git') - before['git']) / 1e6}

    commit = ['sh', '-c', 'git add book.txt && git commit -qm a']
    made = bench.work / 'made'
    (made / 'ingest-git').mkdir(parents=True, exist_ok=True)
    out = [Contestant('variorum', 'add BOOK --siglum M', [v.path, '-C', made / 'ingest', 'add', book, '--siglum', 'M', '--json'],
                      prepare=ours, score=ours_score, ours=True, note='synced')]
    if bench.peers.has('git'):
        out.append(Contestant('git', 'git add, git commit', commit, prepare=git, score=git_score, cwd=made / 'ingest-git',
                              env=GIT, note='not synced'))
        out.append(Contestant('git, synced', '… with core.fsync=all', commit, prepare=lambda: git('core.fsync all'),
                              cwd=made / 'ingest-git', env=GIT, score=git_score))
    if bench.peers.has('sha256sum'):
        out.append(Contestant('sha256sum', 'sha256sum BOOK', ['sha256sum', book], note='stores nothing'))
    if bench.peers.has('bagit'):
        (made / 'ingest-bag').mkdir(parents=True, exist_ok=True)

        def bag():
            shutil.copy(book, bench.fresh('ingest-bag') / 'book.txt')

        out.append(Contestant('bagit.py', 'bagit.py --sha256', [*bagit(bench), '--sha256', made / 'ingest-bag'], prepare=bag,
                              score=lambda _: {'stored': size(made / 'ingest-bag') / 1e6}))
    if bench.peers.has('rocfl'):
        (made / 'ingest-ocfl').mkdir(parents=True, exist_ok=True)

        def ocfl():
            place = bench.fresh('ingest-ocfl')
            bench.untimed(['rocfl', '-r', place, 'init'], cwd=place)

        script = 'rocfl -r . new a && rocfl -r . cp a "$1" -- book.txt && rocfl -r . commit -n a -a a@x a'
        out.append(Contestant('rocfl', 'rocfl new, cp, commit', ['sh', '-c', script, 'sh', book], prepare=ocfl,
                              cwd=made / 'ingest-ocfl', score=lambda _: {'stored': size(made / 'ingest-ocfl') / 1e6}))
    bench.race('w1/add', out)


def bagit(bench):
    tool = bench.peers.python_tool('bagit.py')
    return [bench.peers.python, tool] if tool else [bench.peers.python, '-m', 'bagit']
