//! How many readers and repliers one server holds: `cargo bench --bench serve`.
//! The server is the program itself, on the same cores as those who ask; the
//! book is the memoir in `../shared/seeds` when it is there, else one made on
//! the spot. Requests come at times that were fixed before, so that a slow
//! answer does not make the next question late: what is measured is how long a
//! reader waits.
#![allow(clippy::print_stdout)]

#[path = "book/mod.rs"]
mod book;
#[path = "serve/client.rs"]
mod client;
#[path = "serve/evening.rs"]
mod evening;
#[path = "serve/load.rs"]
mod load;
#[path = "serve/server.rs"]
mod server;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use client::Client;
use load::{Load, Row};
use server::Server;
use variorum::desk::{self, Archive, LogDraft};

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let seconds = if quick { 1 } else { 10 };
    let base = tempfile::tempdir().expect("a temporary folder");
    let text = server::archive(base.path(), if quick { 10 } else { 200 });
    server::password(base.path());
    let server = Server::start(base.path());
    println!("memory when it listens: {:.0} MB", server.memory());

    let mut client = Client::new(&server.address);
    let paths = paths(&mut client);
    let started = Instant::now();
    let mut bytes = 0;
    for path in &paths {
        bytes += client.get(path);
    }
    let took = started.elapsed();
    println!(
        "{} pages made for the first time: {:.1} ms each; {:.1} MB compressed; memory {:.0} MB",
        paths.len(),
        took.as_secs_f64() * 1e3 / paths.len() as f64,
        bytes as f64 / 1e6,
        server.memory()
    );

    println!("{}", Row::HEAD);
    let reads = |rate| Load { rate, clients: 32, time: Duration::from_secs(seconds) };
    for rate in [500, 2000, 4000] {
        let row = reads(rate).run(&server.address, |client, n| {
            client.get(&paths[n * 7919 % paths.len()]);
            None
        });
        println!("{}", row.line(&format!("reading, {rate}/s asked")));
    }
    let row = Load { rate: 0, ..reads(0) }.run(&server.address, |client, n| {
        client.get(&paths[n * 7919 % paths.len()]);
        None
    });
    println!("{}", row.line("reading, as fast as it goes"));

    evening::answered(&server.address, if quick { 3 } else { 50 });

    let lines = server::lines(&text);
    let replies = Load { rate: 100, clients: 25, time: Duration::from_secs(seconds) };
    let send = |client: &mut Client, n: usize| {
        let (line, words) = &lines[n * 7919 % lines.len()];
        client.reply(&format!(
            "{{\"at\":\"B@1:{line}\",\"quote\":{words:?},\"says\":\"Reply {n} of the evening.\"}}"
        ))
    };
    let first = replies.run(&server.address, send);
    println!("{}", first.line("replies, 100/s asked"));
    let (second, read) = std::thread::scope(|scope| {
        let (address, paths) = (&server.address, &paths);
        let read = scope.spawn(move || {
            Load { rate: 500, clients: 16, time: Duration::from_secs(seconds) }.run(
                address,
                |client, n| {
                    client.get(&paths[n * 7919 % 60]);
                    None
                },
            )
        });
        let more = |client: &mut Client, n: usize| send(client, n + 100_000);
        (replies.run(address, more), read.join().expect("readers do not panic"))
    });
    println!("{}", second.line("replies, 100/s, while 500/s read"));
    println!("{}", read.line("reading, 500/s, while 100/s reply"));
    println!("memory at most: {:.0} MB", server.memory());
    server.stop();

    // What was acknowledged is in the log, at the entry that was told.
    let archive = Archive::open(&base.path().join("archive"), &mut |_, _, _| {}).expect("it opens");
    let draft = LogDraft { limit: Some(usize::MAX / 8), all: true, ..LogDraft::default() };
    let log = desk::log(&archive, &draft).expect("the log is read");
    let entries: HashMap<String, u64> =
        log.items.iter().map(|i| (i.id.to_string(), i.index)).collect();
    let all: Vec<_> = first.told.iter().chain(&second.told).collect();
    for (id, index) in &all {
        assert_eq!(entries.get(id), Some(index), "{id} was acknowledged");
    }
    let batches = log.items.iter().filter(|i| i.kind == "intake/1").count();
    println!(
        "{} replies were acknowledged, and each is in the log as was told; {batches} batches in all",
        all.len()
    );
}

/// Pages of the book: the first ones of each sort, its chapters, and passages.
fn paths(client: &mut Client) -> Vec<String> {
    let mut out: Vec<String> = [
        "/",
        "/room.css",
        "/room.js",
        "/text/B/",
        "/reply/",
        "/log/1.html",
        "/people.html",
        "/feed.atom",
    ]
    .map(String::from)
    .to_vec();
    for n in 1.. {
        let Some(page) = client.page(&format!("/text/B/{n}.html")) else { break };
        out.push(format!("/text/B/{n}.html"));
        let passages = page.split("passage/").skip(1).filter_map(|p| p.split_once(".html"));
        let mut seen: Vec<&str> = passages.map(|(name, _)| name).collect();
        seen.dedup();
        out.extend(seen.into_iter().take(8).map(|name| format!("/text/B/passage/{name}.html")));
    }
    out
}
