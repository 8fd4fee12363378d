//! The secret with which a server marks what it hands out, so that it knows it
//! again: the time a form was shown, and a guard against forms of other sites.

use crate::dates::Timestamp;
use crate::digest::{Digest, Salt, commitment};
use crate::store::StoreError;

use super::super::archive::Archive;
use super::super::{Context, DeskError};

/// Its file in the private folder: 64 hexadecimal digits.
const FILE: &str = "intake.secret";

/// 32 random bytes of an archive that nobody is told.
#[derive(Clone)]
pub struct Secret(Salt);

impl Secret {
    /// The archive's own, made when there is none yet. Kept, so that a form
    /// that was shown before a server started anew still counts.
    ///
    /// # Errors
    /// When the archive has no private folder, or the file is damaged.
    pub fn of(archive: &Archive, context: &Context) -> Result<Self, DeskError> {
        if let Some(kept) = Self::kept(archive)? {
            return Ok(kept);
        }
        let made = Salt::new(context.draw());
        match archive.store.put_private(FILE, made.to_hex().as_bytes()) {
            Ok(_) => Ok(Self(made)),
            // Another server was quicker: its secret is the archive's.
            Err(e @ StoreError::Io { .. }) => Self::kept(archive)?.ok_or_else(|| e.into()),
            Err(e) => Err(e.into()),
        }
    }

    #[cfg(test)]
    pub(super) fn for_tests(salt: Salt) -> Self {
        Self(salt)
    }

    fn kept(archive: &Archive) -> Result<Option<Self>, DeskError> {
        let Some(bytes) = archive.store.private_start(FILE, 64)? else { return Ok(None) };
        let salt = std::str::from_utf8(&bytes).ok().and_then(|hex| Salt::from_hex(hex).ok());
        salt.map(|s| Some(Self(s))).ok_or_else(|| {
            DeskError::integrity("secret", format!("{FILE} in the private folder is damaged"))
                .hint("remove it: forms that are open have to be loaded anew")
        })
    }

    /// A mark of `text` for one purpose: HMAC-SHA256.
    pub fn mark(&self, purpose: &str, text: &[u8]) -> Digest {
        commitment(&self.0, &[purpose.as_bytes(), b"\0", text].concat())
    }

    /// A name for a network address on one day, from which nobody without the
    /// secret learns the address. It is all that may be kept of one.
    pub fn address(&self, address: &str, now: Timestamp) -> Digest {
        self.mark("address", format!("{} {address}", now.day()).as_bytes())
    }

    /// What a browser keeps in a cookie, so that a form that was shown to it is
    /// known to come from it: 64 hexadecimal digits.
    pub fn browser(context: &Context) -> String {
        Digest::from_bytes(context.draw()).to_string()
    }

    /// The hidden field that says when a form was shown, and to which browser.
    pub fn form_token(&self, browser: &str, now: Timestamp) -> String {
        let seconds = now.unix_seconds().to_string();
        let mark = self.form_mark(browser, &seconds);
        format!("{seconds}.{mark}")
    }

    /// How many seconds ago the form with this field was shown to this browser;
    /// none when the field is not ours, or was made for another one. Another site
    /// can get a field, but cannot make the browser send the cookie to it.
    pub fn form_age(&self, browser: &str, token: &str, now: Timestamp) -> Option<i64> {
        let (seconds, mark) = token.split_once('.')?;
        let ours = self.form_mark(browser, seconds).to_string();
        let age = now.unix_seconds().checked_sub(seconds.parse().ok()?)?;
        (!browser.is_empty() && same(&ours, mark) && age >= 0).then_some(age)
    }

    fn form_mark(&self, browser: &str, seconds: &str) -> Digest {
        self.mark("form", format!("{seconds} {browser}").as_bytes())
    }
}

/// Whether two strings are equal, in a time that does not tell where they
/// differ: their digests are compared, every byte of them.
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Digest::of(a.as_bytes()), Digest::of(b.as_bytes()));
    let differs = a.as_bytes().iter().zip(b.as_bytes()).fold(0, |d, (a, b)| d | (a ^ b));
    std::hint::black_box(differs) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn a_form_tells_its_age_and_nothing_else_does() {
        let secret = Secret(Salt::new([3; 32]));
        let token = secret.form_token("b", at("2026-03-01T10:00:00Z"));
        let (soon, before) = (at("2026-03-01T10:00:09Z"), at("2026-03-01T09:59:59Z"));
        assert_eq!(secret.form_age("b", &token, soon), Some(9));
        assert_eq!(secret.form_age("b", &token, before), None, "from the future");
        let later = token.replacen("17", "16", 1);
        assert_eq!(secret.form_age("b", &later, soon), None);
        for odd in ["", ".", "1.2", "9999999999999999999.", "-9223372036854775808.x"] {
            assert_eq!(secret.form_age("b", odd, soon), None, "{odd}");
        }
        let other = Secret(Salt::new([4; 32]));
        assert_eq!(other.form_age("b", &token, soon), None);
        assert_eq!(secret.form_age("c", &token, soon), None, "shown to another browser");
        let nobody = secret.form_token("", at("2026-03-01T10:00:00Z"));
        assert_eq!(secret.form_age("", &nobody, soon), None, "a browser that keeps nothing");
    }

    #[test]
    fn an_address_has_another_name_every_day() {
        let secret = Secret(Salt::new([3; 32]));
        let day = |t| secret.address("192.0.2.7", at(t));
        assert_eq!(day("2026-03-01T00:00:00Z"), day("2026-03-01T23:59:59Z"));
        assert_ne!(day("2026-03-01T00:00:00Z"), day("2026-03-02T00:00:00Z"));
    }

    #[test]
    fn equal_is_equal() {
        assert!(same("", "") && same("abc", "abc"));
        assert!(!same("abc", "abd") && !same("abc", "ab"));
    }
}
