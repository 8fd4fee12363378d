#!/usr/bin/env python3
"""Turns a log of word splices into edits for `variorum import edits`.

usage: splices.py BASE REVS.jsonl OUT.jsonl [RESTORES.json]

BASE is the text of revision 0. A line of REVS.jsonl is one revision:
{"rev", "author", "time", "kind", "pos", "del", "ins": [[word, space], ...]}, or with "to" for kind "move"; positions
count words. Kinds: sub, ins, del are new writing; revert puts words back that an earlier revision deleted; move takes
words elsewhere; rewrap changes the space between words.

A line of OUT.jsonl is one revision as edits in bytes of the text before it. What a revert puts back is looked up
among the deleted words (the same words, deleted earliest among those not yet put back), so that it is a restore and
its first writers stay.
"""
import json, re, sys


def words_of(text):
    head = re.match(r"[ \t\n\v\f\r]*", text).group(0)
    found = re.findall(r"([^ \t\n\v\f\r]+)([ \t\n\v\f\r]*)", text[len(head):])
    return head, [list(w) for w in found]


class Lengths:
    """Byte lengths of the words in order; the byte where a word starts, and splices, in blocks."""
    def __init__(self, lengths, size=512):
        self.size = size
        self.blocks = [lengths[i:i + size] for i in range(0, len(lengths), size)] or [[]]
        self.sums = [sum(b) for b in self.blocks]

    def byte(self, word):
        at = 0
        for b, s in zip(self.blocks, self.sums):
            if word <= len(b):
                return at + sum(b[:word])
            word -= len(b); at += s
        return at

    def splice(self, at, gone, new):
        i = 0
        while i < len(self.blocks) - 1 and at > len(self.blocks[i]):
            at -= len(self.blocks[i]); i += 1
        j, block = i, list(self.blocks[i])
        while at + gone > len(block) and j + 1 < len(self.blocks):
            j += 1; block += self.blocks[j]
        block[at:at + gone] = new
        parts = [block[k:k + self.size] for k in range(0, len(block), self.size)] or [[]]
        if len(block) <= 2 * self.size:
            parts = [block]
        self.blocks[i:j + 1] = parts
        self.sums[i:j + 1] = [sum(p) for p in parts]


def main(base, revs, out):
    head, doc = words_of(open(base, encoding="utf-8", newline="").read())
    before = len(head.encode())
    size = lambda w: len((w[0] + w[1]).encode())
    spans = Lengths([size(w) for w in doc])
    deleted = {}  # the words -> [(revision they stood in, start, end)], earliest first
    text = lambda ws: "".join(w[0] + w[1] for w in ws)
    with open(revs, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as to:
        for line in lines:
            r = json.loads(line)
            kind, pos = r["kind"], r["pos"]
            if kind == "base":
                continue
            n = r["del"]
            start = before + spans.byte(pos)
            end = before + spans.byte(pos + n)
            gone = doc[pos:pos + n]
            if kind == "move":
                del doc[pos:pos + n]
                lengths = [size(w) for w in gone]
                spans.splice(pos, n, [])
                q = r["to"]
                # `to` counts words of the text without the moved ones; as a byte of the parent:
                to_byte = before + spans.byte(q) + (end - start if q > pos else 0)
                doc[q:q] = gone
                spans.splice(q, 0, lengths)
                edits = [{"move": {"start": start, "end": end, "to": to_byte}}] if q != pos else []
            else:
                new = [list(w) for w in r["ins"]]
                if kind == "rewrap":
                    edits, at = [], start
                    for (word, old), (same, sep) in zip(gone, new):
                        assert word == same, (r["rev"], word, same)
                        at += len(word.encode())
                        if old != sep:
                            edits.append({"layout": {"start": at, "end": at + len(old.encode()), "text": sep}})
                        at += len(old.encode())
                elif kind == "revert":
                    key = tuple(w[0] for w in new)
                    held = deleted[key]
                    rev, a, b, was = held.pop(0)
                    assert was == text(new), (r["rev"], was, text(new))
                    edits = [{"restore": {"revision": rev, "start": a, "end": b, "at": start}}]
                else:
                    edits = [{"replace": {"start": start, "end": end, "text": text(new)}}]
                    if gone and pos > 0:
                        deleted.setdefault(tuple(w[0] for w in gone), []).append((r["rev"] - 1, start, end, text(gone)))
                doc[pos:pos + n] = new
                spans.splice(pos, n, [size(w) for w in new])
            to.write(json.dumps({"agent": r["author"], "time": r["time"], "reason": kind, "edits": edits},
                                ensure_ascii=False) + "\n")
    return head + text(doc)


if __name__ == "__main__":
    sys.stdout.buffer.write(main(*sys.argv[1:4]).encode())
