/**
 * What a meter does with each token that has passed the decoder (IEC 62055-41 8, sts.md §13.7–13.9).
 * Either everything the token says is done, or nothing and the result says why; then the token stays
 * good. This meter is an electricity meter on units: other services and currency are not its functions, and
 * in credit mode neither is any credit.
 */
import { decodeUnits } from '../sts/amount-units.ts';
import { creditRegisterName } from '../sts/credit-register.ts';
import {
	isSection,
	type SectionOutcome,
	type SectionToken,
	takeSection,
} from '../sts/decoder/key-change-sections.ts';
import { meterTestName, testsOfControl } from '../sts/meter-test.ts';
import type { DefinedToken, TokenOf } from '../sts/subclasses.ts';
import { WH_PER_DECI_KWH } from '../units/energy.ts';
import { collect, shareOfToken } from './charge.ts';
import { itemsOfTest, showItem, type DisplayItem } from './display-items.ts';
import { repay } from './emergency-credit.ts';
import { noteEvent } from './meter-events.ts';
import { refusesOrder } from './planted-decoder.ts';
import { hasPlant } from './plants.ts';
import { clearTampers } from './tampers.ts';
import type { VirtualMeter } from './virtual-meter.ts';
import { withCollection, withSupply } from './with-supply.ts';

/** What an accepted token did. */
export type Done =
	| {
			readonly kind: 'credited';
			/** What the token carried, before debts. */
			readonly energyWh: number;
			/** The credit after it. */
			readonly creditWh: number;
			/** Of the token, for a debt. */
			readonly collectedWh: number;
			/** Of the token, for emergency credit that was used. */
			readonly repaidWh: number;
	  }
	| { readonly kind: 'credit-cleared'; readonly clearedWh: number }
	| { readonly kind: 'power-limit-set'; readonly limitW: number }
	| { readonly kind: 'phase-unbalance-limit-set'; readonly limitW: number }
	| { readonly kind: 'tamper-cleared' }
	| { readonly kind: 'shown'; readonly items: readonly DisplayItem[] };

/** What came of a token that passed the decoder. */
export type Execution =
	| { readonly result: 'Accept'; readonly done: Done }
	| SectionOutcome
	| { readonly result: 'OverflowError' | 'RangeError' | 'FunctionError' };

interface Executed {
	readonly meter: VirtualMeter;
	readonly execution: Execution;
}

const refuse = (
	meter: VirtualMeter,
	result: 'OverflowError' | 'RangeError' | 'FunctionError',
): Executed => ({ meter, execution: { result } });

const accept = (meter: VirtualMeter, done: Done): Executed => ({
	meter,
	execution: { result: 'Accept', done },
});

const ELECTRICITY_SUBCLASS = 0;

/** The debt takes its share of the whole token, the emergency credit is paid back from the rest. */
function credit(meter: VirtualMeter, token: TokenOf<'transfer-credit'>, atMs: number): Executed {
	const { supply, settings, charge } = meter;
	if (token.subclass !== ELECTRICITY_SUBCLASS || !supply.prepaid)
		return refuse(meter, 'FunctionError');
	const times = hasPlant(meter, 'credits-twice') ? 2 : 1;
	const energyWh = decodeUnits(token.fields.amount) * WH_PER_DECI_KWH * times;
	const collectedWh = shareOfToken(charge, energyWh);
	const { emergency, repaidWh } = repay(supply.emergency, energyWh - collectedWh);
	const creditWh = supply.creditWh + energyWh - collectedWh - repaidWh;
	if (creditWh > settings.creditCapacityWh) return refuse(meter, 'OverflowError');
	const totalCreditedWh = supply.totalCreditedWh + energyWh;
	const collected = charge && collect(charge, collectedWh, atMs);
	const paid = withCollection(meter, collected, collectedWh, atMs);
	return accept(withSupply(paid, { ...supply, creditWh, emergency, totalCreditedWh }, atMs), {
		kind: 'credited',
		energyWh,
		creditWh,
		collectedWh,
		repaidWh,
	});
}

