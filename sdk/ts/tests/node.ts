/**
 * The node that the tests talk to, which `scripts/test-clients` starts.
 *
 * @module
 */

/** The WebSocket address of its RPC. There is no default: tests send transactions. */
export const NODE = addressOf("AITBC_URL");

/** How long one test may take, in milliseconds: generous for a machine that builds meanwhile. */
export const LIMIT = 180_000;

function addressOf(variable: string): string {
	const address = process.env[variable];
	if (address === undefined)
		throw new Error(`${variable} does not say where a development node is`);
	return address;
}
