//! A persistent sequence of runs: an AVL tree whose old versions stay whole
//! when a new one is made, so that an earlier revision's attribution can be
//! cut from at any time and costs only what differs.
//!
//! Everything is built on `join`, which puts two trees of any height together
//! (Blelloch, Ferizovic, Sun: "Just Join for Parallel Ordered Sets", 2016).
//! Split, slice, concatenate: O(log n). Iterate: O(n).

use std::ops::Range;
use std::sync::Arc;

/// What a run of bytes has: a value that may differ from byte to byte by a
/// fixed rule, so that a run can be cut and two runs can be one.
pub trait Thread: Copy {
    /// The value of what is left when the first `bytes` are cut off.
    fn skip(self, bytes: usize) -> Self;
    /// Whether a run with the value `next`, after `len` bytes of this one, goes
    /// on with it.
    fn goes_on(&self, len: usize, next: &Self) -> bool;
}

/// A run: so many bytes of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf<T> {
    pub len: usize,
    pub value: T,
}

#[derive(Debug)]
struct Node<T> {
    left: Rope<T>,
    leaf: Leaf<T>,
    right: Rope<T>,
    /// Bytes of the whole subtree.
    len: usize,
    height: u8,
}

/// The sequence. Cheap to clone.
#[derive(Debug)]
pub struct Rope<T>(Option<Arc<Node<T>>>);

impl<T> Clone for Rope<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Rope<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Thread> Rope<T> {
    /// One run.
    pub fn of(len: usize, value: T) -> Self {
        if len == 0 {
            return Self(None);
        }
        node(Self(None), Leaf { len, value }, Self(None))
    }

    /// Runs in a row, neighbours different: O(n).
    pub fn of_leaves(leaves: &[Leaf<T>]) -> Self {
        let (before, rest) = leaves.split_at(leaves.len() / 2);
        match rest.split_first() {
            None => Self(None),
            Some((leaf, after)) => node(Self::of_leaves(before), *leaf, Self::of_leaves(after)),
        }
    }

    /// Bytes.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |n| n.len)
    }

    fn height(&self) -> u8 {
        self.0.as_ref().map_or(0, |n| n.height)
    }

    /// This, then `after`. A run that goes on over the seam is one.
    pub fn concat(self, after: Self) -> Self {
        let Some((front, last)) = self.split_last() else { return after };
        let Some((first, rest)) = after.split_first() else { return join(front, last, Self(None)) };
        if last.value.goes_on(last.len, &first.value) {
            let leaf = Leaf { len: first.len + last.len, value: last.value };
            return join(front, leaf, rest);
        }
        join(join(front, last, Self(None)), first, rest)
    }

    /// The bytes before `at`, and those from `at` on. `at` is at most the length.
    pub fn split(&self, at: usize) -> (Self, Self) {
        let Some(n) = &self.0 else { return (Self(None), Self(None)) };
        let left = n.left.len();
        if at < left {
            let (a, b) = n.left.split(at);
            (a, join(b, n.leaf, n.right.clone()))
        } else if at >= left + n.leaf.len {
            let (a, b) = n.right.split(at - left - n.leaf.len);
            (join(n.left.clone(), n.leaf, a), b)
        } else {
            let (head, tail) = (at - left, left + n.leaf.len - at);
            let value = n.leaf.value;
            let a = if head == 0 {
                n.left.clone()
            } else {
                join(n.left.clone(), Leaf { len: head, value }, Self(None))
            };
            let rest = Leaf { len: tail, value: value.skip(head) };
            (a, join(Self(None), rest, n.right.clone()))
        }
    }

    /// The bytes `range`, which lies inside the length.
    pub fn slice(&self, range: Range<usize>) -> Self {
        let (_, from) = self.split(range.start);
        from.split(range.len()).0
    }

    /// The value at a byte.
    pub fn at(&self, byte: usize) -> Option<T> {
        let mut at = byte;
        let mut rope = self;
        while let Some(n) = &rope.0 {
            let left = n.left.len();
            if at < left {
                rope = &n.left;
            } else if at < left + n.leaf.len {
                return Some(n.leaf.value.skip(at - left));
            } else {
                at -= left + n.leaf.len;
                rope = &n.right;
            }
        }
        None
    }

    /// Calls `see` with every run that touches `range`, whole, and its start.
    pub fn each(&self, range: &Range<usize>, start: usize, see: &mut impl FnMut(usize, Leaf<T>)) {
        let Some(n) = &self.0 else { return };
        if range.start >= start + n.len || range.end <= start {
            return;
        }
        n.left.each(range, start, see);
        let at = start + n.left.len();
        if range.start < at + n.leaf.len && at < range.end {
            see(at, n.leaf);
        }
        n.right.each(range, at + n.leaf.len, see);
    }

    fn split_last(&self) -> Option<(Self, Leaf<T>)> {
        let n = self.0.as_ref()?;
        match n.right.split_last() {
            None => Some((n.left.clone(), n.leaf)),
            Some((rest, last)) => Some((join(n.left.clone(), n.leaf, rest), last)),
        }
    }

    fn split_first(&self) -> Option<(Leaf<T>, Self)> {
        let n = self.0.as_ref()?;
        match n.left.split_first() {
            None => Some((n.leaf, n.right.clone())),
            Some((first, rest)) => Some((first, join(rest, n.leaf, n.right.clone()))),
        }
    }
}

