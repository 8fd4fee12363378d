use crate::desk::{self, Kind, ListItem, Listed};

use super::args::{ListArgs, What};
use super::door::Door;
use super::run::Done;
use super::table::table;

pub(super) fn run(args: &ListArgs, door: &mut Door) -> Done {
    let archive = door.archive()?;
    let what = match args.what {
        What::Texts => Listed::Texts,
        What::Corrections => Listed::Corrections,
        What::Agents => Listed::Agents,
        What::Claims => Listed::Claims,
        What::Events => Listed::Named(Kind::Event),
        What::Questions => Listed::Named(Kind::Question),
        What::Copies => Listed::Named(Kind::Copy),
        What::Parts => Listed::Named(Kind::Part),
        What::Places => Listed::Named(Kind::Place),
        What::Assessments => Listed::Named(Kind::Assessment),
        What::Searches => Listed::Named(Kind::Search),
        What::Evidence => Listed::Named(Kind::Evidence),
    };
    let list = desk::list(&archive, what)?;
    door.answer(&list, Vec::new(), |door| {
        let mut rows = Vec::new();
        for item in &list.items {
            match item {
                ListItem::Text(t) => {
                    let by = if t.creators.is_empty() {
                        String::new()
                    } else {
                        format!(", {}", t.creators.join(", "))
                    };
                    let date = t.date.as_ref().map(|d| format!(" ({d})")).unwrap_or_default();
                    rows.push(vec![
                        t.siglum.clone(),
                        t.r#type.clone(),
                        format!("{} replies", t.corrections),
                        format!("{}{date}{by}", t.title),
                    ]);
                    for r in &t.revisions {
                        let digest = match (r.sha256, &r.agent) {
                            (Some(d), None) => format!("sha256 {}…", d.short(16)),
                            (Some(d), Some(agent)) => format!("{agent}, sha256 {}…", d.short(16)),
                            (None, Some(agent)) => format!("{agent}, root {}…", r.root.short(16)),
                            (None, None) => "not published".to_string(),
                        };
                        let edition =
                            r.edition.as_ref().map(|e| format!("{e}, ")).unwrap_or_default();
                        rows.push(vec![
                            format!("  {}", r.name),
                            r.nature.clone(),
                            format!("{} bytes", r.bytes),
                            format!("{edition}{digest}"),
                        ]);
                    }
                }
                ListItem::Correction(c) => {
                    let state = c
                        .decision
                        .as_ref()
                        .map_or("waiting".to_string(), |d| d.verdict.to_string());
                    let says = if c.says.is_empty() {
                        c.replacement.clone().unwrap_or_default()
                    } else {
                        c.says.clone()
                    };
                    rows.push(vec![
                        c.correction.clone(),
                        c.written_to.clone(),
                        c.r#type.to_string(),
                        state,
                        says,
                    ]);
                }
                ListItem::Claim(c) => {
                    let [a, b] = c.lines;
                    rows.push(vec![
                        format!("{}:{a}-{b}", c.source),
                        c.stance.clone(),
                        format!("{} ({}, {})", c.value, c.id, c.teller),
                    ]);
                }
                ListItem::Named(n) => rows.push(vec![n.name.clone(), n.title.clone()]),
                ListItem::Agent(a) => {
                    let editor = if a.editor { "editor" } else { "" };
                    rows.push(vec![
                        a.name_id.clone(),
                        a.r#type.clone(),
                        editor.to_string(),
                        a.name.clone(),
                    ]);
                }
            }
        }
        for l in table(&rows, door.width) {
            door.line(l);
        }
    });
    Ok(0)
}
