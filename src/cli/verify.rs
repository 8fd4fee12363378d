use std::path::Path;

use crate::desk::{self, VerifyAnswer, VerifyDraft};

use super::args::VerifyArgs;
use super::door::Door;
use super::paint::safe;
use super::progress::Bar;
use super::run::Done;
use super::wrap;
use super::{files, folders};

/// Findings shown on the screen; JSON has them all.
const SHOWN: usize = 40;

pub(super) fn run(args: &VerifyArgs, door: &mut Door) -> Done {
    let log_key = match &args.log_key {
        Some(k) if Path::new(k).is_file() => {
            Some(files::read_text(Path::new(k), 4096)?.trim().to_string())
        }
        other => other.clone(),
    };
    let receipt = args.receipt.as_deref().map(|r| files::read(r, 1024 * 1024)).transpose()?;
    let dir = door.common.archive.clone();
    // A receipt needs no archive: where there is none, it is checked alone.
    let alone = receipt.is_some()
        && (args.offline
            || (dir.as_os_str() == "." && desk::Archive::open(&dir, &mut |_, _, _| {}).is_err()));
    let draft = VerifyDraft {
        full: args.full,
        flat: args.flat,
        receipt,
        attached: folders::attached(),
        log_key,
    };
    let mut bar = Bar::new(door.common.quiet);
    let answer = desk::verify((!alone).then_some(dir.as_path()), &draft, &mut |done, of, what| {
        bar.at(done, of, what)
    });
    bar.finish();
    let answer = answer?;
    door.answer(&answer, Vec::new(), |door| show(door, &answer));
    Ok(if answer.ok { 0 } else { 4 })
}

fn show(door: &mut Door, v: &VerifyAnswer) {
    let width = door.width.min(96);
    for f in v.findings.iter().take(SHOWN) {
        let label = if f.code.is_breach() { door.paint.bad(&f.code.name()) } else { f.code.name() };
        door.line(format!("{label}  {}", safe(&f.place)));
        for l in wrap::plain(&safe(&f.text), width, "    ") {
            door.line(l);
        }
    }
    if v.findings.len() > SHOWN {
        door.line(format!("and {} more (see --json)", v.findings.len() - SHOWN));
    }
    let c = &v.checked;
    if let Some(r) = &v.receipt {
        for l in wrap::plain(&safe(&format!("“{}”", r.says)), width, "  ") {
            door.line(l);
        }
        door.line(format!(
            "  received {} UTC as entry {} of {} ({} entries then)",
            r.received.minute(),
            r.index,
            r.origin,
            r.log_size
        ));
        if let Some(s) = &r.sealed_by {
            door.line(format!("  sealed by its sender with {s}"));
        }
        let key = match r.key_from.as_str() {
            "outside" => "the log's key that you gave",
            "archive" => "the log's key that this copy of the archive states",
            _ => "the log's key that stands in the receipt itself: nobody else vouches for it here",
        };
        door.line(format!("  checked with {key}"));
        let line = match (v.ok, r.against_archive) {
            (true, true) => format!(
                "ok: the receipt holds, and this copy ({} entries) continues its log and has the record",
                c.entries
            ),
            (true, false) => {
                "ok: the receipt holds by itself; no copy of the archive was looked at".to_string()
            }
            (false, _) => "the receipt does not hold against this copy".to_string(),
        };
        door.line(if v.ok { door.paint.good(&line) } else { door.paint.bad(&line) });
        return;
    }
    if c.entries > 0 || v.ok {
        let mut what =
            format!("{} log entries, {} records, {} seals", c.entries, c.records, c.seals);
        if c.full {
            what += &format!(", {} contents, {} texts, {} files", c.contents, c.revisions, c.files);
            if c.flat > 0 {
                what += &format!("; {} of the texts put together and hashed whole", c.flat);
            }
            if c.withheld > 0 {
                what +=
                    &format!("; {} texts are not supplied here, so they were not read", c.withheld);
            }
        }
        door.line(format!("checked {what}"));
    }
    if v.ok {
        let full = if c.full {
            "every stored byte was read and hashed"
        } else {
            "contents were not read: --full does"
        };
        door.line(format!("{}: {full}", door.paint.good("ok")));
        let mut not_shown = "does not show: fidelity to print, authenticity, truth".to_string();
        if c.kept_answers_not_compared > 0 {
            not_shown += "; what the index keeps of earlier answers was not compared (--flat does)";
        }
        for l in wrap::plain(&not_shown, width, "") {
            door.line(door.paint.dim(&l));
        }
    } else {
        let breaches = v.findings.iter().filter(|f| f.code.is_breach()).count();
        door.line(door.paint.bad(&format!("{breaches} breach(es) found")));
    }
}
