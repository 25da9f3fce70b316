/**
 * AITBC from TypeScript: the chain's types for polkadot-api, a connection, accounts, and transactions
 * that are waited for.
 *
 * @module
 */

export * from "#descriptors";
export { accountOf, type Account } from "./account.js";
export { AIT, writtenInAit } from "./amount.js";
export { cardHash } from "./card.js";
export { connect, type Connection } from "./connection.js";
export { DispatchFailed, eventOf, submit, type Included, type Stage } from "./transaction.js";
