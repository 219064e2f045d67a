/**
 * What `token_status` says (IEC 62056-6-2, class 115): nine codes, how far each lets a token come, and
 * which of the STS results may stand behind it (sts.md §13.12). The eight bits beside the code are the
 * maker's own, and are named only where the meter's profile names them.
 */
import type { Data } from '../../dlms/axdr/data-type.ts';
import { TOKEN_STATUS_CODES, type TokenStatusName } from '../../dlms/cosem/payment-classes.ts';
import type { StatusBits } from '../../dlms/profile/meter-profile.ts';
import { TOKEN_RESULTS, type TokenResult } from '../../sts/decoder/token-result.ts';

/** Where a token ended: what a meter looks at in turn. */
export const STATUS_STAGES = ['format', 'authentication', 'validation', 'execution'] as const;
export type StatusStage = (typeof STATUS_STAGES)[number];

/** What a status means for a token. */
export type StatusMeaning =
	/** The meter is at it: ask again. */
	| { readonly kind: 'progress' }
	| { readonly kind: 'accepted' }
	| { readonly kind: 'refused'; readonly stage: StatusStage };

const PROGRESS: StatusMeaning = { kind: 'progress' };
const refused = (stage: StatusStage): StatusMeaning => ({ kind: 'refused', stage });

export const STATUS_MEANINGS: Readonly<Record<TokenStatusName, StatusMeaning>> = {
	'format-ok': PROGRESS,
	'authentication-ok': PROGRESS,
	'validation-ok': PROGRESS,
	'execution-ok': { kind: 'accepted' },
	'format-failure': refused('format'),
	'authentication-failure': refused('authentication'),
	'validation-failure': refused('validation'),
	'execution-failure': refused('execution'),
	'received-and-not-yet-processed': PROGRESS,
};

/** The STS results that a stage may refuse with. A lock-out comes before all, and is told as a failure to execute. */
export const RESULTS_OF_STAGE: Readonly<Record<StatusStage, readonly TokenResult[]>> = {
	format: ['FormatError'],
	authentication: ['CRCError', 'MfrCodeError'],
	validation: ['OldError', 'UsedError', 'KeyExpiredError', 'DDTKError'],
	execution: ['OverflowError', 'KeyTypeError', 'RangeError', 'FunctionError', 'Lockout'],
};

/** A status as it was read. */
export interface TokenStatus {
	/** One of nine; another number is a maker's own. */
	readonly code: number;
	/** The bits beside it as hex; empty where there were none. */
	readonly bits: string;
}

/** The name of a code; undefined for one that the standard does not have. */
export function statusName(code: number): TokenStatusName | undefined {
	return TOKEN_STATUS_CODES.find((row) => row.code === code)?.name;
}

/** What a code means; undefined for one that the standard does not have. */
export function meaningOf(code: number): StatusMeaning | undefined {
	const name = statusName(code);
	return name && STATUS_MEANINGS[name];
}

/** More bits than this are no status. */
const MAX_BIT_OCTETS = 8;

/** A `token_status` as data; undefined where it is something else. */
export function statusOf(data: Data | undefined): TokenStatus | undefined {
	if (data?.type !== 'structure') return undefined;
	const [code, bits] = data.value;
	if (code?.type !== 'enum' && code?.type !== 'unsigned') return undefined;
	const octets =
		bits?.type === 'bit-string' || bits?.type === 'octet-string' ? bits.value : new Uint8Array();
	const text = Array.from(octets.subarray(0, MAX_BIT_OCTETS), (octet) =>
		octet.toString(16).padStart(2, '0'),
	).join('');
	return { code: code.value, bits: text };
}

/**
 * The STS result that the bits name, in a meter whose profile says what they are; undefined where it does
 * not, or for a number that is none.
 */
export function namedResult(
	{ bits }: TokenStatus,
	meaning: StatusBits | undefined,
): TokenResult | undefined {
	if (meaning !== 'result-register') return undefined;
	const register = Number.parseInt(bits, 16);
	const names = Object.keys(TOKEN_RESULTS) as TokenResult[];
	return names.find((name) => TOKEN_RESULTS[name].register === register);
}
