//! The page of one passage: its words, what others say about them, who wrote
//! them, how to cite them, and how to reply.

use maud::{Markup, html};

use super::chapter::{asked, numbers};
use super::frame::{self, Sheet, direction};
use super::notes;
use super::revisions;
use super::room::Room;
use super::route::Route;
use super::text::chapter_title;
use super::words::marked;
use crate::desk::{Book, DeskError, Paragraph, Revised, WhoBasis};
use crate::pages::foreign::{clip, said, visible};

pub(super) fn page(room: &Room<'_>, siglum: &str, name: &str) -> Result<Option<String>, DeskError> {
    if room.shelved(siglum).is_none_or(|s| s.shut.is_some()) {
        return Ok(None);
    }
    let book = room.book(siglum)?;
    let Some(at) = book.paragraph_named(name) else { return Ok(None) };
    let p = &book.paragraphs[at];
    let (say, here) = (room.say(), Route::Passage(siglum.to_string(), name.to_string()));
    let chapter = book.chapter_of(at);
    let to_chapter = Route::Chapter(siglum.to_string(), None, chapter + 1);
    let numbered = numbers(std::slice::from_ref(p));
    let lang = book.language.as_deref();
    let body = html! {
        header.title {
            p.kicker {
                a itemprop="isPartOf" href=(room.href(&here, &Route::Text(siglum.into()))) { (said(&book.title)) }
                " · "
                a href=(room.href_at(&here, &to_chapter, &format!("p-{name}"))) { (said(&chapter_title(&book, chapter))) }
            }
            h1 { (say.passage()) " " bdi { (p.place.address) } @if let Some(pages) = &p.printed { ", " (pages) } }
        }
        blockquote.passage lang=[lang] dir=(direction(lang)) itemprop="text" {
            p { (marked(room, &book, p, &numbered)) }
        }
        p.ways {
            a href=(room.href_at(&here, &to_chapter, &format!("p-{name}"))) { (say.in_context()) }
            " · " a href="#reply" { (say.reply_here()) }
        }
        section aria-labelledby="said" {
            h2 #said { (say.said_about()) }
            @if numbered.is_empty() { p { (say.no_replies_here()) } }
            @for n in &numbered {
                (notes::note(room, &here, &book.notes[n.note], Some((n.number, &n.mark))))
            }
        }
        @if !p.cited.is_empty() {
            section aria-labelledby="asked" {
                h2 #asked { (say.asked_about()) }
                (asked(room, &here, &book, p))
            }
        }
        (writers(room, &here, &book, p)?)
        (history(room, &here, &book, at)?)
        (citation(room, &book, p)?)
        (reply(room, &here, &book, p))
    };
    let about = clip(book.words(p), 150);
    let sheet = Sheet {
        feed: Some(Route::TextFeed(siglum.to_string())),
        class: "passage-page",
        item: Some("Quotation"),
        about: Some(about),
        ..Sheet::new(&here, format!("{} – {}", p.place.address, book.title))
    };
    Ok(Some(frame::page(room, &sheet, &body)))
}

/// Who wrote which words of it.
fn writers(room: &Room<'_>, here: &Route, book: &Book, p: &Paragraph) -> Result<Markup, DeskError> {
    let say = room.say();
    let all = room.writers(&book.siglum)?;
    let from = all.partition_point(|s| s.end <= p.place.start);
    let spans = all[from..].iter().take_while(|s| s.start < p.place.end).filter(|s| s.words > 0);
    let spans: Vec<_> = spans.collect();
    let inferred = spans.iter().any(|s| s.basis == WhoBasis::Inferred);
    Ok(html! {
        section aria-labelledby="who" {
            h2 #who { (say.who_wrote()) }
            ol.writers {
                @for s in &spans {
                    @let words = book.words_of(s.start.max(p.place.start)..s.end.min(p.place.end));
                    li {
                        @if spans.len() > 1 { q lang=[book.language.as_deref()] { (said(&clip(&words, 160))) } " — " }
                        @match &s.agent { Some(a) => (said(a)), None => (say.no_name()) }
                        ", "
                        @match s.basis {
                            WhoBasis::Recorded => (say.written_in()),
                            WhoBasis::Inferred => (say.first_present()),
                        }
                        " " (said(&s.revision))
                        @if let Some(c) = &s.correction {
                            ", " (say.proposed_in()) " "
                            a href=(room.href(here, &Route::Reply(c.clone()))) { (said(c)) }
                        }
                    }
                }
            }
            p.why { @if inferred { (say.inferred_why()) } @else { (say.recorded_why()) } }
        }
    })
}

