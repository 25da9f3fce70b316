import type { Transaction, TxEventsPayload } from "polkadot-api";
import type { Account } from "./account.js";

/** How far a block has come that has the transaction: a `best` one may still be abandoned. */
export type Stage = "best" | "finalized";

/** A transaction that is in a block and did what it says. */
export type Included = TxEventsPayload & { readonly ok: true };

/** A transaction that is in a block, and whose call failed there. Its fee is paid. */
export class DispatchFailed extends Error {
	/** The pallet's error, such as `Agents.NotOwner`, or the runtime's own. */
	readonly reason: string;

	constructor(included: TxEventsPayload & { readonly ok: false }) {
		const reason = nameOf(included.dispatchError);
		super(`the call failed in block ${included.block.number}: ${reason}`);
		this.name = "DispatchFailed";
		this.reason = reason;
	}
}

/**
 * Signs and sends a transaction, and waits until a block of that stage has it.
 *
 * Fails with `DispatchFailed` when its call failed, and with polkadot-api's `InvalidTxError` when the
 * chain does not take it.
 */
export function submit(
	transaction: Transaction,
	account: Account,
	until: Stage = "finalized",
): Promise<Included> {
	return new Promise((resolve, reject) => {
		const subscription = transaction.signSubmitAndWatch(account.signer).subscribe({
			next(event) {
				const isBest = event.type === "txBestBlocksState" && event.found && until === "best";
				if (!isBest && event.type !== "finalized") return;
				subscription.unsubscribe();
				if (event.ok) resolve(event);
				else reject(new DispatchFailed(event));
			},
			error: reject,
		});
	});
}

/** What the first event of a kind says that a transaction caused. Fails when there is none. */
export function eventOf<Payload>(
	kind: { filter(events: Included["events"]): { payload: Payload }[] },
	included: Included,
): Payload {
	const [event] = kind.filter(included.events);
	if (event === undefined)
		throw new Error(`block ${included.block.number} has no such event of it`);
	return event.payload;
}

/** Names the innermost of an error's variants, with the pallet before it. */
function nameOf(error: unknown): string {
	if (typeof error !== "object" || error === null || !("type" in error)) return "";
	const inner = nameOf("value" in error ? error.value : undefined);
	const own = String(error.type);
	if (inner === "") return own;
	return own === "Module" ? inner : `${own}.${inner}`;
}
