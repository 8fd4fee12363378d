"""Starts one command at a time for measure.py and tells what it cost.

A process of its own, because a child's peak memory (ru_maxrss) begins with that
of the process that started it: this one stays near 10 MB, so that nothing above
is hidden. Reads one JSON order a line, answers one JSON line.
"""
import json
import os
import resource
import signal
import sys
import time

LIMIT = 16 << 30  # address space of a child: a peer that runs away must not take the machine


def run(order):
    stdin = order.get('stdin') or os.devnull
    stdout = order.get('stdout') or os.devnull
    stderr = order.get('stderr') or os.devnull
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, stdout, write, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, stderr, write, 0o644),
    ]
    os.chdir(order.get('cwd') or '/')
    child = None
    timed_out = False

    def too_long(*_):
        nonlocal timed_out
        timed_out = True
        if child:
            os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, too_long)
    argv = order['argv']
    start = time.perf_counter()
    try:
        child = os.posix_spawnp(argv[0], argv, order['env'], file_actions=actions, setpgroup=0)
    except OSError as error:
        return {'failed': f'{argv[0]}: {error.strerror}'}
    signal.setitimer(signal.ITIMER_REAL, order.get('timeout') or 0)
    _, status, use = os.wait4(child, 0)
    wall = time.perf_counter() - start
    signal.setitimer(signal.ITIMER_REAL, 0)
    return {
        'wall': wall,
        'user': use.ru_utime,
        'sys': use.ru_stime,
        'rss_kb': use.ru_maxrss,
        'code': os.waitstatus_to_exitcode(status),
        'timed_out': timed_out,
    }


def main():
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT if hard == resource.RLIM_INFINITY else min(LIMIT, hard), hard))
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == '__main__':
    main()
