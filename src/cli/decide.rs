use crate::desk::{self, DecideDraft};

use super::args::DecideArgs;
use super::door::Door;
use super::files;
use super::paint::safe;
use super::run::Done;
use super::wrap;

pub(super) fn run(args: &DecideArgs, door: &mut Door) -> Done {
    let draft = DecideDraft {
        correction: args.correction.clone(),
        verdict: args.verdict,
        reason: args.reason.clone(),
        text: args.text.clone(),
        same_as: args.same_as.clone(),
        nature: args.nature,
        to_text: args.to_text,
        to_replier: args.to_replier,
        key: args.key.as_deref().map(|k| files::read_text(k, 64 * 1024)).transpose()?,
        dry_run: args.dry_run,
    };
    let mut archive = door.archive()?;
    let context = door.context()?;
    let d = desk::decide(&mut archive, &draft, &context)?;
    let next = match (&d.revision, &d.place) {
        (Some(r), Some(p)) => {
            let (siglum, n) = r.split_once('@').unwrap_or((r, "1"));
            let before = n.parse::<usize>().map_or(1, |n| n.saturating_sub(1).max(1));
            vec![
                format!("variorum diff {siglum}@{before} {r}"),
                format!("variorum who {}", p.address),
            ]
        }
        _ => vec![format!("variorum show {}", d.correction)],
    };
    door.answer(&d, next, |door| {
        let verb = if d.dry_run { "would decide" } else { "decided" };
        let width = door.width.min(84);
        door.line(
            door.paint.bold(&format!("{verb} {}: {} {}", d.decision, d.verdict, d.correction)),
        );
        for l in wrap::plain(
            &safe(&format!(
                "by {}, relation to the text: {}, to the replier: {}",
                d.by, d.to_text, d.to_replier
            )),
            width,
            "  ",
        ) {
            door.line(l);
        }
        for l in wrap::plain(&safe(&format!("reason: {}", d.reason)), width, "  ") {
            door.line(l);
        }
        if let (Some(r), Some(nature)) = (&d.revision, d.nature) {
            let at = d.place.as_ref().map(|p| p.address.clone()).unwrap_or_default();
            door.line(format!("  new revision {r} ({nature}), changed at {at}"));
            for (label, text) in [("was", &d.was), ("now", &d.now)] {
                for l in wrap::plain(
                    &safe(&format!("{label}: {}", text.as_deref().unwrap_or_default())),
                    width,
                    "    ",
                ) {
                    door.line(l);
                }
            }
            if let Some(s) = &d.sha256 {
                door.line(format!("  sha256 {s}"));
            }
        }
        if let Some(c) = &d.changes {
            door.line(format!("  changes the decision {c}, which stays readable"));
        }
    });
    Ok(0)
}
