use std::cell::Cell;

use crate::dates::Timestamp;
use crate::digest::{Hasher, Salt};
use crate::model::Nonce;

/// What a door knows and the library does not: the time, who acts, and
/// randomness. The desk never looks at a clock or asks the system.
pub struct Context {
    /// The time of the act.
    pub now: Timestamp,
    /// The name of the agent who acts; the archive's keeper when absent.
    pub actor: Option<String>,
    entropy: [u8; 32],
    drawn: Cell<u64>,
}

impl Context {
    /// A context for one act. `entropy` is 32 fresh random bytes; two acts
    /// with the same entropy draw the same nonces and salts.
    pub fn new(now: Timestamp, actor: Option<String>, entropy: [u8; 32]) -> Self {
        Self { now, actor, entropy, drawn: Cell::new(0) }
    }

    /// 32 bytes that have not been drawn before: SHA-256 of the entropy and a
    /// counter.
    pub fn draw(&self) -> [u8; 32] {
        let n = self.drawn.get();
        self.drawn.set(n + 1);
        let mut h = Hasher::default();
        h.update(&self.entropy);
        h.update(&n.to_be_bytes());
        *h.finish().as_bytes()
    }

    /// A fresh salt.
    pub fn salt(&self) -> Salt {
        Salt::new(self.draw())
    }

    /// A fresh nonce.
    pub fn nonce(&self) -> Nonce {
        let mut out = [0; 16];
        out.copy_from_slice(&self.draw()[..16]);
        Nonce::new(out)
    }
}

/// Entropy that can be drawn again, for archives that are rebuilt from drafts
/// and for tests: SHA-256 of a text and the time. Keys made from it are not
/// secret.
pub fn seed_for_tests(seed: &str, now: Timestamp) -> [u8; 32] {
    let mut h = Hasher::default();
    h.update(b"variorum test seed\0");
    h.update(seed.as_bytes());
    h.update(&now.unix_seconds().to_be_bytes());
    *h.finish().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_drawn_twice() {
        let c = Context::new("2026-01-01T00:00:00Z".parse().unwrap(), None, [1; 32]);
        assert_ne!(c.draw(), c.draw());
        assert_ne!(c.nonce(), c.nonce());
    }
}
