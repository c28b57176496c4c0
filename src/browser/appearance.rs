//! Light or dark, as a mark on the page that the style sheets read.

/// Sets the mark; `None` lets the device decide.
pub fn set_theme(theme: Option<&str>) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // Both act on an element that is there: neither can fail.
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    }
}
