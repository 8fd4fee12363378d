"""Finds what is installed; says what is not. Nothing is ever installed here."""
import os
import pathlib
import re
import shutil
import subprocess

DRIVERS = pathlib.Path(__file__).with_name('drivers')

# name -> (program, arguments that print its version)
PROGRAMS = {
    'git': ('git', ['--version']),
    'wdiff': ('wdiff', ['--version']),
    'dwdiff': ('dwdiff', ['--version']),
    'sha256sum': ('sha256sum', ['--version']),
    'openssl': ('openssl', ['version']),
    'rocfl': ('rocfl', ['--version']),
    'fossil': ('fossil', ['version']),
    'hunalign': ('hunalign', None),
    'node': ('node', ['--version']),
}
# name -> the module to import
PYTHON = {
    'collatex': 'collatex',
    'Levenshtein': 'Levenshtein',
    'WikiWho': 'WikiWho',
    'rapidfuzz': 'rapidfuzz',
    'edlib': 'edlib',
    'bagit': 'bagit',
    'galechurch': 'galechurch',
}
NODE = ('diff', 'diff-match-patch')


def first_line(argv, env=None):
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=30, env=env)
    except (OSError, subprocess.TimeoutExpired):
        return None
    text = (done.stdout or done.stderr).strip().splitlines()
    return text[0].strip() if text else ''


class Peers:
    """Where each peer is, and its version; `missing` names the others."""

    def __init__(self, python, node_path):
        self.versions, self.missing = {}, []
        self.python = python
        self.node_env = {'NODE_PATH': node_path} if node_path else {}
        for name, (program, ask) in PROGRAMS.items():
            if not shutil.which(program):
                self.missing.append(name)
                continue
            told = first_line([program, *ask]) if ask else ''
            self.versions[name] = number_in(told)
        self.find_python()
        self.find_node()

    def find_python(self):
        lines = ['import importlib.metadata as m, importlib.util as u, sys']
        lines.append('print("python", sys.version.split()[0])')
        for name, module in PYTHON.items():
            lines.append(f'print("{name}", m.version("{name}") if u.find_spec("{module}") else "-")')
        try:
            done = subprocess.run([self.python, '-c', '\n'.join(lines)], capture_output=True, text=True, timeout=60)
            found = dict(l.split(' ', 1) for l in done.stdout.splitlines() if ' ' in l)
        except (OSError, subprocess.TimeoutExpired):
            found = {}
        for name in ('python', *PYTHON):
            version = found.get(name, '-')
            if version == '-':
                self.missing.append(name)
            else:
                self.versions[name] = version

    def find_node(self):
        for name in NODE:
            version = None
            if 'node' in self.versions:
                version = first_line(['node', '-p', f'require("{name}/package.json").version'],
                                     {**os.environ, **self.node_env})
            if version and version[0].isdigit():
                self.versions[f'node {name}'] = version
            else:
                self.missing.append(f'node {name}')

    def has(self, *names):
        return all(name in self.versions for name in names)

    def driver(self, name):
        return str(DRIVERS / name)

    def python_tool(self, name):
        """A script that a Python package brings: beside its interpreter."""
        beside = pathlib.Path(self.python).parent / name
        return str(beside) if beside.exists() else shutil.which(name)


def number_in(text):
    found = re.search(r'\d+(\.\d+)+', text or '')
    return found.group() if found else '(version not told)'


class Variorum:
    """The program under test, and what its help says it can do."""

    def __init__(self, path):
        self.path = str(path)
        self.version = first_line([self.path, '--version'])
        self.helps = {}

    def help(self, verb):
        if verb not in self.helps:
            try:
                done = subprocess.run([self.path, *verb.split(), '--help'], capture_output=True, text=True, timeout=30)
                self.helps[verb] = done.stdout if done.returncode == 0 else ''
            except (OSError, subprocess.TimeoutExpired):
                self.helps[verb] = ''
        return self.helps[verb]

    def can(self, verb, *words):
        """Whether the help of the verb is there and holds all the words."""
        text = self.help(verb)
        return bool(text) and all(w in text for w in words)
