use crate::desk::{self, Anchoring, PlaceNow};

use super::args::InboxArgs;
use super::door::Door;
use super::paint::safe;
use super::run::Done;
use super::wrap;

pub(super) fn run(args: &InboxArgs, door: &mut Door) -> Done {
    let archive = door.archive()?;
    let inbox = desk::inbox(&archive, args.all)?;
    let next = match inbox.items.first() {
        Some(g) => {
            vec![format!("variorum decide {} adopt --reason \"…\"", g.replies[0].correction)]
        }
        None => Vec::new(),
    };
    door.answer(&inbox, next, |door| {
        door.line(door.paint.bold(&format!(
            "{} waiting in {} group(s), {} with evidence; {} answered",
            inbox.waiting,
            inbox.items.len(),
            inbox.with_evidence,
            inbox.answered
        )));
        let width = door.width.min(84);
        for (n, g) in inbox.items.iter().enumerate() {
            door.line("");
            let many = if g.replies.len() > 1 {
                format!("  {} replies", g.replies.len())
            } else {
                String::new()
            };
            door.line(door.paint.bold(&format!("#{}  {}{many}", n + 1, g.place)));
            if let Some(now) = &g.now {
                for l in wrap::plain(&safe(&stands_now(now)), width, "    ") {
                    door.line(l);
                }
            }
            if let Some(was) = &g.was {
                for l in wrap::plain(&safe(&format!("was:  {was}")), width, "    ") {
                    door.line(l);
                }
            }
            if let Some(now) = &g.replacement {
                for l in wrap::plain(&safe(&format!("say:  {now}")), width, "    ") {
                    door.line(l);
                }
            }
            for r in &g.replies {
                let who = r.name.as_deref().unwrap_or("a reader");
                let evidence = if r.evidence > 0 {
                    format!(", {} evidence", r.evidence)
                } else {
                    String::new()
                };
                let state =
                    r.decision.as_ref().map(|d| format!(" [{}]", d.verdict)).unwrap_or_default();
                let received = r.received.map(|t| t.day()).unwrap_or_default();
                let says = if r.says.is_empty() { String::new() } else { format!(": {}", r.says) };
                let line = format!(
                    "{}  {received}  {} by {who}, {}{evidence}{state}{says}",
                    r.correction, r.r#type, r.known
                );
                for l in wrap::plain(&safe(&line), width, "    ") {
                    door.line(l);
                }
            }
        }
    });
    Ok(0)
}

/// Where the words are in the newest text.
fn stands_now(now: &PlaceNow) -> String {
    let score = now.score.map(|s| format!(", {:.0} % the same", s * 100.0)).unwrap_or_default();
    let damaged = if now.damaged { ", damaged: look at it" } else { "" };
    match now.anchoring {
        Anchoring::Lost => format!("now:  not in {}", now.address),
        Anchoring::Changed => format!("now:  {}, changed{score}{damaged}", now.address),
        _ => format!("now:  {}", now.address),
    }
}
