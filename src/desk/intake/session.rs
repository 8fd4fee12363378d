//! Who is logged in. A browser keeps 32 random bytes; the server keeps their
//! digest, who it is, and two times, for as long as it runs.

use std::collections::HashMap;

use crate::dates::Timestamp;
use crate::digest::Digest;

use super::super::Context;
use super::password::Editor;
use super::secret::{Secret, same};

/// Seconds without a word after which a session ends: an hour.
const IDLE: i64 = 60 * 60;
/// Seconds after which it ends in any case: a long evening.
const WHOLE: i64 = 12 * 60 * 60;
/// Most sessions at a time; the one idle for longest goes first.
const MOST: usize = 1000;

/// One editor at one browser.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who.
    pub editor: Editor,
    /// When it began, in seconds since 1970, UTC.
    pub began: i64,
    /// When it was last used.
    pub used: i64,
}

/// All sessions of a server.
#[derive(Debug, Default)]
pub struct Sessions {
    all: HashMap<Digest, Session>,
}

impl Sessions {
    /// Begins a session. The answer goes to the browser and nowhere else: 64
    /// hexadecimal digits, for a cookie that is `HttpOnly`, `Secure` and
    /// `SameSite=Strict`.
    pub fn begin(&mut self, editor: Editor, context: &Context) -> String {
        let now = context.now.unix_seconds();
        self.all.retain(|_, s| lives(s, now));
        if self.all.len() >= MOST
            && let Some(oldest) = self.all.iter().min_by_key(|(_, s)| s.used).map(|(d, _)| *d)
        {
            self.all.remove(&oldest);
        }
        let token = Digest::from_bytes(context.draw()).to_string();
        self.all.insert(kept(&token), Session { editor, began: now, used: now });
        token
    }

    /// The session of a token, which counts as used; none when there is none,
    /// or it has ended.
    pub fn find(&mut self, token: &str, now: Timestamp) -> Option<Session> {
        let (kept, now) = (kept(token), now.unix_seconds());
        if self.all.get(&kept).is_some_and(|s| !lives(s, now)) {
            self.all.remove(&kept);
        }
        let session = self.all.get_mut(&kept)?;
        session.used = now;
        Some(session.clone())
    }

    /// Ends a session.
    pub fn end(&mut self, token: &str) {
        self.all.remove(&kept(token));
    }

    /// Ends every session of an editor, as after a change of password.
    pub fn end_all_of(&mut self, editor: &Editor) {
        self.all.retain(|_, s| s.editor.id != editor.id);
    }
}

impl Secret {
    /// The hidden field of forms that belong to a session: nobody who does not
    /// hold the session's token can make it.
    pub fn csrf(&self, session: &str) -> String {
        self.mark("csrf", kept(session).as_bytes()).to_string()
    }

    /// Whether the hidden field belongs to the session.
    pub fn csrf_fits(&self, session: &str, field: &str) -> bool {
        same(&self.csrf(session), field)
    }
}

/// Tokens are looked up by digest, so that the time it takes tells nothing of
/// the tokens that there are.
fn kept(token: &str) -> Digest {
    Digest::of(token.as_bytes())
}

fn lives(session: &Session, now: i64) -> bool {
    now - session.used < IDLE && now - session.began < WHOLE && now >= session.began
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::{Id, Salt};

    fn at(seconds: i64) -> Context {
        let now = Timestamp::from_unix_seconds(1_800_000_000 + seconds).unwrap();
        Context::new(now, None, *Digest::of(&seconds.to_be_bytes()).as_bytes())
    }

    fn editor(n: u8) -> Editor {
        Editor { name: format!("E{n}"), id: Id::new(Digest::from_bytes([n; 32])) }
    }

    #[test]
    fn a_session_ends_when_it_rests_and_when_it_is_old() {
        let mut all = Sessions::default();
        let token = all.begin(editor(1), &at(0));
        assert_eq!(token.len(), 64);
        assert!(all.find(&token, at(IDLE - 1).now).is_some());
        assert!(all.find(&token, at(2 * IDLE - 2).now).is_some(), "it was used in between");
        assert!(all.find(&token, at(3 * IDLE).now).is_none());
        let token = all.begin(editor(1), &at(0));
        for n in 0..WHOLE / 1800 {
            assert!(all.find(&token, at(n * 1800).now).is_some());
        }
        assert!(all.find(&token, at(WHOLE).now).is_none());
    }

    #[test]
    fn ended_is_ended_and_there_are_never_too_many() {
        let mut all = Sessions::default();
        let (one, other) = (all.begin(editor(1), &at(0)), all.begin(editor(1), &at(1)));
        let third = all.begin(editor(2), &at(2));
        all.end(&one);
        assert!(all.find(&one, at(3).now).is_none() && all.find(&other, at(3).now).is_some());
        all.end_all_of(&editor(1));
        assert!(all.find(&other, at(3).now).is_none() && all.find(&third, at(3).now).is_some());
        for n in 0..i64::try_from(MOST).unwrap() + 5 {
            all.begin(editor(3), &at(10 + n));
        }
        assert_eq!(all.all.len(), MOST);
        assert!(all.find(&third, at(20).now).is_none(), "the one idle for longest went");
        assert!(all.find("", at(20).now).is_none());
    }

    #[test]
    fn a_field_belongs_to_its_session() {
        let secret = |n| Secret::for_tests(Salt::new([n; 32]));
        let field = secret(1).csrf("a");
        assert!(secret(1).csrf_fits("a", &field));
        assert!(!secret(1).csrf_fits("b", &field) && !secret(2).csrf_fits("a", &field));
        assert!(!secret(1).csrf_fits("a", ""));
    }
}
