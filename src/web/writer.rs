//! The one thread that writes the archive. Acts of an editor, and replies from the
//! form (which may be held back), are done one by one; replies of programs in
//! batches: what has come in while a batch was being
//! recorded makes the next batch: alone a reply waits for nobody, and in a crowd
//! one sync serves many. A reply is answered when its batch is on the disk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
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

/// What is to be done.
enum Task {
    Reply(Sent),
    /// An act; true when it is an editor's, who may see private texts.
    Act(bool, Act),
}

type Act = Box<dyn FnOnce(Result<&mut Archive, DeskError>) + Send>;

/// A reply and who waits for its answer.
struct Sent {
    draft: SubmitDraft,
    tell: oneshot::Sender<Result<SubmitAnswer, DeskError>>,
}

/// The way to the thread; it ends when the last of these is dropped.
#[derive(Clone)]
pub(super) struct Writer {
    to: SyncSender<Task>,
    /// Entries of the log after what was recorded last.
    recorded: Arc<AtomicU64>,
}

impl Writer {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives none.
    pub fn start(place: Place) -> Result<(Self, JoinHandle<()>), DeskError> {
        let (to, from) = mpsc::sync_channel(MOST_WAITING);
        let recorded = Arc::new(AtomicU64::new(0));
        let told = Arc::clone(&recorded);
        let thread = thread::Builder::new()
            .name("writer".into())
            .spawn(move || record(&place, &from, &told))
            .map_err(|e| DeskError::io("thread", format!("the system starts no thread: {e}")))?;
        Ok((Self { to, recorded }, thread))
    }

    /// Entries of the log after what was recorded last; 0 before anything was.
    pub fn recorded(&self) -> u64 {
        self.recorded.load(Ordering::Acquire)
    }

    /// Records a reply; returns when it is on the disk.
    ///
    /// # Errors
    /// What is wrong with the reply; or that the archive takes none, or that too
    /// many wait.
    pub async fn send(&self, draft: SubmitDraft) -> Result<SubmitAnswer, DeskError> {
        let (tell, told) = oneshot::channel();
        self.push(Task::Reply(Sent { draft, tell }))?;
        told.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Does something alone, on the archive as editors (`whole`) or as all others
    /// may read it; returns when it is on the disk.
    ///
    /// # Errors
    /// The act's own; or that too many wait.
    pub async fn act<T: Send + 'static>(
        &self,
        whole: bool,
        act: impl FnOnce(&mut Archive) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        let (tell, told) = oneshot::channel();
        let act: Act = Box::new(move |archive| {
            let _ = tell.send(archive.and_then(act));
        });
        self.push(Task::Act(whole, act))?;
        told.await.unwrap_or_else(|_| Err(stopped()))
    }

    fn push(&self, task: Task) -> Result<(), DeskError> {
        self.to.try_send(task).map_err(|e| match e {
            TrySendError::Full(_) => {
                DeskError::io("busy", "too many replies wait to be recorded; yours was not taken")
                    .hint("send it again in a few seconds")
            }
            TrySendError::Disconnected(_) => stopped(),
        })
    }
}

fn stopped() -> DeskError {
    DeskError::io("stopped", "the reply may not have been recorded")
        .hint("look for it among the replies before you send it again")
}

/// The archive, opened when it is first needed: as anybody may read it, and as
/// editors do.
#[derive(Default)]
struct Kept {
    published: Option<Archive>,
    whole: Option<Archive>,
}

impl Kept {
    /// Tells how long the log is by now.
    fn tell(&self, recorded: &AtomicU64) {
        let open = self.published.as_ref().or(self.whole.as_ref());
        if let Some(Ok(size)) = open.map(Archive::log_size) {
            recorded.fetch_max(size, Ordering::AcqRel);
        }
    }

    fn get(&mut self, place: &Place, whole: bool) -> Result<&mut Archive, DeskError> {
        let kept = if whole { &mut self.whole } else { &mut self.published };
        match kept {
            Some(archive) => Ok(archive),
            None => {
                let opened = place.open()?;
                Ok(kept.insert(if whole { opened } else { opened.published() }))
            }
        }
    }
}

fn record(place: &Place, from: &Receiver<Task>, recorded: &AtomicU64) {
    let mut kept = Kept::default();
    let mut next: Option<Task> = None;
    while let Some(task) = next.take().or_else(|| from.recv().ok()) {
        let first = match task {
            Task::Reply(first) => first,
            Task::Act(whole, act) => {
                // A panic in one act shall not end the writing of others.
                let done = catch_unwind(AssertUnwindSafe(|| act(kept.get(place, whole))));
                if done.is_err() {
                    kept = Kept::default();
                }
                kept.tell(recorded);
                continue;
            }
        };
        let mut sent = vec![first];
        while sent.len() < MOST_AT_ONCE {
            match from.try_recv() {
                Ok(Task::Reply(another)) => sent.push(another),
                Ok(act) => {
                    next = Some(act);
                    break;
                }
                Err(_) => break,
            }
        }
        let (drafts, tells): (Vec<_>, Vec<_>) = sent.into_iter().map(|s| (s.draft, s.tell)).unzip();
        let batch = AssertUnwindSafe(|| {
            desk::submit_each(kept.get(place, false)?, &drafts, &context_of(None)?)
        });
        let answers = catch_unwind(batch).unwrap_or_else(|_| Err(stopped())).unwrap_or_else(|e| {
            // What failed in the archive itself is looked at afresh.
            kept = Kept::default();
            vec![Err(e); drafts.len()]
        });
        kept.tell(recorded);
        for (tell, answer) in tells.into_iter().zip(answers) {
            // Who is gone finds the reply on the pages.
            let _ = tell.send(answer);
        }
    }
}

/// The time, who acts, and fresh randomness.
///
/// # Errors
/// When clock or randomness fail.
pub(super) fn context_of(actor: Option<String>) -> Result<Context, DeskError> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy)
        .map_err(|e| DeskError::io("entropy", format!("the system gives no randomness: {e}")))?;
    Ok(Context::new(now()?, actor, entropy))
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
