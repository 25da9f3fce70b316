//! What the pallet does, by topic.

mod closing;
mod counting;
mod offences;
mod query;
mod silence;
mod slashes;
mod traits;

pub use offences::{NamesOffences, RecordsOffences};
pub use traits::ClosesEra;
