//! Work for several threads.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Threads at most. A fixed number, whatever the machine has: this floor does
/// not look.
const HANDS: usize = 4;

/// Calls `work` in several threads; each gets turns, numbers below `turns`
/// that no other gets, one after the other as it is ready for them. What the
/// calls return comes in no certain order.
pub fn shared_out<T: Send>(
    turns: usize,
    work: impl Fn(&mut dyn Iterator<Item = usize>) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let one = || {
        let turn = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|t| *t < turns);
        work(&mut std::iter::from_fn(turn))
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..HANDS.min(turns).max(1)).map(|_| scope.spawn(one)).collect();
        let mut all = vec![one()];
        all.extend(others.into_iter().map(|t| t.join().expect("work here does not panic")));
        all
    })
}
