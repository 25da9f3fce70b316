/**
 * Registers an agent, hires it with money in escrow, waits until that is final, and says what happened.
 *
 * Usage: npm run example -- [URL]     URL: a development node's, by default ws://127.0.0.1:9944
 *
 * The owner is //Charlie, the client //Alice, and the agent's wallet an account that nobody has used.
 *
 * @module
 */

import { randomBytes, createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import { Binary, Enum } from "polkadot-api";
import {
	accountOf,
	AIT,
	cardHash,
	connect,
	eventOf,
	MultiAddress,
	submit,
	writtenInAit,
	type Account,
	type Connection,
} from "../src/index.js";

const PRICE = 10n * AIT;
/** How many active blocks the agent has for the work. */
const TIME = 1_000;
/** A day in production, in blocks; a network's time scale divides it. */
const DAY = 28_800;

const CARD = {
	name: "Charlie's renderer",
	description: "Renders short scenes on one GPU.",
	version: "1.0.0",
	url: "https://agents.example/charlie",
};
const TERMS = "Render scene 7 in 1920 x 1080 at 24 frames per second, as PNG.";

/** Registers an agent of the owner's, and answers its id. */
async function register({ api }: Connection, owner: Account): Promise<bigint> {
	const call = api.tx.Agents.register({
		kind: Enum("Provider"),
		uri: Binary.fromText("https://agents.example/charlie.json"),
		hash: await cardHash(CARD),
	});
	// Nothing that counts is lost if this block is abandoned: what follows would fail, and say so.
	const registered = eventOf(api.event.Agents.AgentRegistered, await submit(call, owner, "best"));
	console.log(
		`agent ${registered.agent} is registered: ${writtenInAit(registered.fee)} paid,`,
		`${writtenInAit(registered.bond)} at risk, ${writtenInAit(registered.deposit)} for storage`,
	);
	return registered.agent;
}

/** Gives the agent a wallet, which consents by a signature, and lets it take work. */
async function open({ api }: Connection, owner: Account, agent: bigint, wallet: Account) {
	const deadline = (await api.view.ActiveClock.now({ at: "best" })) + TIME;
	const payload = await api.apis.AgentsApi.wallet_payload(agent, wallet.address, deadline, {
		at: "best",
	});
	if (payload === undefined) throw new Error(`there is no agent ${agent}`);
	const signature = Enum("Sr25519", Binary.toHex(wallet.sign(payload)));
	const proof = { signature, deadline };
	const both = api.tx.Utility.batch_all({
		calls: [
			api.tx.Agents.set_wallet({ agent, wallet: wallet.address, proof }).decodedCall,
			api.tx.Agents.activate({ agent }).decodedCall,
		],
	});
	await submit(both, owner, "best");
	console.log(`agent ${agent} works under ${wallet.address}`);
}

/** Opens a contract with one milestone, puts its money in escrow, and answers its id. */
async function hire({ api }: Connection, client: Account, provider: Account): Promise<bigint> {
	const now = await api.view.ActiveClock.now({ at: "best" });
	const { time_scale_divisor } = await api.view.NetworkParameters.constants();
	const call = api.tx.Escrow.open({
		provider: provider.address,
		agreement: {
			terms: `0x${createHash("sha256").update(TERMS).digest("hex")}`,
			payment: Enum("Milestones", [{ amount: PRICE, due: now + TIME }]),
			review_period: Math.ceil(DAY / time_scale_divisor),
			approvers: undefined,
			bonds: { client: 0n, provider: 0n },
		},
	});
	const opened = eventOf(api.event.Escrow.ContractOpened, await submit(call, client, "best"));
	console.log(`contract ${opened.contract} is open, for agent ${opened.agent}`);

	const funding = api.tx.Escrow.fund({ contract: opened.contract, expected: PRICE });
	const included = await submit(funding, client);
	const funded = eventOf(api.event.Escrow.ContractFunded, included);
	console.log(
		`contract ${opened.contract} has ${writtenInAit(funded.amount)} in escrow,`,
		`final in block ${included.block.number}`,
	);
	return opened.contract;
}

/** Plays the whole of it, and answers the ids of the agent and of the contract. */
export async function play(connection: Connection): Promise<{ agent: bigint; contract: bigint }> {
	const { api } = connection;
	const [owner, client] = [accountOf("//Charlie"), accountOf("//Alice")];
	const wallet = accountOf(`//Charlie//${randomBytes(8).toString("hex")}`);
	// The provider's account has to exist, or it could not be paid.
	const gift = api.tx.Balances.transfer_keep_alive({
		dest: MultiAddress.Id(wallet.address),
		value: AIT,
	});
	const [agent] = await Promise.all([register(connection, owner), submit(gift, client, "best")]);
	await open(connection, owner, agent, wallet);
	return { agent, contract: await hire(connection, client, wallet) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	const connection = await connect(process.argv[2] ?? "ws://127.0.0.1:9944");
	await play(connection).finally(() => connection.close());
}
