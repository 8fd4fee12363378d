//! Seals against the real `ssh-keygen`: the same bytes, and each accepts what
//! the other made. Where `ssh-keygen` is not installed the tests say so and
//! show nothing.
#![allow(clippy::print_stderr, clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use variorum::sign::{AllowedSigner, PublicKey, SecretKey, SshSigError, allowed_signers};

const NAMESPACE: &str = "submit@variorum.v1";

fn installed() -> bool {
    // Without a terminal and with a bad option it complains and ends.
    let there = Command::new("ssh-keygen").arg("-Y").stdin(Stdio::null()).output().is_ok();
    if !there {
        eprintln!("skipped: ssh-keygen is not installed");
    }
    there
}

fn ssh_keygen(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new("ssh-keygen")
        .args(args)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may refuse before it has read everything; then the pipe is closed.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn write_secret(path: &Path, pem: &str) {
    fs::write(path, pem).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

fn signer(key: &SecretKey) -> AllowedSigner {
    AllowedSigner {
        principal: "witness@example.org".into(),
        key: key.public(),
        namespaces: vec![NAMESPACE.into()],
        valid_after: Some(1_600_000_000),
        valid_before: Some(1_900_000_000),
    }
}

fn verify(folder: &Path, seal: &str, namespace: &str, extra: &[&str], message: &[u8]) -> Output {
    fs::write(folder.join("seal"), seal).unwrap();
    let mut args = vec![
        "-Y",
        "verify",
        "-f",
        "allowed",
        "-I",
        "witness@example.org",
        "-n",
        namespace,
        "-s",
        "seal",
    ];
    args.extend(extra);
    ssh_keygen(folder, &args, message)
}

#[test]
fn the_same_bytes_as_ssh_keygen() {
    if !installed() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (seed, message) in
        [(1, &b""[..]), (2, b"The bridge was built in 1931.\n"), (3, &[0, 255, 10, 13])]
    {
        let key = SecretKey::generate([seed; 32]).with_comment("a test key");
        write_secret(&folder.path().join("key"), &key.to_openssh());
        let theirs =
            ssh_keygen(folder.path(), &["-Y", "sign", "-f", "key", "-n", NAMESPACE], message);
        assert!(theirs.status.success(), "{}", String::from_utf8_lossy(&theirs.stderr));
        let theirs = String::from_utf8(theirs.stdout).unwrap();
        assert_eq!(key.sshsig(NAMESPACE, message), theirs);
        key.public().verify_sshsig(NAMESPACE, message, &theirs).unwrap();
    }
}

#[test]
fn ssh_keygen_accepts_and_refuses_what_we_do() {
    if !installed() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (key, other) = (SecretKey::generate([4; 32]), SecretKey::generate([5; 32]));
    let message = b"It was on the ninth, not on the twelfth.\n";
    fs::write(folder.join("allowed"), allowed_signers(&[signer(&key)]).unwrap()).unwrap();
    let seal = key.sshsig(NAMESPACE, message);
    let in_time = ["-Overify-time=20240101000000Z"];

    let good = verify(folder, &seal, NAMESPACE, &in_time, message);
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    let said = String::from_utf8(good.stdout).unwrap();
    assert!(said.contains(&key.public().fingerprint()), "{said}");

    // Tampered text, other purpose, other key, out of time: refused by both.
    let public = key.public();
    assert!(
        !verify(folder, &seal, NAMESPACE, &in_time, b"It was on the tenth.\n").status.success()
    );
    assert_eq!(
        public.verify_sshsig(NAMESPACE, b"It was on the tenth.\n", &seal),
        Err(SshSigError::Mismatch)
    );
    assert!(!verify(folder, &seal, "decide@variorum.v1", &in_time, message).status.success());
    assert!(matches!(
        public.verify_sshsig("decide@variorum.v1", message, &seal),
        Err(SshSigError::WrongNamespace { .. })
    ));
    let foreign = other.sshsig(NAMESPACE, message);
    assert!(!verify(folder, &foreign, NAMESPACE, &in_time, message).status.success());
    assert!(matches!(
        public.verify_sshsig(NAMESPACE, message, &foreign),
        Err(SshSigError::WrongKey { .. })
    ));
    for (when, seconds) in [("20200913122639Z", 1_599_999_999), ("20300317174641Z", 1_900_000_001)]
    {
        let option = format!("-Overify-time={when}");
        assert!(!verify(folder, &seal, NAMESPACE, &[&option], message).status.success(), "{when}");
        assert!(signer(&key).permits(NAMESPACE, seconds).is_err(), "{when}");
    }
    for (when, seconds) in [("20200913122640Z", 1_600_000_000), ("20300317174640Z", 1_900_000_000)]
    {
        let option = format!("-Overify-time={when}");
        let output = verify(folder, &seal, NAMESPACE, &[&option], message);
        assert!(output.status.success(), "{when}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(signer(&key).permits(NAMESPACE, seconds).is_ok(), "{when}");
    }
}

#[test]
fn keys_made_by_ssh_keygen() {
    if !installed() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let made = ssh_keygen(
        folder,
        &["-q", "-t", "ed25519", "-N", "", "-C", "someone", "-f", "theirs"],
        b"",
    );
    assert!(made.status.success());
    let secret =
        SecretKey::from_openssh(&fs::read_to_string(folder.join("theirs")).unwrap()).unwrap();
    let line = fs::read_to_string(folder.join("theirs.pub")).unwrap();
    assert_eq!(line.parse::<PublicKey>().unwrap(), secret.public());
    let shown = ssh_keygen(folder, &["-l", "-f", "theirs.pub"], b"");
    assert!(String::from_utf8(shown.stdout).unwrap().contains(&secret.public().fingerprint()));

    // ssh-keygen reads our secret key file and finds the same public half.
    let ours = SecretKey::generate([6; 32]);
    write_secret(&folder.join("ours"), &ours.to_openssh());
    let derived = ssh_keygen(folder, &["-y", "-f", "ours"], b"");
    assert_eq!(
        String::from_utf8(derived.stdout).unwrap().trim().parse::<PublicKey>().unwrap(),
        ours.public()
    );

    // A key with a passphrase, and another kind of key, in plain words.
    let made =
        ssh_keygen(folder, &["-q", "-t", "ed25519", "-N", "secret words", "-f", "locked"], b"");
    assert!(made.status.success());
    let locked =
        SecretKey::from_openssh(&fs::read_to_string(folder.join("locked")).unwrap()).unwrap_err();
    assert!(locked.to_string().contains("passphrase"), "{locked}");
    for (kind, name) in [("ecdsa", "ecdsa-sha2-nistp256"), ("rsa", "rsa")] {
        let made = ssh_keygen(folder, &["-q", "-t", kind, "-N", "", "-f", kind], b"");
        if !made.status.success() {
            eprintln!("skipped: this ssh-keygen makes no {kind} keys");
            continue;
        }
        let error =
            SecretKey::from_openssh(&fs::read_to_string(folder.join(kind)).unwrap()).unwrap_err();
        assert!(error.to_string().contains("only ssh-ed25519 keys are used here"), "{error}");
        let line = fs::read_to_string(folder.join(format!("{kind}.pub"))).unwrap();
        let error = line.parse::<PublicKey>().unwrap_err().to_string();
        assert!(error.contains(name), "{error}");
        let seal = ssh_keygen(folder, &["-Y", "sign", "-f", kind, "-n", NAMESPACE], b"text");
        let seal = String::from_utf8(seal.stdout).unwrap();
        let error = ours.public().verify_sshsig(NAMESPACE, b"text", &seal).unwrap_err();
        assert!(matches!(error, SshSigError::Unsupported { .. }), "{error}");
        assert!(error.to_string().contains(name), "{error}");
    }
}
