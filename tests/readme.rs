//! The README's first two commands are what `.ci/run` runs, word for word.
//!
//! A command is a line starting with `cargo` in a fenced `sh` block; the first
//! block runs the main job on the built-in example, the second runs the tests.

use std::fs;
use std::path::Path;

fn read(name: &str) -> Option<String> {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).ok()
}

/// The `cargo` lines of each fenced `sh` block, in order.
fn blocks(markdown: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "```sh" {
            let block = lines.by_ref().take_while(|l| l.trim() != "```").map(str::trim);
            found.push(block.filter(|l| l.starts_with("cargo ")).collect());
        }
    }
    found
}

/// What `.ci/run` runs, by step: the words after the heading.
fn steps(script: &str) -> Vec<&str> {
    let lines = script.lines().filter_map(|l| l.strip_prefix("step \""));
    lines.filter_map(|l| l.split_once("\" ").map(|(_, command)| command.trim())).collect()
}

#[test]
fn blocks_and_steps_are_read_as_written() {
    let markdown = "# x\n```sh\n# talk\ncargo run -- tour\n```\n```rust\ncargo no\n```\n```sh\ncargo test\n```\n";
    assert_eq!(blocks(markdown), [["cargo run -- tour"], ["cargo test"]]);
    assert_eq!(steps("step() {\nstep \"A b\" cargo test\n  step \"no\" x\n"), ["cargo test"]);
}

#[test]
fn ci_runs_the_two_commands_of_the_readme() {
    let script = read(".ci/run").expect(".ci/run is part of the repository");
    assert!(script.contains("set -euo pipefail"), ".ci/run must stop at a failure");
    let steps = steps(&script);
    let Some(readme) = read("README.md") else {
        assert!(
            steps.contains(&"cargo test")
                && steps.iter().any(|s| s.starts_with("cargo run --release"))
        );
        return;
    };
    let blocks = blocks(&readme);
    let [first, second, ..] = blocks.as_slice() else {
        panic!("README.md: expected two fenced `sh` blocks, found {}", blocks.len());
    };
    for (place, block, start) in
        [("first", first, "cargo run --release"), ("second", second, "cargo test")]
    {
        assert!(!block.is_empty(), "README.md: the {place} `sh` block holds no `cargo` command");
        assert!(
            block[0].starts_with(start),
            "README.md: the {place} command is `{}`, not `{start}`",
            block[0]
        );
        for command in block {
            assert!(
                steps.contains(command),
                "README.md shows `{command}`; .ci/run does not run it: {steps:#?}"
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn ci_can_be_started() {
    use std::os::unix::fs::PermissionsExt as _;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run");
    let mode = fs::metadata(path).expect(".ci/run is part of the repository").permissions().mode();
    assert!(mode & 0o111 != 0, ".ci/run is not executable");
}
