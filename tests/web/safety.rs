//! What keeps words safe with a browser's help: one writer among tabs, storage
//! that is kept, a passphrase on a file, and a file that is linked.

use crate::{AWKWARD, moment, until};
use ask_around::browser::linked_file::{LinkedFile, Permission, can_link};
use ask_around::browser::seal::{SealError, open, seal};
use ask_around::browser::tabs::{Claim, claim, on_foreign_write, take_over};
use ask_around::browser::{clock, keeping};
use ask_around::persist::sealed::{ITERATIONS, Sealed, is_sealed};
use chrono::TimeDelta;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// Runs JavaScript of an async function's body, and waits for what it returns.
async fn run(script: &str) -> JsValue {
    let promise = js_sys::eval(&format!("(async () => {{ {script} }})()")).unwrap();
    JsFuture::from(js_sys::Promise::from(promise)).await.unwrap()
}

/// Another tab of the app, as far as locks go: a frame of the same origin, which
/// is another client of the browser's lock manager. It answers only if it is told to.
async fn other_tab_writes(answers: bool) {
    run(&format!(
        "const frame = document.body.appendChild(document.createElement('iframe'));
         window.other = {{ frame, asked: 0, lost: null }};
         const tab = frame.contentWindow;
         if ({answers}) {{
             const channel = new tab.BroadcastChannel('ask-around');
             channel.onmessage = event => {{
                 if (event.data === 'write what you have') {{
                     window.other.asked += 1;
                     channel.postMessage('written');
                 }}
             }};
         }}
         await new Promise(has => {{
             tab.navigator.locks.request('ask-around:writer', {{ steal: true }}, () => {{
                 has();
                 return new Promise(() => {{}});
             }}).catch(error => {{ window.other.lost = error.name; }});
         }});"
    ))
    .await;
}

async fn other_tab_closes() {
    run("window.other.frame.remove();").await;
}

async fn other_tab_lost() -> Option<String> {
    run("return window.other.lost;").await.as_string()
}

#[derive(Clone, Default)]
struct Heard {
    changes: Rc<RefCell<Vec<Claim>>>,
    flushes: Rc<Cell<u32>>,
}

impl Heard {
    async fn claim(&self) -> Claim {
        let (changes, flushes) = (Rc::clone(&self.changes), Rc::clone(&self.flushes));
        claim(move |c| changes.borrow_mut().push(c), move || flushes.set(flushes.get() + 1)).await
    }

    /// What was heard since the last look, once there is as much of it as expected.
    async fn hears(&self, expected: &[Claim]) {
        until(|| self.changes.borrow().len() >= expected.len()).await;
        self.nothing_more().await;
        assert_eq!(self.changes.take(), expected);
    }

    async fn nothing_more(&self) {
        let before = self.changes.borrow().len();
        for _ in 0..20 {
            moment().await;
        }
        assert_eq!(self.changes.borrow().len(), before, "{:?}", self.changes.borrow());
    }
}

