/**
 * The order in which a meter looks at a token before it does what the token says (IEC 62055-41 7.3,
 * sts.md §13.1–13.3): twenty digits, class, key, check or maker, old, used, expired, default key.
 * Judging changes nothing; `take-token.ts` records what came of it.
 */
import { parseHex } from '../../bytes/hex.ts';
import type { Block } from '../block.ts';
import { prepareCipher } from '../ciphers/cipher.ts';
import { readBlock, splitToken } from '../decode.ts';
import { isMakersSubclass, type DefinedToken, type Token } from '../subclasses.ts';
import { isTidExpired } from '../tid.ts';
import type { Decoder } from './decoder.ts';
import { judgeTid } from './tid-store.ts';
import type { TokenRefusal } from './token-result.ts';

/** A token to be carried out, or why it is not; with what could be read of it. */
export type Judgement =
	| { readonly verdict: 'execute'; readonly token: DefinedToken }
	| { readonly verdict: 'refuse'; readonly result: TokenRefusal; readonly token?: Token };

const DEFAULT_KEY_TYPE = 1;

const refuse = (result: TokenRefusal, token?: Token): Judgement => ({
	verdict: 'refuse',
	result,
	...(token && { token }),
});

/** A block of class 0 or 2 in the clear, under whatever key the meter has. */
function decrypt(decoder: Decoder, block: Block): Block {
	const { ea, decoderKeyHex } = decoder.keyRegister;
	return prepareCipher(ea, parseHex(decoderKeyHex)).decrypt(block);
}

/** Class 1 is for all makers (code 0) or for one. */
function judgeMaker(decoder: Decoder, token: Token): TokenRefusal | undefined {
	const { fields } = token;
	if (!('mfrCode' in fields) || fields.mfrCode === 0) return undefined;
	return fields.mfrCode === decoder.mfrCode ? undefined : 'MfrCodeError';
}

/** Tokens with a TID: not old, not used, not past the key's expiry, and no credit under a default key. */
function judgeValidity(decoder: Decoder, token: Token): TokenRefusal | undefined {
	const { fields } = token;
	if (!('tid' in fields)) return undefined;
	const { keyRegister, settings, tidStore } = decoder;
	const known = judgeTid(tidStore, fields.tid, settings.tidStoreSize);
	if (known) return known;
	if (settings.checksKeyExpiry && isTidExpired(fields.tid, keyRegister.ken))
		return 'KeyExpiredError';
	return token.classNumber === 0 && keyRegister.kt === DEFAULT_KEY_TYPE ? 'DDTKError' : undefined;
}

/** What a meter decides about twenty digits, before anything is done. Any text is answered; none throws. */
export function judgeToken(decoder: Decoder, text: string): Judgement {
	const split = splitToken(text);
	if ('refusal' in split || split.classNumber === 3) return refuse('FormatError');
	const { classNumber } = split;
	const block = classNumber === 1 ? split.block : decrypt(decoder, split.block);
	const token = readBlock(classNumber, block, decoder.keyRegister.ea);
	if (!token) return refuse('CRCError');
	if (token.kind === 'not-defined')
		return refuse(
			isMakersSubclass(classNumber, token.subclass) ? 'FunctionError' : 'FormatError',
			token,
		);
	const result = judgeMaker(decoder, token) ?? judgeValidity(decoder, token);
	return result ? refuse(result, token) : { verdict: 'execute', token };
}
