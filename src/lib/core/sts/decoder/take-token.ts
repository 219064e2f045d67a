/**
 * One token entered into a decoder, from the first look to the last note (sts.md §13.1): lock-out,
 * judgement, execution by whoever owns the registers, and only after success the TID and the lock-out
 * counter. A token that could not be carried out is not consumed.
 */
import { splitToken } from '../decode.ts';
import type { DefinedToken, Token } from '../subclasses.ts';
import type { Decoder } from './decoder.ts';
import { judgeToken } from './judge-token.ts';
import { countReject, isLocked, UNLOCKED } from './lockout.ts';
import { recordTid } from './tid-store.ts';
import { TOKEN_RESULTS, type TokenRefusal, type TokenResult } from './token-result.ts';

/** What the decoder makes of a text before anything is carried out. */
export type Admission =
	| { readonly admitted: true; readonly token: DefinedToken }
	| {
			readonly admitted: false;
			readonly decoder: Decoder;
			readonly result: TokenRefusal;
			readonly token?: Token;
	  };

const CLASS_FOR_ANY_METER = 1;

/** Whether a refusal is of the sort that guessing brings about. */
function isWrongEntry(result: TokenResult): boolean {
	const { stage } = TOKEN_RESULTS[result];
	return stage === 'format' || stage === 'authentication' || stage === 'validation';
}

/** Looks at a text: either a token to be carried out, or a refusal and the decoder that remembers it. */
export function admitToken(decoder: Decoder, text: string, instantMs: number): Admission {
	const split = splitToken(text);
	const isForAnyMeter = !('refusal' in split) && split.classNumber === CLASS_FOR_ANY_METER;
	if (!isForAnyMeter && isLocked(decoder.lockout, instantMs))
		return { admitted: false, decoder, result: 'Lockout' };
	const judgement = judgeToken(decoder, text);
	if (judgement.verdict === 'execute') return { admitted: true, token: judgement.token };
	// Fewer or more than twenty digits are no guess at a token.
	const isWhole = !('refusal' in split) || split.refusal === 'too-large';
	const counts = isWhole && !isForAnyMeter && isWrongEntry(judgement.result);
	const lockout = counts
		? countReject(decoder.lockout, instantMs, decoder.settings.lockout)
		: decoder.lockout;
	const { result, token } = judgement;
	return { admitted: false, decoder: { ...decoder, lockout }, result, ...(token && { token }) };
}

/** After a token was carried out with success: its TID is used, and a token for this meter ends the lock-out. */
export function recordSuccess(decoder: Decoder, token: DefinedToken): Decoder {
	const { fields, classNumber } = token;
	const tidStore =
		'tid' in fields
			? recordTid(decoder.tidStore, fields.tid, decoder.settings.tidStoreSize)
			: decoder.tidStore;
	// A class 1 token proves no key: it must not let a guesser start afresh.
	const lockout = classNumber === CLASS_FOR_ANY_METER ? decoder.lockout : UNLOCKED;
	return { ...decoder, tidStore, lockout };
}
