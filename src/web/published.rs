//! Which states of the log were published when, and so how old an answer may be
//! that is still handed out.
//!
//! An answer made before the log grew bridges the moment in which the new one is
//! made. Where the log grows again and again, every page would have to be made
//! anew all the time: then an answer may be half a minute old, as the checkpoint
//! at its foot tells. Who asks has a new one made for the next, once a second at
//! most, so that a page with many readers is about a second old. That is for
//! pages: what a program asks for tells no checkpoint, and is never that old.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How long after the log has grown an older answer bridges the making of the
/// new one.
const BRIDGE: Duration = Duration::from_millis(400);
/// The same while the log grows all the time.
const BUSY_BRIDGE: Duration = Duration::from_secs(30);
/// So long such an answer is handed out and none made anew.
const BUSY_REST: Duration = Duration::from_secs(1);
/// So many states within this time mean that the log grows all the time; and
/// within so many times as long as it takes to open one.
const BUSY: (usize, Duration, u32) = (3, Duration::from_secs(4), 10);

/// What an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// A person, who sees the checkpoint of a page.
    Person,
    /// A program.
    Program,
}

/// What may be done with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It is handed out.
    As,
    /// It is handed out while a new one is made.
    Meanwhile,
    /// It is too old.
    Never,
}

/// The states that were published lately.
#[derive(Debug, Default)]
pub(super) struct Published {
    /// Entries of the log, and since when they are shown; ascending.
    lately: VecDeque<(u64, Instant)>,
    /// The newest state that is no longer among them.
    gone: u64,
    /// How long it took to open the newest one.
    took: Duration,
}

impl Published {
    /// A state is shown from now on; it took so long to open it.
    pub fn publish(&mut self, size: u64, now: Instant, took: Duration) {
        if self.size() < size {
            self.lately.push_back((size, now));
            self.took = took;
        }
        // The last one stays, however old it is.
        while self.lately.len() > 1 && now - self.lately[0].1 > BUSY_BRIDGE {
            self.gone = self.lately.pop_front().map_or(self.gone, |s| s.0);
        }
    }

    /// Entries of the log in the newest state.
    pub fn size(&self) -> u64 {
        self.lately.back().map_or(self.gone, |s| s.0)
    }

    /// What may be done with an answer that shows so many entries.
    pub fn usable(&self, shows: u64, whom: For, now: Instant) -> Use {
        if shows >= self.size() {
            return Use::As;
        }
        // It is as old as the first state that showed more.
        let newer = self.lately.iter().find(|s| s.0 > shows).filter(|_| shows >= self.gone);
        let Some(age) = newer.map(|s| now - s.1) else { return Use::Never };
        let window = BUSY.1 + self.took * BUSY.2;
        let states = self.lately.iter().filter(|s| now - s.1 <= window).count();
        let (rest, bridge) = match states >= BUSY.0 && whom == For::Person {
            true => (BUSY_REST, BUSY_BRIDGE),
            false => (Duration::ZERO, BRIDGE),
        };
        match age {
            age if age < rest => Use::As,
            age if age < bridge => Use::Meanwhile,
            _ => Use::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(10);

    fn at(start: Instant, ms: u64) -> Instant {
        start + Duration::from_millis(ms)
    }

    #[test]
    fn an_older_answer_bridges_a_moment() {
        let (mut published, start) = (Published::default(), Instant::now());
        published.publish(5, start, SOON);
        assert_eq!(published.usable(5, For::Person, at(start, 60_000)), Use::As);
        published.publish(9, at(start, 60_000), SOON);
        assert_eq!(published.size(), 9);
        assert_eq!(published.usable(9, For::Person, at(start, 60_001)), Use::As);
        assert_eq!(published.usable(5, For::Person, at(start, 60_300)), Use::Meanwhile);
        assert_eq!(published.usable(5, For::Person, at(start, 60_400)), Use::Never);
        assert_eq!(
            published.usable(4, For::Person, at(start, 60_001)),
            Use::Never,
            "older than all"
        );
    }

    #[test]
    fn while_the_log_grows_answers_may_be_older() {
        let (mut published, start) = (Published::default(), Instant::now());
        for n in 0..40 {
            published.publish(n * 10, at(start, n * 1_000), SOON);
        }
        let now = at(start, 39_500);
        assert_eq!(published.usable(390, For::Person, now), Use::As);
        assert_eq!(
            published.usable(380, For::Person, now),
            Use::As,
            "newer ones for half a second"
        );
        assert_eq!(published.usable(370, For::Person, now), Use::Meanwhile);
        assert_eq!(published.usable(100, For::Person, now), Use::Meanwhile);
        assert_eq!(published.usable(80, For::Person, now), Use::Never);
        assert_eq!(published.usable(370, For::Program, now), Use::Never);
        assert_eq!(published.usable(0, For::Person, now), Use::Never);
        // It is quiet again.
        let later = at(start, 44_000);
        assert_eq!(published.usable(380, For::Person, later), Use::Never);
        assert_eq!(published.usable(390, For::Person, later), Use::As);
    }

    #[test]
    fn a_large_archive_is_busy_with_fewer_states() {
        let (mut published, start) = (Published::default(), Instant::now());
        for n in 0..5 {
            published.publish(n, at(start, n * 3_000), Duration::from_secs(1));
        }
        assert_eq!(published.usable(3, For::Person, at(start, 14_000)), Use::Meanwhile);
    }
}
