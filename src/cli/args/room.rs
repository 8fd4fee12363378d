//! Options of `site` and `serve`, which show the same pages.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct SiteArgs {
    /// Into which folder: new, empty, or an earlier site that is replaced
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub pages: PagesArgs,
}

/// How pages are set up, on a disk and on a server.
#[derive(Debug, Args)]
pub(in crate::cli) struct PagesArgs {
    /// In which language the pages speak of themselves: en or ru
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub language: String,
    /// Where the pages will be published; feeds and the sitemap name it
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The mail address that replies go to
    #[arg(long, value_name = "ADDRESS")]
    pub mail: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ServeArgs {
    /// Address and port; port 0 takes any that is free. From outside it is reached
    /// through a proxy that speaks TLS
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub pages: PagesArgs,
    /// All requests come from one proxy: believe what its X-Forwarded-For says
    #[arg(long)]
    pub behind_proxy: bool,
    /// Write a line a request to the end of this file (default: standard error)
    #[arg(long, value_name = "FILE")]
    pub access_log: Option<PathBuf>,
    /// Leave addresses out of these lines
    #[arg(long)]
    pub no_addresses: bool,
    /// Hold every reply back until an editor has looked at it
    #[arg(long)]
    pub hold_all: bool,
    /// Replies that one address may send in a minute
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub replies_each: u32,
    /// Replies that all addresses together may send in a minute
    #[arg(long, value_name = "NUMBER", default_value_t = 600)]
    pub replies_all: u32,
    /// How long a client may keep the server waiting
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub patience: Duration,
    /// Megabytes of finished pages kept in memory
    #[arg(long, value_name = "NUMBER", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=8192))]
    pub keep: u16,
}

/// A time of at least a tenth of a second and at most an hour.
fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| format!("{text:?} is no number"))?;
    match (0.1..=3600.0).contains(&number) {
        true => Ok(Duration::from_secs_f64(number)),
        false => Err("it is between 0.1 and 3600".into()),
    }
}
