//! The one thread that records replies. What has come in while a batch was being
//! recorded makes the next batch: alone a reply waits for nobody, and in a crowd
//! one sync serves many. A reply is answered when its batch is on the disk.

use std::sync::mpsc::{self, Receiver, SyncSender, TrySendError};
use std::thread::{self, JoinHandle};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::oneshot;

use crate::desk::{self, Archive, Context, DeskError, SubmitAnswer, SubmitDraft, Timestamp};

use super::readers::Place;

/// So many replies may wait; more are told to come again.
const MOST_WAITING: usize = 1024;
/// So many replies are recorded in one batch.
const MOST_AT_ONCE: usize = 128;

/// A reply and who waits for its answer.
struct Sent {
    draft: SubmitDraft,
    tell: oneshot::Sender<Result<SubmitAnswer, DeskError>>,
}

/// The way to the thread; it ends when the last of these is dropped.
#[derive(Clone)]
pub(super) struct Writer {
    to: SyncSender<Sent>,
}

impl Writer {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives none.
    pub fn start(place: Place) -> Result<(Self, JoinHandle<()>), DeskError> {
        let (to, from) = mpsc::sync_channel(MOST_WAITING);
        let thread = thread::Builder::new()
            .name("writer".into())
            .spawn(move || record(&place, &from))
            .map_err(|e| DeskError::io("thread", format!("the system starts no thread: {e}")))?;
        Ok((Self { to }, thread))
    }

    /// Records a reply; returns when it is on the disk.
    ///
    /// # Errors
    /// What is wrong with the reply; or that the archive takes none, or that too
    /// many wait.
    pub async fn send(&self, draft: SubmitDraft) -> Result<SubmitAnswer, DeskError> {
        let (tell, told) = oneshot::channel();
        self.to.try_send(Sent { draft, tell }).map_err(|e| match e {
            TrySendError::Full(_) => {
                DeskError::io("busy", "too many replies wait to be recorded; yours was not taken")
                    .hint("send it again in a few seconds")
            }
            TrySendError::Disconnected(_) => stopped(),
        })?;
        told.await.unwrap_or_else(|_| Err(stopped()))
    }
}

fn stopped() -> DeskError {
    DeskError::io("stopped", "the reply may not have been recorded")
        .hint("look for it among the replies before you send it again")
}

fn record(place: &Place, from: &Receiver<Sent>) {
    let mut archive: Option<Archive> = None;
    while let Ok(first) = from.recv() {
        let mut sent = vec![first];
        sent.extend(from.try_iter().take(MOST_AT_ONCE - 1));
        let (drafts, tells): (Vec<_>, Vec<_>) = sent.into_iter().map(|s| (s.draft, s.tell)).unzip();
        let answers = match batch(place, &mut archive, &drafts) {
            Ok(answers) => answers,
            Err(e) => {
                // What failed in the archive itself is looked at afresh.
                archive = None;
                vec![Err(e); drafts.len()]
            }
        };
        for (tell, answer) in tells.into_iter().zip(answers) {
            // Who is gone finds the reply on the pages.
            let _ = tell.send(answer);
        }
    }
}

fn batch(
    place: &Place,
    kept: &mut Option<Archive>,
    drafts: &[SubmitDraft],
) -> Result<Vec<Result<SubmitAnswer, DeskError>>, DeskError> {
    let archive = match kept {
        Some(archive) => archive,
        None => kept.insert(place.open()?.published()),
    };
    desk::submit_each(archive, drafts, &context()?)
}

/// The time and the randomness of a batch.
fn context() -> Result<Context, DeskError> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy)
        .map_err(|e| DeskError::io("entropy", format!("the system gives no randomness: {e}")))?;
    Ok(Context::new(now()?, None, entropy))
}

/// The time by the server's clock.
///
/// # Errors
/// When the clock shows no date.
pub(super) fn now() -> Result<Timestamp, DeskError> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64);
    Timestamp::from_unix_seconds(seconds)
        .ok_or_else(|| DeskError::io("clock", "the clock shows no date"))
}
