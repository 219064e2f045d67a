/**
 * What a reader of frames is not shown: secrets never, the digits of tokens only to a person who asks for
 * them. A token is as good as money until its meter has taken it.
 */
import type { AttributeTarget, MethodTarget } from '../apdu/target.ts';
import type { Data } from '../axdr/data-type.ts';
import { decodeTokenParameter } from '../profile/meter-profile.ts';

/** Why a value is not shown. */
export type Hidden = 'secret' | 'token';

/** Whether the octets of a value are hidden. */
export type Hides = (octets: Uint8Array) => boolean;

/** What about a value: not shown at all, or shown but for what `hides` says. */
export type Masking = { readonly secret: true } | { readonly secret: false; readonly hides: Hides };

/** A value of which nothing is shown. */
export const ALL_SECRET: Masking = { secret: true };

/** Attributes that hold passwords and keys, as class/number; 0 is the whole object. */
const SECRET_ATTRIBUTES = new Set([
	// Association: the secret. Local port: three passwords.
	...['15/0', '15/7', '19/0', '19/7', '19/8', '19/9'],
	// Dial-in, modem PIN and mail account.
	...['44/0', '44/5', '45/0', '45/3', '46/0', '46/4'],
]);
/** Methods that take or give proofs, secrets and wrapped keys. */
const SECRET_METHODS = new Set(['15/1', '15/2', '64/2', '64/3']);

/** The token gateway: `token` itself, the description that may repeat it, the whole object. */
const TOKEN_ATTRIBUTES = new Set(['115/0', '115/2', '115/4']);
const ENTER = '115/1';
/** Payment logs, 0.b.99.14 … 17 of class 7, which keep the tokens that were entered. */
const PAYMENT_LOG = /^\d+\.\d+\.99\.1[4-7]\./;

const TOKEN_RUN = /\d{20}/;
/** Fewer digits in a row than this say nothing about a token. */
const LONG_RUN = /\d{8}/;

const asText = (octets: Uint8Array): string => String.fromCharCode(...octets);

/** Anywhere: twenty digits in a row are a token, whatever else they claim to be. */
const hidesTokens: Hides = (octets) => octets.length >= 20 && TOKEN_RUN.test(asText(octets));
/** Where tokens are kept: each of the three forms of one, and any part of the text form. */
const hidesLikelyTokens: Hides = (octets) =>
	decodeTokenParameter(octets) !== undefined || LONG_RUN.test(asText(octets));
const hidesAll: Hides = () => true;
const hidesNothing: Hides = () => false;

/** How values are shown; `tokens`: their digits too. */
export class ValueMask {
	readonly #tokens: boolean;

	constructor(tokens: boolean) {
		this.#tokens = tokens;
	}

	/** A value that nobody said where it is from. */
	get anyValue(): Masking {
		return { secret: false, hides: this.#tokens ? hidesNothing : hidesLikelyTokens };
	}

	ofAttribute({ classId, logicalName, attribute }: AttributeTarget): Masking {
		const place = `${classId}/${attribute}`;
		if (SECRET_ATTRIBUTES.has(place)) return ALL_SECRET;
		if (place === '115/2') return this.#hiding(hidesAll);
		const log = classId === 7 && PAYMENT_LOG.test(logicalName);
		return this.#hiding(TOKEN_ATTRIBUTES.has(place) || log ? hidesLikelyTokens : hidesTokens);
	}

	ofMethod({ classId, method }: MethodTarget): Masking {
		const place = `${classId}/${method}`;
		if (SECRET_METHODS.has(place)) return ALL_SECRET;
		return this.#hiding(place === ENTER ? hidesAll : hidesTokens);
	}

	#hiding(hides: Hides): Masking {
		return { secret: false, hides: this.#tokens ? hidesNothing : hides };
	}
}

/** The strictest of several: an answer to several questions does not say which is which. */
export function strictest(maskings: readonly Masking[]): Masking {
	const hides: Hides[] = [];
	for (const masking of maskings) {
		if (masking.secret) return masking;
		hides.push(masking.hides);
	}
	return { secret: false, hides: (octets) => hides.some((each) => each(octets)) };
}

/** Whether anything in a value is hidden. */
export function hidesPart(data: Data, hides: Hides): boolean {
	switch (data.type) {
		case 'array':
		case 'structure':
		case 'compact-array':
			return data.value.some((each) => hidesPart(each, hides));
		case 'octet-string':
		case 'visible-string':
		case 'utf8-string':
			return hides(data.value);
		default:
			return false;
	}
}
