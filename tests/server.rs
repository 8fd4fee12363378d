//! The server as a stranger meets it: the real program on a port of its own,
//! spoken to over sockets. Each test has its own archive and server.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

#[path = "server/client.rs"]
mod client;
mod door;
#[path = "server/sending.rs"]
mod sending;
#[path = "server/started.rs"]
mod started;

#[path = "server/api.rs"]
mod api;
#[path = "server/desk.rs"]
mod desk;
#[path = "server/forms.rs"]
mod forms;
#[path = "server/pages.rs"]
mod pages;
#[path = "server/refused.rs"]
mod refused;
#[path = "server/replies.rs"]
mod replies;
#[path = "server/running.rs"]
mod running;
