//! What a server takes in, on a real archive: replies held back and released,
//! what is private kept private, log-ins, undo; and every page of the forms as
//! a browser parses it, with hostile words everywhere.
#![allow(clippy::print_stderr, clippy::unwrap_used)]

mod dom;
mod door;
#[path = "intake/forms.rs"]
mod forms;
#[path = "intake/logins.rs"]
mod logins;
#[path = "intake/replies.rs"]
mod replies;

use std::cell::Cell;

use door::Room;
use variorum::desk::{
    self, Archive, Arrivals, Context, Handed, HoldRule, Secret, SubmitAnswer, SubmitDraft, Taken,
    Timestamp,
};

/// Words of the built-in text that stand there once.
const WORDS: &str = "three are in the churchyard";

/// An archive as a server has it open.
struct Desk {
    room: Room,
    archive: Archive,
    secret: Secret,
    arrivals: Arrivals,
    acts: Cell<u32>,
}

fn now(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_790_000_000 + seconds).unwrap()
}

impl Desk {
    fn new() -> Self {
        let room = Room::new();
        let archive = Archive::open(&room.path("a"), &mut |_, _, _| {}).unwrap();
        let secret = Secret::of(&archive, &context(None, 0)).unwrap();
        Self { room, archive, secret, arrivals: Arrivals::default(), acts: Cell::new(1) }
    }

    /// The context of the next act, a minute after the last one.
    fn context(&self, actor: Option<&str>) -> Context {
        let n = self.acts.get();
        self.acts.set(n + 1);
        context(actor, n)
    }

    fn keeper(&self) -> Context {
        self.context(Some("Keeper"))
    }

    /// Hands a reply in as a person would, a minute after the form was shown.
    fn hand(&mut self, draft: SubmitDraft, contact: Option<&str>, trap: &str) -> Taken {
        let context = self.context(None);
        let shown = Timestamp::from_unix_seconds(context.now.unix_seconds() - 60).unwrap();
        let handed = Handed {
            draft,
            contact: contact.map(ToString::to_string),
            trap: trap.to_string(),
            token: self.secret.form_token("browser", shown),
            browser: "browser".into(),
            address: Some(self.secret.address("192.0.2.7", context.now)),
        };
        desk::take(
            &mut self.archive,
            handed,
            HoldRule::Suspicious,
            &self.secret,
            &mut self.arrivals,
            &context,
        )
        .unwrap()
    }

    fn recorded(&mut self, says: &str) -> SubmitAnswer {
        match self.hand(draft(says), None, "") {
            Taken::Recorded(sent) => *sent,
            Taken::Held { signs, .. } => panic!("held: {signs:?}"),
        }
    }
}

fn context(actor: Option<&str>, n: u32) -> Context {
    let time = now(i64::from(n) * 60);
    let entropy = desk::seed_for_tests(&format!("intake {n}"), time);
    Context::new(time, actor.map(ToString::to_string), entropy)
}

fn draft(says: &str) -> SubmitDraft {
    SubmitDraft {
        at: Some("F".into()),
        quote: Some(WORDS.into()),
        says: says.into(),
        ..SubmitDraft::default()
    }
}

/// Every byte of the archive's folder, of its log, and of an export, as one.
fn published(desk: &Desk, export: &str) -> Vec<u8> {
    desk.room.a(&["export", "plain", export]).exits(0);
    let mut all = Vec::new();
    for file in door::files(&desk.room.path(export)) {
        all.extend(std::fs::read(file).unwrap());
    }
    for (path, bytes) in desk.room.bytes_of("a") {
        // Where the private folder is, is no secret; what lies in it is.
        if path.file_name().is_some_and(|n| n != "config") {
            all.extend(bytes);
        }
    }
    all.extend(desk.room.a(&["log", "--all", "-n", "1000"]).out);
    all
}

fn holds(all: &[u8], words: &str) -> bool {
    all.windows(words.len()).any(|w| w == words.as_bytes())
}
