//! What a person does with a page: reads, presses keys, drags over words, fills
//! in; and looks whether it can be shown.

use serde_json::{Value, json};

use super::Browser;

impl Browser {
    /// Presses a key as it is written on a keyboard: `j`, `Tab`, `Escape`,
    /// `Control+Enter`, `Shift+Tab`; `в/KeyD` is the key of D where it writes a в.
    pub fn press(&mut self, keys: &str) {
        let (held, key) = keys.rsplit_once('+').unwrap_or(("", keys));
        let (key, code) = key.split_once('/').unwrap_or((key, ""));
        let modifiers = match held {
            "Control" => 2,
            "Shift" => 8,
            _ => 0,
        };
        let (virtual_code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            _ => (0, key),
        };
        let text = if modifiers == 2 { "" } else { text };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            self.call(
                "Input.dispatchKeyEvent",
                json!({ "type": kind, "key": key, "code": code, "modifiers": modifiers,
                        "windowsVirtualKeyCode": virtual_code, "text": text }),
            );
        }
    }

    /// The same where it leads to another page, which is waited for.
    pub fn press_on(&mut self, keys: &str) {
        self.forget();
        self.press(keys);
        self.loaded();
    }

    /// Selects words by dragging the mouse over them, from their first letter to
    /// their last; they stand in one text node or in several.
    pub fn drag_over(&mut self, selector: &str, words: &str) {
        let script = format!(
            "(async () => {{ const e = document.querySelector({}), wanted = {}; \
               e.scrollIntoView({{ block: 'center' }}); \
               for (const _ of [1, 2]) await new Promise(requestAnimationFrame); \
               const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT, \
                 n => n.parentElement.closest('.ref') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT); \
               const nodes = []; let all = ''; \
               while (walk.nextNode()) {{ nodes.push([all.length, walk.currentNode]); all += walk.currentNode.data.replace(/\\s/g, ' '); }} \
               const at = all.indexOf(wanted); if (at < 0) throw new Error(all); \
               const box = (i) => {{ const [from, node] = nodes.findLast(([from]) => from <= i); \
                 const r = document.createRange(); r.setStart(node, i - from); r.setEnd(node, i - from + 1); \
                 return r.getClientRects()[0]; }}; \
               const a = box(at), b = box(at + wanted.length - 1); \
               return [a.left + 0.5, a.top + a.height / 2, b.right - 0.5, b.top + b.height / 2]; }})()",
            json!(selector),
            json!(words)
        );
        let at = self.eval(&script);
        let mut mouse = |kind: &str, x: &Value, y: &Value, buttons: u32| {
            self.call(
                "Input.dispatchMouseEvent",
                json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1 }),
            );
        };
        mouse("mousePressed", &at[0], &at[1], 1);
        mouse("mouseMoved", &at[2], &at[1], 1);
        mouse("mouseMoved", &at[2], &at[3], 1);
        mouse("mouseReleased", &at[2], &at[3], 0);
    }

    /// Fills in the field of that name; the first of several.
    pub fn fill(&mut self, name: &str, value: &str) {
        self.eval(&format!("document.querySelector('[name={name}]').focus()"));
        self.type_text(value);
    }

    /// Chooses in a list.
    pub fn choose(&mut self, name: &str, value: &str) {
        let script = format!(
            "(() => {{ const e = document.querySelector('select[name={name}]'); e.value = {}; return e.value; }})()",
            json!(value)
        );
        assert_eq!(self.eval(&script), value, "{name}");
    }

    /// What a field holds.
    pub fn field(&mut self, name: &str) -> String {
        let found = self.eval(&format!("document.querySelector('[name={name}]').value"));
        found.as_str().unwrap().to_string()
    }

    /// What the main part of the page says.
    pub fn text(&mut self) -> String {
        self.eval("document.querySelector('main').innerText").as_str().unwrap().to_string()
    }

    /// The path of the page.
    pub fn path(&mut self) -> String {
        self.eval("location.pathname").as_str().unwrap().to_string()
    }

    /// Looks a page over, by day and by night, on a telephone and on a desk: none is
    /// wider than its window, and axe-core finds no fault. What it finds is noted.
    pub fn looked_over(&mut self, kind: &str, faults: &mut Vec<String>) {
        for (width, dark) in [(320, false), (1280, true)] {
            self.window(width, dark);
            let here = format!("{kind} {width}");
            let wide = self.eval(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth",
            );
            if wide != 0 {
                faults.push(format!("{here}: wider than the window by {wide}"));
            }
            self.picture(&format!("{kind}-{width}"));
            faults.extend(self.axe().into_iter().flatten().map(|f| format!("{here}: {f}")));
        }
        self.window(390, false);
    }
}
