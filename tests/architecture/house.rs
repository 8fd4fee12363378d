//! The package as a house: which file is which module, and where a path that
//! is named in one file leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::scan::{self, Named, Scan};
use super::table;
use super::tree::Tree;

/// A scanned package.
pub struct House {
    pub files: BTreeMap<String, File>,
    /// The file that each module of the crate stands in, tests left out.
    pub modules: BTreeMap<Vec<String>, String>,
    /// Names of outside crates as the source spells them.
    pub crates: BTreeSet<String>,
}

/// One source file.
pub struct File {
    pub module: Vec<String>,
    pub room: String,
    /// `mod.rs` or `lib.rs`.
    pub sign: bool,
    /// The whole file is compiled for tests only.
    pub test: bool,
    pub scan: Scan,
}

impl File {
    fn of(path: &str, module: Vec<String>, source: &str) -> Self {
        let scan = scan::scan(source, &module);
        let parts: Vec<&str> = path.split('/').collect();
        let top = parts.len() == 2;
        let name = parts.last().map_or("", |name| name.trim_end_matches(".rs"));
        let room = if top { name } else { parts[1] }.to_owned();
        Self { module, room, sign: name == "mod" || top && name == "lib", test: false, scan }
    }
}

/// The module that a file is by its place: `src/text/view.rs` is `text::view`.
fn module_of(path: &str) -> Vec<String> {
    let mut module: Vec<String> =
        path.trim_end_matches(".rs").split('/').skip(1).map(str::to_owned).collect();
    let name = module.last().map_or("", String::as_str);
    if name == "mod" || module.len() == 1 && matches!(name, "lib" | "main") {
        module.pop();
    }
    module
}

impl House {
    /// Scans every file and finds out which module it is.
    pub fn of(tree: &Tree) -> Self {
        let mut files: BTreeMap<String, File> = BTreeMap::new();
        for (path, source) in &tree.sources {
            files.insert(path.clone(), File::of(path, module_of(path), source));
        }
        // `#[path]` gives a file another module than its place does.
        let mut placed = BTreeMap::new();
        for (path, file) in &files {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            for declared in &file.scan.declared {
                if let Some(name) = &declared.file {
                    placed.insert(format!("{folder}/{name}"), declared.module.clone());
                }
            }
        }
        for (path, module) in placed {
            if let Some(source) = tree.sources.get(&path) {
                files.insert(path.clone(), File::of(&path, module, source));
            }
        }
        let declared = files.values().flat_map(|file| &file.scan.declared);
        let tests: BTreeSet<Vec<String>> =
            declared.filter(|d| d.test && !d.inline).map(|d| d.module.clone()).collect();
        for file in files.values_mut() {
            file.test = (1..=file.module.len()).any(|n| tests.contains(&file.module[..n]));
        }
        let modules = files
            .iter()
            .filter(|(path, file)| !file.test && path.as_str() != "src/main.rs")
            .map(|(path, file)| (file.module.clone(), path.clone()))
            .collect();
        let crates =
            table::CRATES.iter().map(|(name, _)| *name).chain(table::ANYWHERE.iter().copied());
        let crates = crates.map(|name| name.replace('-', "_")).collect();
        Self { files, modules, crates }
    }

    /// The place in our own crate that a path leads to, counted from the root;
    /// `None` if it leads out or to something local.
    pub fn in_house(&self, named: &Named) -> Option<Vec<String>> {
        let mut module = named.module.clone();
        let mut rest = named.segments.as_slice();
        match named.segments.first()?.as_str() {
            _ if named.rooted && named.segments[0] != "variorum" => return None,
            "crate" | "variorum" => {
                module.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|s| s == "super") {
                    module.pop()?;
                    rest = &rest[1..];
                }
            }
            // A child module, named from its parent.
            first => {
                let mut child = module.clone();
                child.push(first.to_owned());
                let declared = |f: &File| f.scan.declared.iter().any(|d| d.module == child);
                if !self.files.values().any(declared) {
                    return None;
                }
            }
        }
        module.extend(rest.iter().cloned());
        Some(module)
    }

    /// The module, other than a door sign, that a place in the house belongs
    /// to: names re-exported by a sign are followed to where they are made.
    pub fn maker(&self, place: &[String], hops: u8) -> BTreeSet<Vec<String>> {
        let Some(n) = (1..=place.len()).rev().find(|n| self.modules.contains_key(&place[..*n]))
        else {
            return BTreeSet::new();
        };
        let file = &self.files[&self.modules[&place[..n]]];
        if !file.sign {
            return BTreeSet::from([file.module.clone()]);
        }
        let (Some(wanted), true) = (place.get(n), hops > 0) else { return BTreeSet::new() };
        let exports = file.scan.named.iter().filter(|e| !e.test);
        let hits = exports
            .filter(|e| e.bound.as_ref().is_some_and(|b| b == wanted || b == "*" || wanted == "*"));
        let targets = hits.filter_map(|e| {
            let mut target = self.in_house(e)?;
            if e.bound.as_deref() == Some("*") && wanted != "*" {
                target.pop();
                // A glob gives the name only if that module makes one.
                let source = &self.files[self.modules.get(&target)?];
                let made = |t: &scan::Token| t.kind == scan::Kind::Word && &t.text == wanted;
                if !source.scan.tokens.iter().any(made) {
                    return None;
                }
                target.push(wanted.clone());
            }
            Some(target)
        });
        targets.flat_map(|target| self.maker(&target, hops - 1)).collect()
    }
}
