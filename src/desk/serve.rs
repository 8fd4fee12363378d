//! `serve`: what is asked of a server, and what it says of itself.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

/// A server that is to be started.
#[derive(Debug, Clone)]
pub struct ServeDraft {
    /// The archive's folder.
    pub dir: PathBuf,
    /// Where the index of a plain folder is kept.
    pub cache: Option<PathBuf>,
    /// Where it listens; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// All requests come from a proxy, which tells the address of each client.
    pub behind_proxy: bool,
    /// Where a line a request is written; standard error when absent.
    pub access_log: Option<PathBuf>,
    /// Addresses of clients are left out of these lines.
    pub no_addresses: bool,
    /// How long a client may keep the server waiting.
    pub patience: Duration,
    /// An editor looks at every reply before it is recorded.
    pub hold_all: bool,
    /// Replies that one address may send in a minute.
    pub replies_each: u32,
    /// Replies that all addresses together may send in a minute.
    pub replies_all: u32,
    /// Most bytes of finished pages that are kept in memory.
    pub keep: usize,
}

/// A server that listens.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ServeAnswer {
    /// Where it listens: `http://127.0.0.1:8080/`.
    pub address: String,
    /// Entries of the log when it started.
    pub log_size: u64,
    /// Whether it takes replies: it holds the key of the archive.
    pub takes_replies: bool,
}

/// How a server is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HealthAnswer {
    /// Entries of the log that its pages show.
    pub log_size: u64,
    /// Answers that wait to be made.
    pub waiting: usize,
    /// Finished answers that are kept.
    pub kept: usize,
    /// Their bytes.
    pub kept_bytes: usize,
}
