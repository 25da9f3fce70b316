import { aitbc } from "#descriptors";
import type { PolkadotClient, TypedApi } from "polkadot-api";
import { createWsClient, type WebSocketClass } from "polkadot-api/ws";

/** How long a node may take for its first answer, in milliseconds. */
const PATIENCE = 30_000;

/** A connection to a node of AITBC. */
export interface Connection {
	/** What needs no types: blocks, and raw calls of the JSON-RPC. */
	readonly client: PolkadotClient;
	/** The chain's storage, calls, events, runtime APIs and constants, with their types. */
	readonly api: TypedApi<typeof aitbc>;
	/** Ends it, and with it all that waits on it. */
	close(): void;
}

/**
 * Connects to the node at a WebSocket address. Fails when it does not answer within `patience`
 * milliseconds. Afterwards a connection that is lost is made anew without end.
 */
export async function connect(url: string, patience = PATIENCE): Promise<Connection> {
	const client = createWsClient(url, { websocketClass: await webSocket() });
	let timer: NodeJS.Timeout | undefined;
	const silence = new Promise<never>((_, reject) => {
		const say = () => reject(new Error(`no node answers at ${url} within ${patience / 1000} s`));
		timer = setTimeout(say, patience);
	});
	try {
		await Promise.race([client.getChainSpecData(), silence]);
	} catch (error) {
		client.destroy();
		throw error;
	} finally {
		clearTimeout(timer);
	}
	return { client, api: client.getTypedApi(aitbc), close: () => client.destroy() };
}

/** The platform's WebSocket. Node.js has one from version 22 on. */
async function webSocket(): Promise<WebSocketClass> {
	const own = (globalThis as { WebSocket?: WebSocketClass }).WebSocket;
	return own ?? ((await import("ws")).WebSocket as unknown as WebSocketClass);
}
