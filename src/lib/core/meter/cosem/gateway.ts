/**
 * How a make of meter answers `enter`, and the token that it has received and not yet worked through.
 * Times are of the meter: a token that waits is worked through while the meter is brought to an instant.
 */
import type { TokenEncoding } from '#lib/core/dlms/profile/meter-profile.ts';
import { TOKEN_ENCODINGS } from '#lib/core/dlms/profile/meter-profile.ts';
import type { TokenStatusName } from '#lib/core/dlms/cosem/payment-classes.ts';
import type { TokenStage } from '#lib/core/sts/decoder/token-result.ts';

export interface GatewaySettings {
	/** How long a token waits before it is carried out, ms; 0: `enter` answers with the verdict. */
	readonly processingMs: number;
	/** While it waits the status tells the stages it has passed, not only that it was received. */
	readonly showsProgress: boolean;
	/** `enter` returns the status; else it is to be read. */
	readonly returnsStatus: boolean;
	/** Parameters of `enter` that are taken; anything else is a format failure. */
	readonly encodings: readonly TokenEncoding[];
}

/** The verdict at once, in return, for every encoding of the field. */
export const USUAL_GATEWAY: GatewaySettings = {
	processingMs: 0,
	showsProgress: false,
	returnsStatus: true,
	encodings: TOKEN_ENCODINGS,
};

/** The longest a token may wait: a client that polls has given up by then. */
export const MAX_PROCESSING_MS = 600_000;

/** A token that was received and waits. */
export interface PendingToken {
	readonly receivedMs: number;
	/** What was received, cut to the octets that are kept. */
	readonly tokenHex: string;
	/** Twenty digits; null: nothing that the meter takes for a token. */
	readonly digits: string | null;
}

export interface Gateway {
	readonly settings: GatewaySettings;
	readonly pending: PendingToken | null;
}

/** When the waiting token is worked through; never where none waits. */
export function nextTokenMs({ settings, pending }: Gateway): number {
	return pending ? pending.receivedMs + settings.processingMs : Infinity;
}

/** The stages a token passes on its way, and how many of them it has passed that ends at a stage. */
const PROGRESS: readonly TokenStatusName[] = ['format-ok', 'authentication-ok', 'validation-ok'];
const PASSED: Readonly<Record<TokenStage, number>> = {
	lockout: 0,
	format: 0,
	authentication: 1,
	validation: 2,
	execution: 3,
};

/**
 * What the status tells of a token that still waits: a quarter of the wait for each stage, as far as it
 * comes at all.
 * @param stage where it will be decided
 */
export function progressOf(
	{ processingMs, showsProgress }: GatewaySettings,
	waitedMs: number,
	stage: TokenStage,
): TokenStatusName {
	const quarters = Math.floor((waitedMs * 4) / processingMs);
	const passed = Math.min(quarters, PASSED[stage], PROGRESS.length);
	const shown = showsProgress ? PROGRESS[passed - 1] : undefined;
	return shown ?? 'received-and-not-yet-processed';
}