/// What stood there before, the newest change first.
fn history(room: &Room<'_>, here: &Route, book: &Book, at: usize) -> Result<Markup, DeskError> {
    let (say, siglum, lang) = (room.say(), &book.siglum, book.language.as_deref());
    let all = room.revised(siglum)?;
    let Some(first) = all.first().filter(|_| all.len() > 1) else { return Ok(html! {}) };
    let earlier = room.earlier(siglum)?;
    let changes = earlier.of(at);
    let of_revision = |r: &Revised, n: usize| {
        let (page, id) = revisions::place(siglum, r, n, all.len());
        html! {
            a href=(room.href_at(here, &page, &id)) { (said(&r.name)) }
            @if let Some(since) = &r.since { ", " time datetime=(since.to_string()) { (since.day()) } }
        }
    };
    Ok(html! {
        section.history #history-of aria-labelledby="history" {
            h2 #history { (say.words_history()) }
            p.why { (say.words_history_why()) }
            @if changes.is_empty() && earlier.unseen.is_empty() {
                p { (say.never_changed()) " " (of_revision(first, 0)) "." }
            }
            @if !changes.is_empty() {
                ol.earlier {
                    @for one in changes.chunk_by(|a, b| a.revision == b.revision) {
                        @let r = &all[one[0].revision];
                        li {
                            h3 {
                                (of_revision(r, one[0].revision))
                                @if let Some(who) = &r.who { " · " (said(who)) }
                                @for c in &r.adopts { " · " a href=(room.href(here, &Route::Reply(c.clone()))) { (said(c)) } }
                            }
                            @if let Some(why) = &r.why { p.facts { (say.why()) ": " (said(why)) } }
                            @if one.iter().any(|c| c.inferred) { p.facts { (say.inferred_why()) } }
                            @for c in one { (revisions::change(room, &c.words, lang)) }
                        }
                    }
                    li { h3 { (of_revision(first, 0)) } p { (say.first_text_here()) } }
                }
            }
            @if !earlier.unseen.is_empty() {
                p.facts { (say.not_compared()) ": " (said(&earlier.unseen.join(", "))) }
            }
        }
    })
}

/// The citation, ready to be copied.
fn citation(room: &Room<'_>, book: &Book, p: &Paragraph) -> Result<Markup, DeskError> {
    let say = room.say();
    let cited = room.reader.cite(book, p)?;
    Ok(html! {
        section.cite aria-labelledby="cite" {
            h2 #cite { (say.cite()) }
            p.citation itemprop="creditText" data-copy=(say.copied()) data-copy-label=(say.copy()) { (said(&cited)) }
            @if let Some(sha256) = &p.sha256 {
                p.facts { (say.passage()) " sha256:" code { (sha256) } }
            }
            p.why { (say.cite_why()) " " (say.does_not_show()) ": " (say.does_not_show_what()) }
        }
    })
}

