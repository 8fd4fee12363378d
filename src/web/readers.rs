//! Threads that read the archive, each with its own open archive and room.
//!
//! An open archive cannot be shared between threads, and a room borrows it, so
//! both lie on a thread's stack for as long as the log stays as it is. Each
//! thread looks at the head of the log ten times a second. When the log has
//! grown, one thread at a time opens the archive anew while the others go on
//! with the older state; then it publishes the new one and the next follows.
//! Cost of a look: one small file. Cost of opening: the texts are laid out
//! again, some tenths of a second for a book.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::desk::{Archive, DeskError, Reader};
use crate::pages::{Room, Setting};

use super::locked::lock;
use super::published::{For, Published, Use};

/// How often a thread looks whether the log has grown.
const LOOK: Duration = Duration::from_millis(100);
/// How long a state is kept at least.
const REST: Duration = Duration::from_millis(300);
/// And so many times as long as it took to open, so that a thread has most of its
/// time for answers however much is being recorded.
const RESTS: u32 = 3;
/// How long whoever has recorded something waits at most for the pages to show it.
const CATCH_UP: Duration = Duration::from_secs(3);
/// So many answers may wait to be made.
const MOST_WAITING: usize = 512;

/// What a thread has open.
pub(super) struct Open<'r> {
    /// The pages.
    pub room: &'r Room<'r>,
    /// The archive as it may be shown to anybody: private texts are shut.
    pub archive: &'r Archive,
    /// The archive as its editors see it.
    pub whole: &'r Archive,
}

