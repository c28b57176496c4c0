//! How a workspace is kept: records, the place they lie, and the backup file.
//!
//! Pure: storage is a trait ([`storage::Storage`]) that the browser layer
//! implements and tests replace with [`memory::Memory`]. Nothing here has a
//! clock of its own, and nothing here ever writes a default over something it
//! could not read.

pub mod backup;
mod fields;
mod history;
pub mod import;
pub mod journal;
pub mod memory;
pub mod record;
pub mod sealed;
pub mod shadow;
pub mod snapshot;
pub mod space;
pub mod storage;
pub mod store;

#[cfg(test)]
pub(crate) mod arbitrary;
#[cfg(test)]
mod faults;
