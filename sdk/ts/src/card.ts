import { Binary } from "polkadot-api";

/**
 * Hashes an agent's card as `aitbc agent verify-card` does: the SHA-256 of its canonical JSON
 * (RFC 8785) without `signatures`, as 0x and hexadecimal digits.
 *
 * A card must have one meaning only, so give what `JSON.parse` made of it, and have no member twice.
 */
export async function cardHash(card: object): Promise<string> {
	const { signatures: _, ...content } = card as { signatures?: unknown };
	const bytes = new TextEncoder().encode(canonical(content));
	return Binary.toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** Writes JSON in the form of RFC 8785, whose numbers and strings are those of ECMAScript. */
function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	// Section 3.2.3: sorted by UTF-16 code units, which is how `sort` compares.
	const members = Object.keys(value).sort();
	const named = value as Record<string, unknown>;
	return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(named[name])}`).join(",")}}`;
}
