//! Finds breaches of the plan. Trouble found is data: one [`Breach`] each,
//! with its kind, place and words.
//!
//! Unit tests (`#[cfg(test)]`, `#[test]`) may unwrap, touch the disk, read the
//! environment and clock, use the crates of `FOR_TESTS`, and form rings with
//! their neighbours. They may not look up: a test that needs a higher room
//! belongs in `tests/`. `unsafe` is forbidden there too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::house::House;
use super::scan::{self, Scan};
use super::table;
use super::tree::Tree;

/// What kind of breach it is; one rule each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A room uses a room on a higher floor.
    LooksUp,
    /// A room uses another on its own floor.
    LooksSideways,
    /// A door uses a room other than desk and pages.
    DoorKnowsTooMuch,
    /// `main.rs` uses a room that is not a door.
    MainKnowsTooMuch,
    /// Disk, network, process, terminal, environment, clock or randomness in
    /// a room that promised to see none.
    Impure,
    /// An outside crate away from its room.
    StrayCrate,
    /// `anyhow` outside `main.rs`.
    Anyhow,
    /// A dependency in `Cargo.toml` without an address in the table.
    UnknownCrate,
    /// A folder or file directly in `src/` that is no room of the plan.
    UnknownRoom,
    /// A module whose name says nothing.
    EmptyName,
    /// Logic in a `mod.rs` or in `lib.rs`.
    DoorSign,
    /// A file with more lines than one idea needs.
    LongFile,
    /// Modules of one room that use each other in a ring.
    Ring,
    /// `unsafe` anywhere.
    Unsafe,
    /// `unwrap` outside tests.
    Unwrap,
}

/// One breach: where, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    pub file: String,
    pub line: usize,
    pub kind: Kind,
    pub text: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {:?}: {}", self.file, self.line, self.kind, self.text)
    }
}

/// All breaches of a package, by file and line.
pub fn breaches(tree: &Tree) -> Vec<Breach> {
    let mut inspection = Inspection { house: House::of(tree), found: BTreeSet::new() };
    inspection.manifest(&tree.manifest);
    for (path, source) in &tree.sources {
        inspection.shape(path, source);
        inspection.words(path);
        inspection.paths(path);
    }
    inspection.rings();
    inspection.found.into_iter().collect()
}

/// A house under inspection, and what was found in it so far.
struct Inspection {
    house: House,
    found: BTreeSet<Breach>,
}

impl Inspection {
    fn report(&mut self, kind: Kind, file: &str, line: usize, text: impl Into<String>) {
        self.found.insert(Breach { file: file.to_owned(), line, kind, text: text.into() });
    }

