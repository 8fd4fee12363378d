//! Several files read as texts at the same time.

use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::desk::{DeskError, PlainSide, Side};

use super::files;

/// The files in the order of their names, each read and numbered by one of as
/// many threads as the machine has.
pub(super) fn plain_sides(names: &[String]) -> Result<Vec<Side>, DeskError> {
    let next = AtomicUsize::new(0);
    let read =
        |name: &String| PlainSide::read(name, files::read(Path::new(name), files::TEXT_LIMIT)?);
    let some = || {
        let turn = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|n| *n < names.len());
        std::iter::from_fn(turn).map(|n| (n, read(&names[n]))).collect::<Vec<_>>()
    };
    let hands = thread::available_parallelism().map_or(1, usize::from).min(names.len());
    let mut read = thread::scope(|scope| {
        let others: Vec<_> = (1..hands).map(|_| scope.spawn(some)).collect();
        let mut all = some();
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    });
    read.sort_by_key(|(n, _)| *n);
    read.into_iter().map(|(_, side)| side.map(Side::from)).collect()
}
