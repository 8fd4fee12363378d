//! Replies: taken, held, released, discarded; what others said; undo.

use variorum::desk::{
    self, DecideDraft, EvidenceFile, SignKind, SubmitDraft, Taken, UndoDraft, Verdict,
};

use super::{Desk, WORDS, draft, holds, published};

#[test]
fn a_reply_is_recorded_and_its_contact_is_nowhere_but_private() {
    let mut desk = Desk::new();
    let mut reply = draft("Two are; I buried them.");
    reply.name = Some("Hidden Hannelore".into());
    reply.hide_name = true;
    reply.evidence = vec![EvidenceFile { name: "../list.txt".into(), bytes: b"a list".to_vec() }];
    let Taken::Recorded(sent) = desk.hand(reply, Some("zora@private.example"), "") else {
        panic!("held")
    };
    let contact = desk::contact(&desk.archive, &sent.correction, &desk.keeper()).unwrap().unwrap();
    assert_eq!(contact.contact.as_deref(), Some("zora@private.example"));
    assert_eq!(contact.name.as_deref(), Some("Hidden Hannelore"));
    let stranger = desk.context(Some("Aurel Dorn"));
    let refused = desk::contact(&desk.archive, &sent.correction, &stranger).unwrap_err();
    assert_eq!(refused.code, "not-an-editor");

    let all = published(&desk, "export");
    assert!(holds(&all, "I buried them"), "the search itself finds something");
    assert!(!holds(&all, "zora@private") && !holds(&all, "Hannelore"));
    assert!(!holds(sent.receipt_text.unwrap().as_bytes(), "Hannelore"));

    let evidence = desk::evidence_of(&desk.archive, &sent.correction).unwrap();
    assert_eq!((evidence.len(), evidence[0].name.as_str()), (1, "list.txt"));
    let file = desk::evidence_file(&desk.archive, &evidence[0].evidence).unwrap();
    assert_eq!((file.name.as_str(), file.bytes.as_slice()), ("list.txt", b"a list".as_slice()));
    for odd in ["C-000000", "E-000000", "../../x", "", "M"] {
        assert!(desk::evidence_file(&desk.archive, odd).is_err(), "{odd}");
    }
    desk.room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn a_held_reply_is_in_no_log_until_it_is_released() {
    let mut desk = Desk::new();
    let mut reply = draft("Buy http://a.example http://b.example now, all of you");
    reply.evidence = vec![EvidenceFile { name: "x".into(), bytes: vec![0, 255, 10, 13] }];
    let Taken::Held { signs, subject } = desk.hand(reply, Some("spam@private.example"), "x") else {
        panic!("recorded")
    };
    let kinds: Vec<_> = signs.iter().map(|s| s.kind).collect();
    assert_eq!(kinds, [SignKind::Trap, SignKind::Links]);
    assert!(subject.starts_with("F@1:"), "{subject}");
    assert!(!holds(&published(&desk, "before"), "a.example"), "nothing of it is in the archive");

    let held = desk::held(&desk.archive, &desk.keeper()).unwrap();
    assert_eq!((held.items.len(), held.discarded), (1, 0));
    assert_eq!(held.items[0].evidence, [("x".to_string(), 4)]);
    assert!(desk::held(&desk.archive, &desk.context(Some("Aurel Dorn"))).is_err());
    let listed = desk.room.a(&["held", "--as", "Keeper"]).exits(0);
    listed.says(&["a.example", "filled in a field that people do not see (10)", "together 13"]);

    let context = desk.keeper();
    let released =
        desk::release_held(&mut desk.archive, &held.items[0].held[..10], &context).unwrap();
    assert!(released.sent.receipt_text.is_some());
    assert!(desk::held(&desk.archive, &desk.keeper()).unwrap().items.is_empty());
    let all = published(&desk, "after");
    assert!(holds(&all, "a.example") && !holds(&all, "spam@private"));
    let contact = desk::contact(&desk.archive, &released.sent.correction, &desk.keeper()).unwrap();
    assert_eq!(contact.unwrap().contact.as_deref(), Some("spam@private.example"));
    let evidence = desk::evidence_of(&desk.archive, &released.sent.correction).unwrap();
    let file = desk::evidence_file(&desk.archive, &evidence[0].evidence).unwrap();
    assert_eq!(file.bytes, [0, 255, 10, 13]);
    // Whoever released it did not say it.
    assert!(!desk.room.a(&["show", &released.sent.correction]).exits(0).said().contains("Keeper"));
}

/// A machine that stops after recording a reply and before emptying the queue.
#[test]
fn an_interrupted_release_records_nothing_twice() {
    let mut desk = Desk::new();
    let mut reply = draft("There were four of them, I counted.");
    reply.name = Some("Hidden Hannelore".into());
    reply.hide_name = true;
    assert!(matches!(desk.hand(reply, Some("zora@private.example"), "x"), Taken::Held { .. }));
    let name = desk::held(&desk.archive, &desk.keeper()).unwrap().items[0].held.clone();
    let file = super::door::files(&desk.room.path("private"))
        .into_iter()
        .find(|p| p.ends_with(format!("held/{}", name.trim_start_matches("H-"))))
        .unwrap();
    let waiting = std::fs::read(&file).unwrap();
    let size = desk.archive.log_size().unwrap();
    let context = desk.keeper();
    let begun = format!("{size} {}", context.now);
    let sent = desk::release_held(&mut desk.archive, &name, &context).unwrap().sent;
    let private = file.parent().unwrap().parent().unwrap().to_path_buf();
    assert!(!private.join("releasing").read_dir().is_ok_and(|mut d| d.next().is_some()));

    // As it was on the disk in between; the contact was not written yet either.
    std::fs::write(&file, &waiting).unwrap();
    let mark = private.join("releasing").join(name.trim_start_matches("H-"));
    std::fs::create_dir_all(mark.parent().unwrap()).unwrap();
    std::fs::write(&mark, &begun).unwrap();
    std::fs::remove_dir_all(private.join("contact")).unwrap();
    let before = desk.archive.log_size().unwrap();
    let context = desk.keeper();
    let refused = desk::release_held(&mut desk.archive, &name, &context).unwrap_err();
    assert_eq!(refused.code, "released-before", "{refused}");
    assert!(refused.message.contains(&sent.correction), "{refused}");
    assert_eq!(desk.archive.log_size().unwrap(), before, "nothing was recorded");
    assert!(desk::held(&desk.archive, &desk.keeper()).unwrap().items.is_empty());
    assert!(!mark.exists());
    let contact = desk::contact(&desk.archive, &sent.correction, &desk.keeper()).unwrap().unwrap();
    assert_eq!(contact.name.as_deref(), Some("Hidden Hannelore"));

    // A mark alone, from a release that recorded nothing, keeps no reply back.
    assert!(matches!(desk.hand(draft("Five, I counted."), None, "x"), Taken::Held { .. }));
    let name = desk::held(&desk.archive, &desk.keeper()).unwrap().items[0].held.clone();
    let mark = private.join("releasing").join(name.trim_start_matches("H-"));
    let begun = format!("{} {}", desk.archive.log_size().unwrap(), desk.keeper().now);
    std::fs::write(&mark, begun).unwrap();
    // Nor does one that says the same and was recorded since.
    assert!(matches!(desk.hand(draft("Five, I counted."), None, ""), Taken::Recorded(_)));
    let context = desk.keeper();
    desk::release_held(&mut desk.archive, &name, &context).unwrap();
}

#[test]
fn a_discarded_reply_is_gone_and_counted() {
    let mut desk = Desk::new();
    for n in 0..2 {
        let says = format!("AAAAAAAAAAAAAAAA number {n}");
        assert!(matches!(desk.hand(draft(&says), None, "x"), Taken::Held { .. }));
    }
    let held = desk::held(&desk.archive, &desk.keeper()).unwrap();
    desk.room.a(&["held", "discard", &held.items[0].held, "--as", "Keeper"]).exits(0);
    let context = desk.keeper();
    let gone = desk::discard_held(&desk.archive, &held.items[1].held, &context).unwrap();
    assert_eq!(gone.discarded, 2);
    let again = desk::discard_held(&desk.archive, &held.items[1].held, &context).unwrap_err();
    assert_eq!(again.code, "not-held");
    for odd in ["", "H-", "H-../../archive.key", "../archive.key", "H-zzzzzz"] {
        assert_eq!(desk::discard_held(&desk.archive, odd, &context).unwrap_err().code, "not-held");
    }
    assert!(desk.room.path("private").exists());
}

#[test]
fn a_damaged_queue_is_told_and_can_be_cleared() {
    let mut desk = Desk::new();
    assert!(matches!(desk.hand(draft("x y"), None, "x"), Taken::Held { .. }));
    let held = desk::held(&desk.archive, &desk.keeper()).unwrap();
    let name = held.items[0].held.trim_start_matches("H-").to_string();
    let all = super::door::files(&desk.room.path("private"));
    let file = all.iter().find(|p| p.ends_with(format!("held/{name}"))).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |p: &std::path::Path| std::fs::metadata(p).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(file), 0o600);
        assert_eq!(mode(file.parent().unwrap()), 0o700);
    }
    let bytes = std::fs::read(file).unwrap();
    std::fs::write(file, &bytes[..bytes.len() - 9]).unwrap();
    let held = desk::held(&desk.archive, &desk.keeper()).unwrap();
    assert!(held.items[0].damaged.is_some());
    let context = desk.keeper();
    let refused = desk::release_held(&mut desk.archive, &held.items[0].held, &context).unwrap_err();
    assert_eq!(refused.code, "held-damaged");
    desk::discard_held(&desk.archive, &held.items[0].held, &context).unwrap();
}