/// All in one test: a lock once held is held for as long as the page lives.
#[wasm_bindgen_test]
async fn one_tab_writes_at_a_time() {
    // Alone, it writes.
    let first = Heard::default();
    assert_eq!(first.claim().await, Claim::Writer);
    // Already the writer, it takes nothing from itself, and at once.
    let start = clock::now();
    assert_eq!(take_over().await, Claim::Writer);
    assert!(clock::now() - start < TimeDelta::milliseconds(100));
    first.hears(&[]).await;

    // The second to come follows; `take_over` is its from now on.
    let second = Heard::default();
    assert_eq!(second.claim().await, Claim::Follower);
    first.hears(&[]).await;
    second.hears(&[]).await;

    // It takes over: the first is asked to write, does so before it is said to follow, and the
    // answer is not waited out.
    let start = clock::now();
    assert_eq!(take_over().await, Claim::Writer);
    assert!(clock::now() - start < TimeDelta::milliseconds(300), "the answer was not heard");
    assert_eq!(first.flushes.get(), 1);
    first.hears(&[Claim::Follower]).await;
    second.hears(&[]).await;
    assert_eq!(second.flushes.get(), 0);

    // A tab that steals is heard of; when it closes or crashes, the next in the queue writes.
    other_tab_writes(false).await;
    second.hears(&[Claim::Follower]).await;
    other_tab_closes().await;
    second.hears(&[Claim::Writer]).await;
    first.hears(&[]).await;

    // To and fro, with a tab that can't answer and with one that does.
    for round in 0..6 {
        let answers = round % 2 == 0;
        other_tab_writes(answers).await;
        second.hears(&[Claim::Follower]).await;
        let start = clock::now();
        assert_eq!(take_over().await, Claim::Writer);
        let waited = clock::now() - start;
        let patience = TimeDelta::milliseconds(400);
        assert_eq!(waited < patience - TimeDelta::milliseconds(10), answers, "{waited}");
        second.hears(&[]).await;
        assert_eq!(other_tab_lost().await.as_deref(), Some("AbortError"));
        other_tab_closes().await;
    }
    first.hears(&[]).await;
    assert_eq!(first.flushes.get(), 1, "only the writer is to write");

    // Two clicks on the same button are one.
    other_tab_writes(false).await;
    second.hears(&[Claim::Follower]).await;
    let both = js_sys::Array::of2(
        &wasm_bindgen_futures::future_to_promise(async {
            Ok(JsValue::from_bool(take_over().await == Claim::Writer))
        }),
        &wasm_bindgen_futures::future_to_promise(async {
            Ok(JsValue::from_bool(take_over().await == Claim::Writer))
        }),
    );
    let both = JsFuture::from(js_sys::Promise::all(&both)).await.unwrap();
    assert!(js_sys::Array::from(&both).every(&mut |writer, _, _| writer == JsValue::TRUE));
    second.hears(&[]).await;
    other_tab_closes().await;

    // The writer goes while it is being asked: the queue comes to one of ours, and it is said once.
    other_tab_writes(false).await;
    second.hears(&[Claim::Follower]).await;
    wasm_bindgen_futures::spawn_local(async {
        moment().await;
        other_tab_closes().await;
    });
    assert_eq!(take_over().await, Claim::Writer);
    second.hears(&[]).await;
    // Whichever of the two it came to first, the first one follows in the end.
    let last = first.changes.take().last().copied();
    assert!(last.is_none_or(|last| last == Claim::Follower), "{last:?}");

    // After all that no tab waits in more than one place of the queue.
    let queue = run("const { held, pending } = await navigator.locks.query();
        const ours = all => all.filter(lock => lock.name === 'ask-around:writer').length;
        return ours(held) + ' ' + ours(pending);")
    .await;
    assert!(["1 1", "1 2"].contains(&queue.as_string().unwrap().as_str()), "{queue:?}");

    // Where there are no locks every tab writes, and nothing is reported.
    js_sys::eval(
        "Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })",
    )
    .unwrap();
    let unguarded = Heard::default();
    assert_eq!(unguarded.claim().await, Claim::Writer);
    js_sys::eval("delete navigator.locks").unwrap();
    unguarded.hears(&[]).await;

    // Where tabs can't talk, taking over works all the same, and waits for nobody.
    js_sys::eval("window.TheirChannel = BroadcastChannel; window.BroadcastChannel = undefined;")
        .unwrap();
    let silent = Heard::default();
    assert_eq!(silent.claim().await, Claim::Follower);
    js_sys::eval("window.BroadcastChannel = window.TheirChannel").unwrap();
    let start = clock::now();
    assert_eq!(take_over().await, Claim::Writer);
    assert!(clock::now() - start < TimeDelta::milliseconds(300));
    second.hears(&[Claim::Follower]).await;
    silent.hears(&[]).await;
}

#[wasm_bindgen_test]
async fn what_another_tab_writes_is_heard_and_nothing_else() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&heard);
    on_foreign_write(move |key, text| seen.borrow_mut().push((key, text)));
    // A frame of the same origin shares the storage, and is another page to it.
    run("const frame = document.body.appendChild(document.createElement('iframe'));
         const theirs = frame.contentWindow.localStorage;
         localStorage.setItem('ask-around:own', 'not foreign');
         theirs.setItem('another-app', 'theirs');
         theirs.setItem('ask-around:probe', '1');
         theirs.removeItem('ask-around:probe');
         theirs.setItem('ask-around:contact:x', 'שלום \\u0000 \u{1f469}');
         theirs.setItem('ask-around:contact:x', '');
         theirs.removeItem('ask-around:contact:x');
         theirs.clear();
         window.writing = frame;")
    .await;
    until(|| heard.borrow().len() >= 4).await;
    moment().await;
    run("window.writing.remove();").await;
    let key = || Some("ask-around:contact:x".to_owned());
    assert_eq!(
        heard.take(),
        [
            (key(), Some("שלום \0 \u{1f469}".to_owned())),
            (key(), Some(String::new())),
            (key(), None),
            (None, None),
        ]
    );
}

