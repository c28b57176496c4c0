//! Starts the app: panics to the console, then storage, then the screen.

fn main() {
    console_error_panic_hook::set_once();
    ask_around::app::start();
}