/// How to reply: by the form of a server, or by a letter.
fn reply(room: &Room<'_>, here: &Route, book: &Book, p: &Paragraph) -> Markup {
    let say = room.say();
    let words = book.words(p).trim();
    if room.setting.live {
        let at = escaped(&p.place.address);
        let to = format!("{}reply/new?at={at}", here.to_root());
        let desk = |form: &str| format!("{}desk/{form}?at={at}", here.to_root());
        return html! {
            section.reply aria-labelledby="reply" {
                h2 #reply { (say.reply_here()) }
                p { (say.reply_why()) }
                p { a.button href=(to) { (say.reply_here()) } }
                p.facts {
                    (say.for_editors()) ": "
                    a href=(desk("question")) data-selects { (say.ask_of_words()) } " · "
                    a href=(desk("claim")) data-selects { (say.claim_of_words()) }
                    ". " (say.select_words())
                }
            }
        };
    }
    let form = crate::desk::form_for(&book.siglum, &p.place.address, words);
    // In a letter the first line has a place of its own.
    let (subject, body) = form.split_once("\n\n").unwrap_or(("", &form));
    let subject = subject.trim_start_matches("Subject: ");
    let mail = room.setting.mail.as_deref().unwrap_or_default();
    let to = format!("mailto:{}?subject={}&body=", escaped_address(mail), escaped(subject));
    let letter = format!("{to}{}", escaped(body));
    let file = format!("data:text/plain;charset=utf-8,{}", escaped(&form));
    let name = format!("reply-{}-{}.txt", book.siglum, p.place.line_start);
    html! {
        section.reply aria-labelledby="reply" {
            h2 #reply { (say.reply_here()) }
            p { (say.reply_why()) }
            p { (say.no_server()) " " (say.no_server_how()) }
            (boxes(room))
            p.ways {
                a.button href=(letter) data-letter=(to) { (say.send_mail()) }
                " " a.button href=(file) download=(name) data-file { (say.send_file()) }
            }
            @if let Some(mail) = &room.setting.mail { p.facts { (said(mail)) } }
            details {
                summary { (say.the_form()) }
                pre.form tabindex="0" data-form { (shown_form(&form)) }
            }
        }
    }
}

/// The form line by line, with what steers or hides shown by name.
fn shown_form(form: &str) -> String {
    form.lines().map(|l| format!("{}\n", visible(l))).collect()
}

/// Boxes from which the script fills in the form; without it they stay hidden,
/// and the form is filled in by hand. What is in brackets is the form's own name
/// for the part, which does not change with the language.
fn boxes(room: &Room<'_>) -> Markup {
    let say = room.say();
    let long = |id: &str, part: &str, label: &str, hint: Option<&str>| {
        let described = hint.map(|_| format!("{id}-hint"));
        html! {
            p.box {
                label for=(id) { (label) }
                @if let (Some(hint), Some(named)) = (hint, &described) { span.why id=(named) { (hint) } }
                textarea id=(id) data-part=(part) rows="3" aria-describedby=[described] {}
            }
        }
    };
    html! {
        form.boxes data-compose hidden {
            (long("say", "I say", say.you_say(), Some(say.you_say_hint())))
            (long("read", "Should read", say.should_read(), None))
            (long("know", "How I know", say.how_you_know(), Some(say.how_hint())))
            (long("shown", "Evidence", say.evidence_later(), None))
            p.box {
                label for="name" { (say.your_name()) }
                input #name type="text" autocomplete="name" data-part="Name";
            }
            p.box { label { input type="checkbox" data-part="Hide my name"; " " (say.hide_name()) } }
        }
    }
}

/// Percent-encoded for the query of a URL (RFC 3986): all but unreserved
/// characters; line ends as mail wants them (RFC 6068).
pub(in crate::pages) fn escaped(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            b'\n' => out.push_str("%0D%0A"),
            _ => {
                let digit = |n: u8| char::from(HEX[usize::from(n)]);
                out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    out
}

/// A mail address in a `mailto:` URL keeps its `@`.
fn escaped_address(address: &str) -> String {
    escaped(address).replace("%40", "@")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_a_url() {
        assert_eq!(escaped("a&b=c\n“é”?#"), "a%26b%3Dc%0D%0A%E2%80%9C%C3%A9%E2%80%9D%3F%23");
        assert_eq!(escaped_address("e@x.org?bcc=y"), "e@x.org%3Fbcc%3Dy");
    }
}