    /// Every dependency has an address. Dev-dependencies live in `tests/`.
    fn manifest(&mut self, text: &str) {
        let manifest: toml::Table = text.parse().expect("cargo has read this manifest before us");
        let mut tables: Vec<&toml::Table> = vec![&manifest];
        if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
            tables.extend(targets.values().filter_map(toml::Value::as_table));
        }
        let sections =
            tables.iter().flat_map(|t| ["dependencies", "build-dependencies"].map(|s| t.get(s)));
        for name in sections.flatten().filter_map(toml::Value::as_table).flat_map(toml::Table::keys)
        {
            self.house.crates.insert(name.replace('-', "_"));
            if !table::is_known(name) {
                let is_here = |l: &str| {
                    let l = l.trim_start_matches("[dependencies.").trim_start();
                    l.strip_prefix(name.as_str())
                        .is_some_and(|rest| rest.starts_with([' ', '=', '.', ']']))
                };
                let line = text.lines().position(is_here).map_or(1, |n| n + 1);
                self.report(
                    Kind::UnknownCrate,
                    "Cargo.toml",
                    line,
                    format!("`{name}` has no room in the table"),
                );
            }
        }
    }

    /// Name, place and length of a file, and what a door sign may hold.
    fn shape(&mut self, path: &str, source: &str) {
        let file = &self.house.files[path];
        let (room, sign) = (file.room.clone(), file.sign);
        let lines = source.lines().count();
        if lines > table::LINES && !table::LONGER.contains(&path) {
            self.report(
                Kind::LongFile,
                path,
                table::LINES + 1,
                format!("{lines} lines; split it at its second idea"),
            );
        }
        let at_top = path.split('/').count() == 2;
        if at_top && !matches!(room.as_str(), "lib" | "main") {
            self.report(
                Kind::UnknownRoom,
                path,
                1,
                format!("a room is a folder with a mod.rs, `{path}` is a file"),
            );
        } else if !at_top && table::floor(&room).is_none() {
            self.report(
                Kind::UnknownRoom,
                path,
                1,
                format!("`{room}` stands on no floor of the table"),
            );
        }
        let file = &self.house.files[path];
        // Both the module's name and the file's: `#[path]` may part them.
        let parts = path
            .trim_end_matches(".rs")
            .split('/')
            .map(str::to_owned)
            .chain(file.module.iter().cloned());
        let mut names: Vec<(String, usize)> = parts.map(|part| (part, 1)).collect();
        let inline = file.scan.declared.iter().filter(|d| d.inline);
        names.extend(inline.filter_map(|d| Some((d.module.last()?.clone(), d.line))));
        for (name, line) in names {
            if table::EMPTY_NAMES.contains(&name.as_str()) {
                self.report(
                    Kind::EmptyName,
                    path,
                    line,
                    format!("`{name}` does not say what is inside"),
                );
            }
        }
        if let Some((line, word)) = sign.then(|| logic(&self.house.files[path].scan)).flatten() {
            self.report(
                Kind::DoorSign,
                path,
                line,
                format!("`{word}`: a door sign holds docs, `mod` and `use` only"),
            );
        }
    }

    /// Words that may not stand here.
    fn words(&mut self, path: &str) {
        let file = &self.house.files[path];
        let pure = table::is_pure(&file.room);
        let tokens = &file.scan.tokens;
        let mut found = Vec::new();
        for (at, token) in tokens.iter().enumerate().filter(|(_, t)| t.kind == scan::Kind::Word) {
            let before = at.checked_sub(1).map_or("", |b| scan::text(tokens, b));
            let after = scan::text(tokens, at + 1);
            let test = file.test || token.test;
            match token.text.as_str() {
                "unsafe" => found.push((Kind::Unsafe, token.line, "unsafe".to_owned())),
                "unwrap" | "unwrap_err" if !test && matches!(before, "." | "::") => {
                    found.push((
                        Kind::Unwrap,
                        token.line,
                        format!("{}: say with `expect` why it holds", token.text),
                    ));
                }
                "print" | "println" | "eprint" | "eprintln" | "dbg"
                    if pure && !test && after == "!" =>
                {
                    found.push((Kind::Impure, token.line, format!("{}!", token.text)));
                }
                _ => {}
            }
        }
        for (kind, line, text) in found {
            self.report(kind, path, line, text);
        }
    }

    /// Paths that may not be named here: rooms, crates, the outside world.
    fn paths(&mut self, path: &str) {
        let file = &self.house.files[path];
        let bound: BTreeSet<&str> =
            file.scan.named.iter().filter_map(|n| n.bound.as_deref()).collect();
        let mut found = Vec::new();
        for named in &file.scan.named {
            let test = file.test || named.test;
            let shown = named.segments.join("::");
            if let Some(target) = self.house.in_house(named) {
                let room = target.first().map_or("", String::as_str);
                let main = file.room == "main";
                let kind = match (table::floor(&file.room), table::floor(room)) {
                    (_, Some(_)) if main && !table::BEHIND_MAIN.contains(&room) => {
                        Kind::MainKnowsTooMuch
                    }
                    (Some(own), Some(other)) if room != file.room => {
                        let door = table::DOORS.contains(&file.room.as_str());
                        match own.cmp(&other) {
                            std::cmp::Ordering::Less => Kind::LooksUp,
                            std::cmp::Ordering::Equal => Kind::LooksSideways,
                            _ if door && !table::BEHIND_DOORS.contains(&room) => {
                                Kind::DoorKnowsTooMuch
                            }
                            _ => continue,
                        }
                    }
                    _ => continue,
                };
                found.push((kind, named.line, shown));
                continue;
            }
            let first = named.segments.first().map_or("", String::as_str);
            // An inline path may start with a name that a `use` brought; the
            // `use` itself is judged.
            let local = !named.rooted && named.bound.is_none() && bound.contains(first);
            if !local && self.house.crates.contains(first) {
                let home = table::CRATES.iter().find(|(name, _)| name.replace('-', "_") == first);
                let at_home = home.is_none_or(|(_, rooms)| rooms.contains(&file.room.as_str()));
                let for_tests = test && table::FOR_TESTS.contains(&first);
                if !at_home && !for_tests {
                    let kind = if first == "anyhow" { Kind::Anyhow } else { Kind::StrayCrate };
                    found.push((kind, named.line, shown.clone()));
                    continue;
                }
            }
            if table::is_pure(&file.room) && !test && is_impure(&named.segments) {
                found.push((Kind::Impure, named.line, shown));
            }
        }
        for (kind, line, text) in found {
            self.report(kind, path, line, text);
        }
    }

    /// Rings among the modules of one room, each told once by its shortest way
    /// round. Door signs are looked through and are no part of a ring; nor is a
    /// module that is named only as `Id<Kind>`: records point at one another,
    /// and a typed id sees nothing of what it points at.
    fn rings(&mut self) {
        let mut uses: BTreeMap<Vec<String>, BTreeMap<Vec<String>, usize>> = BTreeMap::new();
        for file in self.house.files.values().filter(|f| !f.sign && !f.test && f.room != "main") {
            let edges = uses.entry(file.module.clone()).or_default();
            for named in file.scan.named.iter().filter(|n| !n.test && !n.id) {
                let Some(target) = self.house.in_house(named) else { continue };
                for module in self.house.maker(&target, 8) {
                    if module != file.module && module.first() == file.module.first() {
                        edges.entry(module).or_insert(named.line);
                    }
                }
            }
        }
        let mut told: BTreeSet<&Vec<String>> = BTreeSet::new();
        for start in uses.keys() {
            let Some(ring) = shortest_ring(&uses, start).filter(|_| !told.contains(start)) else {
                continue;
            };
            told.extend(ring.iter().copied());
            let names: Vec<String> = ring.iter().chain([&start]).map(|m| m.join("::")).collect();
            let next = ring.get(1).copied().unwrap_or(start);
            let breach = Breach {
                file: self.house.modules[start].clone(),
                line: uses[start][next],
                kind: Kind::Ring,
                text: names.join(" -> "),
            };
            self.found.insert(breach);
        }
    }
}

