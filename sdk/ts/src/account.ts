import { sr25519CreateDerive } from "@polkadot-labs/hdkd";
import {
	DEV_PHRASE,
	mnemonicToMiniSecret,
	parseSuri,
	ss58Address,
} from "@polkadot-labs/hdkd-helpers";
import { getPolkadotSigner, type PolkadotSigner } from "polkadot-api/signer";

/** An sr25519 account whose secret this process has. */
export interface Account {
	/** Its SS58 address, with the chain's prefix. */
	readonly address: string;
	/** What polkadot-api signs its transactions with. */
	readonly signer: PolkadotSigner;
	/** Signs bytes that are no transaction, such as an agent's wallet payload. */
	sign(bytes: Uint8Array): Uint8Array;
}

/**
 * Makes the account of a secret URI, such as `PHRASE//hard/soft///password`, as the command line and
 * the node read it. Without a phrase, as in `//Alice`, it is a development account: everybody has it.
 */
export function accountOf(uri: string): Account {
	const { phrase, paths, password } = parseSuri(uri.startsWith("/") ? DEV_PHRASE + uri : uri);
	// The URI is not shown: it may be a secret.
	if (phrase === undefined)
		throw new Error("this is no secret URI: it has a phrase, //hard and /soft");
	const pair = sr25519CreateDerive(mnemonicToMiniSecret(phrase, password ?? ""))(paths ?? "");
	return {
		address: ss58Address(pair.publicKey),
		signer: getPolkadotSigner(pair.publicKey, "Sr25519", pair.sign),
		sign: pair.sign,
	};
}
