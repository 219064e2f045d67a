/** A decoded token as the port tells of it. Parts of a new decoder key are never in it. */
import { decodeUnits } from '#lib/core/sts/amount-units.ts';
import type { Cipher } from '#lib/core/sts/ciphers/cipher.ts';
import { decodeToken } from '#lib/core/sts/decode.ts';
import type { Token } from '#lib/core/sts/subclasses.ts';
import type { Refusal } from '../refusal.ts';
import type { VerifiedToken } from './port.ts';

/** Refusal: `token-unreadable`. @param cipher nothing: only a class 1 token can be read */
export function readToken(digits: string, cipher?: Cipher): VerifiedToken | Refusal {
	const decoded = decodeToken(digits, cipher);
	if ('refusal' in decoded || decoded.token.kind === 'not-defined')
		return { refusal: 'token-unreadable' };
	const { classNumber, subclass, fields } = decoded.token;
	return {
		tokenClass: classNumber,
		subclass,
		tid: 'tid' in fields ? fields.tid : null,
		amount: amountOf(decoded.token),
	};
}

function amountOf(token: Token): number | null {
	if (token.kind === 'transfer-credit') return decodeUnits(token.fields.amount);
	return 'value' in token.fields ? token.fields.value : null;
}
