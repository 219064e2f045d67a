/**
 * What the fields of a token mean, kind by kind, as plain data that can be written down as JSON. Parts of
 * a new decoder key are left out: whoever explains a token has no business showing them.
 */
import { decodeCurrency } from './amount-currency.ts';
import { decodeUnits } from './amount-units.ts';
import { creditRegisterName, type CreditRegisterName } from './credit-register.ts';
import { readExtendedControl, readExtendedValue, type ExtendedSetting } from './extended-set.ts';
import type { KeyType } from './key-type.ts';
import { meterTestName, testsOfControl, type MeterTestName } from './meter-test.ts';
import { isMakersSubclass, subclassRow, type Service, type Token } from './subclasses.ts';
import { instantOfTid, isReservedTid, type BaseDate } from './tid.ts';

/** One test a class 1 token asks for; a reserved number has no name. */
export interface AskedTest {
	readonly number: number;
	readonly name: MeterTestName | undefined;
}

/** What a token says. */
export type TokenMeaning =
	/** `units` of 0.1 kWh, 0.1 m³ or 0.1 minute. */
	| { readonly kind: 'transfer-credit'; readonly service: Service; readonly units: number }
	/** `units` of 0.00001 of the currency, as a decimal text with its sign. */
	| { readonly kind: 'transfer-currency'; readonly service: Service; readonly units: string }
	| {
			readonly kind: 'meter-test';
			readonly tests: readonly AskedTest[];
			/** 0: for any maker. */
			readonly mfrCode: number;
	  }
	| {
			readonly kind: 'extended-read';
			readonly index: number;
			readonly rest: number;
			readonly mfrCode: number;
	  }
	| {
			readonly kind: 'set-power-limit' | 'set-phase-unbalance-limit';
			readonly watts: number;
	  }
	| {
			readonly kind: 'clear-credit';
			readonly registerNumber: number;
			/** Nothing for a reserved number. */
			readonly register: CreditRegisterName | undefined;
	  }
	| { readonly kind: 'clear-tamper' }
	/** The standard leaves the value open: raw 16 bits. */
	| { readonly kind: 'set-tariff-rate' | 'set-water-factor'; readonly value: number }
	| { readonly kind: 'extended-set'; readonly setting: ExtendedSetting }
	| {
			readonly kind: 'key-change';
			readonly section: 1;
			readonly krn: number;
			readonly kt: KeyType;
			readonly rollover: boolean;
			readonly threeTokens: boolean;
			readonly kenHigh: number;
	  }
	| {
			readonly kind: 'key-change';
			readonly section: 2;
			readonly ti: number;
			readonly kenLow: number;
	  }
	/** `sgc` where one section carries all of it. */
	| { readonly kind: 'key-change'; readonly section: 3 | 4; readonly sgc?: string }
	| { readonly kind: 'not-defined'; readonly leftTo: 'association' | 'maker' };

/** When a token was made, by its TID. */
export interface TokenStamp {
	readonly tid: number;
	/** The minute it stands for, where the base date is known. */
	readonly instantMs?: number;
	/** Whether it is a day's reserved minute. */
	readonly reserved: boolean;
	/** Four bits of chance; a currency token has none. */
	readonly rnd?: number;
}

const serviceOf = (subclass: number): Service =>
	subclassRow(0, subclass, 7).service ?? 'electricity';

/** What a token means. */
export function meaningOf(token: Token): TokenMeaning {
	switch (token.kind) {
		case 'transfer-credit':
			return {
				kind: token.kind,
				service: serviceOf(token.subclass),
				units: decodeUnits(token.fields.amount),
			};
		case 'transfer-currency': {
			const { signExponent, amount } = token.fields;
			const units = String(decodeCurrency(signExponent, amount));
			return { kind: token.kind, service: serviceOf(token.subclass), units };
		}
		case 'meter-test': {
			const numbers = testsOfControl(token.fields.control, token.subclass as 0 | 1);
			const tests = numbers.map((number) => ({ number, name: meterTestName(number) }));
			return { kind: token.kind, tests, mfrCode: token.fields.mfrCode };
		}
		case 'extended-read': {
			const { control, mfrCode } = token.fields;
			return { kind: token.kind, ...readExtendedControl(control), mfrCode };
		}
		case 'set-power-limit':
		case 'set-phase-unbalance-limit':
			return { kind: token.kind, watts: decodeUnits(token.fields.value) };
		case 'clear-credit': {
			const registerNumber = token.fields.value;
			return { kind: token.kind, registerNumber, register: creditRegisterName(registerNumber) };
		}
		case 'clear-tamper':
			return { kind: token.kind };
		case 'set-tariff-rate':
		case 'set-water-factor':
			return { kind: token.kind, value: token.fields.value };
		case 'extended-set':
			return { kind: token.kind, setting: readExtendedValue(token.fields.value) };
		case 'first-section': {
			const { krn, kt, rollover, threeTokens, kenHigh } = token.fields;
			const flags = { rollover: rollover === 1, threeTokens: threeTokens === 1 };
			return { kind: 'key-change', section: 1, krn, kt: kt as KeyType, ...flags, kenHigh };
		}
		case 'second-section': {
			const { ti, kenLow } = token.fields;
			return { kind: 'key-change', section: 2, ti, kenLow };
		}
		case 'third-section-of-64': {
			const sgc = String(token.fields.sgc).padStart(6, '0');
			return { kind: 'key-change', section: 3, sgc };
		}
		case 'third-section-of-128':
			return { kind: 'key-change', section: 3 };
		case 'fourth-section-of-128':
			return { kind: 'key-change', section: 4 };
		case 'not-defined': {
			const makers = isMakersSubclass(token.classNumber, token.subclass);
			return { kind: token.kind, leftTo: makers ? 'maker' : 'association' };
		}
	}
}

/** The stamp of a token that has a TID, or nothing. */
export function stampOf(token: Token, baseDate?: BaseDate): TokenStamp | undefined {
	const { fields } = token;
	if (!('tid' in fields)) return undefined;
	return {
		tid: fields.tid,
		...(baseDate !== undefined && { instantMs: instantOfTid(fields.tid, baseDate) }),
		reserved: isReservedTid(fields.tid),
		...('rnd' in fields && { rnd: fields.rnd }),
	};
}
