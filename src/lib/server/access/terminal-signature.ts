/**
 * Finds out which enrolled till sent a request, from its RFC 9421 signature, before anything of the body is
 * read. The till's row is read for every request, so that a revocation holds on all nodes at once.
 *
 * A signature that was taken is not taken again where that could do something twice: for every method but
 * GET and PUT. A repeated PUT carries the same client-made id and contents and finds what it did before, a
 * GET does nothing, so the hot path of a sale stores no nonce. Nonces are kept in the fleeting tables for as
 * long as their signature is young enough: no durable commit, and after a crash of the whole machine a
 * request may be repeated within that time.
 */
import { createHash } from 'node:crypto';
import {
	componentsOf,
	contentDigest,
	signatureBase,
	type SignedMessage,
} from '#lib/core/sync/http-signature.ts';
import type { DeviceKey } from '#lib/core/sync/wire-terminals.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { Fleeting } from '../database/fleeting.ts';
import type { TerminalRow } from '../database/schema.ts';
import type { Refusal } from '../refusal.ts';
import { importDeviceKey, isSignedBy } from './device-key.ts';
import type { Arrival } from './identify.ts';
import { revokedKeys } from './revoked-keys.ts';
import { readSignature, type ReadSignature } from './signature-input.ts';
import { findTerminal } from './terminals.ts';

export interface SigningTerminal {
	readonly utilityId: string;
	readonly vendorId: string;
	readonly terminalId: string;
	/** Its journal contradicts itself. */
	readonly isSuspended?: true;
}

const REPEATABLE = ['GET', 'HEAD', 'PUT'];

/**
 * Undefined: not signed by a till. Order of refusal: `signature-missing` (unreadable, or not over all that
 * must be signed), `signature-old`, `terminal-unknown`, `signature-wrong` (by no key that the till has, or had as it
 * was revoked), `terminal-revoked` (it is, or the device was before another one took its place), `signature-repeated`.
 */
export async function terminalOfSignature(
	{ database, fleeting, clock, access }: Backend,
	arrival: Pick<Arrival, 'request' | 'url' | 'text'>,
): Promise<SigningTerminal | Refusal | undefined> {
	const read = readSignature(arrival.request.headers);
	if (read === 'none') return undefined;
	if (read === 'unreadable') return { refusal: 'signature-missing' };
	const message = messageOf(arrival);
	const nowMs = clock.nowMs();
	const early = decideForm(read, message, nowMs, access.signatureWindowMs);
	if (early !== undefined) return early;
	const terminal = await findTerminal(database, read.keyId);
	if (terminal === undefined || terminal.public_key === null)
		return { refusal: 'terminal-unknown' };
	if (!isGenuine(read, message, arrival.text, terminal.public_key))
		return await refusalOfOtherKey(database, terminal.id, { read, message, text: arrival.text });
	if (terminal.state !== 'active') return { refusal: 'terminal-revoked' };
	if (!REPEATABLE.includes(message.method)) {
		const endsAtMs = read.createdS * 1_000 + access.signatureWindowMs;
		if (!(await takeNonce(fleeting, terminal.id, read.nonce, endsAtMs)))
			return { refusal: 'signature-repeated' };
	}
	return identityOf(terminal);
}

function messageOf({
	request,
	url,
	text,
}: Pick<Arrival, 'request' | 'url' | 'text'>): SignedMessage {
	const { method, headers } = request;
	const target = { method, path: url.pathname, query: url.search };
	return text === '' ? target : { ...target, contentDigest: headers.get('content-digest') ?? '' };
}

/** Order: `signature-missing`, `signature-old`, with the server's time for the till to learn from. */
function decideForm(
	{ components, createdS }: ReadSignature,
	message: SignedMessage,
	nowMs: number,
	windowMs: number,
): Refusal | undefined {
	const needed = componentsOf(message);
	const isWhole =
		components.length === needed.length && needed.every((name) => components.includes(name));
	if (!isWhole) return { refusal: 'signature-missing' };
	return Math.abs(createdS * 1_000 - nowMs) > windowMs
		? { refusal: 'signature-old', facts: { serverMs: nowMs } }
		: undefined;
}

/** Order: `signature-wrong`, `terminal-revoked` (of a device that was, and was replaced since). */
async function refusalOfOtherKey(
	database: Database,
	terminalId: string,
	{ read, message, text }: { read: ReadSignature; message: SignedMessage; text: string },
): Promise<Refusal> {
	const keys = await revokedKeys(database, terminalId);
	const isRevoked = keys.some((key) => isGenuine(read, message, text, key));
	return { refusal: isRevoked ? 'terminal-revoked' : 'signature-wrong' };
}

/** The body is the one of the digest, and the till's key signed that digest with the rest. */
function isGenuine(
	{ components, input, signature }: ReadSignature,
	message: SignedMessage,
	text: string,
	publicKey: string,
): boolean {
	const digest = createHash('sha256').update(text).digest('base64');
	if (message.contentDigest !== undefined && message.contentDigest !== contentDigest(digest))
		return false;
	const key = importDeviceKey(JSON.parse(publicKey) as DeviceKey);
	return key !== undefined && isSignedBy(key, signatureBase(message, components, input), signature);
}

/** Whether it was not taken before. */
async function takeNonce(
	fleeting: Fleeting,
	terminalId: string,
	nonce: string,
	expiresAtMs: number,
): Promise<boolean> {
	const taken = await fleeting
		.insertInto('signature_nonce')
		.values({ terminal_id: terminalId, nonce, expires_at_ms: expiresAtMs })
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	return taken.numInsertedOrUpdatedRows === 1n;
}

function identityOf(terminal: TerminalRow): SigningTerminal {
	return {
		utilityId: terminal.utility_id,
		vendorId: terminal.vendor_id,
		terminalId: terminal.id,
		...(terminal.journal_state === 'suspended' && { isSuspended: true }),
	};
}