#[wasm_bindgen_test]
async fn a_browser_is_asked_to_keep_what_it_has() {
    let asked = keeping::ask_to_keep().await;
    assert!(asked.is_some());
    assert_eq!(keeping::is_kept().await, asked);
    js_sys::eval(
        "Object.defineProperty(navigator, 'storage', { value: undefined, configurable: true })",
    )
    .unwrap();
    assert_eq!(keeping::ask_to_keep().await, None);
    assert_eq!(keeping::is_kept().await, None);
    js_sys::eval("delete navigator.storage").unwrap();
}

const PHRASE: &str = "correct horse 🐎 \"battery\" \\ staple";

#[wasm_bindgen_test]
async fn what_is_sealed_opens_again_to_the_letter() {
    let long = "ä𝄞\n".repeat(150_000);
    assert!(long.len() > 1_000_000);
    for text in ["", AWKWARD, &long] {
        let file = seal(text, PHRASE).await.unwrap();
        assert!(is_sealed(&file));
        assert!(!file.contains("script"), "it is not to be read");
        let sealed = Sealed::read(&file).unwrap();
        assert_eq!(sealed.header.iterations, ITERATIONS);
        assert_eq!(sealed.data.len(), text.len() + 16);
        assert_eq!(open(&sealed, PHRASE).await.unwrap(), text);
    }
}

#[wasm_bindgen_test]
async fn the_same_text_is_never_sealed_the_same_way() {
    let one = Sealed::read(&seal(AWKWARD, PHRASE).await.unwrap()).unwrap();
    let two = Sealed::read(&seal(AWKWARD, PHRASE).await.unwrap()).unwrap();
    assert_ne!(one.header.salt, two.header.salt);
    assert_ne!(one.header.iv, two.header.iv);
    assert_ne!(one.data, two.data);
}

#[wasm_bindgen_test]
async fn only_the_right_passphrase_opens_and_only_what_is_whole() {
    let sealed = Sealed::read(&seal(AWKWARD, PHRASE).await.unwrap()).unwrap();
    let no = Err(SealError::WrongPassphraseOrDamaged);
    for wrong in ["", "correct horse", "Correct horse 🐎 \"battery\" \\ staple"] {
        assert_eq!(open(&sealed, wrong).await, no, "{wrong}");
    }
    // One bit anywhere: at the start, in the middle, in the tag.
    for at in [0, sealed.data.len() / 2, sealed.data.len() - 1] {
        let mut damaged = sealed.clone();
        damaged.data[at] ^= 1;
        assert_eq!(open(&damaged, PHRASE).await, no, "byte {at}");
    }
    let mut shorter = sealed.clone();
    shorter.data.pop();
    assert_eq!(open(&shorter, PHRASE).await, no);
    for tamper in [
        |sealed: &mut Sealed| sealed.header.iterations += 1,
        |sealed: &mut Sealed| sealed.header.salt[15] ^= 1,
        |sealed: &mut Sealed| sealed.header.iv[0] ^= 1,
    ] {
        let mut tampered = sealed.clone();
        tamper(&mut tampered);
        assert_eq!(open(&tampered, PHRASE).await, no);
    }
    assert_eq!(open(&sealed, PHRASE).await.unwrap(), AWKWARD);
}

/// Made by another implementation, following what `persist::sealed` says, so the
/// header is bound byte for byte. The passphrase is in other characters than it
/// was then: `ﬁ`, `é` and `①` as one, where they were one, two and one.
#[wasm_bindgen_test]
async fn a_file_sealed_in_format_1_opens_for_ever() {
    let file = include_str!("../fixtures/sealed-format-1.json");
    let sealed = Sealed::read(file).unwrap();
    assert_eq!(sealed.write(), file);
    let text = "A backup sealed elsewhere: שלום & 👩🏽‍🔬 \"'`\u{7f}\tend\n";
    for phrase in ["\u{fb01}ne cafe\u{301} \u{2460}", "fine caf\u{e9} 1"] {
        assert_eq!(open(&sealed, phrase).await.unwrap(), text);
    }
}

#[wasm_bindgen_test]
async fn without_cryptography_that_is_said() {
    let sealed = Sealed::read(include_str!("../fixtures/sealed-format-1.json")).unwrap();
    js_sys::eval(
        "Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true })",
    )
    .unwrap();
    assert_eq!(seal(AWKWARD, PHRASE).await, Err(SealError::NoCrypto));
    assert_eq!(open(&sealed, PHRASE).await, Err(SealError::NoCrypto));
    js_sys::eval("delete crypto.subtle").unwrap();
}

/// A file of the site's own, which no user need choose.
async fn private_file(name: &str) -> LinkedFile {
    let script = format!(
        "const folder = await navigator.storage.getDirectory();
         return folder.getFileHandle('{name}', {{ create: true }});"
    );
    LinkedFile::from_handle(run(&script).await)
}