fn node<T: Thread>(left: Rope<T>, leaf: Leaf<T>, right: Rope<T>) -> Rope<T> {
    let len = left.len() + leaf.len + right.len();
    let height = 1 + left.height().max(right.height());
    Rope(Some(Arc::new(Node { left, leaf, right, len, height })))
}

fn join<T: Thread>(left: Rope<T>, leaf: Leaf<T>, right: Rope<T>) -> Rope<T> {
    if left.height() > right.height() + 1 {
        let n = left.0.as_ref().expect("a tree with height is not empty");
        let right = join(n.right.clone(), leaf, right);
        return balance(n.left.clone(), n.leaf, right);
    }
    if right.height() > left.height() + 1 {
        let n = right.0.as_ref().expect("a tree with height is not empty");
        let left = join(left, leaf, n.left.clone());
        return balance(left, n.leaf, n.right.clone());
    }
    node(left, leaf, right)
}

/// Two trees whose heights differ by at most 2: at most two rotations.
fn balance<T: Thread>(left: Rope<T>, leaf: Leaf<T>, right: Rope<T>) -> Rope<T> {
    if right.height() > left.height() + 1 {
        let r = right.0.as_ref().expect("a tree with height is not empty");
        if r.left.height() > r.right.height() {
            let m = r.left.0.as_ref().expect("a tree with height is not empty");
            return node(
                node(left, leaf, m.left.clone()),
                m.leaf,
                node(m.right.clone(), r.leaf, r.right.clone()),
            );
        }
        return node(node(left, leaf, r.left.clone()), r.leaf, r.right.clone());
    }
    if left.height() > right.height() + 1 {
        let l = left.0.as_ref().expect("a tree with height is not empty");
        if l.right.height() > l.left.height() {
            let m = l.right.0.as_ref().expect("a tree with height is not empty");
            return node(
                node(l.left.clone(), l.leaf, m.left.clone()),
                m.leaf,
                node(m.right.clone(), leaf, right),
            );
        }
        return node(l.left.clone(), l.leaf, node(l.right.clone(), leaf, right));
    }
    node(left, leaf, right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Thread for u8 {
        fn skip(self, _: usize) -> Self {
            self
        }

        fn goes_on(&self, _: usize, next: &Self) -> bool {
            self == next
        }
    }

    fn flat(rope: &Rope<u8>) -> Vec<u8> {
        let mut out = Vec::new();
        rope.each(&(0..rope.len()), 0, &mut |at, leaf| {
            assert_eq!(at, out.len());
            out.extend(std::iter::repeat_n(leaf.value, leaf.len));
        });
        out
    }

    fn balanced(rope: &Rope<u8>) -> bool {
        rope.0.as_ref().is_none_or(|n| {
            n.left.height().abs_diff(n.right.height()) <= 1
                && balanced(&n.left)
                && balanced(&n.right)
        })
    }

    proptest! {
        #[test]
        fn cuts_and_joins_like_a_vector(steps in prop::collection::vec((any::<u8>(), 0usize..500, 0usize..500, 1usize..9), 1..120)) {
            let mut rope = Rope::of(40, 0);
            let mut plain = vec![0u8; 40];
            for (value, a, b, len) in steps {
                let (a, b) = (a % (plain.len() + 1), b % (plain.len() + 1));
                let (from, to) = (a.min(b), a.max(b));
                let part = if value % 3 == 0 { rope.slice(from..to) } else { Rope::of(len, value) };
                let flat_part = flat(&part);
                let (head, tail) = rope.split(a);
                rope = head.concat(part).concat(tail);
                plain.splice(a..a, flat_part);
                if plain.len() > 400 {
                    rope = rope.split(100).0;
                    plain.truncate(100);
                }
                prop_assert_eq!(rope.at(a), plain.get(a).copied());
            }
            prop_assert!(balanced(&rope));
            prop_assert_eq!(flat(&rope), plain);
        }
    }
}