#[test]
fn the_same_words_again_are_held() {
    let mut desk = Desk::new();
    desk.recorded("Two of them are, as the register shows.");
    let again = desk.hand(draft("Two of them ARE, as the register shows"), None, "");
    let Taken::Held { signs, .. } = again else { panic!("recorded") };
    assert_eq!(signs[0].kind, SignKind::SameWords);
    // After the server started anew, the archive itself remembers.
    desk.arrivals = desk::Arrivals::default();
    let again = desk.hand(draft("Two of them are, as the register shows!"), None, "");
    assert!(matches!(again, Taken::Held { .. }));
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_kept() {
    let mut desk = Desk::new();
    let context = desk.context(None);
    let wrong = [
        (
            SubmitDraft { quote: Some("words that never stood there".into()), ..draft("x") },
            "quotation-not-found",
        ),
        (draft("  "), "nothing-said"),
        (SubmitDraft { at: None, quote: None, ..draft("x") }, "no-subject"),
    ];
    for (draft, code) in wrong {
        let handed = desk::Handed { draft, trap: "x".into(), ..Default::default() };
        let e = desk::take(
            &mut desk.archive,
            handed,
            desk::HoldRule::All,
            &desk.secret,
            &mut desk.arrivals,
            &context,
        );
        assert_eq!(e.unwrap_err().code, code);
    }
    assert!(desk::held(&desk.archive, &desk.keeper()).unwrap().items.is_empty());
}

#[test]
fn a_reply_rests_between_two_pages() {
    let desk = Desk::new();
    let reply = SubmitDraft {
        evidence: vec![EvidenceFile { name: "a.pdf".into(), bytes: vec![1, 2, 3] }],
        ..draft("Two are.")
    };
    let handed = desk::Handed { draft: reply, contact: Some("z".into()), ..Default::default() };
    let name = desk::stage(&desk.archive, handed.clone(), &desk.context(None)).unwrap();
    let (draft, contact) = desk::staged(&desk.archive, &name, false).unwrap().unwrap();
    assert_eq!(
        (draft.evidence[0].bytes.as_slice(), contact.as_deref()),
        ([1, 2, 3].as_slice(), Some("z"))
    );
    assert!(desk::staged(&desk.archive, &name, true).unwrap().is_some());
    assert!(desk::staged(&desk.archive, &name, true).unwrap().is_none());
    assert!(desk::staged(&desk.archive, "../archive.key", true).unwrap().is_none());
    // A day later it is cleared away by the next one.
    let first = desk::stage(&desk.archive, handed.clone(), &desk.context(None)).unwrap();
    desk.acts.set(3000);
    desk::stage(&desk.archive, handed, &desk.context(None)).unwrap();
    assert!(desk::staged(&desk.archive, &first, false).unwrap().is_none());
}

#[test]
fn what_others_said_is_found_before_sending() {
    let mut desk = Desk::new();
    let proposes = |r: &str| SubmitDraft { replacement: Some(r.into()), ..draft("no") };
    assert!(desk::similar_replies(&desk.archive, &proposes("x")).unwrap().is_empty());
    for r in ["two are in the churchyard", "two are now in the churchyard", "none"] {
        assert!(matches!(desk.hand(proposes(r), None, ""), Taken::Recorded(_)));
    }
    let found =
        desk::similar_replies(&desk.archive, &proposes("Two are now in the churchyard.")).unwrap();
    let kinds: Vec<_> = found.iter().map(|s| (s.same, s.near)).collect();
    assert_eq!(kinds, [(true, false), (false, true), (false, false)]);
    assert!(
        desk::similar_replies(
            &desk.archive,
            &SubmitDraft { quote: Some("zzz zzz".into()), ..draft("x") }
        )
        .is_err()
    );
}

fn decision(correction: &str, verdict: Verdict, reason: &str) -> DecideDraft {
    DecideDraft {
        correction: correction.into(),
        verdict,
        reason: reason.into(),
        text: None,
        same_as: None,
        nature: None,
        to_text: None,
        to_replier: None,
        key: None,
        dry_run: false,
    }
}

#[test]
fn an_answer_is_taken_back_and_the_reply_waits_again() {
    let mut desk = Desk::new();
    let sent = desk.recorded("Two are.");
    let context = desk.keeper();
    let draft = decision(&sent.correction, Verdict::Decline, "the wrong line");
    let decided = desk::decide(&mut desk.archive, &draft, &context).unwrap();
    assert_eq!(desk::inbox(&desk.archive, false).unwrap().waiting, 0);

    let undo = |address: &str| UndoDraft {
        address: address.into(),
        reason: "I took it for another".into(),
        dry_run: false,
    };
    let empty = UndoDraft { address: sent.correction.clone(), ..Default::default() };
    assert_eq!(desk::undo(&mut desk.archive, &empty, &context).unwrap_err().code, "no-reason");
    let context = desk.keeper();
    let u = desk::undo(&mut desk.archive, &undo(&decided.decision), &context).unwrap();
    assert_eq!((u.verdict, u.stays.as_ref()), (Verdict::Decline, None));
    assert!(u.reason.starts_with("taken back: "));
    assert_eq!(desk::inbox(&desk.archive, false).unwrap().waiting, 1);
    let last = desk::last_decisions(&desk.archive, 9, &desk.keeper()).unwrap();
    assert_eq!((last.len(), last[0].holds), (1, false));
    let again = desk::undo(&mut desk.archive, &undo(&sent.correction), &context).unwrap_err();
    assert_eq!(again.code, "taken-back");
    let old = desk::undo(&mut desk.archive, &undo(&decided.decision), &context).unwrap_err();
    assert_eq!(old.code, "not-the-last");
    desk.room
        .a(&["show", &sent.correction])
        .exits(0)
        .says(&["taken back: I took it", "earlier answer"]);
    desk.room.a(&["verify", "--full"]).exits(0);
}

#[test]
fn a_revision_stays_when_its_adoption_is_taken_back() {
    let mut desk = Desk::new();
    let proposal =
        SubmitDraft { replacement: Some("two are in the churchyard".into()), ..draft("no") };
    let Taken::Recorded(sent) = desk.hand(proposal, None, "") else { panic!("held") };
    let context = desk.keeper();
    let adopted = desk::decide(
        &mut desk.archive,
        &decision(&sent.correction, Verdict::Adopt, "so it is"),
        &context,
    )
    .unwrap();
    assert_eq!(adopted.revision.as_deref(), Some("F@2"));
    let undone = desk.room.a(&["undo", &sent.correction, "--reason", "too soon", "--as", "Keeper"]);
    undone.exits(0).says(&["revision F@2 that it made stays"]);
    let archive = desk::Archive::open(&desk.room.path("a"), &mut |_, _, _| {}).unwrap();
    assert_eq!(desk::inbox(&archive, false).unwrap().waiting, 1);
    desk.room.a(&["show", "F@2:20"]).exits(0);
    desk.room.a(&["undo", "C-000000", "--reason", "x"]).exits(3);
}

#[test]
fn only_who_decided_takes_back() {
    let mut desk = Desk::new();
    let sent = desk.recorded("Two are.");
    let context = desk.keeper();
    let draft = decision(&sent.correction, Verdict::Alongside, "both may be");
    desk::decide(&mut desk.archive, &draft, &context).unwrap();
    let other = desk.context(Some("Aurel Dorn"));
    let undo = UndoDraft { address: sent.correction, reason: "x".into(), dry_run: false };
    assert_eq!(desk::undo(&mut desk.archive, &undo, &other).unwrap_err().code, "not-an-editor");
}

#[test]
fn a_group_is_answered_at_once() {
    let mut desk = Desk::new();
    let proposes = |says: &str| SubmitDraft {
        replacement: Some("two are in the churchyard".into()),
        ..draft(says)
    };
    let mut ids = Vec::new();
    for says in ["I know it.", "So does everybody."] {
        let Taken::Recorded(sent) = desk.hand(proposes(says), None, "") else { panic!("held") };
        ids.push(sent.correction);
    }
    let context = desk.keeper();
    let view = desk::at_the_desk(&desk.archive, &context).unwrap();
    assert_eq!((view.inbox.items.len(), view.inbox.items[0].replies.len()), (1, 2));
    let draft = decision(&ids[0], Verdict::Decline, "the stones say three");
    let all = desk::decide_all(&mut desk.archive, &draft, &ids[1..], &context).unwrap();
    let verdicts: Vec<_> = all.iter().map(|d| d.verdict).collect();
    assert_eq!(verdicts, [Verdict::Decline, Verdict::SameAs]);
    let view = desk::at_the_desk(&desk.archive, &desk.keeper()).unwrap();
    assert_eq!((view.inbox.items.len(), view.last.len()), (0, 2));
    assert!(desk::claim_place(&desk.archive, "F", WORDS).unwrap().starts_with("F@1:"));
}
