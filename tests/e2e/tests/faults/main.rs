//! What goes wrong around the app, done on purpose and often: pages and browsers that die while
//! someone types, storage that is full, throws or hands back something else, files that were spoiled
//! on the way, and two tabs at once. Each test says in one line what it measured.
//!
//! Rounds are drawn from fixed seeds; a failure names the seed and the round. There are few by
//! default, and all of them with `cargo xtask test --thorough`.

mod backups;
mod chance;
mod deaths;
mod figures;
mod space;
mod stores;
mod tabs;
mod throwing;
mod workspace;
