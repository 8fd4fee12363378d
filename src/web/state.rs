//! What every request may use.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::access_log::AccessLog;
use super::forms::Standing;
use super::kept::Kept;
use super::limits::{Places, Rate};
use super::readers::{Place, Readers};
use super::writer::Writer;

/// The server, apart from its connections.
pub(super) struct State {
    pub place: Place,
    pub readers: Arc<Readers>,
    pub writer: Writer,
    pub kept: Arc<Kept>,
    pub access_log: AccessLog,
    /// Replies in a minute.
    pub replies: Rate,
    /// Answers in the making at the same time.
    pub making: Arc<Places>,
    /// What the forms know.
    pub standing: Standing,
    /// Forms with files that are read at the same time.
    pub uploads: Semaphore,
    /// Log-ins that are checked at the same time.
    pub log_ins: Semaphore,
    /// Requests come from a proxy, which tells the address of the client.
    pub behind_proxy: bool,
    /// How long a client may keep the server waiting.
    pub patience: Duration,
}

/// As handlers get it.
pub(super) type Shared = Arc<State>;
