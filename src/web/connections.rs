//! Connections: taken up to a number, cut off when they keep the server
//! waiting, and finished when the server stops.

use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::answering;
use super::limits::{Places, Taken};
use super::patient::Patient;
use super::state::Shared;

/// Most connections at the same time; further ones wait in the system's queue.
const MOST: usize = 1024;
/// Most connections of one address, where clients come themselves.
const MOST_EACH: u32 = 256;
/// Most bytes of the head of a request.
const HEAD: usize = 32 * 1024;
/// How long requests that are under way may take when the server stops.
const LAST: Duration = Duration::from_secs(20);

/// Serves until `stop`, then finishes what is under way.
pub(super) async fn serve(
    listener: TcpListener,
    state: Shared,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(MOST));
    let each = Places::new(if state.behind_proxy { u32::MAX } else { MOST_EACH });
    tokio::pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&room).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let (stream, peer): (TcpStream, SocketAddr) = match accepted {
            Ok(accepted) => accepted,
            Err(_) => {
                // No more files, or a client that is gone already.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        let Some(taken) = each.take(peer.ip()) else { continue };
        let (state, router, watcher) = (Arc::clone(&state), router.clone(), graceful.watcher());
        tokio::spawn(async move {
            one(stream, peer.ip(), state, router, watcher, taken).await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(LAST, graceful.shutdown()).await;
}

/// One connection to its end.
async fn one(
    stream: TcpStream,
    peer: IpAddr,
    state: Shared,
    router: Router,
    watcher: Watcher,
    _taken: Taken,
) {
    // Answers are written whole: waiting for more to send helps nobody.
    let _ = stream.set_nodelay(true);
    let patience = state.patience;
    let service = service_fn(move |request: Request<Incoming>| {
        let (state, router) = (Arc::clone(&state), router.clone());
        async move {
            let request = request.map(Body::new);
            Ok::<_, Infallible>(answering::answer(&state, router, peer, request).await)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(Patient::new(stream, patience)), service);
    // That a client hangs up, or is cut off, is its own business.
    let _ = watcher.watch(connection).await;
}
