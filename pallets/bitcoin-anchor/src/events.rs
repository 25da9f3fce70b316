//! The events. They are compiled as a part of the pallet's module, whose imports they use.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A task was made. It is due.
		#[codec(index = 0)]
		TaskMade {
			/// What is to be anchored.
			payload: Payload,
		},
		/// No task was made for a block that should have one.
		#[codec(index = 1)]
		BlockSkipped {
			/// Its number.
			height: BlockNumber,
			/// Why.
			reason: SkipReason,
		},
		/// A task's anchor was proven to be in a block of Bitcoin.
		#[codec(index = 2)]
		AnchorIncluded {
			/// The task.
			height: BlockNumber,
			/// Where the anchor is.
			inclusion: Inclusion,
			/// Who proved it.
			prover: T::AccountId,
		},
		/// A task's anchor has as many confirmations as it takes to be confirmed.
		#[codec(index = 3)]
		AnchorConfirmed {
			/// The task.
			height: BlockNumber,
		},
		/// A task's anchor has fewer confirmations than that again: Bitcoin's best chain is a shorter one now, with
		/// more work. The task is included.
		#[codec(index = 4)]
		AnchorUnconfirmed {
			/// The task.
			height: BlockNumber,
		},
		/// A task's anchor is on Bitcoin for good.
		#[codec(index = 5)]
		AnchorFinal {
			/// The task.
			height: BlockNumber,
			/// Where the anchor is.
			inclusion: Inclusion,
			/// The audit log's record of it. None if the log did not take it.
			record: Option<RecordId>,
		},
		/// A task is due again: the block with its anchor left Bitcoin's best chain.
		#[codec(index = 6)]
		AnchorLost {
			/// The task.
			height: BlockNumber,
			/// The block of Bitcoin.
			block: BlockHash,
			/// Since when the task is due, in active blocks.
			since: BlockNumber,
		},
		/// A due task was covered by a newer one that is final.
		#[codec(index = 7)]
		TaskCovered {
			/// The task.
			height: BlockNumber,
			/// The newer one.
			by: BlockNumber,
		},
		/// A task was given up: it was due for too long, or in the way of newer ones.
		#[codec(index = 8)]
		TaskMissed {
			/// The task.
			height: BlockNumber,
		},
		/// A task was removed, because there are enough newer ones.
		#[codec(index = 9)]
		TaskForgotten {
			/// The task.
			height: BlockNumber,
		},
		/// A task's reward was paid.
		#[codec(index = 10)]
		RewardPaid {
			/// The task.
			height: BlockNumber,
			/// Whose script funded the anchor.
			key_hash: PubkeyHash,
			/// Who got it.
			anchorer: T::AccountId,
			/// How much, in plancks.
			amount: Balance,
		},
		/// An account showed that it has the key of a script.
		#[codec(index = 11)]
		AnchorerRegistered {
			/// The account.
			anchorer: T::AccountId,
			/// The script.
			key_hash: PubkeyHash,
			/// What is held, in plancks.
			deposit: Balance,
		},
		/// An account gave a script up.
		#[codec(index = 12)]
		AnchorerDeregistered {
			/// The account.
			anchorer: T::AccountId,
			/// The script.
			key_hash: PubkeyHash,
			/// What was returned, in plancks.
			deposit: Balance,
		},
	}
}
