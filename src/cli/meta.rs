//! Schemas, completions, manual pages: made from the program itself.

use std::fs;

use clap::CommandFactory;

use crate::desk::{self, DeskError, Made};

use super::args::{Cli, CompletionsArgs, ManArgs, SchemaArgs};
use super::door::Door;
use super::run::Done;

pub(super) fn schema(args: &SchemaArgs, door: &mut Door) -> Done {
    if let Some(dir) = &args.write {
        let names = desk::schema_names();
        for name in &names {
            let path = dir.join(name);
            let trouble = |e: std::io::Error| {
                DeskError::io("write", format!("{} cannot be written: {e}", path.display()))
            };
            fs::create_dir_all(path.parent().unwrap_or(dir)).map_err(trouble)?;
            fs::write(&path, desk::schema(name)?).map_err(trouble)?;
        }
        return made(door, format!("{} schemas in {}\n", names.len(), dir.display()));
    }
    let text = match &args.name {
        Some(name) => desk::schema(name)?,
        None => desk::schema_names().into_iter().map(|n| n + "\n").collect(),
    };
    made(door, text)
}

/// An answer that is a text: as it is, or in the envelope when JSON is asked for.
fn made(door: &mut Door, text: String) -> Done {
    let made = Made { text };
    door.answer(&made, Vec::new(), |door| door.bytes(made.text.as_bytes()));
    Ok(0)
}

pub(super) fn completions(args: &CompletionsArgs, door: &mut Door) -> Done {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "variorum", &mut out);
    made(door, String::from_utf8_lossy(&out).into_owned())
}

pub(super) fn man(args: &ManArgs, door: &mut Door) -> Done {
    let command = Cli::command();
    match &args.write {
        Some(dir) => {
            let trouble = |e: std::io::Error| {
                DeskError::io("write", format!("{} cannot be written: {e}", dir.display()))
            };
            fs::create_dir_all(dir).map_err(trouble)?;
            clap_mangen::generate_to(command, dir).map_err(trouble)?;
            made(door, format!("manual pages in {}\n", dir.display()))
        }
        None => {
            let mut out = Vec::new();
            clap_mangen::Man::new(command)
                .render(&mut out)
                .map_err(|e| DeskError::io("man", e.to_string()))?;
            made(door, String::from_utf8_lossy(&out).into_owned())
        }
    }
}
