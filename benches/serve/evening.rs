//! An evening at the desk: what waits is answered one reply after the other.

use std::time::{Duration, Instant};

use crate::client::Client;
use crate::server::PASSWORD;

/// Logs in and answers so many replies; what each took, from sending the answer
/// until the desk is there again, is told.
pub fn answered(address: &str, answers: usize) {
    let mut client = Client::new(address);
    let said = format!("name=Keeper&password={}", PASSWORD.replace(' ', "+"));
    let cookie = client.form("", "/desk/login", &said).expect("a session");
    let mut page = client.page_as(&cookie, "/desk");
    let waits = page.split("name=\"correction\"").count() - 1;
    let mut took: Vec<Duration> = Vec::new();
    for _ in 0..answers {
        let field = |name: &str| -> String {
            let rest = page.split(&format!("name=\"{name}\"")).nth(1).unwrap_or_default();
            let value = rest.split('>').next().and_then(|r| r.split("value=\"").nth(1));
            value.and_then(|v| v.split('"').next()).unwrap_or_default().to_string()
        };
        let body = format!(
            "csrf={}&correction={}&verdict=decline&reason=The+books+say+so.&to_text=editor&to_replier=none",
            field("csrf"),
            field("correction")
        );
        let sent = Instant::now();
        client.form(&cookie, "/desk/decide", &body);
        page = client.page_as(&cookie, "/desk");
        took.push(sent.elapsed());
    }
    took.sort_unstable();
    let ms = |n: usize| took.get(n).map_or(f64::NAN, |t| t.as_secs_f64() * 1e3);
    println!(
        "the desk ({waits} groups on it): an answer, and the desk again: {:.0} ms in the middle, {:.0} ms at worst, of {answers}",
        ms(took.len() / 2),
        ms(took.len().saturating_sub(1))
    );
}
