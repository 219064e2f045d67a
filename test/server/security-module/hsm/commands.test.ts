import { describe, expect, it } from 'vitest';
import {
	attributesOf,
	attributesRequest,
	keyChangeOf,
	keyChangeRequest,
	stampedRequest,
	tokenOf,
	verdictOf,
	verifyRequest,
} from '#lib/server/security-module/hsm/commands.ts';
import { decodeResponse, encodeRequest } from '#lib/server/security-module/hsm/message.ts';
import type { TokenTarget } from '#lib/server/security-module/port.ts';

/** The meter of the protocol's one published example. */
const TARGET: TokenTarget = {
	...{ slot: 'town', drn: '00000000000', sgc: '123456', krn: 1, ti: '01' },
	...{ ea: 7, tct: '02' },
};
/** Tokens of class 0 and 2. */
const CREDIT = '00000000000000000000';
const CHANGE = '00000000000268435456';
const answer = (text: string) => decodeResponse('VC', `SM!VC${text}`);

describe('a request', () => {
	it('for a credit has the fields of the published example, in its form', () => {
		const token = { subclass: 0, amount: 1, tid: 0x5263c0 };
		expect(stampedRequest('VC', 1, TARGET, token)).toBe(
			'SM?VCN1~P600727000000000009~N1~N7~N2~N0~H0001~H5263C0~',
		);
	});

	it('for a key change names both registers and both tariff indices', () => {
		expect(keyChangeRequest({ from: 3, to: 12 }, TARGET, { ti: '07' }, 3)).toBe(
			'SM?VKN3~N12~P600727000000000009~N1~N7~N2~N7~N3~',
		);
	});

	it('for a look at a token or a register is as short', () => {
		expect(verifyRequest(1, TARGET, CREDIT)).toBe(`SM?VTN1~P600727000000000009~N1~N7~P${CREDIT}~`);
		expect(attributesRequest(9)).toBe('SM?GAN9~');
	});

	it('cannot carry a field of another type', () => {
		for (const field of [
			{ type: 'N', value: '-1' },
			{ type: 'P', value: 'A' },
			{ type: 'H', value: 'G' },
			{ type: 'D', value: '~' },
		] as const)
			expect(() => encodeRequest('GA', [field])).toThrow(TypeError);
	});
});

describe('an answer', () => {
	it('has a status and fields', () => {
		expect(answer('00N1~PAB~'.replace('PAB', 'HAB'))).toEqual({
			status: '00',
			fields: [
				{ type: 'N', value: '1' },
				{ type: 'H', value: 'AB' },
			],
		});
		expect(answer('43')).toEqual({ status: '43', fields: [] });
		expect(answer('EE')).toEqual({ status: 'EE', fields: [] });
	});

	it.each([
		['an error of the line', 'GL!ER20', 'line-error'],
		['an answer to another command', 'SM!VM00', 'other-answer'],
		['a request', 'SM?VC00', 'other-answer'],
		['nothing', '', 'other-answer'],
		['no status', 'SM!VC', 'status'],
		['a status of letters', 'SM!VCXY', 'status'],
		['a field without its end', 'SM!VC00N1', 'field-end'],
		['a field of an unknown type', 'SM!VC00X1~', 'field'],
		['a field of no type', 'SM!VC00~', 'field'],
		['a number of letters', 'SM!VC00NA~', 'field'],
		['a name of the object’s own', 'SM!VC00toString~', 'field'],
	])('that is %s is a breach', (_, text, code) => {
		expect(() => decodeResponse('VC', text)).toThrow(expect.objectContaining({ code }));
	});

	it('has its token wherever it stands', () => {
		expect(tokenOf(answer(`00P${CREDIT}~H0~`), 0)).toBe(CREDIT);
		expect(tokenOf(answer(`00H00000000000000000~D${CREDIT}~`), 0)).toBe(CREDIT);
	});

	it.each([
		['without a token', '00H0~', 0],
		['with two tokens', `00P${CREDIT}${CREDIT}~`, 0],
		['with a token of another class', `00P${CREDIT}~`, 2],
		['with digits that are no token', '00P99999999999999999999~', 0],
		['with half a token', '00P0000000000~', 0],
	] as const)('%s is a breach', (_, text, classNumber) => {
		expect(() => tokenOf(answer(text), classNumber)).toThrow(
			expect.objectContaining({ name: 'Breach' }),
		);
	});

	it('has a set of tokens, written together or apart', () => {
		const set = { digits: [CHANGE, CHANGE], rollover: true };
		expect(keyChangeOf(answer(`00N1~N2~H0~P${CHANGE}${CHANGE}~`), 2)).toEqual(set);
		expect(keyChangeOf(answer(`00N1~N2~P${CHANGE}~P${CHANGE}~`), 2)).toEqual(set);
	});

	it.each([
		['fewer tokens than it says', `00N0~N2~P${CHANGE}~`, 'token-count'],
		['another number than was asked for', `00N0~N3~P${CHANGE.repeat(3)}~`, 'token-count'],
		['no word on the rollover', `00P${CHANGE.repeat(2)}~`, 'rollover'],
		['a strange rollover', `00N2~N2~P${CHANGE.repeat(2)}~`, 'rollover'],
		['a credit among them', `00N0~N2~P${CHANGE}${CREDIT}~`, 'token'],
	])('with %s is a breach', (_, text, code) => {
		expect(() => keyChangeOf(answer(text), 2)).toThrow(expect.objectContaining({ code }));
	});

	it('says what a token says, or that it cannot be read', () => {
		const read = { subclass: 0, amount: 255, tid: 0x5263c0 };
		for (const result of ['0', '41', '80'])
			expect(verdictOf(answer(`00N${result}~N0~N0~H00FF~H5263C0~`), 0)).toEqual({ read });
		expect(verdictOf(answer('00N3~'), 0)).toEqual({});
	});

	it.each([
		['no result', '00'],
		['another class', '00N0~N2~N0~H0000~H000000~'],
		['no content', '00N0~N0~'],
		['a subclass of five bits', '00N0~N0~N16~H0000~H000000~'],
		['an amount of 17 bits', '00N0~N0~N0~H10000~H000000~'],
		['a token number of 25 bits', '00N0~N0~N0~H0000~H1000000~'],
	])('to a look at a token with %s is a breach', (_, text) => {
		expect(() => verdictOf(answer(text), 0)).toThrow(expect.objectContaining({ name: 'Breach' }));
	});

	it.each(['DBDT=19930101;KEN=255~', 'DBDT:19930101; KEN: 255;~', 'DBDT;19930101;KEN;255~'])(
		'tells attributes as in %s',
		(field) => {
			expect([...attributesOf(answer(`00${field}`))]).toEqual([
				['BDT', '19930101'],
				['KEN', '255'],
			]);
		},
	);
});
