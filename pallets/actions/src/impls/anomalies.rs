//! Reports of anomalies, and what they lead to.

use super::{
	logging::By,
	recommending::{is_judged, Draft},
};
use crate::*;
use aitbc_core::{Target, Work};
use aitbc_traits::{Anomaly, OnAnomaly};
use frame_support::{ensure, storage::with_storage_layer, weights::Weight};
use sp_runtime::DispatchError;

impl<T: Config> OnAnomaly<T::AccountId> for Pallet<T> {
	/// Recommends what governance tied to the series, on the validator that reports, unless a guardrail
	/// holds it back.
	fn on_anomaly(anomaly: &Anomaly<T::AccountId>) {
		let Some(reflex) = Reflexes::<T>::get(anomaly.series) else { return };
		let published = with_storage_layer(|| {
			let draft = Self::drafted_by(anomaly, reflex)?;
			Self::publish(draft, By::Chain)
		});
		if let Err(reason) = published {
			Self::deposit_event(Event::ReflexBlocked { report: anomaly.report, reason });
		}
	}

	fn weight() -> Weight {
		// It is written down, and that it is verified; or it is a note, which opens breakers.
		Self::with_records(3, T::WeightInfo::on_anomaly())
	}
}

impl<T: Config> Pallet<T> {
	/// Checks what a report leads to.
	fn drafted_by(
		anomaly: &Anomaly<T::AccountId>,
		reflex: Reflex,
	) -> Result<Draft<T>, DispatchError> {
		let Reflex { kind: id, parameters } = reflex;
		let Listed { version, kind } = Self::listed(id)?;
		let target = Target::Validator(anomaly.reporter.clone());
		Self::ensure_not_stopped(&target)?;
		Self::ensure_breakers_let(kind.class)?;
		ensure!(kind.targets.contain(&target), Error::<T>::WrongTarget);
		Self::ensure_target(&target)?;
		ensure!(kind.reversible_by.is_none(), Error::<T>::WrongRollback);
		let work = match &kind.performer {
			Performer::Nobody => Work::Note,
			Performer::Executor { parameters: rules } => {
				Self::ensure_parameters(rules, &parameters)?;
				Work::Command(parameters)
			},
			Performer::Chain { .. } => return Err(Error::<T>::WrongProposal.into()),
		};
		let is_open = OpenReflexes::<T>::contains_key(id, &target);
		ensure!(!is_open, Error::<T>::TooManyOpen);
		Self::ensure_room(id, &kind, &target, false)?;
		let expires = Self::now().saturating_add(kind.time_to_live);
		let action = Action {
			source: Source::Anomaly,
			order: Order {
				kind: id,
				version,
				target,
				work,
				rollback: None,
				series: Some(anomaly.series).filter(|series| is_judged(*series)),
			},
			terms: Terms::of(&kind, None),
			idea: None,
			report: Some(anomaly.report),
			expires,
			simulation: Simulation::of(&kind),
			approvals: Default::default(),
			is_forced: false,
			spam: Default::default(),
			state: State::Proposed,
		};
		Ok(Draft { action, kind, evidence: Some(anomaly.evidence) })
	}
}
