//! Votes: committed, revealed, and denounced.

use crate::*;
use aitbc_core::{Balance, BlockNumber, CaseId, Choice, Round, Salt, Vote};
use aitbc_traits::{DeadlineClock, JurorPool};
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::{traits::Zero, DispatchResult};

/// A jury that votes, and up to when. All blocks are active blocks.
struct Session<T: Config> {
	/// Which round it judges.
	round: Round,
	/// What each seat puts at risk, in plancks.
	seat_stake: Balance,
	/// The last block before votes.
	evidence_until: BlockNumber,
	/// The last block to commit.
	commit_until: BlockNumber,
	/// The last block to reveal.
	reveal_until: BlockNumber,
	/// The round's record.
	record: RoundOf<T>,
}

impl<T: Config> Session<T> {
	/// The jury of the case with the id `id`.
	fn of(id: CaseId) -> Result<Self, Error<T>> {
		let case = Pallet::<T>::case_record(id)?;
		let CaseState::Voting { round, evidence_until, commit_until, reveal_until, .. } =
			case.state
		else {
			return Err(Error::NotVoting);
		};
		let CourtTerms { seat_stake, .. } = Pallet::<T>::terms_of(&case)?;
		let record = Pallet::<T>::round_record(id, round)?;
		Ok(Self { round, seat_stake, evidence_until, commit_until, reveal_until, record })
	}

	/// What `juror` has done.
	fn ballot(&mut self, juror: &T::AccountId) -> Result<&mut Ballot, Error<T>> {
		let member = self.record.member_mut(juror).ok_or(Error::NotJuror)?;
		Ok(&mut member.ballot)
	}

	/// Whether votes are secret at `now`: not all have committed, and there is time to.
	fn is_secret(&self, now: BlockNumber) -> bool {
		now <= self.commit_until && !self.record.has_committed()
	}
}

impl<T: Config> Pallet<T> {
	/// See [`Pallet::commit`].
	pub(crate) fn do_commit(caller: T::AccountId, id: CaseId, commitment: H256) -> DispatchResult {
		let mut session = Session::<T>::of(id)?;
		let (round, now) = (session.round, T::Clock::now());
		ensure!(now > session.evidence_until, Error::<T>::VotingNotBegun);
		let is_over = now > session.commit_until;
		let ballot = session.ballot(&caller)?;
		ensure!(*ballot == Ballot::Awaited, Error::<T>::AlreadyCommitted);
		ensure!(!is_over, Error::<T>::CommitOver);

		*ballot = Ballot::Committed(commitment);
		Rounds::<T>::insert(id, round, session.record);
		Self::deposit_event(Event::VoteCommitted { case: id, round, juror: caller, commitment });
		Ok(())
	}

	/// See [`Pallet::reveal`].
	pub(crate) fn do_reveal(
		caller: T::AccountId,
		id: CaseId,
		choice: Choice,
		salt: Salt,
	) -> DispatchResult {
		let mut session = Session::<T>::of(id)?;
		let (round, now) = (session.round, T::Clock::now());
		let (is_secret, is_over) = (session.is_secret(now), now > session.reveal_until);
		let ballot = session.ballot(&caller)?;
		ensure!(!is_secret, Error::<T>::RevealNotBegun);
		ensure!(!is_over, Error::<T>::RevealOver);
		Self::ensure_committed(*ballot, id, round, &caller, choice, salt)?;

		*ballot = Ballot::Revealed(choice);
		Rounds::<T>::insert(id, round, session.record);
		Self::deposit_event(Event::VoteRevealed { case: id, round, juror: caller, choice });
		Ok(())
	}

	/// See [`Pallet::denounce`].
	pub(crate) fn do_denounce(
		caller: T::AccountId,
		id: CaseId,
		juror: T::AccountId,
		choice: Choice,
		salt: Salt,
	) -> DispatchResult {
		let mut session = Session::<T>::of(id)?;
		let (round, seat_stake) = (session.round, session.seat_stake);
		let is_secret = session.is_secret(T::Clock::now());
		let member = session.record.member_mut(&juror).ok_or(Error::<T>::NotJuror)?;
		ensure!(juror != caller, Error::<T>::OwnVote);
		ensure!(is_secret, Error::<T>::NoLongerSecret);
		Self::ensure_committed(member.ballot, id, round, &juror, choice, salt)?;

		let stake = member.stake(seat_stake);
		let loss = Self::silence_slash().mul_floor(stake);
		// More would let a juror be silent for less than a wrong vote costs, by a second account.
		let most = loss.saturating_sub(T::IncoherentSlash::get().mul_floor(stake));
		let reward = T::DenounceReward::get().mul_floor(loss).min(most);
		let reward = Self::forfeit(&juror, &caller, reward);
		member.ballot = Ballot::Denounced { reward };
		Rounds::<T>::insert(id, round, session.record);
		Self::deposit_event(Event::VoteDenounced { case: id, round, juror, by: caller, reward });
		Ok(())
	}

	/// Checks that `ballot` is the commitment of `juror` to this vote.
	fn ensure_committed(
		ballot: Ballot,
		case: CaseId,
		round: Round,
		juror: &T::AccountId,
		choice: Choice,
		salt: Salt,
	) -> Result<(), Error<T>> {
		let Ballot::Committed(commitment) = ballot else { return Err(Error::NotCommitted) };
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		let vote = Vote { genesis, case, round, juror: juror.clone(), choice, salt };
		ensure!(vote.commitment() == commitment, Error::CommitmentMismatch);
		Ok(())
	}

	/// Pays `amount` of what `juror` has at stake to `payee`, and says how much that came to: nothing
	/// if `payee` can't take it.
	pub(crate) fn forfeit(juror: &T::AccountId, payee: &T::AccountId, amount: Balance) -> Balance {
		if amount == 0 {
			return 0;
		}
		match T::Jurors::forfeit(juror, amount, payee) {
			Ok(()) => amount,
			Err(error) => {
				log::error!(
					target: LOG_TARGET,
					"{amount} plancks stay with juror {juror:?}: {payee:?} can't take them: \
					 {error:?}",
				);
				0
			},
		}
	}
}
