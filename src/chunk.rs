//! Code that is fetched when it is first needed.
//!
//! The app is cut after it is built with the feature `split` (see `cargo xtask
//! build`); without that feature all of it is simply there.

/// A piece of the app could not be fetched: the connection is gone, or the
/// app was put online anew. Asking again may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this piece of the app could not be fetched")]
pub struct NotFetched;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotFetched {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Declares what a chunk holds: `chunk!(name in file: Type, value)` makes a
/// function that fetches the file and gives the value.
macro_rules! chunk {
    ($name:ident in $file:ident: $kind:ty, $make:expr) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($file, fallible)]
        fn $name() -> Result<$kind, $crate::chunk::NotFetched> {
            Ok($make)
        }

        #[cfg(not(feature = "split"))]
        async fn $name() -> Result<$kind, $crate::chunk::NotFetched> {
            Ok($make)
        }
    };
}
pub(crate) use chunk;
