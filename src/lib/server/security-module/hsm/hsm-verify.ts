/** What a token says under a meter's key, asked of a hardware module. Class 1 needs no key and is read here. */
import { decodeUnits } from '#lib/core/sts/amount-units.ts';
import { splitToken } from '#lib/core/sts/decode.ts';
import { subclassRow } from '#lib/core/sts/subclasses.ts';
import { isRefusal, type Refusal } from '../../refusal.ts';
import type { VerifiedToken, VerifyOrder } from '../port.ts';
import { readToken } from '../read-token.ts';
import { ask } from './ask.ts';
import { verdictOf, verifyRequest, type Verdict } from './commands.ts';
import type { Hsm } from './key-ring.ts';

export async function verifyToken(hsm: Hsm, order: VerifyOrder): Promise<VerifiedToken | Refusal> {
	const key = await hsm.ring.use(order);
	if (isRefusal(key)) return key;
	const split = splitToken(order.digits);
	if ('refusal' in split || split.classNumber === 3) return { refusal: 'token-unreadable' };
	if (split.classNumber === 1) return readToken(order.digits);
	const { classNumber } = split;
	const request = verifyRequest(key.register, order, order.digits);
	const verdict = await ask(hsm, 'VT', request, (response) => verdictOf(response, classNumber));
	if (isRefusal(verdict)) return verdict;
	if (verdict.read === undefined) return { refusal: 'token-unreadable' };
	return tellOf(verdict.read, classNumber, order.ea);
}

/** Parts of a new key, which some modules may send along, are not told. */
function tellOf(verdict: Verdict, classNumber: 0 | 2, ea: 7 | 11): VerifiedToken {
	const { subclass, amount, tid } = verdict;
	const { layout } = subclassRow(classNumber, subclass, ea);
	const told = { tokenClass: classNumber, subclass };
	if (layout === 'units') return { ...told, tid, amount: decodeUnits(amount) };
	if (layout === 'value') return { ...told, tid, amount };
	return { ...told, tid: layout === 'currency' ? tid : null, amount: null };
}
