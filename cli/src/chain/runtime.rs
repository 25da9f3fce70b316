//! The code that subxt generates from the chain's metadata.

#[subxt::subxt(runtime_metadata_path = "artifacts/metadata.scale")]
#[allow(missing_docs, clippy::all)]
mod generated {}

pub use generated::*;
