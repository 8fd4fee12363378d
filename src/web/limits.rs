//! How much one address, and all together, may ask for: replies in a minute,
//! and answers in the making at the same time.
//!
//! A bucket holds what may be used at once and fills evenly. Addresses are
//! remembered while their bucket is not full, and a bounded number of them.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::locked::lock;

/// So many addresses are remembered.
const MOST_ADDRESSES: usize = 20_000;

/// What counts as one address: of IPv6 the network that one household gets.
pub(super) fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

/// How often something may be done.
pub(super) struct Rate {
    each: f64,
    all: f64,
    state: Mutex<Buckets>,
}

struct Buckets {
    all: Bucket,
    by: HashMap<IpAddr, Bucket>,
}

/// How much of a minute's share was used, and when that was true.
#[derive(Clone, Copy)]
struct Bucket {
    used: f64,
    at: Instant,
}

impl Bucket {
    /// The bucket now: a share flows back within a minute.
    fn now(self, share: f64, now: Instant) -> Self {
        let back = now.saturating_duration_since(self.at).as_secs_f64() * share / 60.0;
        Self { used: (self.used - back).max(0.0), at: now }
    }

    /// How long until one more fits.
    fn wait(self, share: f64) -> Duration {
        let over = self.used + 1.0 - share;
        match over > 0.0 {
            true => Duration::from_secs_f64((over * 60.0 / share.max(0.01)).min(3600.0)),
            false => Duration::ZERO,
        }
    }
}

impl Rate {
    /// `each` in a minute from one address, `all` from all together.
    pub fn a_minute(each: u32, all: u32, now: Instant) -> Self {
        let all_used = Bucket { used: 0.0, at: now };
        let state = Mutex::new(Buckets { all: all_used, by: HashMap::new() });
        Self { each: f64::from(each), all: f64::from(all), state }
    }

    /// Takes one for an address.
    ///
    /// # Errors
    /// How long it must wait.
    pub fn take(&self, who: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut state = lock(&self.state);
        let state = &mut *state;
        state.all = state.all.now(self.all, now);
        let known = state.by.get(&household(who)).copied();
        let mut own = known.unwrap_or(Bucket { used: 0.0, at: now }).now(self.each, now);
        let wait = state.all.wait(self.all).max(own.wait(self.each));
        if wait > Duration::ZERO {
            return Err(wait);
        }
        own.used += 1.0;
        state.all.used += 1.0;
        if state.by.len() >= MOST_ADDRESSES {
            state.by.retain(|_, b| b.now(self.each, now).used > 0.0);
        }
        // Where even that leaves no room, the limit for all together holds.
        if state.by.len() < MOST_ADDRESSES {
            state.by.insert(household(who), own);
        }
        Ok(())
    }
}

/// How many of something an address has at the same time.
pub(super) struct Places {
    each: u32,
    taken: Mutex<HashMap<IpAddr, u32>>,
}

/// A place that is taken; given back when dropped.
pub(super) struct Taken {
    places: Arc<Places>,
    who: IpAddr,
}

impl Places {
    /// At most `each` for one address.
    pub fn new(each: u32) -> Arc<Self> {
        Arc::new(Self { each, taken: Mutex::default() })
    }

    /// Takes a place; none where the address has all of its own.
    pub fn take(self: &Arc<Self>, who: IpAddr) -> Option<Taken> {
        let who = household(who);
        let mut taken = lock(&self.taken);
        let count = taken.entry(who).or_default();
        if *count >= self.each {
            return None;
        }
        *count += 1;
        Some(Taken { places: Arc::clone(self), who })
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut taken = lock(&self.places.taken);
        if let Some(count) = taken.get_mut(&self.who) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_share_is_used_up_and_flows_back() {
        let start = Instant::now();
        let rate = Rate::a_minute(3, 100, start);
        for _ in 0..3 {
            rate.take(ip("192.0.2.1"), start).unwrap();
        }
        let wait = rate.take(ip("192.0.2.1"), start).unwrap_err();
        assert!(wait > Duration::from_secs(19) && wait <= Duration::from_secs(20), "{wait:?}");
        rate.take(ip("192.0.2.2"), start).unwrap();
        rate.take(ip("192.0.2.1"), start + Duration::from_secs(21)).unwrap();
        rate.take(ip("192.0.2.1"), start + Duration::from_secs(22)).unwrap_err();
    }

    #[test]
    fn all_together_have_a_limit() {
        let start = Instant::now();
        let rate = Rate::a_minute(3, 5, start);
        for n in 0..5 {
            rate.take(ip(&format!("192.0.2.{n}")), start).unwrap();
        }
        rate.take(ip("192.0.2.9"), start).unwrap_err();
    }

    #[test]
    fn a_household_is_one_address() {
        assert_eq!(household(ip("2001:db8:1:2::1")), household(ip("2001:db8:1:2:ffff::9")));
        assert_ne!(household(ip("2001:db8:1:2::1")), household(ip("2001:db8:1:3::1")));
        assert_eq!(household(ip("::ffff:192.0.2.1")), ip("192.0.2.1"));
    }

    #[test]
    fn places_are_given_back() {
        let places = Places::new(2);
        let one = places.take(ip("192.0.2.1"));
        let two = places.take(ip("192.0.2.1"));
        assert!(one.is_some() && two.is_some() && places.take(ip("192.0.2.1")).is_none());
        assert!(places.take(ip("192.0.2.2")).is_some());
        drop(one);
        assert!(places.take(ip("192.0.2.1")).is_some());
    }
}
