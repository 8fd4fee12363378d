//! Many clients at fixed times.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::client::Client;

/// How many ask how often, for how long.
#[derive(Clone, Copy)]
pub struct Load {
    /// Requests in a second, of all clients together; 0 is one after the other
    /// without a pause.
    pub rate: usize,
    pub clients: usize,
    pub time: Duration,
}

/// What came of it.
pub struct Row {
    /// What was acknowledged.
    pub told: Vec<(String, u64)>,
    waits: Vec<Duration>,
    took: Duration,
}

impl Load {
    /// Runs `ask` with the number of the request; a wait counts from the time at
    /// which the request was due.
    pub fn run(
        self,
        address: &str,
        ask: impl Fn(&mut Client, usize) -> Option<(String, u64)> + Sync,
    ) -> Row {
        let (started, next) = (Instant::now(), AtomicUsize::new(0));
        let work = || {
            let mut client = Client::new(address);
            let (mut waits, mut told) = (Vec::new(), Vec::new());
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                let due = match self.rate {
                    0 => Instant::now(),
                    rate => started + Duration::from_secs_f64(n as f64 / rate as f64),
                };
                if due.duration_since(started) >= self.time {
                    return (waits, told);
                }
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
                told.extend(ask(&mut client, n));
                waits.push(due.elapsed());
            }
        };
        let mut row = Row { told: Vec::new(), waits: Vec::new(), took: Duration::ZERO };
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..self.clients).map(|_| scope.spawn(work)).collect();
            for one in running {
                let (waits, told) = one.join().expect("clients do not panic");
                row.waits.extend(waits);
                row.told.extend(told);
            }
        });
        row.took = started.elapsed();
        row.waits.sort_unstable();
        row
    }
}

impl Row {
    pub const HEAD: &str =
        "                                        answered/s      p50      p90      p99    worst";

    pub fn line(&self, name: &str) -> String {
        let at = |share: f64| {
            let n = ((self.waits.len() as f64 * share) as usize).min(self.waits.len().max(1) - 1);
            let wait = self.waits.get(n).copied().unwrap_or_default();
            format!("{:>6.1}ms", wait.as_secs_f64() * 1e3)
        };
        let rate = self.waits.len() as f64 / self.took.as_secs_f64();
        format!("{name:<40}{rate:>10.0} {} {} {} {}", at(0.5), at(0.9), at(0.99), at(1.0))
    }
}
