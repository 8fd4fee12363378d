//! Log-ins that failed, so that nobody tries passwords by the thousand.

use std::collections::HashMap;

use crate::dates::Timestamp;

use super::super::DeskError;

/// Failures that cost nothing: fingers slip.
const FREE: u32 = 3;
/// Longest wait, in seconds.
const LONGEST: i64 = 15 * 60;
/// Most names or addresses remembered at a time.
const MOST: usize = 10_000;

/// Failed log-ins by name and by address.
#[derive(Debug, Default)]
pub struct Attempts {
    failed: HashMap<String, (u32, i64)>,
}

impl Attempts {
    /// Whether one may try now; asked for the name and for the address.
    ///
    /// # Errors
    /// Refused, with the seconds to wait.
    pub fn may_try(&self, key: &str, now: Timestamp) -> Result<(), DeskError> {
        let Some(&(times, last)) = self.failed.get(key) else { return Ok(()) };
        let left = last + wait(times) - now.unix_seconds();
        if left <= 0 {
            return Ok(());
        }
        Err(DeskError::refused("too-many-attempts", "too many log-ins have failed")
            .hint(format!("try again in {left} seconds")))
    }

    /// It failed.
    pub fn failed(&mut self, key: &str, now: Timestamp) {
        let now = now.unix_seconds();
        if self.failed.len() >= MOST {
            self.failed.retain(|_, (_, last)| now - *last < LONGEST);
        }
        if self.failed.len() >= MOST
            && let Some(oldest) =
                self.failed.iter().min_by_key(|(_, (_, last))| *last).map(|(k, _)| k.clone())
        {
            self.failed.remove(&oldest);
        }
        let (times, last) = self.failed.entry(key.to_string()).or_insert((0, now));
        *times = times.saturating_add(1);
        *last = now;
    }

    /// It succeeded.
    pub fn succeeded(&mut self, key: &str) {
        self.failed.remove(key);
    }
}

/// Seconds to wait after so many failures: 2, 4, 8, …
fn wait(times: u32) -> i64 {
    match times.checked_sub(FREE) {
        None | Some(0) => 0,
        Some(n) => 2_i64.checked_pow(n.min(20)).unwrap_or(LONGEST).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_ends() {
        let at = |s| Timestamp::from_unix_seconds(1_800_000_000 + s).unwrap();
        let mut attempts = Attempts::default();
        for _ in 0..FREE {
            attempts.may_try("x", at(0)).unwrap();
            attempts.failed("x", at(0));
        }
        attempts.failed("x", at(0));
        assert!(attempts.may_try("x", at(1)).unwrap_err().hint.unwrap().contains("1 seconds"));
        attempts.may_try("x", at(2)).unwrap();
        attempts.may_try("y", at(0)).unwrap();
        for _ in 0..50 {
            attempts.failed("x", at(10));
        }
        assert!(attempts.may_try("x", at(9 + LONGEST)).is_err());
        attempts.may_try("x", at(10 + LONGEST)).unwrap();
        attempts.succeeded("x");
        attempts.may_try("x", at(11)).unwrap();
    }
}