#[wasm_bindgen_test]
async fn a_linked_file_is_written_whole_each_time() {
    let file = private_file("linked.json").await;
    assert_eq!(file.name(), "linked.json");
    assert_eq!(file.read().await.unwrap(), "");
    for text in [&"ä𝄞\n".repeat(100_000), AWKWARD, "", "x"] {
        file.write(text).await.unwrap();
        assert_eq!(file.read().await.unwrap(), text);
    }
    // Another handle of the same file, as one that was kept.
    assert_eq!(private_file("linked.json").await.read().await.unwrap(), "x");
    let copy = LinkedFile::from_handle(file.handle().clone());
    assert_eq!(copy.name(), file.name());

    run("const folder = await navigator.storage.getDirectory();
         await folder.removeEntry('linked.json');")
    .await;
    assert!(file.read().await.is_err(), "it is gone");
}

#[wasm_bindgen_test]
async fn a_write_that_fails_leaves_the_file_as_it_was() {
    let file = private_file("failing.json").await;
    file.write("first").await.unwrap();
    // The disk is full when half of it is written.
    run("const { prototype } = FileSystemWritableFileStream;
         window.theirs = { write: prototype.write, abort: prototype.abort, aborted: 0 };
         prototype.write = async function (text) {
             await window.theirs.write.call(this, text.slice(0, 3));
             throw new DOMException('no room', 'QuotaExceededError');
         };
         prototype.abort = function () {
             window.theirs.aborted += 1;
             return window.theirs.abort.call(this);
         };")
    .await;
    let error = file.write("second").await.unwrap_err();
    assert_eq!(error.to_string(), "no room");
    let aborted = run("const { prototype } = FileSystemWritableFileStream;
         prototype.write = window.theirs.write;
         prototype.abort = window.theirs.abort;
         return window.theirs.aborted;")
    .await;
    assert_eq!(aborted.as_f64(), Some(1.0));
    assert_eq!(file.read().await.unwrap(), "first");
    file.write("third").await.unwrap();
    assert_eq!(file.read().await.unwrap(), "third");
}

#[wasm_bindgen_test]
async fn permission_is_what_the_browser_says() {
    let file = private_file("permitted.json").await;
    assert_eq!(file.permission().await, Permission::Granted);
    assert_eq!(file.ask_permission().await, Permission::Granted);
    for (says, permission) in [
        ("Promise.resolve('granted')", Permission::Granted),
        ("Promise.resolve('prompt')", Permission::Ask),
        ("Promise.resolve('denied')", Permission::Denied),
        ("Promise.reject(new DOMException('no click', 'SecurityError'))", Permission::Ask),
    ] {
        let handle = run(&format!(
            "const say = ({{ mode }}) => mode === 'readwrite' ? {says} : null;
             return {{ name: 'a.json', queryPermission: say, requestPermission: say }};"
        ))
        .await;
        let file = LinkedFile::from_handle(handle);
        assert_eq!(file.permission().await, permission, "{says}");
        assert_eq!(file.ask_permission().await, permission, "{says}");
    }
    let bare = LinkedFile::from_handle(run("return { name: 'a.json' };").await);
    assert_eq!(bare.permission().await, Permission::Granted);
    assert_eq!(bare.ask_permission().await, Permission::Granted);
}

#[wasm_bindgen_test]
async fn a_file_is_linked_only_where_and_when_that_can_be() {
    assert!(can_link());
    // Nobody has clicked.
    assert!(LinkedFile::choose("ask-around.json").await.is_err());

    js_sys::eval("window.theirPicker = window.showSaveFilePicker").unwrap();
    js_sys::eval(
        "window.showSaveFilePicker = async () => { throw new DOMException('', 'AbortError'); }",
    )
    .unwrap();
    assert!(LinkedFile::choose("ask-around.json").await.unwrap().is_none());

    js_sys::eval(
        "window.showSaveFilePicker = async options => ({ name: JSON.stringify(options) })",
    )
    .unwrap();
    let file = LinkedFile::choose("ask-around.json").await.unwrap().unwrap();
    assert_eq!(
        file.name(),
        "{\"types\":[{\"accept\":{\"application/json\":[\".json\"]}}],\"id\":\"ask-around\",\
         \"suggestedName\":\"ask-around.json\"}"
    );

    js_sys::eval("window.showSaveFilePicker = undefined").unwrap();
    assert!(!can_link());
    assert!(LinkedFile::choose("ask-around.json").await.is_err());
    js_sys::eval("window.showSaveFilePicker = window.theirPicker").unwrap();
    assert!(can_link());
}
