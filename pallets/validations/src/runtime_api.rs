//! What the node's clients may ask about validations.

use crate::types::{Summary, ValidationInfo, ValidationPage, ValidatorRecord};
use aitbc_core::{AgentId, Balance, TagId, ValidationId};
use codec::Codec;

/// The most validations on one page.
pub const MAX_PAGE: u32 = 100;

/// The most validations that one page looks at, those that its filter leaves out included.
pub const MAX_SCAN: u32 = 1_000;

sp_api::decl_runtime_apis! {
	/// Reads validations, and what they come to.
	pub trait ValidationsApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The validation with this id, or `None` if it was never requested or is erased.
		fn validation(validation: ValidationId) -> Option<ValidationInfo<AccountId>>;

		/// The validations of work of `subject`, with `tag` if one is given, from the one after
		/// `after` on.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`]. A page looks at [`MAX_SCAN`] validations at
		/// most, so it may come back short, or empty, with a `next` to go on from. `after` may have
		/// been erased since it was given out: paging goes on behind its place.
		fn validations_of(
			subject: AgentId,
			tag: Option<TagId>,
			after: Option<ValidationId>,
			limit: u32,
		) -> ValidationPage<AccountId>;

		/// The validations that `validator` was ever asked for and that are not erased, from the one
		/// after `after` on. Pages as [`ValidationsApi::validations_of`].
		fn requests_to(
			validator: AgentId,
			after: Option<ValidationId>,
			limit: u32,
		) -> ValidationPage<AccountId>;

		/// What the hard answers about `subject` come to: only those by `validator` if one is given,
		/// only those with `tag` if one is given. Erased validations still count.
		fn summary(
			subject: AgentId,
			validator: Option<AgentId>,
			tag: Option<TagId>,
		) -> Summary;

		/// What `agent` made of the requests that it took up. Erased validations still count.
		fn validator_record(agent: AgentId) -> ValidatorRecord;

		/// The deposit that a request takes for work at a URI of `uri_length` bytes, in plancks.
		///
		/// A length beyond the bound is priced as the bound.
		fn request_deposit(uri_length: u32) -> Balance;
	}
}
