use crate::desk;

use super::door::Door;
use super::paint::safe;
use super::run::Done;
use super::wrap;

pub(super) fn run(door: &mut Door) -> Done {
    let archive = door.archive()?;
    let s = desk::status(&archive)?;
    let next = match (s.texts, s.waiting) {
        (0, _) => vec!["variorum add FILE --siglum M".to_string()],
        (_, 0) => vec!["variorum list".to_string()],
        _ => vec!["variorum inbox".to_string()],
    };
    door.answer(&s, next, |door| {
        door.line(door.paint.bold(&safe(&s.title)));
        if let Some(i) = &s.invitation {
            for l in wrap::plain(i, door.width.min(76), "  ") {
                door.line(l);
            }
        }
        door.line(format!("texts      {} in {} revision(s)", s.texts, s.revisions));
        door.line(format!("replies    {}, {} waiting for an answer", s.corrections, s.waiting));
        door.line(format!("editors    {}", safe(&s.editors.join(", "))));
        door.line(format!("log        {}", s.origin));
        door.line(format!("           {} entries, root {}…", s.log_size, s.log_root.short(16)));
        if let Some(t) = s.last_received {
            door.line(format!("           newest received {} UTC", t.minute()));
        }
        match &s.why_not {
            None => door.line("writable   yes"),
            Some(why) => {
                for l in wrap::plain(&format!("writable   no: {why}"), door.width, "") {
                    door.line(l);
                }
            }
        }
    });
    Ok(0)
}
