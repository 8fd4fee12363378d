//! The description of the API (OpenAPI 3.1), made from the table of questions,
//! and the schemas of the answers that it refers to.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, Response, StatusCode};
use serde_json::{Map, Value, json};

use super::questions::{Parameter, QUESTIONS, Question};
use super::reply::ReplyDraft;
use crate::desk::{self, Class, DeskError};
use crate::web::made::Made;
use crate::web::refusal::{JSON, trouble};

/// The description.
pub(in crate::web) async fn description(headers: HeaderMap) -> Response<Body> {
    let text = format!("{:#}\n", document());
    Made::new(0, StatusCode::OK, JSON, text.into_bytes()).answer(&headers)
}

/// A schema by its folder and name, `answers/status-1.json`.
pub(in crate::web) async fn schema(
    Path((folder, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response<Body> {
    let name = format!("{folder}/{name}");
    let found = match desk::schema_names().contains(&name) {
        true => desk::schema(&name),
        false => {
            Err(DeskError::new(Class::NotFound, "schema", format!("there is no schema {name:?}"))
                .hint("the schemas are named in /api/v1/openapi.json"))
        }
    };
    match found {
        Ok(text) => Made::new(0, StatusCode::OK, "application/schema+json", text.into_bytes())
            .answer(&headers),
        Err(e) => trouble(Some("schema"), &e),
    }
}

fn document() -> Value {
    let mut paths = Map::new();
    for q in QUESTIONS {
        let path = match q.last {
            Some(last) => format!("/{}/{{{last}}}", q.path),
            None => format!("/{}", q.path),
        };
        paths.insert(path, json!({ "get": operation(q) }));
    }
    paths.insert("/replies".into(), json!({ "post": {
        "operationId": "reply",
        "summary": "Reply to a passage. Answered when the reply is recorded and synced, with its receipt.",
        "requestBody": { "required": true, "content": { "application/json": { "schema": schemars::schema_for!(ReplyDraft) } } },
        "responses": {
            "201": answer("submit", "The reply was recorded."),
            "202": answer("held-back", "The reply is held back: an editor looks at it first. It is in no log and has no receipt."),
            "400": refusal("The reply makes no sense, or says nothing."),
            "404": refusal("The words it quotes are not found, or fit several places."),
            "413": refusal("It is too long."),
            "415": refusal("It is not application/json."),
            "429": refusal("Too many replies from one address, or in all; see Retry-After."),
            "503": refusal("It was not taken now; see Retry-After."),
        },
    } }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "variorum",
            "version": "1",
            "description": "The answers of the archive, as `--json` gives them on the command line. Byte offsets count the stored text, ends exclusive. Private texts are as if they were not supplied.",
        },
        "servers": [{ "url": "/api/v1" }],
        "paths": paths,
    })
}

fn operation(q: &Question) -> Value {
    let last = q.last.map(|name| {
        json!({
            "name": name, "in": "path", "required": true, "schema": { "type": "string" },
        })
    });
    let parameters: Vec<Value> = last.into_iter().chain(q.takes.iter().map(parameter)).collect();
    json!({
        "operationId": q.path,
        "summary": q.says,
        "parameters": parameters,
        "responses": {
            "200": answer(q.verb, "The answer."),
            "400": refusal("The question makes no sense."),
            "403": refusal("It is not supplied."),
            "404": refusal("Nothing, or several things, have this address."),
            "503": refusal("It was not answered now; see Retry-After."),
        },
    })
}

fn parameter(p: &Parameter) -> Value {
    let one = json!({ "type": p.r#type });
    let schema = if p.many { json!({ "type": "array", "items": one }) } else { one };
    json!({
        "name": p.name, "in": "query", "required": p.needed, "description": p.says, "schema": schema,
    })
}

/// The envelope around an answer of a verb.
fn answer(verb: &str, says: &str) -> Value {
    json!({
        "description": says,
        "content": { "application/json": { "schema": {
            "type": "object",
            "required": ["schema", "ok", "data", "next"],
            "properties": {
                "schema": { "const": format!("variorum/{verb}/1") },
                "ok": { "const": true },
                "data": { "$ref": format!("schemas/answers/{verb}-1.json") },
                "next": { "type": "array", "items": { "type": "string" } },
            },
        } } },
    })
}

fn refusal(says: &str) -> Value {
    json!({
        "description": says,
        "content": { "application/json": { "schema": { "$ref": "schemas/answers/envelope-1.json" } } },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_of_the_description_has_its_schema() {
        let names = desk::schema_names();
        for q in QUESTIONS {
            let name = format!("answers/{}-1.json", q.verb);
            assert!(names.contains(&name), "{name}");
        }
        let text = document().to_string();
        assert!(text.contains("\"openapi\":\"3.1.0\"") && text.contains("/list/{what}"));
    }
}
