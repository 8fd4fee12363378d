//! JSON Schemas of records, documents and answers, made from the types.

use schemars::{JsonSchema, Schema, schema_for};

use crate::model::{ArchiveFile, EditList, Kind, Receipt, ReplyText};

use super::{
    AddAnswer, AlignAnswer, ApplyAnswer, AttachAnswer, AuditAnswer, CiteAnswer, CollationShape,
    CompareAnswer, CopiesAnswer, DecideAnswer, DeskError, DiffAnswer, Envelope, EventAnswer,
    ExamineAnswer, ExportAnswer, FirstAnswer, HealthAnswer, HeldBackAnswer, HeldShape,
    ImportAnswer, InboxAnswer, InitAnswer, ListAnswer, Located, LogAnswer, Made, PasswordAnswer,
    PastWho, QuotationsAnswer, ReceiptAnswer, ReusedAnswer, ServeAnswer, ShowAnswer, SiteAnswer,
    StatusAnswer, SubmitAnswer, TimelineAnswer, UndoAnswer, VerifyAnswer, WhoAnswer,
};

fn answers() -> Vec<(&'static str, Schema)> {
    fn of<T: JsonSchema>(name: &'static str) -> (&'static str, Schema) {
        (name, schema_for!(T))
    }
    vec![
        of::<Envelope<()>>("envelope"),
        of::<InitAnswer>("init"),
        of::<StatusAnswer>("status"),
        of::<AddAnswer>("add"),
        of::<ListAnswer>("list"),
        of::<ShowAnswer>("show"),
        of::<Located>("locate"),
        of::<SubmitAnswer>("submit"),
        of::<InboxAnswer>("inbox"),
        of::<HeldShape>("held"),
        of::<HeldBackAnswer>("held-back"),
        of::<DecideAnswer>("decide"),
        of::<UndoAnswer>("undo"),
        of::<PasswordAnswer>("password"),
        of::<DiffAnswer>("diff"),
        of::<WhoAnswer>("who"),
        of::<PastWho>("who-history"),
        of::<FirstAnswer>("first"),
        of::<LogAnswer>("log"),
        of::<VerifyAnswer>("verify"),
        of::<CiteAnswer>("cite"),
        of::<AttachAnswer>("attach"),
        of::<ApplyAnswer>("apply"),
        of::<AuditAnswer>("audit"),
        of::<ExamineAnswer>("examine"),
        of::<ReusedAnswer>("reused"),
        of::<QuotationsAnswer>("quotations"),
        of::<EventAnswer>("event"),
        of::<CompareAnswer>("compare"),
        of::<CopiesAnswer>("copies"),
        of::<CollationShape>("collation"),
        of::<AlignAnswer>("align"),
        of::<TimelineAnswer>("timeline"),
        of::<ReceiptAnswer>("receipt"),
        of::<ImportAnswer>("import"),
        of::<ExportAnswer>("export"),
        of::<SiteAnswer>("site"),
        of::<ServeAnswer>("serve"),
        of::<HealthAnswer>("health"),
        of::<Made>("schema"),
        of::<Made>("completions"),
        of::<Made>("man"),
    ]
}

fn documents() -> Vec<(&'static str, Schema)> {
    vec![
        ("reply/1", schema_for!(ReplyText)),
        ("edits/1", schema_for!(EditList)),
        ("receipt/1", schema_for!(Receipt)),
        ("archive/1", schema_for!(ArchiveFile)),
    ]
}

/// The name of the file in `schemas/` and the schema's text, of everything.
pub fn schema_names() -> Vec<String> {
    all().into_iter().map(|(name, _)| name).collect()
}

fn all() -> Vec<(String, Schema)> {
    let mut out = Vec::new();
    for kind in Kind::ALL {
        let schema = kind.schema().expect("every kind of the list has a schema");
        out.push((format!("records/{}", file_name(kind.name())), with_kind(kind.name(), schema)));
    }
    for (kind, schema) in documents() {
        out.push((format!("documents/{}", file_name(kind)), with_kind(kind, schema)));
    }
    for (verb, schema) in answers() {
        out.push((format!("answers/{verb}-1.json"), schema));
    }
    out
}

/// `correction/1` as `correction-1.json`.
fn file_name(kind: &str) -> String {
    format!("{}.json", kind.replace('/', "-"))
}

/// Documents carry their kind as the first field.
fn with_kind(kind: &str, mut schema: Schema) -> Schema {
    let object = schema.ensure_object();
    if let Some(serde_json::Value::Object(properties)) = object.get_mut("properties") {
        properties.insert("kind".into(), serde_json::json!({ "const": kind }));
    }
    if let Some(serde_json::Value::Array(required)) = object.get_mut("required") {
        required.insert(0, "kind".into());
    }
    schema
}

/// The text of a schema, named as in `schemas/` with or without folder and
/// ending.
///
/// # Errors
/// When there is no such schema.
pub fn schema(name: &str) -> Result<String, DeskError> {
    // As the envelope names it: `variorum/receipt/1`.
    let answer = name.strip_prefix("variorum/").map(|v| format!("answers/{}", file_name(v)));
    let wanted = |n: &str| {
        if let Some(answer) = &answer {
            return n == answer;
        }
        let last = n.rsplit('/').next().unwrap_or(n);
        n == name
            || last == name
            || last.strip_suffix(".json") == Some(name)
            || last.strip_suffix("-1.json") == Some(name)
    };
    // A verb and a document may have one name: `receipt` is the verb's answer.
    match all().into_iter().rev().find(|(n, _)| wanted(n)) {
        Some((_, schema)) => {
            let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
            text.push('\n');
            Ok(text)
        }
        None => Err(DeskError::not_found("schema", format!("there is no schema {name:?}"))
            .hint(format!("there are: {}", schema_names().join(", ")))),
    }
}
