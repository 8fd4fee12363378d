//! The desk's answers for programs, below `/api/v1`: the same envelope and the
//! same data as `--json` gives on the command line. Reading is a table of
//! [`questions`]; the description (OpenAPI 3.1) is made from that table, so that
//! it names what there is.

mod description;
mod questions;
mod read;
mod reply;

pub(super) use description::{description, schema};
pub(super) use read::{not_so, nothing, read};
pub(super) use reply::reply;
