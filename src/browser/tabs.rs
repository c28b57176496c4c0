//! One writer among the tabs of a browser, and word of what other tabs write.
//!
//! Two tabs that both save would write over each other's words, so one holds a
//! lock of the W3C Web Locks API and writes, and the rest follow: they wait in
//! the lock's queue. The browser frees the lock when its tab closes or crashes,
//! so it can't be left behind. A follower may take over: it asks the writer to
//! write what it has, and then steals the lock whether or not it was answered,
//! because a frozen tab can't answer. The writer keeps the lock until then: if
//! the one that asked dies in between, nothing has changed.
//!
//! Of a steal the old writer hears a moment later. What it writes in that moment
//! the revision check of the store must guard, as it must where there are no locks.

use crate::browser::local_storage::PROBE;
use crate::persist::storage::PREFIX;
use js_sys::{Array, Function, Promise};
use std::cell::Cell;
use wasm_bindgen::prelude::{Closure, JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent, StorageEvent};

/// What the lock is called; it is shared by all pages of an origin.
const LOCK: &str = "ask-around:writer";
/// What the channel is called on which tabs talk.
const CHANNEL: &str = "ask-around";
/// Said by a tab that is about to take over.
const ASK: &str = "write what you have";
/// Said by the writer when it has done so.
const DONE: &str = "written";
/// How long an answer is waited for, in milliseconds.
const PATIENCE: i32 = 400;

// web-sys has these only as unstable.
#[wasm_bindgen]
extern "C" {
    type WithLocks;
    /// Missing on pages that are not served securely.
    #[wasm_bindgen(method, getter)]
    fn locks(this: &WithLocks) -> Option<Locks>;

    type Locks;
    #[wasm_bindgen(method)]
    fn request(this: &Locks, name: &str, options: &LockOptions, granted: &JsValue) -> Request;

    type Request;
    #[wasm_bindgen(method)]
    fn catch(this: &Request, lost: &JsValue);

    type LockOptions;
    #[wasm_bindgen(method, setter, js_name = ifAvailable)]
    fn set_if_available(this: &LockOptions, value: bool);
    #[wasm_bindgen(method, setter)]
    fn set_steal(this: &LockOptions, value: bool);
}

/// What became of this tab's claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// This tab writes.
    Writer,
    /// Another one does.
    Follower,
}

/// A tab with its claim. It lives as long as its page, and so is never freed.
struct Tab {
    locks: Locks,
    channel: Option<BroadcastChannel>,
    /// How many grants of the lock this tab has. For a moment there may be two: a
    /// tab may steal from itself when its turn in the queue comes just then.
    held: Cell<u32>,
    /// How many calls are under way whose result will say who writes; until they
    /// have said it, `on_change` is not told.
    answering: Cell<u32>,
    /// To be called when the writer has answered.
    answered: Cell<Option<Function>>,
    on_change: Box<dyn Fn(Claim)>,
    before_letting_go: Box<dyn Fn()>,
}

thread_local! {
    /// The tab that last claimed, for [`take_over`].
    static TAB: Cell<Option<&'static Tab>> = const { Cell::new(None) };
}

/// Claims the right to write, and says at once who has it. To be called once a page.
///
/// Where there are no Web Locks (a page that is not served securely) every tab is
/// the writer, and nothing is ever reported.
///
/// `on_change` hears of every later change that [`take_over`] does not itself
/// return: [`Claim::Writer`] when the writer's tab is gone and this one was next,
/// [`Claim::Follower`] when another tab took over. `before_letting_go` is called
/// when another tab is about to: it must write everything before it returns.
/// This tab is still the writer until it hears [`Claim::Follower`].
pub async fn claim(
    on_change: impl Fn(Claim) + 'static,
    before_letting_go: impl Fn() + 'static,
) -> Claim {
    let Some(window) = web_sys::window() else { return Claim::Writer };
    let navigator: WithLocks = window.navigator().unchecked_into();
    let Some(locks) = navigator.locks() else { return Claim::Writer };
    let tab: &'static Tab = Box::leak(Box::new(Tab {
        locks,
        channel: BroadcastChannel::new(CHANNEL).ok(),
        held: Cell::new(0),
        answering: Cell::new(1),
        answered: Cell::new(None),
        on_change: Box::new(on_change),
        before_letting_go: Box::new(before_letting_go),
    }));
    TAB.set(Some(tab));
    if let Some(channel) = &tab.channel {
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event| hear(tab, &event));
        channel.set_onmessage(Some(listener.into_js_value().unchecked_ref()));
    }
    said(tab, request(tab, true, false)).await
}

