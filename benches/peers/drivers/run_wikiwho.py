"""WikiWho over a folder of full texts or a git history; prints word<TAB>revision of the last text.

usage: run_wikiwho.py FOLDER|REPOSITORY.git LAST.txt|- [FIRST_N]
WikiWho cuts words finer than runs without white space and lower-cases them: a run
is given to the revision of its first piece.
"""
import pathlib
import re
import subprocess
import sys

from WikiWho.utils import iter_rev_tokens
from WikiWho.wikiwho import Wikiwho


def texts(source, few):
    if (source / 'HEAD').is_file():
        names = subprocess.run(['git', '-C', source, 'rev-list', '--reverse', 'HEAD'], capture_output=True, text=True, check=True)
        cat = subprocess.Popen(['git', '-C', source, 'cat-file', '--batch'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for name in names.stdout.split()[:few]:
            cat.stdin.write(f'{name}:book.txt\n'.encode())
            cat.stdin.flush()
            size = int(cat.stdout.readline().split()[2])
            yield cat.stdout.read(size + 1)[:-1].decode()
        cat.stdin.close()
    else:
        for path in sorted(source.glob('r*.txt'))[:few]:
            yield path.read_bytes().decode()


def main():
    sys.stdout.reconfigure(encoding='utf-8', newline='\n')
    source, last = pathlib.Path(sys.argv[1]), sys.argv[2]
    few = int(sys.argv[3]) if len(sys.argv) > 3 else None
    article = Wikiwho('book')
    article.analyse_article({'revid': n, 'timestamp': str(n), 'userid': n, 'user': '', '*': text}
                            for n, text in enumerate(texts(source, few)))
    if last == '-':
        return
    pieces = [(w.value, w.origin_rev_id) for w in iter_rev_tokens(article.revisions[article.ordered_revisions[-1]])]
    text = open(last, 'rb').read().decode()
    at = 0
    out = sys.stdout
    for word in re.findall(r'[^ \t\n\v\f\r]+', text):
        plain, got, by = ''.join(word.lower().split()), '', None
        while len(got) < len(plain):
            value, revision = pieces[at]
            at += 1
            got += ''.join(value.split())
            by = revision if by is None else by
        out.write(f'{word}\t{by}\n')


main()
