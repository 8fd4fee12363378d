//! The line on a record in the log, in the language of the room.

use crate::desk::Summary;
use crate::pages::catalogue::phrases;
use crate::pages::language::Language;
use crate::pages::language::Language::{English, Russian};

phrases! {
    line_source(siglum, title): "source {siglum}: {title}", "источник {siglum}: {title}";
    line_edition(edition): ", edition {edition}", ", издание {edition}";
    line_bytes(bytes): ", {bytes} bytes", ", байтов: {bytes}";
    line_adopts(replies): ", adopts {replies}", ", принимает {replies}";
    line_reply(sort, to, says): "{sort} to {to}: {says}", "{sort}, к {to}: {says}";
    line_evidence(state): "evidence, {state}", "доказательство, {state}";
    line_key(holder, fingerprint): "key of {holder}, {fingerprint}", "ключ ({holder}), {fingerprint}";
    line_revoked(holder, fingerprint): "key revoked of {holder}, {fingerprint}", "отозван ключ ({holder}), {fingerprint}";
    line_policy(title): "policy: {title}", "правила: {title}";
    line_seal(role, over): "seal ({role}) over {over}", "печать ({role}) на {over}";
    line_intake(records): "{records} record(s) received", "получено записей: {records}";
    line_history(revisions, siglum, from): "{revisions} revisions of {siglum} from {from}", "редакций {siglum}: {revisions}, откуда: {from}";
    line_import(records, from): "{records} record(s) from {from}", "записей: {records}, откуда: {from}";
    line_place(name): "place {name}", "место {name}";
    line_account(event, by): "account of {event} by {by}", "рассказ о {event}: {by}";
    line_saying(reporter, speaker): "{reporter} says that {speaker} said it", "{reporter} передаёт слова: {speaker}";
    line_assessment(sort, finding, by, reason): "{sort}, {finding}, by {by}: {reason}", "{sort}, {finding}, кто: {by}: {reason}";
    line_lost(from, relation): "{from} {relation} what is not found", "{from} {relation} — не найдено, что";
    line_search(address, hits, spellings): "{address}: {hits} places of {spellings}", "{address}: мест {hits}, искали {spellings}";
    line_unknown(kind): "{kind}: not understood by this version", "{kind}: эта версия такого не понимает";
    line_unreadable(why): "cannot be read: {why}", "не читается: {why}";
}

/// The line; in English it is that of the answers.
pub(super) fn line(say: Language, summary: &Summary) -> String {
    match summary {
        Summary::Source { siglum, title } => say.line_source(siglum, title),
        Summary::Revision { name, nature, edition, adopts, bytes } => {
            let edition = edition.as_ref().map(|e| say.line_edition(e)).unwrap_or_default();
            let what = match adopts.is_empty() {
                true => say.line_bytes(bytes),
                false => say.line_adopts(adopts.join(", ")),
            };
            format!("{name} {}{edition}{what}", say.word(nature))
        }
        Summary::Reply { sort, to, says } => {
            let withheld = format!("({})", say.word("withheld"));
            say.line_reply(say.word(sort), to, says.as_ref().unwrap_or(&withheld))
        }
        Summary::Decision { verdict, reply, reason } => {
            format!("{} {reply}: {reason}", say.word(verdict))
        }
        Summary::Agent { sort, name } => format!("{} {name}", say.word(sort)),
        Summary::Evidence { state, title } => {
            let state = say.line_evidence(say.word(state));
            title.as_ref().map_or(state.clone(), |t| format!("{state}: {t}"))
        }
        Summary::Key { revoked, holder, fingerprint } => {
            let holder = holder.as_deref().unwrap_or(match say {
                English => "the archive",
                Russian => "архив",
            });
            match revoked {
                true => say.line_revoked(holder, fingerprint),
                false => say.line_key(holder, fingerprint),
            }
        }
        Summary::Policy { title } => say.line_policy(title),
        Summary::Seal { role, over } => say.line_seal(say.word(role), over),
        Summary::Intake { records } => say.line_intake(records),
        Summary::History { revisions, siglum, from } => say.line_history(revisions, siglum, from),
        Summary::Import { records, from } => say.line_import(records, from),
        Summary::Part { genre, address, title } => {
            format!("{} {address}: {title}", say.word(genre))
        }
        Summary::Named { address, title } => format!("{address}: {title}"),
        Summary::Place { name } => say.line_place(name),
        Summary::Account { event, by } => say.line_account(event, by),
        Summary::Claim { address, teller } => format!("{address}, {teller}"),
        Summary::Saying { reporter, speaker } => say.line_saying(reporter, speaker),
        Summary::Assessment { sort, finding, by, reason } => {
            say.line_assessment(say.word(sort), say.word(finding), by, reason)
        }
        Summary::Relation { from, relation, to } => match to {
            Some(to) => format!("{from} {} {to}", say.word(relation)),
            None => say.line_lost(from, say.word(relation)),
        },
        Summary::Share { agent, word } => format!("{agent}: {}", say.word(word)),
        Summary::Search { address, hits, spellings } => {
            say.line_search(address, hits, format!("{spellings:?}"))
        }
        Summary::Unknown { kind } => say.line_unknown(kind),
        Summary::Unreadable { why } => say.line_unreadable(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::catalogue::said_in_every_language;

    #[test]
    fn every_word_is_said_in_every_language() {
        said_in_every_language(PHRASES, &[]);
    }
}