function clearCredit(meter: VirtualMeter, token: TokenOf<'clear-credit'>, atMs: number): Executed {
	const register = creditRegisterName(token.fields.value);
	if (!register) return refuse(meter, 'RangeError');
	if ((register !== 'electricity' && register !== 'all') || !meter.supply.prepaid)
		return refuse(meter, 'FunctionError');
	const clearedWh = meter.supply.creditWh;
	const done: Done = { kind: 'credit-cleared', clearedWh };
	if (hasPlant(meter, 'clear-credit-does-nothing')) return accept(meter, done);
	const events = noteEvent(meter.events, { kind: 'credit-cleared', atMs });
	const supply = { ...meter.supply, creditWh: 0, fractionWms: 0 };
	return accept(withSupply({ ...meter, events }, supply, atMs), done);
}

function setLimit(
	meter: VirtualMeter,
	token: TokenOf<'set-power-limit' | 'set-phase-unbalance-limit'>,
	atMs: number,
): Executed {
	const limitW = decodeUnits(token.fields.value);
	if (limitW > meter.settings.highestPowerLimitW) return refuse(meter, 'RangeError');
	const { kind, register } = LIMITS[token.kind];
	if (token.kind === 'set-power-limit' && hasPlant(meter, 'power-limit-does-nothing'))
		return accept(meter, { kind, limitW });
	const events = noteEvent(meter.events, { kind: 'limit-changed', atMs });
	const supply = { ...meter.supply, [register]: limitW };
	return accept(withSupply({ ...meter, events }, supply, atMs), { kind, limitW });
}

const LIMITS = {
	'set-power-limit': { kind: 'power-limit-set', register: 'powerLimitW' },
	'set-phase-unbalance-limit': {
		kind: 'phase-unbalance-limit-set',
		register: 'phaseUnbalanceLimitW',
	},
} as const;

function clearTamper(meter: VirtualMeter, atMs: number): Executed {
	const done: Done = { kind: 'tamper-cleared' };
	if (hasPlant(meter, 'tamper-stays')) return accept(meter, done);
	const tampers = clearTampers(meter.tampers);
	const events =
		meter.tampers.noted.length > 0
			? noteEvent(meter.events, { kind: 'tamper-cleared', atMs })
			: meter.events;
	const supply = { ...meter.supply, tampered: false };
	return accept(withSupply({ ...meter, tampers, events }, supply, atMs), done);
}

function test(meter: VirtualMeter, token: TokenOf<'meter-test'>): Executed {
	const items = testsOfControl(token.fields.control, token.subclass as 0 | 1)
		.map(meterTestName)
		.flatMap((name) => (name ? itemsOfTest(name) : []))
		.map((name) => showItem(meter, name));
	return items.length === 0
		? refuse(meter, 'FunctionError')
		: accept(meter, { kind: 'shown', items });
}

function changeKey(meter: VirtualMeter, token: SectionToken, atMs: number): Executed {
	if (refusesOrder(meter, token)) return refuse(meter, 'FunctionError');
	const { decoder, outcome } = takeSection(meter.decoder, token, atMs);
	const changed = 'keyChanged' in outcome && outcome.keyChanged;
	const events = changed ? noteEvent(meter.events, { kind: 'key-changed', atMs }) : meter.events;
	const kept = hasPlant(meter, 'rollover-keeps-tokens')
		? { ...decoder, tidStore: meter.decoder.tidStore }
		: decoder;
	return { meter: { ...meter, decoder: kept, events }, execution: outcome };
}

/** Carries a token out, or says why not. */
export function carryOut(meter: VirtualMeter, token: DefinedToken, atMs: number): Executed {
	if (isSection(token)) return changeKey(meter, token, atMs);
	switch (token.kind) {
		case 'transfer-credit':
			return credit(meter, token, atMs);
		case 'clear-credit':
			return clearCredit(meter, token, atMs);
		case 'set-power-limit':
		case 'set-phase-unbalance-limit':
			return setLimit(meter, token, atMs);
		case 'clear-tamper':
			return clearTamper(meter, atMs);
		case 'meter-test':
			return test(meter, token);
		case 'transfer-currency':
		case 'extended-read':
		case 'extended-set':
		case 'set-tariff-rate':
		case 'set-water-factor':
			return refuse(meter, 'FunctionError');
	}
}
