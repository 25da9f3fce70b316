//! What kinds of agents there are.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What an agent does for a living. It is fixed at registration.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum AgentKind {
	/// Answers by running a model.
	#[codec(index = 0)]
	AiModel,
	/// Sells data.
	#[codec(index = 1)]
	DataProvider,
	/// Checks the work of others.
	#[codec(index = 2)]
	Validator,
	/// Quotes prices on both sides.
	#[codec(index = 3)]
	MarketMaker,
	/// Brings clients and providers together.
	#[codec(index = 4)]
	Broker,
	/// Brings facts from outside onto the chain.
	#[codec(index = 5)]
	Oracle,
	/// Rents out compute.
	#[codec(index = 6)]
	Provider,
	/// Carries out operations on infrastructure.
	#[codec(index = 7)]
	Executor,
}
