//! Work for several threads.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Threads at most. A fixed number, whatever the machine has: this floor does
/// not look.
const HANDS: usize = 4;
/// Words that are worth a thread of their own.
const WORDS: usize = 1 << 15;

/// How many threads so many words are worth.
pub fn hands_for(words: usize) -> usize {
    (words / WORDS).clamp(1, HANDS)
}

/// Calls `work` in several threads; each gets turns, numbers below `turns`
/// that no other gets, one after the other as it is ready for them. What the
/// calls return comes in no certain order.
pub fn shared_out<T: Send>(
    hands: usize,
    turns: usize,
    work: impl Fn(&mut dyn Iterator<Item = usize>) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let one = || {
        let turn = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|t| *t < turns);
        work(&mut std::iter::from_fn(turn))
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..hands.min(turns)).map(|_| scope.spawn(one)).collect();
        let mut all = vec![one()];
        all.extend(others.into_iter().map(|t| t.join().expect("work here does not panic")));
        all
    })
}

/// The same for a call a turn; what they return, in order.
pub fn in_turn<T: Send>(hands: usize, turns: usize, one: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let done = shared_out(hands, turns, |turns| turns.map(|t| (t, one(t))).collect::<Vec<_>>());
    let mut all: Vec<(usize, T)> = done.into_iter().flatten().collect();
    all.sort_by_key(|(turn, _)| *turn);
    all.into_iter().map(|(_, made)| made).collect()
}
