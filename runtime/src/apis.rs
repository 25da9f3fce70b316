//! What the node and clients may ask of the runtime.

use crate::{
	configs::{consensus::BABE_GENESIS_EPOCH_CONFIG, staking::MAX_NOMINATIONS},
	genesis_config_presets, AccountId, Actions, Agents, AuditLog, AuthorityDiscovery, Babe,
	Balance, BitcoinAnchor, BitcoinLightClient, Block, Disputes, Escrow, Executive, Grandpa,
	Historical, InherentDataExt, Jurors, Market, Nonce, Reputation, Runtime, RuntimeCall,
	RuntimeGenesisConfig, SessionKeys, Staking, System, Telemetry, TransactionPayment, Validations,
	ValidatorPerformance,
};
use aitbc_audit::{Entry, Record, RecordId};
use aitbc_bitcoin::{BlockHash, Payload};
use aitbc_core::{
	ActionId, AgentId, Agreement, BlockNumber, CaseId, ContractId, FeedbackIndex, JobId, KindId,
	OfferId, Round, TagId, Target, ValidationId, Voucher, WorkId,
};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
	genesis_builder_helper::{build_state, get_preset},
	traits::{Get, KeyOwnerProofSystem},
	view_functions::{ViewFunctionDispatchError, ViewFunctionId},
};
use pallet_actions::types::{
	ActionFilter, ActionInfo, ActionPage, ActionsInfo, KindInfo, Model, TargetInfo, TrackRecordPage,
};
use pallet_agents::types::{
	AgentInfo, AgentPage, CapabilityInfo, MatchError, MatchPage, RegistrationCost, Requirements,
	RowPage, RowPlace, TagInfo, TagPage,
};
use pallet_audit_log::types::{LogInfo, Proven, Query, RecordPage};
use pallet_bitcoin_anchor::types::{Anchorer, PubkeyHash, ScheduleInfo, TaskInfo, TaskPage};
use pallet_bitcoin_light_client::types::{HeaderInfo, LightClientInfo};
use pallet_disputes::types::{CaseInfo, CasePage, CourtInfo, EvidenceInfo, RoundInfo};
use pallet_escrow::types::{Claim, ClaimKind, ContractInfo, ContractPage};
use pallet_jurors::types::{JurorInfo, PoolInfo};
use pallet_market::types::{
	Bid, EraCounters, JobDeposits, JobInfo, JobPage, OfferInfo, OfferPage, OfferQuery,
	OfferRanking, Quote, RankedBid, ReceiptEntry, WorkTerms,
};
use pallet_reputation::types::{
	ClientPage, FeedbackCursor, FeedbackFilter, FeedbackInfo, FeedbackPage, ScoreInfo, Settled,
	SummaryInfo,
};
use pallet_telemetry::types::{
	Claimable, FeedInfo, ReportId, ReportInfo, ReportPage, ReporterInfo, ReporterPage,
	TelemetryInfo, Window, WorkerKey,
};
use pallet_transaction_payment_rpc_runtime_api::{FeeDetails, RuntimeDispatchInfo};
use pallet_validations::types::{
	Summary as ValidationSummary, ValidationInfo, ValidationPage, ValidatorRecord,
};
use pallet_validator_performance::{PerformanceInfo, PerformancePage, SlashRecord};
use sp_api::impl_runtime_apis;
use sp_core::OpaqueMetadata;
use sp_inherents::{CheckInherentsResult, InherentData};
use sp_runtime::{
	traits::{Block as BlockT, NumberFor},
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, ExtrinsicInclusionMode,
};
use sp_session::OpaqueGeneratedSessionKeys;
use sp_staking::EraIndex;
use sp_version::RuntimeVersion;

#[cfg(feature = "upgrade-test")]
pub use crate::upgrade_test::VERSION;

