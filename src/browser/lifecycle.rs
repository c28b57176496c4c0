//! The moments at which unsaved words must be written.

use crate::browser::on_window;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// How long words wait at most before they are written.
pub const SAVE_DELAY: Duration = Duration::from_millis(300);

/// A timer that calls `act` once, [`SAVE_DELAY`] after it was armed. Arming an
/// armed timer does nothing: steady typing must not put the save off.
pub fn save_timer(act: impl Fn() + Clone + 'static) -> impl Fn() {
    let armed = Rc::new(Cell::new(false));
    move || {
        if !armed.replace(true) {
            let (armed, act) = (Rc::clone(&armed), act.clone());
            set_timeout(
                move || {
                    armed.set(false);
                    act();
                },
                SAVE_DELAY,
            );
        }
    }
}

/// Runs what must come before the page can be shown. Leptos can run nothing
/// until it shows something.
pub fn at_start(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Calls `act` whenever the page may be about to go: hidden, left, frozen or
/// out of focus. Leaving a single field counts too: its words are written then. It must do its work at once; nothing later is certain to run.
pub fn on_leaving(act: impl Fn() + Clone + 'static) {
    for event in ["visibilitychange", "pagehide", "freeze", "blur"] {
        on_window(event, act.clone());
    }
}
