//! `serve`: from what is asked of a server to its end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::desk::{self, DeskError, HoldRule, ServeAnswer, ServeDraft};
use crate::pages::Setting;

use super::access_log::AccessLog;
use super::connections;
use super::forms::Standing;
use super::kept::Kept;
use super::limits::{Places, Rate};
use super::readers::{Place, Readers};
use super::routes::router;
use super::state::State;
use super::writer::{Writer, context_of};

/// Answers that one address may have in the making at the same time.
const MAKING_EACH: u32 = 24;

/// Forms with files that are in memory at the same time.
const UPLOADS: usize = 4;

/// Serves an archive until the process is told to end (SIGTERM, or SIGINT as
/// Ctrl-C sends it); requests under way are finished. `ready` is told when the
/// server listens.
///
/// # Errors
/// When the archive cannot be opened, the address is taken, or `ready` fails.
pub fn serve(
    draft: &ServeDraft,
    setting: Setting,
    ready: &mut dyn FnMut(&ServeAnswer) -> Result<(), DeskError>,
) -> Result<(), DeskError> {
    let place = Place { dir: draft.dir.clone(), cache: draft.cache.clone(), setting };
    let archive = place.open()?;
    let takes_replies = desk::status(&archive)?.writable;
    let hold = if draft.hold_all { HoldRule::All } else { HoldRule::Suspicious };
    let secure = draft.behind_proxy;
    let standing = Standing::new(&archive, takes_replies, hold, secure, &context_of(None)?)?;
    drop(archive);
    let (access_log, logger) = AccessLog::start(draft.access_log.as_deref(), draft.no_addresses)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| DeskError::io("runtime", format!("the system gives no threads: {e}")))?;
    let (listener, stop) = runtime
        .block_on(async { Ok::<_, DeskError>((listen(draft.listen).await?, Stop::new())) })?;
    let address = listener
        .local_addr()
        .map_err(|e| DeskError::io("listen", format!("{} has no address: {e}", draft.listen)))?;
    let (readers, mut threads) = Readers::start(place.clone())?;
    let (writer, writing) = Writer::start(place.clone())?;
    threads.extend([logger, writing]);
    let state = Arc::new(State {
        place,
        standing,
        uploads: Semaphore::new(UPLOADS),
        log_ins: Semaphore::new(1),
        readers: Arc::clone(&readers),
        writer,
        kept: Kept::new(draft.keep),
        access_log,
        replies: Rate::a_minute(draft.replies_each, draft.replies_all, Instant::now()),
        making: Places::new(MAKING_EACH),
        behind_proxy: draft.behind_proxy,
        patience: draft.patience,
    });
    let answer = ServeAnswer {
        address: format!("http://{address}/"),
        log_size: readers.size(),
        takes_replies,
    };
    let told = ready(&answer);
    if told.is_ok() {
        let routes = router(Arc::clone(&state));
        runtime.block_on(async {
            connections::serve(listener, Arc::clone(&state), routes, stop.told()).await;
        });
    }
    // Connections that did not end in time are cut off with the runtime; then
    // nobody can send a reply any more, and the writer finishes what it has.
    runtime.shutdown_timeout(Duration::from_secs(1));
    readers.stop();
    drop(state);
    for thread in threads {
        // What went wrong in it was told to those whom it answered.
        let _ = thread.join();
    }
    told
}

async fn listen(address: SocketAddr) -> Result<TcpListener, DeskError> {
    TcpListener::bind(address).await.map_err(|e| {
        DeskError::io("listen", format!("{address} cannot be listened on: {e}"))
            .hint("choose another one: --listen 127.0.0.1:8081")
    })
}

/// The signals that end the server, heard from the moment this is made.
struct Stop {
    #[cfg(unix)]
    terminate: Option<tokio::signal::unix::Signal>,
}

impl Stop {
    #[cfg(unix)]
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Self { terminate: signal(SignalKind::terminate()).ok() }
    }

    #[cfg(not(unix))]
    fn new() -> Self {
        Self {}
    }

    /// Returns when one of them came.
    async fn told(self) {
        #[cfg(unix)]
        if let Some(mut terminate) = self.terminate {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
