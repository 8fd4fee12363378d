//! The floor plan (DESIGN, section 4) and the address of every outside crate.
//! Rooms that are not built yet stand here too: the plan comes first.

/// A room and its floor. A room sees only rooms on lower floors.
pub const ROOMS: &[(&str, u8)] = &[
    ("cli", 10),
    ("web", 10),
    ("pages", 9),
    ("desk", 8),
    ("audit", 7),
    ("export", 7),
    ("index", 6),
    ("store", 5),
    ("examine", 5),
    ("anchor", 4),
    ("attribution", 4),
    ("import", 4),
    ("collate", 3),
    ("model", 2),
    ("tlog", 2),
    ("text", 1),
    ("sign", 1),
    ("digest", 0),
    ("dates", 0),
];

/// The doors hold no rules: they read input and show answers.
pub const DOORS: &[&str] = &["cli", "web"];
/// All that a door may see.
pub const BEHIND_DOORS: &[&str] = &["desk", "pages"];
/// `main.rs` chooses a door and does nothing else.
pub const BEHIND_MAIN: &[&str] = DOORS;

/// Floors up to this one do no I/O and see no clock, environment or randomness.
pub const PURE_UP_TO: u8 = 4;
/// Rooms higher up that keep the same promise.
pub const PURE_ABOVE: &[&str] = &["examine"];

/// Crates that any room may use.
pub const ANYWHERE: &[&str] = &["serde", "thiserror", "schemars"];

/// Every other outside crate and the rooms it lives in; `main` is `main.rs`.
/// A crate of the tests alone is a dev-dependency and stands in [`FOR_TESTS`].
pub const CRATES: &[(&str, &[&str])] = &[
    ("sha2", &["digest"]),
    ("hmac", &["digest"]),
    ("hex", &["digest", "store"]),
    ("jiff", &["dates"]),
    ("ssh-key", &["sign"]),
    ("signature", &["sign"]),
    ("base64ct", &["sign", "tlog"]),
    ("memchr", &["attribution"]),
    ("wide", &["text"]),
    ("unicode-normalization", &["text"]),
    ("unicode-segmentation", &["text"]),
    ("toml", &["model"]),
    ("imara-diff", &["collate"]),
    ("similar", &["collate"]),
    ("encoding_rs", &["import"]),
    ("chardetng", &["import"]),
    ("quick-xml", &["import"]),
    ("git2", &["store"]),
    ("sha1", &["store"]),
    ("flate2", &["cli", "store", "web"]),
    ("libdeflater", &["store"]),
    ("rusqlite", &["index"]),
    ("serde_json", &["audit", "desk", "import", "web"]),
    ("argon2", &["desk"]),
    ("maud", &["pages"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("terminal_size", &["cli"]),
    ("unicode-width", &["cli"]),
    ("getrandom", &["cli", "web"]),
    ("console", &["cli"]),
    ("axum", &["web"]),
    ("http-body-util", &["web"]),
    ("hyper", &["web"]),
    ("hyper-util", &["web"]),
    ("tokio", &["web"]),
    ("tower", &["web"]),
    ("anyhow", &["main"]),
];

/// Crates that unit tests of any room may use.
pub const FOR_TESTS: &[&str] = &[
    "divan",
    "html5ever",
    "jsonschema",
    "markup5ever_rcdom",
    "proptest",
    "serde_json",
    "tempfile",
    "trycmd",
    "tungstenite",
];

/// Module names that say nothing about what is inside.
pub const EMPTY_NAMES: &[&str] = &[
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "shared",
    "stuff",
];

/// A longer file holds two ideas.
pub const LINES: usize = 600;
/// Files allowed to be longer, each with its reason beside it. None.
pub const LONGER: &[&str] = &[];

/// The floor of a room, if it is in the plan.
pub fn floor(room: &str) -> Option<u8> {
    ROOMS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

/// Whether a room promises to do no I/O and see no clock.
pub fn is_pure(room: &str) -> bool {
    floor(room).is_some_and(|f| f <= PURE_UP_TO) || PURE_ABOVE.contains(&room)
}

/// Whether a crate of the manifest has an address at all.
pub fn is_known(krate: &str) -> bool {
    ANYWHERE.contains(&krate) || CRATES.iter().any(|(name, _)| *name == krate)
}