/// Breadth first from `start` until it comes back to itself.
fn shortest_ring<'a>(
    uses: &'a BTreeMap<Vec<String>, BTreeMap<Vec<String>, usize>>,
    start: &'a Vec<String>,
) -> Option<Vec<&'a Vec<String>>> {
    let mut came_from: BTreeMap<&Vec<String>, &Vec<String>> = BTreeMap::new();
    let mut wave = vec![start];
    while !wave.is_empty() {
        let mut next = Vec::new();
        for from in wave {
            for to in uses.get(from).into_iter().flat_map(BTreeMap::keys) {
                if to == start {
                    let mut ring = vec![from];
                    while let Some(earlier) = ring.last().and_then(|m| came_from.get(m)) {
                        ring.push(earlier);
                    }
                    ring.reverse();
                    return Some(ring);
                }
                if !came_from.contains_key(to) {
                    came_from.insert(to, from);
                    next.push(to);
                }
            }
        }
        wave = next;
    }
    None
}

/// The first token of a door sign that is neither an attribute nor a `mod x;`
/// or `use`, with its line.
fn logic(scan: &Scan) -> Option<(usize, String)> {
    let tokens = &scan.tokens;
    let mut at = 0;
    while at < tokens.len() {
        match scan::text(tokens, at) {
            "#" => {
                at = scan::closing(tokens, at + 1 + usize::from(scan::text(tokens, at + 1) == "!"))
            }
            "pub" if scan::text(tokens, at + 1) == "(" => at = scan::closing(tokens, at + 1),
            "pub" => {}
            "mod" if scan::text(tokens, at + 2) == ";" => at += 2,
            "use" => {
                while !matches!(scan::text(tokens, at), ";" | "") {
                    at += 1;
                }
            }
            _ => return Some((tokens[at].line, tokens[at].text.clone())),
        }
        at += 1;
    }
    None
}

/// Whether a path leads to the disk, network, process, terminal, environment,
/// clock or randomness.
fn is_impure(segments: &[String]) -> bool {
    let s: Vec<&str> = segments.iter().map(String::as_str).collect();
    let world = matches!(
        s[..],
        ["std"]
            | ["std", "*"]
            | ["std", "io" | "time", "*"]
            | ["std", "fs" | "net" | "env" | "process" | "os", ..]
            | ["std", "time", "SystemTime" | "Instant", ..]
            | ["std", "io", "stdin" | "stdout" | "stderr", ..]
            | ["std", "thread", "sleep"]
            | ["std", "hash", "RandomState", ..]
            | ["rand" | "getrandom", ..]
    );
    let clocks = ["SystemTime", "Instant", "Timestamp", "Zoned", "Utc", "Local"];
    let now = s.windows(2).any(|w| clocks.contains(&w[0]) && w[1] == "now");
    world || now || s.iter().any(|w| matches!(*w, "OsRng" | "thread_rng"))
}
