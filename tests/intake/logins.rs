//! Passwords, and lines sealed by the real `ssh-keygen`.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use variorum::desk::{self, Challenges, LOGIN_NAMESPACE, Sessions};
use variorum::sign::SecretKey;

use super::Desk;

#[test]
fn a_password_opens_the_desk_to_its_editor_alone() {
    let desk = Desk::new();
    let (keeper, password) = (desk.keeper(), "four words without sense");
    assert_eq!(desk::log_in(&desk.archive, "Keeper", password).unwrap_err().code, "log-in");
    let short = desk::set_password(&desk.archive, "eleven char", &keeper).unwrap_err();
    assert_eq!(short.code, "password-length");
    let other = desk.context(Some("Aurel Dorn"));
    assert_eq!(
        desk::set_password(&desk.archive, password, &other).unwrap_err().code,
        "not-an-editor"
    );
    assert!(!desk::set_password(&desk.archive, password, &keeper).unwrap().changed);
    let editor = desk::log_in(&desk.archive, " Keeper ", password).unwrap();
    assert_eq!(editor.name, "Keeper");
    for (name, word) in [
        ("Keeper", "four words without sens"),
        ("Aurel Dorn", password),
        ("", password),
        ("Nobody", ""),
    ] {
        let e = desk::log_in(&desk.archive, name, word).unwrap_err();
        assert_eq!(
            (e.code, e.message.as_str()),
            ("log-in", "the name or the password is not right")
        );
    }
    assert!(
        desk::set_password(&desk.archive, "another four words", &desk.keeper()).unwrap().changed
    );
    assert!(desk::log_in(&desk.archive, "Keeper", password).is_err());

    let kept: Vec<_> = super::door::files(&desk.room.path("private"))
        .into_iter()
        .filter(|p| p.to_string_lossy().contains("password/"))
        .collect();
    assert_eq!(kept.len(), 1);
    assert!(fs::read_to_string(&kept[0]).unwrap().starts_with("$argon2id$"));
    assert!(!super::holds(&super::published(&desk, "out"), "$argon2id$"));

    let mut sessions = Sessions::default();
    let token = sessions.begin(editor, &desk.context(None));
    let field = desk.secret.csrf(&token);
    assert!(desk.secret.csrf_fits(&token, &field) && !desk.secret.csrf_fits("", &field));
}

#[test]
fn the_verb_reads_one_line() {
    let desk = Desk::new();
    let run = |line: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_variorum"))
            .args(["-C", "a", "password", "--as", "Keeper"])
            .current_dir(desk.room.path("."))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let done = run("a password of some length\n");
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert!(!String::from_utf8_lossy(&done.stdout).contains("some length"));
    desk::log_in(&desk.archive, "Keeper", "a password of some length").unwrap();
    assert_eq!(run("short\n").status.code(), Some(2));
}

/// Registers a key with the first decision that it seals, and gives its file.
fn registered(desk: &mut Desk) -> SecretKey {
    let key = SecretKey::generate([7; 32]);
    desk.room.write("editor.key", key.to_openssh());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::Permissions::from_mode(0o600);
        fs::set_permissions(desk.room.path("editor.key"), mode).unwrap();
    }
    let sent = desk.recorded("Two are.");
    let decide = ["decide", &sent.correction, "alongside", "--reason", "both", "--as", "Keeper"];
    desk.room.a(&[&decide[..], &["--key", "editor.key"]].concat()).exits(0);
    desk.archive = desk::Archive::open(&desk.room.path("a"), &mut |_, _, _| {}).unwrap();
    key
}

#[test]
fn a_sealed_line_opens_the_desk_once() {
    let mut desk = Desk::new();
    let key = registered(&mut desk);
    let mut given = Challenges::default();
    let context = desk.context(None);
    let later = |seconds: i64| {
        let now = desk::Timestamp::from_unix_seconds(context.now.unix_seconds() + seconds).unwrap();
        desk::Context::new(now, None, [9; 32])
    };
    let seal = |line: &str, namespace: &str| key.sshsig(namespace, format!("{line}\n").as_bytes());
    let mut give = || given.give(&desk.archive, &desk.context(None)).unwrap();

    let first = give();
    assert!(first.line.contains("test.example/a"), "it says for which archive: {}", first.line);
    let good = seal(&first.line, LOGIN_NAMESPACE);
    let (second, third, fourth, fifth) = (give(), give(), give(), give());
    let mut open = |name: &str, id: &str, seal: &str, seconds| {
        given.log_in(&desk.archive, name, id, seal, &later(seconds))
    };
    assert_eq!(open("Keeper", &first.id, &good, 30).unwrap().name, "Keeper");
    assert!(open("Keeper", &first.id, &good, 31).is_err(), "a line counts once");
    assert!(open("Keeper", &second.id, &good, 31).is_err(), "the seal of another line");
    let decide = seal(&third.line, "decide@variorum.v1");
    assert!(open("Keeper", &third.id, &decide, 31).is_err(), "made for another purpose");
    let stranger = SecretKey::generate([8; 32])
        .sshsig(LOGIN_NAMESPACE, format!("{}\n", fourth.line).as_bytes());
    assert!(open("Keeper", &fourth.id, &stranger, 31).unwrap_err().message.contains("SHA256:"));
    let late = seal(&fifth.line, LOGIN_NAMESPACE);
    assert!(open("Keeper", &fifth.id, &late, 3600).is_err(), "an hour later");
    assert!(open("Keeper", "", "", 31).is_err() && open("Nobody", &second.id, "x", 31).is_err());
}

#[test]
fn the_command_that_is_shown_makes_a_seal_that_counts() {
    if Command::new("ssh-keygen").arg("-Y").stdin(Stdio::null()).output().is_err() {
        eprintln!("skipped: ssh-keygen is not installed");
        return;
    }
    let mut desk = Desk::new();
    registered(&mut desk);
    let mut given = Challenges::default();
    let challenge = given.give(&desk.archive, &desk.context(None)).unwrap();
    let command = challenge.command.replace("KEY", "editor.key");
    let done = Command::new("sh")
        .args(["-c", &command])
        .current_dir(desk.room.path("."))
        .output()
        .unwrap();
    assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    let seal = String::from_utf8(done.stdout).unwrap();
    let context = desk.context(None);
    let editor = given.log_in(&desk.archive, "Keeper", &challenge.id, &seal, &context).unwrap();
    assert_eq!(editor.name, "Keeper");
}
