//! Ask Around: a helper for informational interviews that runs in the browser alone.
pub mod domain;
pub mod persist;
pub mod route;
pub mod session;
pub mod words;