type Job = Box<dyn FnOnce(&Open<'_>) + Send>;

/// Which archive, and how its pages speak.
#[derive(Clone)]
pub(super) struct Place {
    pub dir: PathBuf,
    pub cache: Option<PathBuf>,
    pub setting: Setting,
}

impl Place {
    /// Opens the archive; texts that its owner attached are not published, so
    /// they are not looked for.
    pub fn open(&self) -> Result<Archive, DeskError> {
        Archive::open_with(&self.dir, self.cache.as_deref(), &mut |_, _, _| {})
    }
}

/// The threads and what they are asked.
pub(super) struct Readers {
    place: Place,
    queue: Mutex<Queue>,
    wake: Condvar,
    /// Entries of the log in the newest state that is open.
    size: AtomicU64,
    /// The same, and when which state was open first.
    published: Mutex<Published>,
    /// Entries of the log in what each thread has open.
    sizes: Vec<AtomicU64>,
    opening: AtomicBool,
    trouble: Mutex<Option<DeskError>>,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    stopped: bool,
}

/// Why a thread lets go of what it has open.
enum Over {
    Grown,
    Stopped,
}

impl Readers {
    /// Starts the threads; returns when the first has the archive open.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn start(place: Place) -> Result<(Arc<Self>, Vec<JoinHandle<()>>), DeskError> {
        // One goes on while another opens the archive anew.
        let count = thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 4));
        let readers = Arc::new(Self {
            place,
            queue: Mutex::default(),
            wake: Condvar::new(),
            size: AtomicU64::new(0),
            published: Mutex::default(),
            sizes: (0..count).map(|_| AtomicU64::new(0)).collect(),
            opening: AtomicBool::new(false),
            trouble: Mutex::new(None),
        });
        let (tell, told) = std::sync::mpsc::sync_channel(count);
        let mut threads = Vec::new();
        for n in 0..count {
            let (readers, tell) = (Arc::clone(&readers), tell.clone());
            let spawned = thread::Builder::new()
                .name(format!("reader-{n}"))
                .spawn(move || readers.read(n, tell));
            threads.push(spawned.map_err(|e| {
                DeskError::io("thread", format!("the system starts no thread: {e}"))
            })?);
            if n == 0 {
                match told.recv() {
                    Ok(Ok(())) => {}
                    Ok(Err(e)) => return Err(e),
                    Err(_) => return Err(unanswered()),
                }
            }
        }
        Ok((readers, threads))
    }

    /// Entries of the log that answers show now.
    pub fn size(&self) -> u64 {
        self.size.load(Ordering::Acquire)
    }

    /// What may be done now with an answer that shows so many entries.
    pub fn usable(&self, shows: u64, whom: For) -> Use {
        lock(&self.published).usable(shows, whom, Instant::now())
    }

    /// Waits until every answer shows the log at this size; some seconds at most,
    /// since a page that is a little older does no harm.
    pub async fn catch_up(&self, size: u64) {
        let until = Instant::now() + CATCH_UP;
        while self.lag(size) && Instant::now() < until {
            tokio::time::sleep(LOOK / 4).await;
        }
    }

    /// Whether some answers show less than the log at this size.
    pub fn lag(&self, size: u64) -> bool {
        self.sizes.iter().any(|s| s.load(Ordering::Acquire) < size)
    }

    /// How many answers wait to be made.
    pub fn waiting(&self) -> usize {
        lock(&self.queue).jobs.len()
    }

    /// Why the newest state could not be opened, if so.
    pub fn trouble(&self) -> Option<DeskError> {
        lock(&self.trouble).clone()
    }

    /// Has a thread look something up.
    ///
    /// # Errors
    /// The job's own; or that too much waits already.
    pub async fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Open<'_>) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        let (tell, told) = oneshot::channel();
        {
            let mut queue = lock(&self.queue);
            if queue.stopped || queue.jobs.len() >= MOST_WAITING {
                return Err(DeskError::io("busy", "too many answers wait to be made")
                    .hint("ask again in a few seconds"));
            }
            queue.jobs.push_back(Box::new(move |open| {
                // Who asked may be gone by now.
                if !tell.is_closed() {
                    let _ = tell.send(job(open));
                }
            }));
        }
        self.wake.notify_one();
        told.await.unwrap_or_else(|_| Err(unanswered()))
    }

    /// Lets the threads finish what waits, and end.
    pub fn stop(&self) {
        lock(&self.queue).stopped = true;
        self.wake.notify_all();
    }

    fn read(&self, n: usize, first: SyncSender<Result<(), DeskError>>) {
        let mut first = Some(first);
        loop {
            let over = self.read_once(n, &mut first);
            match over {
                Ok(Over::Grown) => {}
                Ok(Over::Stopped) => return,
                Err(e) => {
                    if let Some(first) = first.take().filter(|_| self.size() == 0) {
                        let _ = first.send(Err(e));
                        return;
                    }
                    *lock(&self.trouble) = Some(e);
                    if lock(&self.queue).stopped {
                        return;
                    }
                    thread::sleep(REST);
                }
            }
        }
    }

    /// Opens the archive and answers from it until the log has grown.
    fn read_once(
        &self,
        n: usize,
        first: &mut Option<SyncSender<Result<(), DeskError>>>,
    ) -> Result<Over, DeskError> {
        let token = Opening(&self.opening);
        let begun = Instant::now();
        let whole = self.place.open()?;
        let archive = self.place.open()?.published();
        let reader = Reader::new(&whole)?;
        let room = Room::new(&reader, self.place.setting.clone())?;
        self.publish(room.size(), begun.elapsed());
        if let Some(mine) = self.sizes.get(n) {
            mine.store(room.size(), Ordering::Release);
        }
        drop(token);
        if let Some(first) = first.take() {
            let _ = first.send(Ok(()));
        }
        let open = Open { room: &room, archive: &archive, whole: &whole };
        let (opened, mut looked) = (Instant::now(), Instant::now());
        let rest = REST.max(begun.elapsed() * RESTS);
        loop {
            let Some(job) = self.next(&mut looked) else { return Ok(Over::Stopped) };
            match job {
                Some(job) => {
                    // What went wrong in one answer shall not stay in the next.
                    if catch_unwind(AssertUnwindSafe(|| job(&open))).is_err() {
                        return Ok(Over::Grown);
                    }
                }
                None if opened.elapsed() < rest => {}
                None => {
                    let grown = self.size() > room.size() || archive.log_size()? != room.size();
                    if grown && !self.opening.swap(true, Ordering::AcqRel) {
                        return Ok(Over::Grown);
                    }
                }
            }
        }
    }

    /// The next job; `Some(None)` when it is time to look at the log, `None`
    /// when all is done and nothing more comes.
    fn next(&self, looked: &mut Instant) -> Option<Option<Job>> {
        let mut queue = lock(&self.queue);
        loop {
            let since = looked.elapsed();
            if since >= LOOK && !queue.stopped {
                *looked = Instant::now();
                return Some(None);
            }
            if let Some(job) = queue.jobs.pop_front() {
                return Some(Some(job));
            }
            if queue.stopped {
                return None;
            }
            let waited = self.wake.wait_timeout(queue, LOOK.saturating_sub(since));
            queue = waited.map_or_else(|e| e.into_inner().0, |(queue, _)| queue);
        }
    }

    fn publish(&self, size: u64, took: Duration) {
        *lock(&self.trouble) = None;
        let mut published = lock(&self.published);
        published.publish(size, Instant::now(), took);
        self.size.store(published.size(), Ordering::Release);
    }
}

/// Given back when a thread has opened the archive, or could not.
struct Opening<'a>(&'a AtomicBool);

impl Drop for Opening<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

fn unanswered() -> DeskError {
    DeskError::io("unanswered", "the answer could not be made")
        .hint("ask again; the server's own output tells what went wrong")
}
