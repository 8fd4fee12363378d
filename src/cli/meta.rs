//! Schemas, completions, manual pages: made from the program itself.

use std::fs;

use clap::CommandFactory;

use crate::desk::{self, DeskError};

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
        door.line(format!("{} schemas in {}", names.len(), dir.display()));
        return Ok(0);
    }
    match &args.name {
        Some(name) => {
            let text = desk::schema(name)?;
            door.bytes(text.as_bytes());
        }
        None => desk::schema_names().into_iter().for_each(|n| door.line(n)),
    }
    Ok(0)
}

pub(super) fn completions(args: &CompletionsArgs, door: &mut Door) -> Done {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "variorum", &mut out);
    door.bytes(&out);
    Ok(0)
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
            door.line(format!("manual pages in {}", dir.display()));
        }
        None => {
            let mut out = Vec::new();
            clap_mangen::Man::new(command)
                .render(&mut out)
                .map_err(|e| DeskError::io("man", e.to_string()))?;
            door.bytes(&out);
        }
    }
    Ok(0)
}