/// The runtime's version. `spec_version` rises with every change of behaviour,
/// `transaction_version` with every change of how a transaction is encoded.
#[cfg(not(feature = "upgrade-test"))]
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: alloc::borrow::Cow::Borrowed("aitbc"),
	impl_name: alloc::borrow::Cow::Borrowed("aitbc"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block);
		}

		fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
		fn execute_view_function(
			id: ViewFunctionId,
			input: Vec<u8>,
		) -> Result<Vec<u8>, ViewFunctionDispatchError> {
			Runtime::execute_view_function(id, input)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> <Block as BlockT>::Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(data: InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			data.create_extrinsics()
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: InherentData,
		) -> CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			transaction: <Block as BlockT>::Extrinsic,
			block_hash: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, transaction, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &<Block as BlockT>::Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_consensus_babe::BabeApi<Block> for Runtime {
		fn configuration() -> sp_consensus_babe::BabeConfiguration {
			let epoch_config = Babe::epoch_config().unwrap_or(BABE_GENESIS_EPOCH_CONFIG);
			sp_consensus_babe::BabeConfiguration {
				slot_duration: Babe::slot_duration(),
				epoch_length: <Runtime as pallet_babe::Config>::EpochDuration::get(),
				c: epoch_config.c,
				authorities: Babe::authorities().to_vec(),
				randomness: Babe::randomness(),
				allowed_slots: epoch_config.allowed_slots,
			}
		}

		fn current_epoch_start() -> sp_consensus_babe::Slot {
			Babe::current_epoch_start()
		}

		fn current_epoch() -> sp_consensus_babe::Epoch {
			Babe::current_epoch()
		}

		fn next_epoch() -> sp_consensus_babe::Epoch {
			Babe::next_epoch()
		}

		fn generate_key_ownership_proof(
			_slot: sp_consensus_babe::Slot,
			authority_id: sp_consensus_babe::AuthorityId,
		) -> Option<sp_consensus_babe::OpaqueKeyOwnershipProof> {
			Historical::prove((sp_consensus_babe::KEY_TYPE, authority_id))
				.map(|proof| proof.encode())
				.map(sp_consensus_babe::OpaqueKeyOwnershipProof::new)
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_babe::EquivocationProof<<Block as BlockT>::Header>,
			key_owner_proof: sp_consensus_babe::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			let key_owner_proof = key_owner_proof.decode()?;
			Babe::submit_unsigned_equivocation_report(equivocation_proof, key_owner_proof)
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			Grandpa::grandpa_authorities()
		}

		fn current_set_id() -> sp_consensus_grandpa::SetId {
			pallet_grandpa::CurrentSetId::<Runtime>::get()
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_grandpa::EquivocationProof<
				<Block as BlockT>::Hash,
				NumberFor<Block>,
			>,
			key_owner_proof: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			let key_owner_proof = key_owner_proof.decode()?;
			Grandpa::submit_unsigned_equivocation_report(equivocation_proof, key_owner_proof)
		}

		fn generate_key_ownership_proof(
			_set_id: sp_consensus_grandpa::SetId,
			authority_id: sp_consensus_grandpa::AuthorityId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			Historical::prove((sp_consensus_grandpa::KEY_TYPE, authority_id))
				.map(|proof| proof.encode())
				.map(sp_consensus_grandpa::OpaqueKeyOwnershipProof::new)
		}
	}

	impl sp_authority_discovery::AuthorityDiscoveryApi<Block> for Runtime {
		fn authorities() -> Vec<sp_authority_discovery::AuthorityId> {
			AuthorityDiscovery::authorities()
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(
			owner: Vec<u8>,
			seed: Option<Vec<u8>>,
		) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(
			encoded: Vec<u8>,
		) -> Option<Vec<(Vec<u8>, sp_core::crypto::KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl pallet_staking_runtime_api::StakingApi<Block, Balance, AccountId> for Runtime {
		fn nominations_quota(_balance: Balance) -> u32 {
			MAX_NOMINATIONS
		}

		fn eras_stakers_page_count(era: sp_staking::EraIndex, account: AccountId) -> sp_staking::Page {
			Staking::api_eras_stakers_page_count(era, account)
		}

		fn pending_rewards(era: sp_staking::EraIndex, account: AccountId) -> bool {
			Staking::api_pending_rewards(era, account)
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance>
		for Runtime
	{
		fn query_info(
			transaction: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(transaction, len)
		}

		fn query_fee_details(
			transaction: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> FeeDetails<Balance> {
			TransactionPayment::query_fee_details(transaction, len)
		}

		fn query_weight_to_fee(weight: sp_runtime::Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<
		Block,
		Balance,
		RuntimeCall,
	> for Runtime
	{
		fn query_call_info(call: RuntimeCall, len: u32) -> RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_call_info(call, len)
		}

		fn query_call_fee_details(call: RuntimeCall, len: u32) -> FeeDetails<Balance> {
			TransactionPayment::query_call_fee_details(call, len)
		}

		fn query_weight_to_fee(weight: sp_runtime::Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl crate::dry_run::DispatchApi<Block, AccountId> for Runtime {
		fn dry_run(account: AccountId, call: Vec<u8>) -> ApplyExtrinsicResult {
			crate::dry_run::dry_run(account, &call)
		}
	}

	impl crate::governance::GovernanceApi<Block> for Runtime {
		fn tracks() -> Vec<crate::governance::TrackView> {
			crate::governance::tracks()
		}

		fn standing(index: u32) -> Option<crate::governance::Standing> {
			crate::governance::standing(index)
		}
	}

	impl pallet_agents::runtime_api::AgentsApi<Block, AccountId> for Runtime {
		fn agent(agent: AgentId) -> Option<AgentInfo<AccountId>> {
			Agents::agent(agent)
		}

		fn agents(after: Option<AgentId>, limit: u32) -> AgentPage<AccountId> {
			Agents::agents(after, limit)
		}

		fn agents_of(
			owner: AccountId,
			after: Option<AgentId>,
			limit: u32,
		) -> AgentPage<AccountId> {
			Agents::agents_of(&owner, after, limit)
		}

		fn agent_of_wallet(wallet: AccountId) -> Option<AgentId> {
			pallet_agents::AgentOfWallet::<Runtime>::get(wallet)
		}

		fn wallet_payload(
			agent: AgentId,
			wallet: AccountId,
			deadline: BlockNumber,
		) -> Option<Vec<u8>> {
			Agents::wallet_payload(agent, &wallet, deadline)
		}

		fn registration_cost(uri_length: u32) -> RegistrationCost {
			Agents::registration_cost(uri_length)
		}

		fn capabilities(agent: AgentId) -> Vec<CapabilityInfo> {
			Agents::capabilities(agent)
		}

		fn agents_by_capability(tag: TagId, from: Option<RowPlace>, limit: u32) -> RowPage {
			Agents::agents_by_capability(tag, from, limit)
		}

		fn metadata(agent: AgentId) -> Vec<(Vec<u8>, Vec<u8>)> {
			Agents::metadata(agent)
		}

		fn metadata_value(agent: AgentId, key: Vec<u8>) -> Option<Vec<u8>> {
			Agents::metadata_value(agent, key)
		}

		fn tags(after: Option<TagId>, limit: u32) -> TagPage {
			Agents::tags(after, limit)
		}

		fn tag_by_name(name: Vec<u8>) -> Option<TagInfo> {
			Agents::tag_by_name(name)
		}

		fn match_agents(
			requirements: Requirements,
			limit: u32,
		) -> Result<MatchPage, MatchError> {
			Agents::match_agents(requirements, limit)
		}

		fn capability_deposit() -> Balance {
			Agents::capability_deposit()
		}

		fn metadata_deposit(key_length: u32, value_length: u32) -> Balance {
			Agents::metadata_deposit(key_length, value_length)
		}

		fn card_key_deposit() -> Balance {
			Agents::card_key_deposit()
		}
	}

	impl pallet_escrow::runtime_api::EscrowApi<Block, AccountId> for Runtime {
		fn contract(contract: ContractId) -> Option<ContractInfo<AccountId>> {
			Escrow::contract(contract)
		}

		fn contracts_of(
			account: AccountId,
			after: Option<ContractId>,
			limit: u32,
		) -> ContractPage<AccountId> {
			Escrow::contracts_of(&account, after, limit)
		}

		fn claims(contract: ContractId) -> Vec<(ClaimKind, Claim<AccountId>)> {
			Escrow::claims(contract)
		}

		fn deposit_for(agreement: Agreement<AccountId>) -> Balance {
			Escrow::storage_deposit(&agreement)
		}

		fn voucher_payload(voucher: Voucher) -> Vec<u8> {
			Escrow::voucher_payload(voucher)
		}
	}

	impl pallet_disputes::runtime_api::DisputesApi<Block, AccountId> for Runtime {
		fn case(case: CaseId) -> Option<CaseInfo<AccountId>> {
			Disputes::case(case)
		}

		fn round(case: CaseId, round: Round) -> Option<RoundInfo<AccountId>> {
			Disputes::round(case, round)
		}

		fn rounds(case: CaseId) -> Vec<RoundInfo<AccountId>> {
			Disputes::rounds(case)
		}

		fn evidence(case: CaseId) -> Vec<EvidenceInfo> {
			Disputes::evidence(case)
		}

		fn cases_of(account: AccountId, after: Option<CaseId>, limit: u32) -> CasePage<AccountId> {
			Disputes::cases_of(&account, after, limit)
		}

		fn court_terms() -> CourtInfo {
			Disputes::court()
		}
	}

	impl pallet_jurors::runtime_api::JurorsApi<Block, AccountId> for Runtime {
		fn juror(account: AccountId) -> Option<JurorInfo> {
			Jurors::juror(&account)
		}

		fn pool() -> PoolInfo {
			Jurors::pool()
		}
	}

	impl pallet_bitcoin_anchor::runtime_api::BitcoinAnchorApi<Block, AccountId> for Runtime {
		fn schedule() -> ScheduleInfo {
			BitcoinAnchor::schedule()
		}

		fn task(height: BlockNumber) -> Option<TaskInfo> {
			BitcoinAnchor::task(height)
		}

		fn tasks(before: Option<BlockNumber>, limit: u32) -> TaskPage {
			BitcoinAnchor::tasks(before, limit)
		}

		fn latest() -> Option<TaskInfo> {
			BitcoinAnchor::latest()
		}

		fn latest_final() -> Option<TaskInfo> {
			BitcoinAnchor::latest_final()
		}

		fn due() -> Option<Payload> {
			BitcoinAnchor::due()
		}

		fn anchorer(key_hash: PubkeyHash) -> Option<Anchorer<AccountId>> {
			BitcoinAnchor::anchorer(key_hash)
		}

		fn registration_message(account: AccountId) -> [u8; 32] {
			BitcoinAnchor::registration_message(&account)
		}
	}

	impl pallet_bitcoin_light_client::runtime_api::BitcoinApi<Block> for Runtime {
		fn light_client() -> Option<LightClientInfo> {
			BitcoinLightClient::info()
		}

		fn header(hash: BlockHash) -> Option<HeaderInfo> {
			BitcoinLightClient::header(hash)
		}

		fn hash_at(height: u32) -> Option<BlockHash> {
			BitcoinLightClient::hash_at(height)
		}

		fn headers(from: Option<u32>, limit: u32) -> Vec<HeaderInfo> {
			BitcoinLightClient::headers_down(from, limit)
		}

		fn stale(height: u32) -> Vec<HeaderInfo> {
			BitcoinLightClient::stale_at(height)
		}
	}

	impl pallet_audit_log::runtime_api::AuditApi<Block> for Runtime {
		fn audit_log() -> LogInfo {
			AuditLog::audit_log()
		}

		fn record(id: RecordId) -> Option<Record> {
			AuditLog::record(id)
		}

		fn records(query: Query, before: Option<RecordId>, limit: u32) -> RecordPage {
			AuditLog::records(query, before, limit)
		}

		fn prove(id: RecordId, count: Option<u64>) -> Option<Proven> {
			AuditLog::prove(id, count)
		}

		fn fee(entry: Entry) -> Balance {
			AuditLog::fee_of(entry)
		}
	}

	impl pallet_actions::runtime_api::ActionsApi<Block, AccountId> for Runtime {
		fn actions_info() -> ActionsInfo<AccountId> {
			Actions::info()
		}

		fn kinds() -> Vec<KindInfo> {
			Actions::kinds()
		}

		fn kind(id: KindId) -> Option<KindInfo> {
			Actions::kind_info(id)
		}

		fn action(id: ActionId) -> Option<ActionInfo<AccountId>> {
			Actions::action_info(id)
		}

		fn actions(
			filter: ActionFilter<AccountId>,
			before: Option<ActionId>,
			limit: u32,
		) -> ActionPage<AccountId> {
			Actions::actions(&filter, before, limit)
		}

		fn target(target: Target<AccountId>) -> TargetInfo<AccountId> {
			Actions::target_info(target)
		}

		fn track_records(
			kind: KindId,
			after: Option<(AgentId, Model)>,
			limit: u32,
		) -> TrackRecordPage {
			Actions::track_records(kind, after, limit)
		}
	}

	impl pallet_telemetry::runtime_api::TelemetryApi<Block, AccountId> for Runtime {
		fn telemetry() -> TelemetryInfo {
			Telemetry::telemetry()
		}

		fn reporter(account: AccountId) -> Option<ReporterInfo<AccountId>> {
			Telemetry::reporter_info(account)
		}

		fn reporters(after: Option<AccountId>, limit: u32) -> ReporterPage<AccountId> {
			Telemetry::reporters(after, limit)
		}

		fn key_owner(key: WorkerKey) -> Option<AccountId> {
			Telemetry::key_owner(key)
		}

		fn key_payload(account: AccountId) -> Vec<u8> {
			Telemetry::key_payload(account)
		}

		fn feed(window: Window) -> Option<FeedInfo> {
			Telemetry::feed(window)
		}

		fn feeds(until: Option<Window>, limit: u32) -> Vec<FeedInfo> {
			Telemetry::feeds(until, limit)
		}

		fn report(id: ReportId) -> Option<ReportInfo<AccountId>> {
			Telemetry::report_info(id)
		}

		fn reports(before: Option<ReportId>, limit: u32) -> ReportPage<AccountId> {
			Telemetry::reports(before, limit)
		}

		fn claimable(account: AccountId) -> Vec<Claimable> {
			Telemetry::claimable(account)
		}
	}

	impl pallet_market::runtime_api::MarketApi<Block, AccountId> for Runtime {
		fn offer(offer: OfferId) -> Option<OfferInfo<AccountId>> {
			Market::offer(offer)
		}

		fn offers_by_tag(tag: TagId, after: Option<OfferId>, limit: u32) -> OfferPage<AccountId> {
			Market::offers_by_tag(tag, after, limit)
		}

		fn offers_of(agent: AgentId, after: Option<OfferId>, limit: u32) -> OfferPage<AccountId> {
			Market::offers_of(agent, after, limit)
		}

		fn job(job: JobId) -> Option<JobInfo<AccountId>> {
			Market::job(job)
		}

		fn jobs_of(account: AccountId, after: Option<JobId>, limit: u32) -> JobPage<AccountId> {
			Market::jobs_of(&account, after, limit)
		}

		fn open_jobs(tag: TagId, after: Option<JobId>, limit: u32) -> JobPage<AccountId> {
			Market::open_jobs(tag, after, limit)
		}

		fn bids(job: JobId) -> Vec<Bid<AccountId>> {
			Market::bids(job)
		}

		fn receipts(job: JobId) -> Vec<ReceiptEntry<AccountId>> {
			Market::receipts(job)
		}

		fn counters(eras: u32) -> Vec<EraCounters> {
			Market::counters(eras)
		}

		fn rank_offers(query: OfferQuery, limit: u32) -> OfferRanking<AccountId> {
			Market::rank_offers(query, limit)
		}

		fn rank_bids(job: JobId) -> Vec<RankedBid<AccountId>> {
			Market::rank_bids(job)
		}

		fn quote(offer: OfferId, work: WorkTerms<AccountId, Vec<u8>>) -> Option<Quote> {
			Market::quote(offer, work)
		}

		fn bid_bond(job: JobId, price: Balance) -> Option<Balance> {
			Market::bid_bond(job, price)
		}

		fn job_deposits(work: WorkTerms<AccountId, Vec<u8>>, max_backups: u32) -> JobDeposits {
			Market::deposits_of(&work, max_backups)
		}

		fn offer_deposit() -> Balance {
			Market::offer_deposit()
		}

		fn open_bids(account: AccountId) -> u32 {
			Market::open_bids_of(&account)
		}

		fn claims(account: AccountId) -> Vec<(pallet_market::ClaimKind, Balance)> {
			Market::claims(&account)
		}
	}

	impl pallet_reputation::runtime_api::ReputationApi<Block, AccountId> for Runtime {
		fn score(agent: AgentId) -> ScoreInfo {
			Reputation::score(agent)
		}

		fn summary(agent: AgentId, tag: TagId, about: Option<TagId>) -> SummaryInfo {
			Reputation::summary(agent, tag, about)
		}

		fn feedback(
			agent: AgentId,
			filter: FeedbackFilter<AccountId>,
			after: Option<FeedbackCursor<AccountId>>,
			limit: u32,
		) -> FeedbackPage<AccountId> {
			Reputation::feedback(agent, filter, after, limit)
		}

		fn feedback_entry(
			agent: AgentId,
			author: AccountId,
			index: FeedbackIndex,
		) -> Option<FeedbackInfo<AccountId>> {
			Reputation::feedback_entry(agent, author, index)
		}

		fn last_feedback_index(agent: AgentId, author: AccountId) -> FeedbackIndex {
			pallet_reputation::LastFeedbackIndex::<Runtime>::get(agent, author)
		}

		fn clients(
			agent: AgentId,
			after: Option<AccountId>,
			limit: u32,
		) -> ClientPage<AccountId> {
			Reputation::clients(agent, after, limit)
		}

		fn settled_work(work: WorkId) -> Option<Settled<AccountId>> {
			pallet_reputation::SettledWork::<Runtime>::get(work)
		}

		fn feedback_deposit(endpoint_length: u32, uri_length: u32) -> Balance {
			Reputation::feedback_deposit(endpoint_length, uri_length)
		}

		fn response_deposit(uri_length: u32) -> Balance {
			Reputation::response_deposit(uri_length)
		}
	}

	impl pallet_validator_performance::runtime_api::ValidatorPerformanceApi<Block, AccountId> for Runtime {
		fn performance(validator: AccountId, era: EraIndex) -> Option<PerformanceInfo<AccountId>> {
			ValidatorPerformance::performance(validator, era)
		}

		fn performances(
			era: EraIndex,
			after: Option<AccountId>,
			limit: u32,
		) -> PerformancePage<AccountId> {
			ValidatorPerformance::performances(era, after, limit)
		}

		fn slash_history(validator: AccountId) -> Vec<SlashRecord<AccountId>> {
			ValidatorPerformance::slash_history(validator)
		}
	}

	impl pallet_validations::runtime_api::ValidationsApi<Block, AccountId> for Runtime {
		fn validation(validation: ValidationId) -> Option<ValidationInfo<AccountId>> {
			Validations::validation(validation)
		}

		fn validations_of(
			subject: AgentId,
			tag: Option<TagId>,
			after: Option<ValidationId>,
			limit: u32,
		) -> ValidationPage<AccountId> {
			Validations::validations_of(subject, tag, after, limit)
		}

		fn requests_to(
			validator: AgentId,
			after: Option<ValidationId>,
			limit: u32,
		) -> ValidationPage<AccountId> {
			Validations::requests_to(validator, after, limit)
		}

		fn summary(
			subject: AgentId,
			validator: Option<AgentId>,
			tag: Option<TagId>,
		) -> ValidationSummary {
			Validations::summary(subject, validator, tag)
		}

		fn validator_record(agent: AgentId) -> ValidatorRecord {
			Validations::validator_record(agent)
		}

		fn request_deposit(uri_length: u32) -> Balance {
			Validations::request_deposit(uri_length)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			build_state::<RuntimeGenesisConfig>(config)
		}

		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, genesis_config_presets::get_preset)
		}

		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			genesis_config_presets::preset_names()
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(
			extra: bool,
		) -> (
			Vec<frame_benchmarking::BenchmarkList>,
			Vec<frame_support::traits::StorageInfo>,
		) {
			crate::benchmarks::metadata(extra)
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			crate::benchmarks::dispatch(config)
		}
	}

	#[cfg(feature = "try-runtime")]
	impl frame_try_runtime::TryRuntime<Block> for Runtime {
		fn on_runtime_upgrade(
			checks: frame_try_runtime::UpgradeCheckSelect,
		) -> (sp_runtime::Weight, sp_runtime::Weight) {
			let weight = Executive::try_runtime_upgrade(checks)
				.unwrap_or_else(|error| panic!("the upgrade fails: {error:?}"));
			(weight, crate::configs::system::RuntimeBlockWeights::get().max_block)
		}

		fn execute_block(
			block: <Block as BlockT>::LazyBlock,
			state_root_check: bool,
			signature_check: bool,
			select: frame_try_runtime::TryStateSelect,
		) -> sp_runtime::Weight {
			Executive::try_execute_block(block, state_root_check, signature_check, select)
				.unwrap_or_else(|error| panic!("the block fails: {error:?}"))
		}
	}
}