/// Takes over from whichever tab writes: asks it to write what it has, waits at
/// most 400 ms for it to have done so, and steals the lock.
///
/// Afterwards this tab is the writer, what the other one wrote can be read, and
/// `on_change` is not told of it. Should yet another tab take over at the same
/// time the result is [`Claim::Follower`]. Let it run to its end.
pub async fn take_over() -> Claim {
    let Some(tab) = TAB.get() else { return Claim::Writer };
    tab.answering.set(tab.answering.get() + 1);
    if tab.held.get() == 0 && say(tab, ASK) {
        let answer = Promise::new(&mut |answered, _| {
            if let Some(window) = web_sys::window() {
                // Where no timer can be set the answer alone ends the waiting.
                let _ = window
                    .set_timeout_with_callback_and_timeout_and_arguments_0(&answered, PATIENCE);
            }
            tab.answered.set(Some(answered));
        });
        // Neither the timer nor the answer ever rejects it.
        let _ = JsFuture::from(answer).await;
    }
    // The writer may have gone by now, and the queue come to this tab.
    let granted = if tab.held.get() == 0 {
        request(tab, false, true)
    } else {
        Promise::resolve(&JsValue::NULL)
    };
    said(tab, granted).await
}

/// Waits for a request to be decided, and says who writes then.
async fn said(tab: &'static Tab, decided: Promise) -> Claim {
    // It is never rejected.
    let _ = JsFuture::from(decided).await;
    tab.answering.set(tab.answering.get() - 1);
    if tab.held.get() > 0 { Claim::Writer } else { Claim::Follower }
}

/// Requests the lock: only if it is free `now`, by `stealing` it, or else by
/// waiting in the queue, where every tab that does not hold the lock through the
/// queue has exactly one place. The promise is fulfilled when it is decided.
fn request(tab: &'static Tab, now: bool, stealing: bool) -> Promise {
    Promise::new(&mut |decided, _| {
        let options: LockOptions = js_sys::Object::new().unchecked_into();
        options.set_if_available(now);
        options.set_steal(stealing);
        let refused = decided.clone();
        let granted = Closure::<dyn Fn(JsValue) -> JsValue>::new(move |lock: JsValue| {
            settle(&decided);
            if lock.is_null() {
                let _ = request(tab, false, false);
                return lock;
            }
            tab.held.set(tab.held.get() + 1);
            tell(tab, Claim::Writer);
            // The lock is held until this is settled, and a race of nobody never is.
            Promise::race(&Array::new()).into()
        });
        let lost = Closure::<dyn Fn()>::new(move || {
            match tab.held.get() {
                // The page may have no lock at all: as if the browser had none. A
                // steal that is refused takes nothing.
                0 => tab.held.set(u32::from(!stealing)),
                held => {
                    tab.held.set(held - 1);
                    // Who has stolen has still the place in the queue it had before.
                    if !stealing {
                        let _ = request(tab, false, false);
                    }
                    if held == 1 {
                        tell(tab, Claim::Follower);
                    }
                }
            }
            settle(&refused);
        });
        // The browser frees both closures when it drops the request.
        tab.locks.request(LOCK, &options, &granted.into_js_value()).catch(&lost.into_js_value());
    })
}

fn settle(promise: &Function) {
    // The function that settles a promise never throws, and does nothing the second time.
    let _ = promise.call0(&JsValue::UNDEFINED);
}

fn tell(tab: &Tab, claim: Claim) {
    if tab.answering.get() == 0 {
        (tab.on_change)(claim);
    }
}

/// Says `word` to the other tabs; false if there is no way to.
fn say(tab: &Tab, word: &str) -> bool {
    tab.channel.as_ref().is_some_and(|channel| channel.post_message(&word.into()).is_ok())
}

fn hear(tab: &Tab, event: &MessageEvent) {
    match event.data().as_string().as_deref() {
        Some(ASK) if tab.held.get() > 0 => {
            (tab.before_letting_go)();
            say(tab, DONE);
        }
        Some(DONE) => {
            if let Some(answered) = tab.answered.take() {
                settle(&answered);
            }
        }
        _ => {}
    }
}

/// Calls `act` with the key and the new text, if any, whenever another tab writes
/// or removes one of our keys, and with two `None`s when it clears everything.
/// For as long as the page lives; to be called once.
pub fn on_foreign_write(act: impl Fn(Option<String>, Option<String>) + 'static) {
    let Some(window) = web_sys::window() else { return };
    let listener = Closure::<dyn Fn(StorageEvent)>::new(move |event: StorageEvent| {
        let key = event.key();
        if key.as_deref().is_none_or(|key| key.starts_with(PREFIX) && key != PROBE) {
            act(key, event.new_value());
        }
    });
    let heard =
        window.add_event_listener_with_callback("storage", listener.as_ref().unchecked_ref());
    if heard.is_ok() {
        listener.forget();
    }
}
