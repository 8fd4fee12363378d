//! A real browser without a window: Chromium, driven over its DevTools
//! protocol. Where no Chromium is installed, the tests say that they are
//! skipped.
#![allow(dead_code, clippy::print_stderr)]

mod hand;

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// How long the browser may take for one thing.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one page.
pub struct Browser {
    process: Child,
    socket: WebSocket<TcpStream>,
    session: String,
    next: u64,
    events: VecDeque<Value>,
    _profile: tempfile::TempDir,
}

/// The program, if there is one.
fn program() -> Option<PathBuf> {
    let named = std::env::var_os("VARIORUM_CHROMIUM").map(PathBuf::from);
    let known = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .flat_map(|dir| known.map(|name| dir.join(name)))
        .find(|p| p.is_file());
    named.or(found)
}

impl Browser {
    /// Starts one, or says that there is none.
    pub fn start() -> Option<Self> {
        let Some(program) = program() else {
            eprintln!("SKIPPED: no Chromium here (set VARIORUM_CHROMIUM, or install it)");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let mut process = Command::new(program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update"])
            .args(["--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            // A name of its own: what browsers do only on this machine, they do not there.
            .arg("--host-resolver-rules=MAP archive.test 127.0.0.1")
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stderr.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert!(said.read_line(&mut line).unwrap() > 0, "the browser ended at once");
            if let Some((_, address)) = line.trim().split_once("DevTools listening on ") {
                break address.to_string();
            }
        };
        // Whatever it says later must not fill the pipe.
        std::thread::spawn(move || {
            let _ = said.read_to_end(&mut Vec::new());
        });
        let host = address.trim_start_matches("ws://").split('/').next().unwrap().to_string();
        let stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (socket, _) = tungstenite::client(&address, stream).unwrap();
        let mut browser = Self {
            process,
            socket,
            session: String::new(),
            next: 0,
            events: VecDeque::new(),
            _profile: profile,
        };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attached = browser.call(
            "Target.attachToTarget",
            json!({ "targetId": target["targetId"], "flatten": true }),
        );
        browser.session = attached["sessionId"].as_str().unwrap().to_string();
        for domain in ["Page", "Runtime", "Network", "Log", "DOM"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    /// Calls a method of the protocol.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.socket.send(Message::text(message.to_string())).unwrap();
        loop {
            let answer = self.read();
            if answer["id"] == json!(id) {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
        }
    }

    fn read(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().unwrap() {
                let value: Value = serde_json::from_str(&text).unwrap();
                if value["method"].is_string() {
                    self.events.push_back(value.clone());
                }
                return value;
            }
        }
    }

    /// Opens a page and waits until it is loaded.
    pub fn open(&mut self, url: &str) {
        self.events.clear();
        let done = self.call("Page.navigate", json!({ "url": url }));
        assert!(done["errorText"].is_null(), "{url}: {}", done["errorText"]);
        self.loaded();
    }

    /// Waits until the page that was asked for is loaded.
    pub fn loaded(&mut self) {
        let started = Instant::now();
        while !self.events.iter().any(|e| e["method"] == "Page.loadEventFired") {
            self.read();
            assert!(started.elapsed() < PATIENCE, "the page did not load");
        }
    }

    /// Forgets what has happened, before something that leads to another page.
    fn forget(&mut self) {
        self.events.clear();
    }

    /// Waits until an expression is true on the page.
    pub fn until(&mut self, expression: &str) {
        let started = Instant::now();
        while self.eval(&format!("Boolean({expression})")) != true {
            assert!(started.elapsed() < PATIENCE, "it is never so: {expression}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What an expression gives on the page; promises are waited for.
    pub fn eval(&mut self, expression: &str) -> Value {
        let done = self.call(
            "Runtime.evaluate",
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true }),
        );
        assert!(done["exceptionDetails"].is_null(), "{expression}: {}", done["exceptionDetails"]);
        done["result"]["value"].clone()
    }

    /// Clicks what a selector finds, by a real click in the middle of its first line, and waits
    /// for the next page when `leaves`.
    pub fn click(&mut self, selector: &str, leaves: bool) {
        let at = self.eval(&format!(
            "(() => {{ const e = document.querySelector({selector:?}); e.scrollIntoView({{block: 'center'}}); \
             const b = e.getClientRects()[0]; return [b.x + b.width / 2, b.y + b.height / 2]; }})()"
        ));
        if leaves {
            self.forget();
        }
        for kind in ["mousePressed", "mouseReleased"] {
            self.call(
                "Input.dispatchMouseEvent",
                json!({ "type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1 }),
            );
        }
        if leaves {
            self.loaded();
        }
    }

    /// Types text where the focus is.
    pub fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// Width of the window in CSS pixels, and whether it is night.
    pub fn window(&mut self, width: u32, dark: bool) {
        self.call(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false }),
        );
        let scheme = if dark { "dark" } else { "light" };
        self.call(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        );
        // A page that is laid out already follows a moment later.
        self.until(&format!("innerWidth === {width}"));
    }

    /// Turns the pages' own scripts off or on.
    pub fn scripts(&mut self, on: bool) {
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": !on }));
    }

    /// Addresses that the page asked for since it was opened.
    pub fn requests(&self) -> Vec<String> {
        let asked = self.events.iter().filter(|e| e["method"] == "Network.requestWillBeSent");
        asked.map(|e| e["params"]["request"]["url"].as_str().unwrap().to_string()).collect()
    }

    /// What the page complained of since it was opened: errors of scripts, of
    /// loading, and breaches of its policy.
    pub fn complaints(&self) -> Vec<String> {
        let of = |e: &&Value| {
            let told = e["params"]["entry"]["level"].as_str();
            e["method"] == "Runtime.exceptionThrown"
                || (e["method"] == "Log.entryAdded" && told == Some("error"))
        };
        self.events.iter().filter(of).map(|e| e["params"].to_string()).collect()
    }

    /// A picture of the whole page as PNG, where `VARIORUM_SCREENSHOTS` names a
    /// folder for it.
    pub fn picture(&mut self, name: &str) {
        let Some(folder) = std::env::var_os("VARIORUM_SCREENSHOTS").map(PathBuf::from) else {
            return;
        };
        let shot = self.call(
            "Page.captureScreenshot",
            json!({ "format": "png", "captureBeyondViewport": true }),
        );
        write(&folder.join(format!("{name}.png")), shot["data"].as_str().unwrap());
    }

    /// The same printed, as PDF.
    pub fn print(&mut self, name: &str) -> usize {
        let printed = self.call("Page.printToPDF", json!({ "preferCSSPageSize": true }));
        let data = printed["data"].as_str().unwrap();
        if let Some(folder) = std::env::var_os("VARIORUM_SCREENSHOTS").map(PathBuf::from) {
            write(&folder.join(format!("{name}.pdf")), data);
        }
        data.len()
    }

    /// What axe-core finds wrong with the page; `None` where it is not here.
    /// It is looked for where `VARIORUM_AXE` says, and among the node modules in
    /// `target`.
    pub fn axe(&mut self) -> Option<Vec<String>> {
        let script = fs::read_to_string(axe()?).unwrap();
        self.eval(&format!("{script}; true"));
        let found = self.eval(
            "axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }) \
             .then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' | ' + n.failureSummary).join(' ; ')))",
        );
        let found = found.as_array().unwrap();
        Some(found.iter().map(|v| v.as_str().unwrap().to_string()).collect())
    }
}

/// Where axe-core is.
pub fn axe() -> Option<PathBuf> {
    let named = std::env::var_os("VARIORUM_AXE").map(PathBuf::from);
    let here =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("target/node_modules/axe-core/axe.min.js");
    let found = named.or_else(|| here.is_file().then_some(here));
    if found.is_none() {
        eprintln!("SKIPPED: no axe-core here (npm install --prefix target axe-core)");
    }
    found
}

fn write(path: &Path, base64: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, Base64::decode_vec(base64).unwrap()).unwrap();
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
